// What supervisors count of their children, those of supervisors below them included.

import type { SupervisionEvent } from "./event.ts";

export interface SupervisionCounters {
  /** Starts that were done, first ones and others. */
  started: number;
  /** Ends that made supervisors start children again: each is an event `restarting`. */
  restarts: number;
  /** Children that were to be started again by these, siblings included. */
  restarted: number;
  /** Ends, by what ended them; failed starts are crashes. */
  exited: number;
  shutdown: number;
  crashed: number;
  nodeDied: number;
  nodeLeft: number;
  leaseExpired: number;
  /** Children that did not end in their time. */
  abandoned: number;
  /** Starts that had to wait for a node that fits. */
  waited: number;
  /** Supervisors that have given up. */
  failed: number;
}

export function newSupervisionCounters(): SupervisionCounters {
  return {
    started: 0,
    restarts: 0,
    restarted: 0,
    exited: 0,
    shutdown: 0,
    crashed: 0,
    nodeDied: 0,
    nodeLeft: 0,
    leaseExpired: 0,
    abandoned: 0,
    waited: 0,
    failed: 0,
  };
}

/** Counts in what a supervisor that nobody supervises tells. */
export function countEvent(counters: SupervisionCounters, event: SupervisionEvent): void {
  switch (event.kind) {
    case "childStarted":
      counters.started++;
      return;
    case "childEnded":
      counters[event.end.reason]++;
      return;
    case "restarting":
      counters.restarts++;
      counters.restarted += event.children.length;
      return;
    case "childAbandoned":
      counters.abandoned++;
      return;
    case "childWaits":
      counters.waited++;
      return;
    case "failed":
      counters.failed++;
      return;
    case "ready":
    case "stopped":
      return;
    default:
      event satisfies never;
  }
}
