// Framing, sessions and connections without any I/O: what a host for another runtime, or a simulated one, builds on.

export { type Address, formatAddress, parseAddress } from "./address.ts";
export { Catalogue, type Offer, type Standing, type Terms } from "./catalogue.ts";
export {
  Connection,
  type ConnectionEvents,
  type ConnectionHost,
  type Counters,
  type Loss,
} from "./connection.ts";
export { frameKind, headerBytes } from "./frame.ts";
export { FrameDecoder } from "./frame-decoder.ts";
export { FrameError, type FrameErrorCode } from "./frame-error.ts";
export { FrameWriter, type FrameWriterOptions, type WriteOutcome } from "./frame-writer.ts";
export { type GoAwayCode, goAwayCodeOf, goAwayCodes, goAwayNumber, goAwaySentence } from "./go-away.ts";
export { goAwayFrame } from "./go-away-frame.ts";
export type { Host, Listening, OnStream, Sink, Stream, StreamEvents, StreamFailure } from "./host.ts";
export * as transportLimits from "./limits.ts";
export type { NodeId } from "./messages.ts";
export { formatNodeId, sameNode } from "./node-id.ts";
export { printable } from "./printable.ts";
export type { NotSent, NotSentReason, SendOutcome } from "./send-outcome.ts";
export {
  type CloseReason,
  type Effect,
  type Event,
  newSession,
  type Opened,
  protocolVersions,
  type Session,
  type SessionConfig,
  step,
} from "./session.ts";
