// What a system counts and reports. No report holds what a message says.
import type { ActorAddress } from "./port.ts";

export interface ActorCounters {
  /** Actors that run. */
  actors: number;
  /** Actors that were started, ever. */
  started: number;
  /** Of those, how many ended because something they ran threw. */
  crashed: number;
  /** Messages that a handler began with. */
  handled: number;
  /** Messages for actors that had stopped, or stopped before they came to them. */
  deadLetters: number;
  /** Tells that found no room and whose senders did not wait, and those whose arguments do not fit their types. */
  notSent: number;
  /** Messages that made room for younger ones. */
  dropped: number;
  /** Asks whose time was up, or whose sender gave up. */
  expired: number;
}

export function newCounters(): ActorCounters {
  return {
    actors: 0,
    started: 0,
    crashed: 0,
    handled: 0,
    deadLetters: 0,
    notSent: 0,
    dropped: 0,
    expired: 0,
  };
}

/**
 * - `deadLetter`: a message for an actor that had stopped, or stopped before it came to it.
 * - `invalid`: an argument or a result does not fit its type; it was not handed on.
 * - `crashed`: something that the actor ran threw.
 * - `stoppingFailed`: its `[stopping]` threw.
 * - `leaseLost`: its lease ran out. With a method: a handler was at work, and may be so still.
 * - `abandoned`: it had to end, and what it was at did not: it may still be at it.
 */
export interface ActorReport {
  readonly event: "deadLetter" | "invalid" | "crashed" | "stoppingFailed" | "leaseLost" | "abandoned";
  readonly actor: ActorAddress;
  readonly method?: string;
  /** What was thrown. */
  readonly error?: unknown;
}
