// The codec bench: builds the contest for the engine and the condition that are asked for, and runs each workload in
// a process of its own.
import { join } from "node:path";
import { build } from "esbuild";
import { runProgram } from "../../run-program.ts";
import { buildFolder, peersFolder, preparePeers } from "../prepare-peers.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import type { ContestRow } from "../row.ts";
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
    const args = ["--workload", workload, "--peers", join(peersFolder, "adapters")];
    const settings = ["--rounds", String(options.rounds), "--sample-ms", String(options.sampleMs)];
    if (operations.length > 0) settings.push("--operations", operations.join());
    const output = await runProgram(
      options.node,
      ["--expose-gc", contest, ...args, ...settings],
      peersFolder,
    );
    rows.push(...(JSON.parse(output) as readonly ContestRow[]));
  }
  return rows;
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
