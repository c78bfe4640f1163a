// A simulated process as the world of a cluster's node, and the times that nodes have in campaigns.

import type { ClusterHost } from "@hewn/runtime/cluster";
import { type Profile, profiles } from "@hewn/runtime/membership";
import type { SimulatedNode } from "@hewn/runtime/simulation";

/** As `local`, with full syncs and redials more often: runs need not be so long. */
export const profile: Profile = { ...profiles.local, syncIntervalMs: 4_000, redialLongestMs: 2_000 };

/** Instances are told apart by the start of their process, and by how often it was born again. */
export function hostOf({ process, pulse, exit }: SimulatedNode): ClusterHost {
  let rebirths = 0;
  return {
    now: () => process.now(),
    random: () => process.random(),
    schedule: (run) => process.schedule(run),
    setTimer: (afterMs, run) => process.setTimer(afterMs, run),
    dial: (to, events) => process.dial(to, events),
    listen: (at, onStream) => process.listen(at, onStream),
    newInstance: () => BigInt(process.start * 1000 + rebirths++),
    digest: (text) => text,
    pulse,
    exit,
  };
}

/** For pings of many nodes would be most of what happens. */
export function timesOf(machines: readonly string[]): { readonly pingIntervalMs: number } {
  return { pingIntervalMs: Math.max(400, 60 * machines.length) };
}
