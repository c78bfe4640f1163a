// The command line of `npm run simulate`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PlanError, parsePlan, profileNames, profiles } from "@hewn/runtime/simulation";
import { scenarioFolder, scenarioNames, scriptOf } from "./scenarios.ts";

export const usage = `Usage: npm run simulate -- [options]

Runs nodes on a simulated network, one run a seed, and holds them against the rules in docs/simulation.md.

  --seed S      the first seed (default: of the clock, and printed)
  --seeds N     how many seeds, beginning with that one (default 100; 1 where a plan is given)
  --nodes N     machines of each run (default: 2 to 5, as chance has it)
  --scenario X  a profile of what goes wrong (${profileNames.join(", ")}; default: any),
                a scenario of fixtures/scenarios, or a file with a plan
  --system X    \`transport\` (the default), \`cluster\`, or a module whose default export is a system
  --check       run each seed twice and compare
  --quick       end at the first finding, and leave its plan as it is
  --trace       print the whole trace of the first seed
  --threads N   (default: as many as there are cores, at most 4)
  --json        one JSON document on the standard output instead of text

Exit code: 0 all is well; 1 a rule was broken, or something that must happen never did; 2 wrong usage; 130 interrupted.`;

/** From so many seeds on everything that can happen must have happened. */
export const seedsForAll = 100;

export interface Arguments {
  readonly seed: number;
  readonly seeds: number;
  readonly machines: number | undefined;
  readonly profile: string | undefined;
  readonly plan: string | undefined;
  readonly system: string;
  readonly checks: boolean;
  readonly isQuick: boolean;
  readonly showsTrace: boolean;
  readonly threads: number;
  readonly json: boolean;
}

/** Says in its message what is wrong with the command line. */
export class UsageError extends Error {}

export function readArguments(args: readonly string[], now: number, cores: number): Arguments | "help" {
  const values = parsed(args);
  if (values.help) return "help";
  const { scenario } = values;
  const profile = profileNames.find((name) => name === scenario);
  const plan = scenario === undefined || profile !== undefined ? undefined : planOf(scenario);
  return {
    seed: number("seed", values.seed, 0, now % 1_000_000_000),
    seeds: number("seeds", values.seeds, 1, plan === undefined ? 100 : 1),
    machines: values.nodes === undefined ? undefined : number("nodes", values.nodes, 2, 2),
    profile,
    plan,
    system: values.system ?? "transport",
    checks: values.check ?? false,
    isQuick: values.quick ?? false,
    showsTrace: values.trace ?? false,
    threads: number("threads", values.threads, 1, Math.min(4, cores)),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { seed: text, seeds: text, nodes: text, scenario: text, system: text, threads: text };
  const flags = { check: flag, quick: flag, trace: flag, json: flag, help: flag };
  try {
    return parseArgs({ args: [...args], options: { ...options, ...flags } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The text of a plan: of a scenario of ours, or of a file. */
function planOf(scenario: string): string {
  const file = scenarioNames().includes(scenario) ? join(scenarioFolder, `${scenario}.txt`) : scenario;
  let text: string;
  try {
    text = scriptOf(readFileSync(file, "utf8"));
  } catch {
    const known = [...Object.keys(profiles), ...scenarioNames()].join(", ");
    throw new UsageError(`--scenario: '${scenario}' is neither a file nor one of ${known}`);
  }
  try {
    parsePlan(text);
  } catch (error) {
    if (error instanceof PlanError) throw new UsageError(`--scenario: ${file}: ${error.message}`);
    throw error;
  }
  return text;
}

function number(name: string, text: string | undefined, least: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || text.trim() === "") {
    throw new UsageError(`--${name} wants a whole number of at least ${least}, not '${text}'`);
  }
  return value;
}
