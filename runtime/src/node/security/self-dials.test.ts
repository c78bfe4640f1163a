import { expect, test } from "@jest/globals";
import { SelfDials } from "./self-dials.ts";

test("a dial of ours is known by its number while it is under way, and forgotten when it is over", () => {
  const dials = new SelfDials();
  const [one, two] = [dials.begin(), dials.begin()];
  expect(one.number).not.toBe(two.number);
  expect(dials.recognize(one.number)).toBe(true);
  expect([one.cameBack, two.cameBack]).toEqual([true, false]);
  dials.end(one);
  expect(dials.recognize(one.number)).toBe(false);
  expect(dials.recognize(two.number)).toBe(true);
});
