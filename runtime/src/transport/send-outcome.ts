// What became of a message that was to be sent. A value, not an exception: each of these can happen to a program
// without a mistake in it, except `invalid`.

export type NotSentReason =
  /** The peer has another version of the type, and neither side knows that they fit. */
  | "incompatible"
  /** The peer has no type of that name, or the type is not among those this node was given. */
  | "unknownType"
  /** The value does not fit its type. */
  | "invalid"
  /** The peer does not take messages of that length, or not on this lane. */
  | "tooLong"
  /** Too much is waiting to be sent already; `ready()` says when to go on. */
  | "overloaded"
  /** The lane is down at the moment; the peer is being dialled again, or expected to dial. */
  | "disconnected"
  /** The peer is over. */
  | "closed";

export interface NotSent {
  readonly status: "notSent";
  readonly reason: NotSentReason;
  /** A sentence for a person. */
  readonly text: string;
}

/** `accepted`: it will be sent, in order. Whether it arrives, no outcome of a send can know. */
export type SendOutcome = { readonly status: "accepted" } | NotSent;

/** One object for all: a send that works allocates nothing. */
export const accepted: SendOutcome = /* @__PURE__ */ Object.freeze({ status: "accepted" });

export function notSent(reason: NotSentReason, text: string): NotSent {
  return { status: "notSent", reason, text };
}
