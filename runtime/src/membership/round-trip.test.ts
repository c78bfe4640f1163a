import { expect, test } from "@jest/globals";
import { measured, newRoundTrip, timeoutMs } from "./round-trip.ts";

test("a timeout is what the profile says until something was measured", () => {
  expect(timeoutMs(newRoundTrip(), 200)).toBe(200);
});

test("a timeout follows what was measured, from half to four times what the profile says", () => {
  const trip = newRoundTrip();
  for (let index = 0; index < 50; index++) measured(trip, 1);
  expect(timeoutMs(trip, 200)).toBe(100);
  for (let index = 0; index < 50; index++) measured(trip, 300);
  expect(timeoutMs(trip, 200)).toBeGreaterThan(300);
  measured(trip, 50_000);
  expect(timeoutMs(trip, 200)).toBe(800);
});

test("a time that ran backwards measures nothing", () => {
  const trip = newRoundTrip();
  measured(trip, -1);
  measured(trip, Number.NaN);
  expect(trip.meanMs).toBeUndefined();
});
