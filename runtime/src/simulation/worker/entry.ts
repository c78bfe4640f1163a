// A thread that runs simulations: loads a system's module, and runs one seed after the other as it is told.

import { parentPort, workerData } from "node:worker_threads";
import { type Plan, parsePlan } from "../plan.ts";
import { Random } from "../random.ts";
import { type ProfileName, randomPlan } from "../random-plan.ts";
import { type RunResult, runPlan } from "../run-plan.ts";
import { shrink } from "../shrink.ts";
import type { SimulatedSystem } from "../system.ts";
import { OnlyRun } from "./only-run.ts";
import type { Broken, Finding, RunOrder, RunReport, ThreadOptions } from "./orders.ts";
import { Sandbox } from "./sandbox.ts";
import { WatchedTurns } from "./turns.ts";

/** Runs that shrinking a finding may take. */
const shrinkTriesMax = 400;
const shownTraceLines = 60;

const turns = new WatchedTurns();
const onlyRun = new OnlyRun(turns);
new Sandbox(onlyRun);
process.on("unhandledRejection", stray);
process.on("uncaughtException", stray);

/** An error that nobody caught is the run's, if one is on. */
function stray(error: unknown): void {
  if (!onlyRun.thrown(error)) broken(error);
}

/** No finding, but a mistake in the module or in the simulator itself. */
function broken(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parentPort?.postMessage({ broken: text } satisfies Broken);
}

const { module } = workerData as ThreadOptions;
const loaded = import(module) as Promise<{ readonly default?: SimulatedSystem }>;

async function run(order: RunOrder, seed: number, plan: Plan, keepsTrace: boolean): Promise<RunResult> {
  const system = (await loaded).default;
  if (typeof system?.start !== "function") throw new Error(`${module} has no system as its default export`);
  try {
    const onSimulation = onlyRun.enter.bind(onlyRun);
    return await runPlan({
      allocatedBytes: () => process.memoryUsage().arrayBuffers,
      seed,
      plan,
      system,
      keepsTrace: keepsTrace || order.keepsTrace,
      turns,
      onSimulation,
    });
  } finally {
    onlyRun.leave();
  }
}

async function planOf({ plan, machines, profile }: RunOrder, seed: number): Promise<Plan> {
  if (plan !== undefined) return parsePlan(plan);
  const chosen = (profile as ProfileName | undefined) ?? (await loaded).default?.profile;
  return randomPlan(new Random(seed, "plan"), {
    ...(machines !== undefined && { machines }),
    ...(chosen !== undefined && { profile: chosen }),
  });
}

async function report(order: RunOrder, seed: number): Promise<RunReport> {
  const plan = await planOf(order, seed);
  const result = await run(order, seed, plan, false);
  const { hash, events, simulatedMs, counts, failures } = result;
  const again = order.checks && failures.length === 0 ? await run(order, seed, plan, false) : result;
  const drift =
    again.hash === hash ? [] : [{ rule: "repeatable", text: `a second run had the hash ${again.hash}` }];
  const [first] = [...failures, ...drift];
  return {
    seed,
    hash,
    events,
    simulatedMs,
    counts,
    ...(order.keepsTrace && { trace: result.trace }),
    ...(first && { finding: await findingOf(order, seed, plan, first) }),
  };
}

async function findingOf(
  order: RunOrder,
  seed: number,
  plan: Plan,
  first: Finding["failure"],
): Promise<Finding> {
  const fails = async (candidate: Plan) => {
    const { failures } = await run(order, seed, candidate, false);
    return failures.some(({ rule }) => rule === first.rule);
  };
  const isFixed = !order.shrinks || order.plan !== undefined || first.rule === "repeatable";
  const shrunk = isFixed ? { plan, tries: 0 } : await shrink(plan, fails, shrinkTriesMax);
  const { failures, trace } = await run(order, seed, shrunk.plan, true);
  return {
    failure: failures[0] ?? first,
    plan: shrunk.plan,
    actionsBefore: plan.actions.length,
    tries: shrunk.tries,
    trace: trace.slice(-shownTraceLines),
  };
}

parentPort?.on("message", (order: RunOrder) => {
  const all = async () => {
    for (const seed of order.seeds) parentPort?.postMessage(await report(order, seed));
    parentPort?.postMessage("done");
  };
  all().catch(broken);
});
