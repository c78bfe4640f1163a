// The codec bench: builds the contest for the engine and the condition that are asked for, and runs each workload in
// processes of its own.
import { join } from "node:path";
import { build } from "esbuild";
import { runProgram } from "../../run-program.ts";
import { ratio, type Samples } from "../interleaved.ts";
import { buildFolder, peersFolder, preparePeers } from "../prepare-peers.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import { bestOf, type ContestRow } from "../row.ts";
import { median } from "../statistics.ts";
import type { Measured } from "./contest.ts";
import { processes } from "./processes.ts";
import { type WorkloadName, workloadNames } from "./values.ts";

export async function codecBench(options: BenchOptions): Promise<BenchResult> {
  const wanted = wantedWorkloads(options);
  await preparePeers(options.say);
  const rows = await contestRows(options, wanted);
  return { bench: "codec", node: await versionOf(options.node), rows };
}

/** @throws Error when `--only` names no workload */
export function wantedWorkloads({ only }: BenchOptions): readonly WorkloadName[] {
  const wanted = workloadNames.filter((name) => only.length === 0 || only.includes(name));
  if (wanted.length === 0) throw new Error(`no such row; there are ${workloadNames.join(", ")}`);
  return wanted;
}

/** Runs each workload in a process of its own; `operations` are all unless some are named. */
export async function contestRows(
  options: BenchOptions,
  workloads: readonly WorkloadName[],
  operations: readonly string[] = [],
): Promise<readonly ContestRow[]> {
  const contest = await bundleContest(options.portable);
  const rows: ContestRow[] = [];
  for (const [index, workload] of workloads.entries()) {
    options.say(`${workload} (${index + 1} of ${workloads.length})`);
    rows.push(...(await measure(workload, contest, options, operations)));
  }
  return rows;
}

async function measure(
  workload: WorkloadName,
  contest: string,
  options: BenchOptions,
  operations: readonly string[],
): Promise<ContestRow[]> {
  const pooled = new Map<string, Map<string, number[]>>();
  const count = Math.min(processes, options.rounds);
  for (let nth = 0; nth < count; nth++) {
    const rounds = Math.floor((options.rounds + nth) / count);
    const args = [
      "--workload",
      workload,
      "--peers",
      join(peersFolder, "adapters"),
      "--seed",
      String(1 + nth),
    ];
    const settings = ["--rounds", String(rounds), "--sample-ms", String(options.sampleMs)];
    if (operations.length > 0) settings.push("--operations", operations.join());
    const command = ["--expose-gc", contest, ...args, ...settings];
    const output = await runProgram(options.node, command, peersFolder);
    pool(pooled, JSON.parse(output) as readonly Measured[]);
  }
  return [...pooled].map(([operation, samples]) => rowOf(workload, operation, samples));
}

function pool(pooled: Map<string, Map<string, number[]>>, measured: readonly Measured[]): void {
  for (const { operation, samples } of measured) {
    const all = pooled.get(operation) ?? new Map<string, number[]>();
    pooled.set(operation, all);
    for (const [name, figures] of samples) all.set(name, [...(all.get(name) ?? []), ...figures]);
  }
}

function rowOf(row: WorkloadName, operation: string, samples: Samples): ContestRow {
  const isTime = operation !== "bytes";
  const digits = (figure: number): number => (isTime ? Math.round(figure) : Math.round(10 * figure) / 10);
  const names = [...samples.keys()].filter((name) => name !== "hewn");
  return {
    row,
    operation,
    unit: isTime ? "ns" : "bytes",
    hewn: digits(median(samples.get("hewn")!).value),
    peers: Object.fromEntries(names.map((name) => [name, digits(median(samples.get(name)!).value)])),
    ...bestOf(names.map((name) => ({ name, ratio: ratio(samples, "hewn", name) }))),
  };
}

export async function versionOf(node: string): Promise<string> {
  return (await runProgram(node, ["--version"], peersFolder)).trim().replace(/^v/, "");
}

/** One file that any engine runs, types gone; the peers stay outside, as their authors ship them. */
async function bundleContest(portable: boolean): Promise<string> {
  const outfile = join(buildFolder, portable ? "contest.portable.mjs" : "contest.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "contest.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    // The name `node` is what `#text` is chosen by; without it the portable build is what is left.
    conditions: portable ? ["portable"] : ["node"],
    ...(portable && { platform: "neutral", external: ["node:*"] }),
    outfile,
    logLevel: "warning",
  });
  return outfile;
}
