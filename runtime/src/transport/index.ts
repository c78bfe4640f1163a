// The transport without any I/O: what a host for another runtime, or a simulated one, builds on.

export { type Address, formatAddress, parseAddress } from "./address.ts";
export { Catalogue, type Offer, type Settlement, type Standing, type Terms } from "./catalogue.ts";
export type { Connected } from "./connect.ts";
export { frameKind, headerBytes } from "./frame.ts";
export { FrameDecoder } from "./frame-decoder.ts";
export { FrameError, type FrameErrorCode } from "./frame-error.ts";
export { FrameWriter, type FrameWriterOptions, type WriteOutcome } from "./frame-writer.ts";
export { type GoAwayCode, goAwayCodeOf, goAwayCodes, goAwayNumber, goAwaySentence } from "./go-away.ts";
export { goAwayFrame } from "./go-away-frame.ts";
export type { Loss } from "./handlers.ts";
export type { Host, Listening, OnStream, Sink, Stream, StreamEvents, StreamFailure } from "./host.ts";
export * as transportLimits from "./limits.ts";
export type { Break } from "./link.ts";
export type { LaneName, NodeId } from "./messages.ts";
export { compareNodes, formatNodeId, isOtherStart, parseNodeId, sameNode } from "./node-id.ts";
export type { Counters, Peer, PeerEnd } from "./peer.ts";
export { printable } from "./printable.ts";
export type { Verdict } from "./redial.ts";
export { reserved } from "./reserved.ts";
export type { NotSent, NotSentReason, SendOutcome } from "./send-outcome.ts";
export { type CloseReason, type NetworkEnd, protocolVersions, type Takes } from "./session.ts";
export {
  openTransport,
  type Transport,
  type TransportEvents,
  type TransportOptions,
  type TransportTimes,
} from "./transport.ts";
