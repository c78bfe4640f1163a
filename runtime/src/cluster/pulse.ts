// The second thread of a node, as the cluster sees it: it answers for the process while the main loop is blocked, and asks
// others whether they are only that. When to ask whom, and what an answer means, is the cluster's to know.

import type { MemberId } from "../membership/index.ts";
import type { LeaseKeeper } from "../remote/index.ts";
import type { PulsePlace } from "./pulse-place.ts";

/** Where a peer's pulse thread is: the host under which it is a member, with what it has told in its {@link PulsePlace}. */
export interface PulseAddress extends PulsePlace {
  readonly host: string;
}

/** The pulse thread of a node. A host without threads has none: then stalls count as unreachable. */
export interface Pulse {
  /**
   * For peers, over an authenticated session only. It stays the same when the node is reborn as another instance.
   * Undefined as long as the thread starts, and for good where its port cannot be had.
   */
  readonly place: PulsePlace | undefined;
  /** How late the node's own main loop is, or was a moment ago, in milliseconds. */
  readonly lagMs: number;
  /** As they are at this moment. */
  readonly counters: Readonly<PulseCounters>;
  /**
   * Asks a peer's pulse thread now. `onAnswer` is called once, or not at all. One question is under way for each peer,
   * and a bounded number for all; one that is too many, or to a place that cannot be asked, is counted and not asked.
   */
  ask(peer: MemberId, at: PulseAddress): void;
  /** The place is known now. Set by the cluster; not called where it is known from the beginning. */
  onPlace: () => void;
  /** The peer's process runs, and its main loop is late by so much. Set by the cluster; never called inside of `ask`. */
  onAnswer: (peer: MemberId, lagMs: number) => void;
  /** This node's own loop runs again, and was late by so much: at least a tenth of a second. Set by the cluster. */
  onStalled: (lagMs: number) => void;
  /** Where a peer's thread answers, as far as it has told. */
  learned?(peer: MemberId, at: PulseAddress): void;
  /** That start of a node is over for good. */
  forgotten?(peer: MemberId): void;
  /** Renews leases while the main loop is late. Absent where nothing does: then only the loop renews them. */
  readonly leases?: LeaseKeeper;
  /** Fulfilled when the port is free again and nothing of the thread is left. */
  close(): Promise<void>;
}

export interface PulseCounters {
  /** Questions to others, the answers to them, and those that nobody answered in time. */
  asked: number;
  heard: number;
  unanswered: number;
  /** Not asked: one to that peer was under way, too many to all, or the place was none. */
  notAsked: number;
  /** Answers to others. */
  answered: number;
  /** Connections that were given up because what came is no question, or was not made with the token. */
  forged: number;
  /** Connections that were given up because a question did not come in time. */
  timedOut: number;
  /** Connections that were given up for newer ones. */
  crowdedOut: number;
  /** Leases of children here that the thread had renewed, because the main loop was late. */
  renewed: number;
  /** Leases of children elsewhere that it renewed for threads that asked. */
  granted: number;
}
