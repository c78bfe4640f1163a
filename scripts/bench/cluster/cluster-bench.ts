// The bench of the cluster: nodes as processes, and how long it takes until they know of each other, and that one is gone.
import { join } from "node:path";
import { buildPrograms } from "../../faults/programs.testing.ts";
import { versionOf } from "../codec/codec-bench.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import type { BudgetRow } from "../row.ts";
import { quantile } from "../statistics.ts";
import { type Calm, underHogs, underSlowNodes, underStalls } from "./calm.ts";
import { detection } from "./detection.ts";
import { joinOne, joinThirty } from "./joining.ts";

interface Bench {
  readonly file: string;
  readonly trials: number;
  readonly size: number;
  /** How long nodes are watched of which nothing is to be said. */
  readonly lastsMs: number;
  readonly isQuick: boolean;
}

type Measure = (bench: Bench) => Promise<readonly BudgetRow[]>;

/** What is told of trials is what nineteen of twenty keep. */
const share = 0.95;

const measures: Readonly<Record<string, Measure>> = {
  "detect-sigkill": async (bench) => {
    const { connected, all } = await detection("kill", "lan", bench);
    return [timed("detect-sigkill", "connected", connected, 100), timed("detect-sigkill", "all", all, 1000)];
  },
  "detect-freeze": (bench) => bothProfiles("detect-freeze", "freeze", bench),
  "detect-cut": (bench) => bothProfiles("detect-cut", "cut", bench),
  "join-one": async (bench) => [timed("join-one", "all", await joinOne(bench), 500)],
  "join-30": async (bench) => {
    const trials = Math.max(1, Math.ceil(bench.trials / 4));
    return [timed("join-30", "all", await joinThirty({ ...bench, trials }), 2000)];
  },
  "false-deaths": async (bench) => {
    const hogs = await underHogs(bench);
    const stalls = await underStalls(bench);
    return [counted("false-deaths", "count", hogs), counted("false-deaths", "stalls", stalls)];
  },
  "local-health": async (bench) => {
    // Long enough for a hundred suspicions without it.
    const longer = { ...bench, lastsMs: 1.5 * bench.lastsMs };
    const off = await underSlowNodes(longer, false);
    const on = await underSlowNodes(longer, true);
    return [fewer(on.suspicions, off.suspicions)];
  },
};

export async function clusterBench(options: BenchOptions): Promise<BenchResult> {
  const wanted = Object.entries(measures).filter(
    ([name]) => options.only.length === 0 || options.only.includes(name),
  );
  if (wanted.length === 0) throw new Error(`no such row; there are ${Object.keys(measures).join(", ")}`);
  const { isQuick, rounds: trials } = options;
  const programs = await buildPrograms(["fleet-program.testing.ts"]);
  const bench: Bench = {
    file: join(programs.folder, "fleet-program.mjs"),
    trials,
    size: isQuick ? 4 : 10,
    lastsMs: isQuick ? 8000 : 60_000,
    isQuick,
  };
  try {
    const rows: BudgetRow[] = [];
    for (const [name, measure] of wanted) {
      options.say(name);
      const measured = await measure(bench);
      for (const { operation, hewn, unit } of measured) options.say(`${name}, ${operation}: ${hewn} ${unit}`);
      rows.push(...measured);
    }
    return { bench: "cluster", node: await versionOf(process.execPath), rows };
  } finally {
    programs.remove();
  }
}

async function bothProfiles(
  row: string,
  harm: "freeze" | "cut",
  bench: Bench,
): Promise<readonly BudgetRow[]> {
  const lan = await detection(harm, "lan", bench);
  const local = await detection(harm, "local", bench);
  return [timed(row, "lanP95", lan.all, 5000), timed(row, "localP95", local.all, 2000)];
}

function timed(row: string, operation: string, figures: readonly number[], budget: number): BudgetRow {
  const { value, low, high } = quantile(figures, share);
  const middle = quantile(figures, 0.5).value;
  return {
    ...{ row, operation, unit: "ms", hewn: whole(value), low: whole(low), high: whole(high) },
    ...{ budget, ahead: hundredths(budget / value), peers: {} },
    parts: {},
    besides: { median: whole(middle), longest: whole(Math.max(...figures)), trials: figures.length },
  };
}

function counted(row: string, operation: string, { deaths, absences, stalls, suspicions }: Calm): BudgetRow {
  return {
    ...{ row, operation, unit: "deaths", hewn: deaths, low: deaths, high: deaths },
    ...{ budget: 0, ahead: deaths === 0 ? 1 : 0, peers: {}, parts: {} },
    besides: { unreachable: absences, stalled: stalls, suspicions },
  };
}

/** The share of suspicions that are left with local health. */
function fewer(on: number, off: number): BudgetRow {
  const left = off === 0 ? 1 : on / off;
  const hewn = Number(left.toFixed(3));
  const budget = 0.1;
  return {
    ...{ row: "local-health", operation: "suspicions", unit: "of without", hewn, low: hewn, high: hewn },
    ...{ budget, ahead: hundredths(budget / Math.max(left, 0.001)), peers: {}, parts: {} },
    besides: { on, off },
  };
}

function whole(ms: number): number {
  return Math.round(ms);
}

function hundredths(figure: number): number {
  return Math.round(figure * 100) / 100;
}
