// The bench of actors: each contestant in a process of its own on one core, or two on the same, measured in turns.

import { installLone } from "../../lone-folder.ts";
import { versionOf } from "../codec/codec-bench.ts";
import { seededRandom } from "../codec/random.ts";
import { ratio, type Samples } from "../interleaved.ts";
import {
  buildFolder,
  bundled,
  compileErlang,
  contestants,
  peersFolder,
  pinned,
  runs,
} from "../net/contestants.ts";
import { LineProcess } from "../net/line-process.ts";
import { type RowName, rowNames } from "../net/link.ts";
import { measureRows } from "../net/net-bench.ts";
import { actorRow } from "../net/net-rows.ts";
import { processorNs, withDescendants } from "../net/processor-time.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import { bestOf, type ContestRow, type Row } from "../row.ts";
import { median } from "../statistics.ts";
import { type LocalOperation, localOperations } from "./local-actors.ts";

/** Slow peers are compiled late: a shorter time understates them. */
const warmMs = 2000;
const sampleMs = 100;
const local = "local";

interface Contestant {
  readonly name: string;
  readonly process: LineProcess;
  readonly pids: readonly number[];
}

export async function actorsBench(options: BenchOptions): Promise<BenchResult> {
  const { only, node } = options;
  const all = [local, ...rowNames];
  const wanted = all.filter((name) => only.length === 0 || only.includes(name));
  if (wanted.length === 0) throw new Error(`no such row; there are ${all.join(", ")}`);
  const rows: Row[] = [];
  if (wanted.includes(local)) rows.push(...(await localRows(options)));
  const between = rowNames.filter((row) => wanted.includes(row));
  if (between.length > 0) rows.push(...(await rowsBetween(between, options)));
  return { bench: "actors", node: await versionOf(node), rows };
}

/** Actors of two processes, on one core like all others. */
async function rowsBetween(rows: readonly RowName[], options: BenchOptions): Promise<readonly Row[]> {
  const those = await contestants(options.node, options.say, ["hewn actors", "hewn", "raw"]);
  return measureRows(rows, those, (...found) => [actorRow(...found)], options);
}

async function localRows(options: BenchOptions): Promise<readonly ContestRow[]> {
  const parties = await start(options);
  try {
    const rows: ContestRow[] = [];
    for (const operation of localOperations) rows.push(await measure(operation, parties, options));
    return rows;
  } finally {
    for (const { process } of parties) process.stop();
  }
}

/** Ours first. */
async function start({ node, say }: BenchOptions): Promise<readonly Contestant[]> {
  await installLone(peersFolder, say);
  const party = await bundled("../actors/local-party.ts");
  const pin = await pinned(say);
  const commands: [name: string, command: readonly string[]][] = ["hewn", "nact"].map((name) => [
    name,
    [...pin, node, party, name, peersFolder],
  ]);
  if (await runs(["erl", "-version"])) {
    await compileErlang("hewn_local");
    // Without waiting in a loop, which is ruinous on a shared core.
    const flags = ["-noshell", "-pa", buildFolder, "+sbwt", "none", "-s", "hewn_local", "main"];
    commands.push(["erlang", [...pin, "erl", ...flags]]);
  } else say("WITHOUT erlang: there is no erl here; Debian's package erlang-base has it");
  const started: Contestant[] = [];
  for (const [name, command] of commands) {
    const process = new LineProcess(command, peersFolder);
    await process.next();
    started.push({ name, process, pids: withDescendants(process.pid) });
  }
  return started;
}

async function measure(
  operation: LocalOperation,
  contestants: readonly Contestant[],
  { rounds, isQuick, say }: BenchOptions,
): Promise<ContestRow> {
  say(`${local}, ${operation}`);
  const samples = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const one of contestants) await timed(one, operation, isQuick ? 100 : warmMs);
  const random = seededRandom(1);
  for (let round = 0; round < rounds; round++) {
    const order = contestants.map((one) => ({ one, key: random.next() })).sort((a, b) => a.key - b.key);
    for (const { one } of order) {
      samples.get(one.name)!.push(await timed(one, operation, isQuick ? 20 : sampleMs));
    }
  }
  return rowOf(operation, samples);
}

/** Nanoseconds an operation: of processor time where the system tells it. */
async function timed({ process, pids }: Contestant, operation: string, ms: number): Promise<number> {
  const before = processorNs(pids);
  const [ns, count] = (await process.ask(`${operation} ${ms}`)).split(" ").map(Number);
  const after = processorNs(pids);
  return (before === undefined || after === undefined ? ns! : after - before) / count!;
}

function rowOf(operation: LocalOperation, samples: Samples): ContestRow {
  const figure = (name: string): number => Number(median(samples.get(name)!).value.toPrecision(4));
  const peers = [...samples.keys()].filter((name) => name !== "hewn");
  return {
    ...{ row: local, operation, unit: "ns", hewn: figure("hewn") },
    peers: Object.fromEntries(peers.map((name) => [name, figure(name)])),
    ...bestOf(peers.map((name) => ({ name, ratio: ratio(samples, "hewn", name) }))),
  };
}
