// The compile bench: what codecs cost whoever compiles with them, on a project of 1000 interfaces in 200 files. Every
// round runs every command once, in a new process, and figures are differences within a round.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { enginesFolder } from "../../conformance/engines.ts";
import { installLone } from "../../lone-folder.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import type { BudgetRow } from "../row.ts";
import { median } from "../statistics.ts";
import { runGenerate, runTsc, runTspc } from "./commands.ts";
import { fullSize } from "./generated-project.ts";
import { Watching } from "./watching.ts";
import { Workspace } from "./workspace.ts";

/** What a row subtracts from what: milliseconds. */
interface Sample {
  readonly measured: number;
  readonly without: number;
}

interface Measurement {
  readonly row: string;
  readonly operation: string;
  /** Milliseconds. */
  readonly budget: number;
  /** What `without` is; a row without one has nothing to subtract. */
  readonly compared?: string;
  readonly sample: () => Promise<Sample>;
  readonly close?: () => Promise<void>;
}

export async function compileBench(options: BenchOptions): Promise<BenchResult> {
  const size = options.isQuick ? { files: 20, interfacesPerFile: 5 } : fullSize;
  if (wants(options, "checkGenerated")) await installLone(enginesFolder, options.say);
  const workspace = new Workspace(size);
  try {
    const all = measurements(workspace).filter(({ row }) => wants(options, row));
    if (all.length === 0) throw new Error(`no such row; there are ${rowNames.join(", ")}`);
    options.say("warming up: generating every codec once");
    await runTspc(workspace, "tsconfig.json");
    return { bench: "compile", node: process.versions.node, rows: await measured(all, options) };
  } finally {
    workspace.remove();
  }
}

const rowNames = ["cold", "unchanged", "generate", "watch", "checkGenerated"];

function wants({ only }: BenchOptions, row: string): boolean {
  return only.length === 0 || only.includes(row);
}

async function measured(all: readonly Measurement[], { rounds, say }: BenchOptions): Promise<BudgetRow[]> {
  const samples = new Map<Measurement, Sample[]>(all.map((one) => [one, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const one of all) {
        const sample = await one.sample();
        samples.get(one)!.push(sample);
        const figures = `${Math.round(sample.measured)} - ${Math.round(sample.without)}`;
        say(`round ${round + 1} of ${rounds}: ${one.row} ${one.operation} ${figures} ms`);
      }
    }
  } finally {
    for (const { close } of all) await close?.();
  }
  return [...samples].map(([one, figures]) => rowOf(one, figures));
}

function rowOf({ row, operation, budget, compared }: Measurement, samples: readonly Sample[]): BudgetRow {
  const { value, low, high } = median(samples.map(({ measured, without }) => measured - without));
  const parts: [string, number][] = [["whole", median(samples.map(({ measured }) => measured)).value]];
  if (compared !== undefined) parts.push([compared, median(samples.map(({ without }) => without)).value]);
  return {
    row,
    operation,
    unit: "ms",
    hewn: Math.round(value),
    low: Math.round(low),
    high: Math.round(high),
    budget,
    peers: {},
    ahead: Math.round((100 * budget) / Math.max(1, value)) / 100,
    parts: Object.fromEntries(parts.map(([name, figure]) => [name, Math.round(figure)])),
  };
}

/** In an order in which each finds what it needs: `unchanged` what `cold` has made. */
function measurements(workspace: Workspace): readonly Measurement[] {
  return [...ofPlugin(workspace), ...ofChecking(workspace), ofGenerate(workspace), ofWatch(workspace)];
}

function ofPlugin(workspace: Workspace): readonly Measurement[] {
  const compared = "tspc without plugin";
  const without = () => runTspc(workspace, "tsconfig.plain.json");
  const cold = async (): Promise<Sample> => {
    workspace.clean();
    const measured = await runTspc(workspace, "tsconfig.json");
    return { measured, without: await without() };
  };
  const unchanged = async (): Promise<Sample> => {
    await runTspc(workspace, "tsconfig.json");
    return { measured: await runTspc(workspace, "tsconfig.json"), without: await without() };
  };
  return [
    { row: "cold", operation: "plugin", budget: 1200, compared, sample: cold },
    { row: "unchanged", operation: "plugin", budget: 60, compared, sample: unchanged },
  ];
}

function ofChecking(workspace: Workspace): readonly Measurement[] {
  const compared = "tsc over the sources alone";
  const checked =
    (compiler: string | undefined): (() => Promise<Sample>) =>
    async () => ({
      measured: await runTsc(workspace, "tsconfig.plain.json", compiler),
      without: await runTsc(workspace, "tsconfig.sources.json", compiler),
    });
  const ts7 = join(enginesFolder, "node_modules/typescript-7.0");
  const row = "checkGenerated";
  return [
    { row, operation: "ts6", budget: 3000, compared, sample: checked(undefined) },
    ...(existsSync(ts7) ? [{ row, operation: "ts7", budget: 600, compared, sample: checked(ts7) }] : []),
  ];
}

function ofGenerate(workspace: Workspace): Measurement {
  const sample = async (): Promise<Sample> => {
    workspace.clean();
    return { measured: await runGenerate(workspace), without: 0 };
  };
  return { row: "generate", operation: "cli", budget: 4000, sample };
}

function ofWatch(workspace: Workspace): Measurement {
  // In the middle of the project: it uses others, and others use it.
  const source = workspace.sources[workspace.sources.length >> 1]!;
  let watching: Watching | undefined;
  const sample = async (): Promise<Sample> => {
    watching = new Watching(workspace);
    await watching.ready();
    const edits: number[] = [];
    for (let edit = 0; edit < 6; edit++) edits.push(await watching.rebuild(workspace, source));
    await watching.close();
    watching = undefined;
    return { measured: median(edits).value, without: 0 };
  };
  return { row: "watch", operation: "rebuild", budget: 500, sample, close: async () => watching?.close() };
}
