// What a second thread does for leases: it renews them while the main loop is late, and sees their end when that does not.

import type { LeaseMemory, LeaseTimes } from "../supervision/index.ts";
import type { NodeId } from "../transport/index.ts";

/** A lease that is about to begin. */
export interface KeptLease {
  readonly self: NodeId;
  /** The other node: the one that grants it, or the one that holds it. */
  readonly peer: NodeId;
  readonly term: number;
  readonly times: LeaseTimes;
  /** By the clock of this node's actors. */
  readonly untilMs: number;
}

/**
 * What a node does when a lease runs out, or is refused, while children run under it: they handle nothing more (`stop`), or
 * the process ends (`exit`).
 */
export type OnLeaseLost = "stop" | "exit";

export interface HeldLease {
  readonly memory: LeaseMemory;
  /** How many children run here under it now. */
  children(count: number): void;
}

export interface LeaseKeeper {
  /** Of children here: asks the other node's thread to renew it, until the memory says that it is over. */
  hold(lease: KeptLease, onLost: OnLeaseLost): HeldLease;
  /** Of children there: renews it for the other node's thread, until the memory says that it is over. */
  grant(lease: KeptLease): LeaseMemory;
}
