// How much may be on its way on the user lane, in messages and bytes, as seen from both ends. Everything is counted in
// totals since the stream opened: a grant says how far the receiver has come, so that one that is lost, repeated or
// overtaken does no harm, and what was consumed when a stream breaks is known as well as it can be.
//
// A frame may go while what went before it is less than what was consumed and the window together. It may exceed the
// window by its own length, so that no window is too small for a frame.

/** How far a sender may be ahead of what its receiver has consumed. */
export interface Window {
  readonly messages: number;
  readonly bytes: number;
}

/** For the control lane, which is not counted. */
export const unlimited: Window = {
  messages: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

/** Totals. A message in chunks counts with its last; bytes are those of whole frames, headers included. */
export interface Position {
  messages: number;
  bytes: number;
}

/** The receiver's side. */
export interface Receiving {
  readonly window: Window;
  readonly received: Position;
  /** What of it has not been consumed: nothing, most often. */
  readonly waiting: Position;
  /** What of what was consumed the sender has been told. */
  readonly granted: Position;
  /** What is granted and the window, together. */
  readonly allowed: Position;
}

export function newReceiving(window: Window): Receiving {
  return { window, received: zero(), waiting: zero(), granted: zero(), allowed: { ...window } };
}

/** What was received and does not wait. */
export function consumedOf({ received, waiting }: Receiving): Position {
  return { messages: received.messages - waiting.messages, bytes: received.bytes - waiting.bytes };
}

export function zero(): Position {
  return { messages: 0, bytes: 0 };
}

/** Counts a frame that arrived. False: it may not have been sent. `messages`: 1 where a message is whole with it, else 0. */
export function receive({ received, allowed }: Receiving, messages: number, bytes: number): boolean {
  const before = received.bytes;
  received.bytes = before + bytes;
  received.messages += messages;
  return received.messages <= allowed.messages && before < allowed.bytes;
}

/** Half the window is consumed and the sender does not know: more often would cost, later would have it wait. */
export function grantIsDue({ window, received, waiting, granted }: Receiving): boolean {
  return (
    received.messages - waiting.messages - granted.messages >= window.messages / 2 ||
    received.bytes - waiting.bytes - granted.bytes >= window.bytes / 2
  );
}

/** Something was consumed that the sender does not know of. */
export function grantHasNews(receiving: Receiving): boolean {
  const { messages, bytes } = consumedOf(receiving);
  return bytes > receiving.granted.bytes || messages > receiving.granted.messages;
}

/** The grant goes out with what has been consumed, which it answers. */
export function grantSent(receiving: Receiving): Readonly<Position> {
  const { window, granted, allowed } = receiving;
  const { messages, bytes } = consumedOf(receiving);
  granted.messages = messages;
  granted.bytes = bytes;
  allowed.messages = messages + window.messages;
  allowed.bytes = bytes + window.bytes;
  return granted;
}

/** The sender's side: what the receiver is known to have consumed. */
export interface Sending {
  window: Window;
  readonly consumed: Position;
}

export function newSending(window: Window): Sending {
  return { window, consumed: zero() };
}

/**
 * Takes a grant; `sent` is what has gone out. False: the receiver claims to have consumed what was never sent. Totals
 * only rise: an old grant changes nothing.
 */
export function granted(sending: Sending, sent: Readonly<Position>, grant: Readonly<Position>): boolean {
  if (grant.messages > sent.messages || grant.bytes > sent.bytes) return false;
  sending.consumed.messages = Math.max(sending.consumed.messages, grant.messages);
  sending.consumed.bytes = Math.max(sending.consumed.bytes, grant.bytes);
  return true;
}
