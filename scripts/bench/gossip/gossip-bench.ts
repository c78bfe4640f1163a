// The bench of gossip: clusters of ten to a thousand nodes in virtual time, so that what it finds is the same everywhere.
import { idleMessagesPerSecondMax, profiles, transmitsMax } from "../../../runtime/src/membership/profile.ts";
import { suspicionBounds } from "../../../runtime/src/membership/suspicion.ts";
import { versionOf } from "../codec/codec-bench.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import type { BudgetRow } from "../row.ts";
import { type Epidemic, epidemic } from "./epidemic.ts";

/** Each about three times the one before, and how often; what takes minutes is not repeated. */
const sizes: readonly (readonly [size: number, trials: number])[] = [
  [10, 9],
  [32, 9],
  [100, 5],
  [316, 2],
  [1000, 1],
];
const quickMax = 32;
const joinBudgetMs = 2000;

export async function gossipBench({ only, isQuick, say }: BenchOptions): Promise<BenchResult> {
  const wanted = sizes.filter(
    ([size]) => (!isQuick || size <= quickMax) && (only.length === 0 || only.includes(rowOf(size))),
  );
  if (wanted.length === 0) {
    throw new Error(`no such row; there are ${sizes.map(([size]) => rowOf(size)).join(", ")}`);
  }
  const rows = wanted.flatMap(([size, trials]) => {
    const found = rowsOf(size, epidemic(size, trials));
    for (const { row, operation, hewn, unit } of found) say(`${row}, ${operation}: ${hewn} ${unit}`);
    return found;
  });
  return { bench: "gossip", node: await versionOf(process.execPath), rows };
}

function rowOf(size: number): string {
  return `${size} nodes`;
}

function rowsOf(size: number, { join, news, freeze, idle }: Epidemic): readonly BudgetRow[] {
  const { lan } = profiles;
  const row = rowOf(size);
  return [
    timed(row, "join", join, joinBudgetMs),
    timed(row, "news", news, transmitsMax(lan, size) * lan.gossipIntervalMs),
    timed(row, "freeze", freeze, suspicionBounds(lan, size).longestMs + 4 * lan.probeIntervalMs),
    budgeted(row, "idle", "1/s", [idle], idleMessagesPerSecondMax(lan)),
  ];
}

function timed(row: string, operation: string, figures: readonly number[], budget: number): BudgetRow {
  return budgeted(row, operation, "ms", figures, Math.round(budget));
}

/** The middle of the trials, with the least and the most of them. */
function budgeted(
  row: string,
  operation: string,
  unit: string,
  figures: readonly number[],
  budget: number,
): BudgetRow {
  const sorted = figures.toSorted((a, b) => a - b).map((figure) => Math.round(figure * 100) / 100);
  const hewn = sorted[Math.floor(sorted.length / 2)]!;
  return {
    ...{ row, operation, unit, hewn, low: sorted[0]!, high: sorted.at(-1)! },
    ...{ budget: Math.round(budget * 100) / 100, ahead: Math.round((100 * budget) / hewn) / 100 },
    ...{ peers: {}, parts: {}, besides: { trials: figures.length } },
  };
}
