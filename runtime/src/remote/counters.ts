// What a node counts and reports of messages between its actors and those of others. No report holds what a message says.

import type { NodeId } from "../transport/index.ts";

export interface RemoteCounters {
  /** Tells, asks and answers that the transport has taken. */
  sent: number;
  /** Tells that were refused or given up before they went out. */
  notSent: number;
  /** Messages that made room for younger ones while they waited to be sent. */
  dropped: number;
  /** Messages that arrived for an actor. */
  received: number;
  /** Of those, for actors that are not there. */
  deadLetters: number;
  /** Messages that arrived and could not be read. */
  unreadable: number;
  /** Answers for those who wait no longer. */
  late: number;
  /** Messages that went out on a stream that broke, and nothing says whether they arrived. */
  unknown: number;
  /** Notices, watches and the like that were sent again, because nothing said that they had come. */
  resent: number;
  /** Actors that were started here for others. */
  spawned: number;
  /** Starts of actors here that others asked for and this node refused: no such class, not allowed, no room, about to go. */
  refused: number;
  /** Leases of other nodes' supervisors that ran out, or were refused, while children ran here under them. */
  leasesLost: number;
}

export function newRemoteCounters(): RemoteCounters {
  return {
    sent: 0,
    notSent: 0,
    dropped: 0,
    received: 0,
    deadLetters: 0,
    unreadable: 0,
    late: 0,
    unknown: 0,
    resent: 0,
    spawned: 0,
    refused: 0,
    leasesLost: 0,
  };
}

/**
 * - `gap`: a connection broke, and of what had gone out `unknown` messages may not have arrived; `unsent` had not gone out
 *   and are lost. What is sent from now on arrives behind the gap.
 * - `notSent`: a tell was refused, for a reason that its sender was not told at once.
 * - `unreadable`: the arguments of a message, or the value of an answer, do not fit their types.
 * - `fenced`: too much waits for the node, or it breaks the rules: nothing is watched there any more.
 * - `acceptFailed`: whether a node may start an actor could not be answered, because `accept` threw; it was refused.
 * - `leaseLost`: the lease ran out, or was refused, under which so many children of that node's supervisors ran here: they
 *   handle nothing more. That was found `lateMs` milliseconds behind its end: the main loop was blocked, or the process
 *   stood still.
 * - `answerLost`: an answer could not be sent; whoever asked was told that it failed.
 */
export type RemoteReport =
  | { readonly event: "fenced"; readonly node: NodeId; readonly reason: string }
  | { readonly event: "gap"; readonly node: NodeId; readonly unknown: number; readonly unsent: number }
  | {
      readonly event: "notSent";
      readonly node: NodeId;
      readonly type: string;
      readonly reason: string;
      readonly text: string;
    }
  | {
      readonly event: "leaseLost";
      readonly node: NodeId;
      readonly children: number;
      readonly lateMs: number;
    }
  | {
      readonly event: "unreadable" | "answerLost" | "acceptFailed";
      readonly node: NodeId;
      readonly type: string;
      readonly text: string;
    };
