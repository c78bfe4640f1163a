// How long it takes until all others know that a node is gone: killed, frozen, cut off. One at a time, and back in the
// cluster before the next.

import { Fleet, nameOf, type ProfileName } from "../../faults/fleet.testing.ts";
import { nowMs } from "../../faults/program-process.testing.ts";

export interface Detection {
  /** Until the last of those with a connection to it knew, and the last of all, in milliseconds, for each trial. */
  readonly connected: readonly number[];
  readonly all: readonly number[];
}

export interface DetectionOptions {
  readonly file: string;
  readonly size: number;
  readonly trials: number;
}

const gone = ["dead", "unreachable", "frozen", "removed"] as const;

type Harm = (fleet: Fleet, victim: number) => Promise<() => Promise<unknown>>;

/** What is done to a node, answering what undoes it. */
const harms = {
  kill: async (fleet, victim) => {
    // Answered when the process has ended: what was asked for is under way before.
    void fleet.process(victim).kill();
    return async () => fleet.join(victim);
  },
  freeze: async (fleet, victim) => {
    fleet.process(victim).freeze();
    return async () => fleet.process(victim).thaw();
  },
  cut: async (fleet, victim) => {
    await fleet.network.cutOff(victim);
    return () => fleet.network.heal();
  },
} satisfies Record<string, Harm>;

export async function detection(
  harm: keyof typeof harms,
  profile: ProfileName,
  { file, size, trials }: DetectionOptions,
): Promise<Detection> {
  const fleet = await Fleet.start({ file, size, profile, isProxied: harm === "cut" });
  const [connected, all]: [number[], number[]] = [[], []];
  try {
    for (let trial = 0; trial < trials; trial++) {
      const victim = trial % size;
      const others = fleet.nodes.filter((node) => node !== victim);
      const id = await fleet.idOf(victim);
      const neighbours = await neighboursOf(fleet, others, id);
      const sinceMs = nowMs();
      const undo = await harms[harm](fleet, victim);
      const tookMs = (await fleet.told(others, id, gone)).map((atMs) => atMs - sinceMs);
      connected.push(Math.max(...tookMs.filter((_, at) => neighbours.has(others[at]!))));
      all.push(Math.max(...tookMs));
      await undo();
      await fleet.settled();
    }
  } finally {
    await fleet.stop();
  }
  return { connected, all };
}

async function neighboursOf(
  fleet: Fleet,
  others: readonly number[],
  id: string,
): Promise<ReadonlySet<number>> {
  const connected = new Set<number>();
  for (const node of others) {
    const members = await fleet.process(node).members(nameOf(node));
    if (members.some((one) => one.id === id && one.isConnected)) connected.add(node);
  }
  return connected;
}
