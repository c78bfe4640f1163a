import { describe, expect, test } from "@jest/globals";
import { checkProfile, profiles, syncEveryMs, transmitsMax } from "./profile.ts";

describe.each(Object.entries(profiles))("the profile %s", (_, profile) => {
  test("is in bounds", () => {
    expect(() => checkProfile(profile)).not.toThrow();
  });
});

test.each([
  [{ probeIntervalMs: 0 }, "probeIntervalMs is 0"],
  [{ syncIntervalMs: Number.NaN }, "syncIntervalMs is NaN"],
  [{ probeTimeoutMs: 600 }, "probeTimeoutMs is longer"],
  [{ redialFirstMs: 60_000 }, "redialFirstMs is longer"],
])("%o is refused", (change, why) => {
  expect(() => checkProfile({ ...profiles.lan, ...change })).toThrow(why);
});

test("how often an update is told grows with the logarithm of the size", () => {
  expect([2, 9, 10, 99, 100, 1000].map((size) => transmitsMax(profiles.lan, size))).toEqual([
    6, 6, 12, 12, 18, 24,
  ]);
});

test("full syncs come less often in large clusters", () => {
  expect([3, 32, 64, 1024].map((size) => syncEveryMs(profiles.lan, size) / 30_000)).toEqual([1, 1, 2, 6]);
});
