// What the pulse thread may do about leases. It speaks for a main loop that is late, and for no longer than one lease from
// when that ran last: a loop that is blocked for longer loses its children, and grants nothing to those of others. While the
// loop renews by itself, the thread does nothing.

import type { LeaseTimes } from "../../supervision/index.ts";

/** When something is looked at, and when the main loop ran last, by one clock. */
export interface Look {
  readonly nowMs: number;
  readonly loopAtMs: number;
}

/** A loop that is late by less is only busy. */
export const lateMs = 100;

/**
 * For how long from now on the lease that is held until `untilMs` should be renewed; 0 where there is nothing to be gained.
 */
export function renewForMs(
  { renewMs, orphanAfterMs }: LeaseTimes,
  untilMs: number,
  { nowMs, loopAtMs }: Look,
): number {
  const mayUntilMs = loopAtMs + orphanAfterMs;
  const gainMs = mayUntilMs - untilMs;
  const isLate = nowMs - loopAtMs >= lateMs;
  // A loop that runs, and does not get its renewals in time: each costs it several turns.
  const isSlow = gainMs >= 2 * renewMs;
  return gainMs >= 1 && (isLate || isSlow) ? Math.max(0, Math.floor(mayUntilMs - nowMs)) : 0;
}

/** What is granted to a thread that asks for `forMs`: 0 where nothing is. */
export function grantForMs({ orphanAfterMs }: LeaseTimes, forMs: number, { nowMs, loopAtMs }: Look): number {
  // One who would run children for longer than is waited here for it to stop is no holder.
  if (forMs > orphanAfterMs) return 0;
  return Math.max(0, Math.min(forMs, Math.floor(loopAtMs + orphanAfterMs - nowMs)));
}

/** For how long from now on who granted that waits: longer in the same ratio as for a whole lease, which covers the clocks. */
export function waitForMs({ orphanAfterMs, restartAfterMs }: LeaseTimes, forMs: number): number {
  return Math.ceil((forMs * restartAfterMs) / orphanAfterMs);
}

/** How long the main loop has to end the process by itself, once the lease is over: none where it does not run. */
export function exitGraceMs({ nowMs, loopAtMs }: Look): number {
  return nowMs - loopAtMs >= lateMs ? 0 : lateMs;
}
