// Connections over TCP, on Node.

export type {
  Address,
  CloseReason,
  Connection,
  ConnectionEvents,
  Counters,
  GoAwayCode,
  Loss,
  NodeId,
  NotSent,
  NotSentReason,
  SendOutcome,
  Standing,
  Terms,
} from "../transport/index.ts";
export { formatAddress, formatNodeId, parseAddress, printable } from "../transport/index.ts";
export { type DialOptions, dial } from "./dial.ts";
export { type Listener, type ListenOptions, listen } from "./listen.ts";
export { NetworkError, type NetworkErrorCode } from "./network-error.ts";
export type { NodeOptions } from "./node-options.ts";
