// The bench of the network: two processes of each contestant on one core, measured in turns.
import { versionOf } from "../codec/codec-bench.ts";
import { seededRandom } from "../codec/random.ts";
import type { Samples } from "../interleaved.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import type { Row } from "../row.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { idleRows } from "./idle-rows.ts";
import { type RowName, rowNames } from "./link.ts";
import { type OperationName, operationNames, type Turn } from "./load.ts";
import { netRows } from "./net-rows.ts";
import { Pair } from "./pair.ts";
import { probeRows } from "./probe-rows.ts";

/** A row that is no message: what a connection costs that nothing is said on. */
const idle = "idle";
/** Nor is this: what keeps nodes together, beside a flood. */
const control = "control";
/** Slow peers are compiled late: a shorter time understates them. */
const warmMs = 2000;
const sampleMs = 100;

export async function netBench(options: BenchOptions): Promise<BenchResult> {
  const all = [...rowNames, control, idle];
  const wanted = all.filter((name) => options.only.length === 0 || options.only.includes(name));
  if (wanted.length === 0) throw new Error(`no such row; there are ${all.join(", ")}`);
  const rows: Row[] = [];
  const messageRows = rowNames.filter((row) => wanted.includes(row));
  if (messageRows.length > 0) rows.push(...(await messages(messageRows, options)));
  if (wanted.includes(control)) rows.push(...(await probeRows(options)));
  if (wanted.includes(idle)) rows.push(...(await idleRows(options)));
  return { bench: "net", node: await versionOf(options.node), rows };
}

async function messages(rows: readonly RowName[], options: BenchOptions): Promise<readonly Row[]> {
  return measureRows(rows, await contestants(options.node, options.say), netRows, options);
}

/** What is told of samples of all contestants. */
type RowsOf = (row: RowName, operation: OperationName, samples: Samples) => readonly Row[];

/** Every operation of those rows, with each contestant in processes of its own, in turns. */
export async function measureRows(
  rows: readonly RowName[],
  those: readonly Contestant[],
  rowsOf: RowsOf,
  options: BenchOptions,
): Promise<readonly Row[]> {
  const pairs: Pair[] = [];
  try {
    for (const contestant of those) pairs.push(await Pair.start(contestant));
    options.say(`beside ${pairs.map(({ name }) => name).join(", ")}`);
    const measured: Row[] = [];
    for (const row of rows) measured.push(...(await measureRow(row, pairs, rowsOf, options)));
    return measured;
  } finally {
    for (const pair of pairs) pair.stop();
  }
}

async function measureRow(
  row: RowName,
  pairs: readonly Pair[],
  rowsOf: RowsOf,
  { rounds, isQuick, say }: BenchOptions,
): Promise<readonly Row[]> {
  for (const pair of pairs) await pair.check(row);
  const measured: Row[] = [];
  for (const operation of operationNames) {
    say(`${row}, ${operation}`);
    const turn: Turn = { row, operation, ms: isQuick ? 20 : sampleMs };
    for (const pair of pairs) await pair.run({ ...turn, ms: isQuick ? 100 : warmMs });
    measured.push(...rowsOf(row, operation, await inTurns(pairs, turn, rounds)));
  }
  return measured;
}

async function inTurns(pairs: readonly Pair[], turn: Turn, rounds: number): Promise<Samples> {
  const random = seededRandom(1);
  const samples = new Map<string, number[]>(pairs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = pairs
      .map((pair) => ({ pair, key: random.next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ pair }) => pair);
    for (const pair of order) samples.get(pair.name)!.push(await pair.run(turn));
  }
  return samples;
}
