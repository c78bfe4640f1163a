// The right of an actor to run, where somebody else may take it away: see `supervision/lease.ts`.

/** Held by an actor and by all that it starts. */
export interface Lease {
  /** Asked before every message: once false, it stays so, and the actor handles nothing more. */
  readonly isHeld: boolean;
}
