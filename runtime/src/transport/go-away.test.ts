import { expect, test } from "@jest/globals";
import { goAwayCodeOf, goAwayCodes, goAwayNumber, goAwaySentence } from "./go-away.ts";

test("every code has a number of its own, which leads back to it, and a sentence", () => {
  expect(new Set(goAwayCodes.map(goAwayNumber)).size).toBe(goAwayCodes.length);
  for (const code of goAwayCodes) {
    expect(goAwayCodeOf(goAwayNumber(code))).toBe(code);
    expect(goAwaySentence(code)).toMatch(/^[A-Z].*\.$/);
  }
});

test("a number that was never given out has no code", () => {
  expect(goAwayCodeOf(0)).toBeUndefined();
  expect(goAwayCodeOf(65_535)).toBeUndefined();
});
