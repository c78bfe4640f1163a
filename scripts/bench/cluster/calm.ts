// What is said of nodes that live, on a machine that has too much to do and in processes that stand still now and then.
import { type ChildProcess, spawn } from "node:child_process";
import { Fleet, nameOf } from "../../faults/fleet.testing.ts";

export interface CalmOptions {
  readonly file: string;
  readonly size: number;
  readonly lastsMs: number;
}

/** Of nodes that were there all the time. */
export interface Calm {
  /** Said to be dead or removed, and made to be born again. */
  readonly deaths: number;
  /** Said to be unreachable or frozen. */
  readonly absences: number;
  readonly stalls: number;
  readonly suspicions: number;
}

/** Under four processes that compute without a pause. */
export async function underHogs(options: CalmOptions): Promise<Calm> {
  const hogs = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  try {
    return await observed({ ...options, pulse: true, harm: () => {} });
  } finally {
    for (const hog of hogs) kill(hog);
  }
}

/** Every node's loop is blocked for two seconds every five, each at another time. */
export async function underStalls(options: CalmOptions): Promise<Calm> {
  const times = Math.ceil(options.lastsMs / 5000);
  const harm = (fleet: Fleet): void => {
    for (const node of fleet.nodes) {
      const startMs = (5000 / fleet.size) * node;
      setTimeout(() => {
        void fleet.process(node).tell({ kind: "block", ms: 2000, times, pauseMs: 3000 });
      }, startMs);
    }
  };
  return observed({ ...options, pulse: true, harm });
}

/**
 * Without pulses, half of the nodes, whose loops have one long task after the other: each is shorter than what a node notices
 * of itself, and a little longer than it waits for an answer.
 */
export async function underSlowNodes(options: CalmOptions, localHealth: boolean): Promise<Calm> {
  const ms = 520;
  const times = Math.ceil(options.lastsMs / ms);
  const harm = (fleet: Fleet): void => {
    for (const node of fleet.nodes.slice(0, fleet.size / 2)) {
      void fleet.process(node).tell({ kind: "block", ms, times, pauseMs: 0 });
    }
  };
  return observed({ ...options, pulse: false, localHealth, harm });
}

interface Observation extends CalmOptions {
  readonly pulse: boolean;
  readonly localHealth?: boolean;
  readonly harm: (fleet: Fleet) => void;
}

async function observed({ lastsMs, harm, ...options }: Observation): Promise<Calm> {
  const fleet = await Fleet.start({ ...options, profile: "lan" });
  try {
    const before = await suspicionsOf(fleet);
    harm(fleet);
    await new Promise((resolve) => setTimeout(resolve, lastsMs));
    const told = fleet.nodes.flatMap((node) => fleet.process(node).untaken);
    const count = (...statuses: readonly string[]): number =>
      told.filter((event) => event.kind === "status" && statuses.includes(event.status)).length;
    const deaths = count("dead", "removed") + told.filter(({ kind }) => kind === "reborn").length;
    const suspicions = (await suspicionsOf(fleet)) - before;
    return { deaths, absences: count("unreachable", "frozen"), stalls: count("stalled"), suspicions };
  } finally {
    await fleet.stop();
  }
}

async function suspicionsOf(fleet: Fleet): Promise<number> {
  const counts = fleet.nodes.map(async (node) => {
    const counters = await fleet.process(node).tell({ kind: "counters", name: nameOf(node) });
    return (counters as { readonly suspicionsRaised: number }).suspicionsRaised;
  });
  return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
}

function kill(hog: ChildProcess): void {
  hog.kill("SIGKILL");
}
