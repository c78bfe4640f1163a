// Which stream is a lane, where both nodes dial at the same time: for one lane with one peer, as a state machine.
//
// A hello makes a candidate and takes nothing: it may be forged, stale, or given up. The acceptor decides when the
// dialler has answered its welcome, and so is there and wants the stream; what it says then is the settlement, and no
// message goes before it. So of two dials that cross, both nodes drop the same one, and what is dropped has carried nothing.

import type { NodeId, Taken } from "./messages.ts";
import { compareNodes } from "./node-id.ts";

/** A stream of a lane: who of the two dialled it, and the number of that dial. */
export interface StreamName {
  readonly origin: "dialled" | "accepted";
  readonly attempt: number;
}

/** Changed in place by {@link step} and by nothing else. */
export interface Settling {
  readonly self: NodeId;
  readonly peer: NodeId;
  /** Our dial that the peer has not taken. */
  dialling: number | undefined;
  /** The peer has welcomed it, and knows by our answer that we want it. */
  isAnswered: boolean;
  /** The stream that is the lane. */
  held: StreamName | undefined;
  /** Of the peer's dials that have been the lane. */
  highestTaken: number;
}

/** A stream that the peer dialled, as its hello has it. `taken`: of our dials. */
export interface Candidate {
  readonly attempt: number;
  readonly taken: Taken | undefined;
}

export type Event =
  /** We begin a dial. */
  | { readonly kind: "dialled"; readonly attempt: number }
  /** The peer's welcome came on a dial of ours, perhaps one that began before we knew whom it would reach. */
  | { readonly kind: "welcomed"; readonly attempt: number }
  /** The peer has taken our dial. */
  | { readonly kind: "dialConfirmed"; readonly attempt: number }
  /** The peer's hello came on a stream that it dialled. */
  | ({ readonly kind: "candidateOpened" } & Candidate)
  /** The handshake of that is done. */
  | ({ readonly kind: "candidateConfirmed" } & Candidate)
  | { readonly kind: "streamEnded"; readonly stream: StreamName };

/** What is to become of the stream that the event was about, and of others. */
export type Effect =
  /** Accepted: welcome the dialler, or tell it that its stream is the lane. Dialled: answer the welcome, or use it. */
  | { readonly kind: "admit" }
  | { readonly kind: "refuse" }
  /** Our dial has lost: nothing goes out on it any more. */
  | { readonly kind: "abandonDial"; readonly attempt: number }
  /** The stream that was the lane is none any more: its other end knows it to be dead. */
  | { readonly kind: "supersede"; readonly stream: StreamName };

export function newSettling(self: NodeId, peer: NodeId): Settling {
  return { self, peer, dialling: undefined, isAnswered: false, held: undefined, highestTaken: 0 };
}

/** What our hello says of the peer's dials. */
export function takenOf({ peer, highestTaken }: Settling): Taken | undefined {
  return highestTaken === 0 ? undefined : { instance: peer.instance, attempt: highestTaken };
}

/** Nothing is the lane and no dial of ours is about to be: a dial makes sense. What the peer has begun says nothing. */
export function isVacant({ dialling, held }: Settling): boolean {
  return dialling === undefined && held === undefined;
}

export function step(settling: Settling, event: Event): Effect[] {
  switch (event.kind) {
    case "dialled":
      settling.dialling = event.attempt;
      settling.isAnswered = false;
      return [];
    case "welcomed":
      return welcomed(settling, event.attempt);
    case "dialConfirmed":
      return dialConfirmed(settling, event.attempt);
    case "candidateOpened":
      return [candidateOpened(settling, event)];
    case "candidateConfirmed":
      return candidateConfirmed(settling, event);
    case "streamEnded":
      return streamEnded(settling, event.stream);
    default:
      return event satisfies never;
  }
}

/** Changes nothing: of a candidate that comes to nothing nothing is left. */
function candidateOpened(settling: Settling, candidate: Candidate): Effect {
  const isCrossed = settling.dialling !== undefined && isSmaller(settling);
  return { kind: isCrossed || isStale(settling, candidate) ? "refuse" : "admit" };
}

function candidateConfirmed(settling: Settling, candidate: Candidate): Effect[] {
  const { dialling, held } = settling;
  // The peer may be about to take our dial, and gives up its own when it does. One that it has not welcomed yet is
  // given up here: it began after the peer had been welcomed.
  const isCrossed = dialling !== undefined && settling.isAnswered && isSmaller(settling);
  if (isCrossed || isStale(settling, candidate)) return [{ kind: "refuse" }];
  const effects: Effect[] = [];
  if (held !== undefined) effects.push({ kind: "supersede", stream: held });
  if (dialling !== undefined) effects.push({ kind: "abandonDial", attempt: dialling });
  settling.dialling = undefined;
  settling.highestTaken = candidate.attempt;
  settling.held = { origin: "accepted", attempt: candidate.attempt };
  return [...effects, { kind: "admit" }];
}

/** A later one of the peer's has been the lane, or ours is and the peer knew nothing of it. */
function isStale(settling: Settling, { attempt, taken }: Candidate): boolean {
  const { held } = settling;
  if (attempt <= settling.highestTaken) return true;
  return held?.origin === "dialled" && !knows(settling, taken, held.attempt);
}

/** The peer knew of our dial when it dialled itself; so it does not know it to live. */
function knows({ self }: Settling, taken: Taken | undefined, attempt: number): boolean {
  return taken !== undefined && taken.instance === self.instance && taken.attempt >= attempt;
}

function welcomed(settling: Settling, attempt: number): Effect[] {
  const { dialling, held } = settling;
  // A dial by an address that nobody knew to be this peer's may come upon a lane, or another dial.
  if (held !== undefined || (dialling !== undefined && dialling !== attempt)) return [{ kind: "refuse" }];
  settling.dialling = attempt;
  settling.isAnswered = true;
  return [{ kind: "admit" }];
}

function dialConfirmed(settling: Settling, attempt: number): Effect[] {
  if (settling.dialling !== attempt) return [{ kind: "refuse" }];
  settling.dialling = undefined;
  settling.held = { origin: "dialled", attempt };
  return [{ kind: "admit" }];
}

function streamEnded(settling: Settling, stream: StreamName): Effect[] {
  const { held } = settling;
  if (stream.origin === "dialled" && settling.dialling === stream.attempt) settling.dialling = undefined;
  if (held?.origin === stream.origin && held.attempt === stream.attempt) settling.held = undefined;
  return [];
}

function isSmaller({ self, peer }: Settling): boolean {
  return compareNodes(self, peer) < 0;
}
