// What the nodes of two actors tell each other about the messages between them, beside the messages themselves. All of it
// goes on the user lane, in order with them. These are wire types like any user's, binary alone, with a committed codec.

import type { int, u32 } from "../numbers.ts";

/**
 * How many messages for an actor may have been sent on this stream, all in all, and how many bytes of them. Two zeros:
 * there is no such actor, and nothing is counted for it any more.
 *
 * @wire binary
 */
export interface ActorCredit {
  readonly actor: int;
  readonly messages: int;
  readonly bytes: int;
}

/**
 * The outcome of an ask that has no value.
 *
 * @wire binary
 */
export interface ActorRefusal {
  readonly correlation: u32;
  readonly status: "failed" | "rejected" | "notSent" | "unknown";
  /** Where it failed, the name of what was thrown. */
  readonly reason: string;
  readonly text: string;
}

/**
 * Whoever asked waits no longer.
 *
 * @wire binary
 */
export interface ActorCancel {
  readonly correlation: u32;
}

/**
 * Whoever asked waits longer than it said: so much from now on.
 *
 * @wire binary
 */
export interface ActorExtension {
  readonly correlation: u32;
  readonly budgetMs: u32;
}

/**
 * An actor was started as asked.
 *
 * @wire binary
 */
export interface ActorSpawned {
  readonly correlation: u32;
  readonly actor: int;
}

/**
 * Nobody waits any longer for the actor that was started: it has no use.
 *
 * @wire binary
 */
export interface ActorDisowned {
  readonly actor: int;
}
