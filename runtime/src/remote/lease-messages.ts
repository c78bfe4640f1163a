// What two nodes say to each other about the lease under which one runs children of the other's supervisors. On the control
// lane, unnumbered: what is lost is asked again.

import type { u32 } from "../numbers.ts";

/**
 * The node that runs children asks to go on with that.
 *
 * @wire binary
 */
export interface LeaseAsk {
  readonly term: u32;
  readonly number: u32;
  /** For how long from now on it would run them, by its own clock. */
  readonly forMs: u32;
}

/**
 * The answer, with the numbers of what was asked.
 *
 * @wire binary
 */
export interface LeaseAnswer {
  readonly term: u32;
  readonly number: u32;
  /** Otherwise nothing of that term may run any more. */
  readonly isGranted: boolean;
}
