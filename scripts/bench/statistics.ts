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
  const sorted = sortedSome(figures);
  const n = sorted.length;
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank))]!;
  const reach = (1.96 * Math.sqrt(n)) / 2;
  return {
    value: (at((n - 1) >> 1) + at(n >> 1)) / 2,
    low: at(Math.floor(n / 2 - reach) - 1),
    high: at(Math.ceil(n / 2 + reach)),
  };
}

/** The figure that so large a share of all does not exceed, with its interval by order statistics; the share is in (0, 1). */
export function quantile(figures: readonly number[], share: number): Median {
  const sorted = sortedSome(figures);
  const n = sorted.length;
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank - 1))]!;
  const reach = 1.96 * Math.sqrt(n * share * (1 - share));
  return {
    value: at(Math.ceil(n * share)),
    low: at(Math.floor(n * share - reach)),
    high: at(Math.ceil(n * share + reach) + 1),
  };
}

function sortedSome(figures: readonly number[]): readonly number[] {
  if (figures.length === 0) throw new RangeError("no figures, and so nothing in their middle");
  return figures.toSorted((a, b) => a - b);
}
