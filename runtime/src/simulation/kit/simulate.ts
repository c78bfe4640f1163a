// A cluster of the code that production runs, on a network, a clock and chance that are made of a seed: for tests of actors.

import { RunningHash } from "../fnv.ts";
import type { Failure } from "../simulation.ts";
import { ClusterRun, type RunEnd } from "./cluster-run.ts";
import type { SimulateOptions, Simulations } from "./simulate-options.ts";
import type { Simulated } from "./simulated.ts";
import { SimulationError } from "./simulation-error.ts";

/** The thread has one network, one clock and one chance: runs wait for each other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Starts nodes that join one cluster, and runs the script once they have. In it, and in all that the nodes run, timers,
 * `Date`, `performance.now`, `Math.random` and the like are virtual; real input and output fails the run.
 * `HEWN_SEED` in the environment has that one seed run, whatever the options say.
 *
 * @throws SimulationError where a script or a `start` throws, an actor crashes, an error is caught by nobody, or time is up
 */
export function simulate(
  options: SimulateOptions,
  script: (simulated: Simulated) => void | Promise<void>,
): Promise<Simulations> {
  const run = last.then(() => all(options, script));
  last = run.catch(() => {});
  return run;
}

async function all(
  options: SimulateOptions,
  script: (simulated: Simulated) => void | Promise<void>,
): Promise<Simulations> {
  const { seed: first, seeds } = seedsOf(options);
  const hash = new RunningHash();
  let events = 0;
  let simulatedMs = 0;
  let trace: readonly string[] = [];
  for (let passed = 0; passed < seeds; passed++) {
    const seed = first + passed;
    const end = await new ClusterRun(seed, options, script).result();
    const failure =
      end.failure ?? (options.checks === true ? await drift(end, seed, options, script) : undefined);
    if (failure !== undefined) throw new SimulationError(seed, failure, end.trace, passed, end.cause);
    hash.add(`${seed} ${end.hash}\n`);
    events += end.events;
    simulatedMs += end.simulatedMs;
    trace = end.trace;
  }
  return { runs: seeds, hash: hash.text, events, simulatedMs, trace };
}

async function drift(
  before: RunEnd,
  seed: number,
  options: SimulateOptions,
  script: (simulated: Simulated) => void | Promise<void>,
): Promise<Failure | undefined> {
  const { hash, trace } = await new ClusterRun(seed, options, script).result();
  if (hash === before.hash) return undefined;
  const at = trace.findIndex((line, index) => line !== before.trace[index]);
  const text = `a second run differed: something outlives a run, or comes from outside. First: ${trace[at] ?? "its end"}`;
  return { rule: "repeatable", text };
}

function seedsOf({ seed = 1, seeds = 1 }: SimulateOptions): {
  readonly seed: number;
  readonly seeds: number;
} {
  const wanted = process.env["HEWN_SEED"];
  if (wanted === undefined || wanted === "") return { seed, seeds };
  const only = Number(wanted);
  if (!Number.isSafeInteger(only) || only < 0)
    throw new RangeError(`HEWN_SEED is '${wanted}', which is no seed`);
  return { seed: only, seeds: 1 };
}
