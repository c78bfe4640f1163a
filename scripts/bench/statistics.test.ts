import { describe, expect, test } from "@jest/globals";
import { seededRandom } from "./codec/random.ts";
import { median, quantile } from "./statistics.ts";

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

describe("what a share of noisy figures keeps", () => {
  test("is the largest of that share", () => {
    const twenty = Array.from({ length: 20 }, (_, at) => 20 - at);
    expect(quantile(twenty, 0.95)).toEqual({ value: 19, low: 17, high: 20 });
    expect(quantile(twenty, 0.5).value).toBe(10);
    expect(quantile([7], 0.95)).toEqual({ value: 7, low: 7, high: 7 });
    expect(() => quantile([], 0.95)).toThrow(RangeError);
  });

  test("its interval holds the true one in at least 95 of 100 series that are long enough", () => {
    const random = seededRandom(7);
    const series = Array.from({ length: 2000 }, () =>
      quantile(
        Array.from({ length: 200 }, () => random.next()),
        0.95,
      ),
    );
    const right = series.filter(({ low, high }) => low <= 0.95 && 0.95 <= high).length;
    expect(right / series.length).toBeGreaterThan(0.95);
  });
});
