import { expect, test } from "@jest/globals";
import { profiles } from "./profile.ts";
import { suspicionBounds, suspicionMs } from "./suspicion.ts";

const lan = { shortestMs: 2_000, longestMs: 6_000 };

test.each([
  [1, lan.shortestMs],
  [10, lan.shortestMs],
  [100, 2 * lan.shortestMs],
  [1000, 3 * lan.shortestMs],
])("among %i members a suspicion on a LAN lasts at least %i ms", (size, shortestMs) => {
  expect(suspicionBounds(profiles.lan, size)).toEqual({ shortestMs, longestMs: 3 * shortestMs });
});

test.each([
  [0, 6_000],
  [1, 6_000 - (4_000 * Math.log(2)) / Math.log(3)],
  [2, 2_000],
  [9, 2_000],
])("confirmed %i times, it lasts %d ms", (confirmations, lasts) => {
  expect(suspicionMs(lan, confirmations, 2, 20)).toBeCloseTo(lasts, 6);
});

test("where only one could confirm, one confirmation makes it the shortest", () => {
  expect(suspicionMs(lan, 0, 2, 1)).toBe(6_000);
  expect(suspicionMs(lan, 1, 2, 1)).toBe(2_000);
});

test("where nobody could confirm, it lasts for the geometric mean of its bounds", () => {
  expect(suspicionMs(lan, 0, 2, 0)).toBeCloseTo(Math.sqrt(12_000_000), 6);
});
