import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { goAwayCodeOf, goAwayCodes, goAwayNumber, goAwaySentence } from "./go-away.ts";

test("every code has a number of its own, which leads back to it, and a sentence", () => {
  expect(new Set(goAwayCodes.map(goAwayNumber)).size).toBe(goAwayCodes.length);
  for (const code of goAwayCodes) {
    expect(goAwayCodeOf(goAwayNumber(code))).toBe(code);
    expect(goAwaySentence(code)).toMatch(/^[A-Z].*\.$/);
  }
});

test("the protocol's page has the same numbers", () => {
  const page =
    readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8").split("## Going away")[1] ??
    "";
  const rows = [...page.matchAll(/^\| (\d+) \| (\w+) \|/gm)].map(([, number, code]) => [
    code,
    Number(number),
  ]);
  expect(rows).toEqual(goAwayCodes.map((code) => [code, goAwayNumber(code)]));
});

test("a number that was never given out has no code", () => {
  expect(goAwayCodeOf(0)).toBeUndefined();
  expect(goAwayCodeOf(65_535)).toBeUndefined();
});
