// What a series of noisy figures says: its median, and where the true median lies with 95 % confidence.

export interface Median {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The median with its 95 % interval by order statistics, which assumes nothing about how the figures are spread:
 * counted from one, the ranks are n/2 - 1.96 sqrt(n)/2 rounded down and 1 + n/2 + 1.96 sqrt(n)/2 rounded up (Conover,
 * Practical Nonparametric Statistics).
 */
export function median(figures: readonly number[]): Median {
  const sorted = figures.toSorted((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) throw new RangeError("the median of no figures");
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank))]!;
  const reach = (1.96 * Math.sqrt(n)) / 2;
  return {
    value: (at((n - 1) >> 1) + at(n >> 1)) / 2,
    low: at(Math.floor(n / 2 - reach) - 1),
    high: at(Math.ceil(n / 2 + reach)),
  };
}
