// One line of the table: an operation on a workload, ours against everybody else's.
import type { Median } from "./statistics.ts";

export interface Row {
  readonly row: string;
  readonly operation: string;
  readonly unit: string;
  readonly hewn: number;
  readonly peers: Readonly<Record<string, number>>;
  /** How many times better than the best peer, and the 95 % interval of that. */
  readonly ahead: number;
  readonly aheadLow: number;
  readonly aheadHigh: number;
  /** The best peer. */
  readonly best: string;
}

/** Told for completeness, but nobody's public interface. */
const notCounted = new Set(["bebop readFrom"]);

export function bestOf(
  ratios: readonly { readonly name: string; readonly ratio: Median }[],
): Pick<Row, "ahead" | "aheadLow" | "aheadHigh" | "best"> {
  const counted = ratios.filter(({ name }) => !notCounted.has(name));
  const best = counted.reduce((least, one) => (one.ratio.value < least.ratio.value ? one : least));
  const digits = (figure: number): number => Math.round(figure * 100) / 100;
  return {
    ahead: digits(best.ratio.value),
    aheadLow: digits(best.ratio.low),
    aheadHigh: digits(best.ratio.high),
    best: best.name,
  };
}
