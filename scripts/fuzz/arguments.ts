// The command line of `npm run fuzz`.
import { parseArgs } from "node:util";
import { type Kind, kinds } from "./job.ts";

export const usage = `npm run fuzz -- [options]

Compiles random types, and tries their codecs on sound values, damaged input and hostile values.

  --cases N     at least so many cases (default 1000000)
  --seed S      the same seed gives the same cases (default: by the clock, and printed)
  --modules N   source files in each job (default 6)
  --only KINDS  of ${kinds.join(", ")}; separated by commas
  --job I       only this job of the campaign, to see a finding again
  --minutes M   begin nothing new after so long
  --threads N   (default: as many as there are cores, 2 to 4)
  --json        one JSON document on the standard output instead of text

Exit code: 0 all is well; 1 findings, or something that must happen never did; 2 wrong usage; 130 interrupted.`;

/** The campaign that `npm test` runs: always the same, and short. */
export const boundedArguments: readonly string[] = "--cases 15000 --seed 1 --modules 2".split(" ");

export interface Arguments {
  readonly cases: number;
  readonly seed: number;
  readonly modules: number;
  readonly only: readonly Kind[] | undefined;
  readonly job: number | undefined;
  readonly minutes: number;
  readonly threads: number;
  readonly json: boolean;
}

/** Says in its message what is wrong with the command line. */
export class UsageError extends Error {}

export function readArguments(args: readonly string[], now: number, cores: number): Arguments | "help" {
  const { values } = parsed(args);
  if (values.help) return "help";
  const only = values.only?.split(",").map((name) => {
    const kind = kinds.find((each) => each === name);
    if (!kind) throw new UsageError(`--only knows no '${name}': ${kinds.join(", ")}`);
    return kind;
  });
  return {
    cases: number("cases", values.cases, 1, 1_000_000),
    seed: number("seed", values.seed, 0, now % 1_000_000_000),
    modules: number("modules", values.modules, 1, 6),
    only,
    job: values.job === undefined ? undefined : number("job", values.job, 0, 0),
    minutes: number("minutes", values.minutes, 0, Number.POSITIVE_INFINITY),
    threads: number("threads", values.threads, 1, Math.min(4, Math.max(2, cores))),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    cases: text,
    seed: text,
    modules: text,
    only: text,
    job: text,
    minutes: text,
    threads: text,
  };
  try {
    return parseArgs({ args: [...args], options: { ...options, json: flag, help: flag } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, text: string | undefined, least: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  const isWhole = name === "minutes" || Number.isSafeInteger(value);
  if (!isWhole || !(value >= least))
    throw new UsageError(`--${name} wants a number of at least ${least}, not '${text}'`);
  return value;
}
