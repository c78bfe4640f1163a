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
export type { NamedAddress } from "./dialled-stream.ts";
export { type Listener, type ListenOptions, listen } from "./listen.ts";
export { NetworkError, type NetworkErrorCode } from "./network-error.ts";
export { type NodeHost, type NodeHostOptions, nodeHost } from "./node-host.ts";
export type { NodeOptions } from "./node-options.ts";
export type { Refusal, RefusalCode, RefusalCounters } from "./refusal.ts";
export type { Resolver, Service } from "./resolver.ts";
export { newClusterSecret } from "./security/cluster-secret.ts";
export type { CertificateOptions } from "./security/own-certificate.ts";
export type { SecurityOptions } from "./security/security.ts";
