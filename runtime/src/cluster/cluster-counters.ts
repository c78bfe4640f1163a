// What membership and the wiring around it count: nothing that was refused, dropped or bounded is silent.

import type { Counters } from "../membership/index.ts";
import type { PulseCounters } from "./pulse.ts";

/** Totals since the start, rebirths included. */
export interface ClusterCounters extends Readonly<Counters> {
  /** Dials that membership or the full mesh wanted. */
  readonly dials: number;
  readonly dialsFailed: number;
  /** Membership messages that were dropped, because there was no connection to the member. */
  readonly notConnected: number;
  /** Membership messages that the control lane refused for any other reason: see `Peer.sendControl`. */
  readonly notSent: number;
  /** Peers that are no members: they only look, or speak another version of the membership messages. */
  readonly observers: number;
  readonly incompatible: number;
  /** Membership messages of peers that are no members. */
  readonly fromObservers: number;
  /** Messages for an instance of this node that is over. */
  readonly fromThePast: number;
  /** Of this node's second thread: what it asked of others and heard from them, and what it answered. */
  readonly pulsesAsked: number;
  readonly pulsesHeard: number;
  readonly pulsesUnanswered: number;
  readonly pulsesAnswered: number;
  /** What came to its port and was no question. */
  readonly pulsesForged: number;
  /** Leases of children here that it had renewed while the main loop was late; and those of others that it renewed. */
  readonly pulsesRenewed: number;
  readonly pulsesGranted: number;
  /** Events that were dropped, because somebody's queue was full. */
  readonly eventsMissed: number;
}

/** Under names of their own among all others; of a node without a second thread nothing was counted. */
export function pulseCounters(counters: Readonly<PulseCounters> | undefined) {
  const { asked = 0, heard = 0, unanswered = 0, answered = 0, forged = 0 } = counters ?? {};
  const { renewed = 0, granted = 0 } = counters ?? {};
  return {
    pulsesAsked: asked,
    pulsesHeard: heard,
    pulsesUnanswered: unanswered,
    pulsesAnswered: answered,
    pulsesForged: forged,
    pulsesRenewed: renewed,
    pulsesGranted: granted,
  };
}
