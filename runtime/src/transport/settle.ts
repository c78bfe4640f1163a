// Which stream is a lane, where both nodes dial at the same time: for one lane with one peer, as a state machine.
//
// The acceptor decides, the moment it has the dialler's hello; its welcome is the settlement, and no message goes before
// it. What the acceptor has taken the dialler alone may still give up, and only before it answers with its own welcome.
// So of two dials that cross, both nodes drop the same one, the one of the larger NodeId, and what is dropped has carried
// nothing.

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
  /** Our dial that the peer has not answered. */
  dialling: number | undefined;
  /** The stream that is the lane, or will be once its handshake is done. */
  held: StreamName | undefined;
  /** Of the peer's dials that we accepted. */
  highestTaken: number;
}

export type Event =
  /** We begin a dial. */
  | { readonly kind: "dialled"; readonly attempt: number }
  /** The peer's welcome came on a dial of ours, perhaps one that began before we knew whom it would reach. */
  | { readonly kind: "welcomed"; readonly attempt: number }
  /** The peer's hello came on a stream that it dialled. `taken`: of our dials, as it says in there. */
  | { readonly kind: "helloReceived"; readonly attempt: number; readonly taken: Taken | undefined }
  | { readonly kind: "streamEnded"; readonly stream: StreamName };

/** What is to become of the stream that the event was about, and of others. */
export type Effect =
  /** Accepted: welcome the dialler. Dialled: answer the welcome. */
  | { readonly kind: "admit" }
  | { readonly kind: "refuse" }
  /** Our dial has lost: nothing goes out on it any more. */
  | { readonly kind: "abandonDial"; readonly attempt: number }
  /** The stream that was the lane is none any more: its other end knows it to be dead. */
  | { readonly kind: "supersede"; readonly stream: StreamName };

export function newSettling(self: NodeId, peer: NodeId): Settling {
  return { self, peer, dialling: undefined, held: undefined, highestTaken: 0 };
}

/** What our hello says of the peer's dials. */
export function takenOf({ peer, highestTaken }: Settling): Taken | undefined {
  return highestTaken === 0 ? undefined : { instance: peer.instance, attempt: highestTaken };
}

/** Nothing is the lane and nothing is about to be: a dial makes sense. */
export function isVacant({ dialling, held }: Settling): boolean {
  return dialling === undefined && held === undefined;
}

export function step(settling: Settling, event: Event): Effect[] {
  switch (event.kind) {
    case "dialled":
      settling.dialling = event.attempt;
      return [];
    case "welcomed":
      return welcomed(settling, event.attempt);
    case "helloReceived":
      return helloReceived(settling, event.attempt, event.taken);
    case "streamEnded":
      return streamEnded(settling, event.stream);
    default:
      return event satisfies never;
  }
}

function helloReceived(settling: Settling, attempt: number, taken: Taken | undefined): Effect[] {
  const { dialling, held } = settling;
  if (attempt <= settling.highestTaken) return [{ kind: "refuse" }];
  if (held?.origin === "dialled" && !knows(settling, taken, held.attempt)) return [{ kind: "refuse" }];
  if (dialling !== undefined && isSmaller(settling)) return [{ kind: "refuse" }];
  const effects: Effect[] = [];
  if (held !== undefined) effects.push({ kind: "supersede", stream: held });
  if (dialling !== undefined) effects.push({ kind: "abandonDial", attempt: dialling });
  settling.dialling = undefined;
  settling.highestTaken = attempt;
  settling.held = { origin: "accepted", attempt };
  return [...effects, { kind: "admit" }];
}

/** The peer knew of our dial when it dialled itself; so it does not know it to live. */
function knows({ self }: Settling, taken: Taken | undefined, attempt: number): boolean {
  return taken !== undefined && taken.instance === self.instance && taken.attempt >= attempt;
}

function welcomed(settling: Settling, attempt: number): Effect[] {
  const { dialling, held } = settling;
  // A dial by an address that nobody knew to be this peer's may come upon a lane, or another dial.
  if (dialling !== undefined && dialling !== attempt) return [{ kind: "refuse" }];
  settling.dialling = undefined;
  if (held === undefined) {
    settling.held = { origin: "dialled", attempt };
    return [{ kind: "admit" }];
  }
  // The peer accepted ours, so it had not yet recognised its own dial, and gives that up when it does.
  if (held.origin === "accepted" && isSmaller(settling)) {
    settling.held = { origin: "dialled", attempt };
    return [{ kind: "supersede", stream: held }, { kind: "admit" }];
  }
  return [{ kind: "refuse" }];
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
