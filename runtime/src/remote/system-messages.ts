// What the runtimes of two nodes say to each other about actors, on the control lane: numbered, acknowledged and sent
// again, so that none of it is lost while both instances live.

import type { int, u32 } from "../numbers.ts";

/** Asks to be told when an actor of the receiver is gone. */
export interface Watch {
  readonly kind: "watch";
  /** Given by the sender, never to another watch of the same two instances. */
  readonly watch: u32;
  readonly actor: u32;
  /** Who is to be told, for the order behind what the actor sent to it: 0 is no actor. */
  readonly watcher: u32;
}

/** The answer to a watch is wanted no more. */
export interface Unwatch {
  readonly kind: "unwatch";
  readonly watch: u32;
}

/** The actor of a watch is gone. Said once a watch. */
export interface Gone {
  readonly kind: "gone";
  readonly watch: u32;
  readonly reason: "exited" | "crashed" | "neverExisted";
  readonly error?: Thrown;
  /** A {@link Last} comes, or came, on the user lane. */
  readonly hasLast: boolean;
}

/** What an actor threw, as far as it is told to others. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
}

/** Ends a child that the sender had started there, or whose start may be under way. Answered with {@link ChildGone}. */
export interface StopChild {
  readonly kind: "stopChild";
  /** Given by the sender at the start, never to another one of the same two instances. */
  readonly child: u32;
  /** If it has not ended by then, it handles nothing more, and counts as ended. */
  readonly withinMs: u32;
}

/** A child of the receiver's supervisors has ended, or will not start. */
export interface ChildGone {
  readonly kind: "childGone";
  readonly child: u32;
  readonly reason: "exited" | "crashed" | "leaseExpired" | "nodeLeft";
  readonly error?: Thrown;
}

/** The sender is about to go: it ends the receiver's children, and takes no more. */
export interface Leaving {
  readonly kind: "leaving";
}

export type SystemBody = Watch | Unwatch | Gone | StopChild | ChildGone | Leaving;

/** One more, in a row without gaps from 1 on, as long as both instances live. */
export interface Sequenced {
  readonly kind: "sequenced";
  readonly sequence: int;
  /** All up to this one of the receiver's have come. */
  readonly acknowledged: int;
  readonly body: SystemBody;
}

export interface Acknowledged {
  readonly kind: "acknowledged";
  readonly acknowledged: int;
}

/** The sender has given up on the receiver: see `fence` of the system lane. */
export interface Over {
  readonly kind: "over";
}

/** @wire binary */
export type SystemMessage = Sequenced | Acknowledged | Over;

/**
 * On the user lane, behind the last message of an actor to one that watches it: nothing more comes of that pair.
 *
 * @wire binary
 */
export interface Last {
  readonly watch: u32;
}
