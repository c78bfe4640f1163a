import { describe, expect, test } from "@jest/globals";
import { seededRandom } from "./codec/random.ts";
import { median } from "./statistics.ts";

describe("the median of noisy figures", () => {
  test("is the one in the middle, or what lies between the two there, in whatever order they come", () => {
    expect(median([5, 1, 3]).value).toBe(3);
    expect(median([4, 1, 3, 2]).value).toBe(2.5);
    expect(median([7])).toEqual({ value: 7, low: 7, high: 7 });
    expect(() => median([])).toThrow(RangeError);
  });

  test("its interval holds the true median in at least 95 of 100 series", () => {
    const random = seededRandom(7);
    const series = Array.from({ length: 2000 }, () =>
      median(Array.from({ length: 31 }, () => random.next() ** 3)),
    );
    const right = series.filter(({ low, high }) => low <= 0.125 && 0.125 <= high).length;
    expect(right / series.length).toBeGreaterThan(0.95);
    expect(right / series.length).toBeLessThan(1);
  });
});
