// A node on Node: its share in a cluster, and the transport under it; over TCP, in the clear or behind TLS.

export type {
  ControlReply,
  EventReport,
  ForestAnswer,
  ForestReport,
  MemberReport,
  RestartReport,
  SupervisedReport,
  SupervisedStatus,
  TrailReport,
} from "../cluster/control/index.ts";
export { eventReport, formatInstance } from "../cluster/control/index.ts";
export type {
  ClusterCounters,
  ClusterEvent,
  ClusterMember,
  DeparturePhase,
  DepartureTimes,
  DepartureWork,
  Drained,
  Entered,
  EventsOptions,
  GroupEvent,
  Groups,
  MemberReference,
  NotEntered,
  RegisterOptions,
} from "../cluster/index.ts";
export type { Pulse, PulseAddress, PulseCounters } from "../cluster/pulse.ts";
export type { PulsePlace } from "../cluster/pulse-place.ts";
export type {
  Evidence,
  MemberId,
  MemberMetadata,
  MemberStatus,
  Metadata,
  Place,
  Policy,
  Profile,
  ProfileName,
  TrailEntry,
} from "../membership/index.ts";
export { profiles } from "../membership/index.ts";
export type {
  Address,
  Break,
  CloseReason,
  Connected,
  Counters,
  GoAwayCode,
  LaneName,
  Loss,
  NodeId,
  NotSent,
  NotSentReason,
  Peer,
  PeerEnd,
  SendOutcome,
  Standing,
  Takes,
  Terms,
  Transport,
  TransportEvents,
  TransportTimes,
  Verdict,
} from "../transport/index.ts";
export { formatAddress, formatNodeId, parseAddress, printable } from "../transport/index.ts";
export { actorHost } from "./actor-host.ts";
export { Cluster } from "./cluster.ts";
export { connectSeed } from "./connect-seed.ts";
export {
  type ControlClient,
  ControlError,
  type ControlErrorCode,
  controlByAddress,
  controlBySocket,
  type Question,
} from "./control/control-client.ts";
export { controlDirectories, controlSockets } from "./control/control-directory.ts";
export type { NamedAddress } from "./dialled-stream.ts";
export type { JoinOptions, NodeCluster, PulsePorts } from "./join-cluster.ts";
export { NetworkError, type NetworkErrorCode } from "./network-error.ts";
export { clusterOptionsFromArgs, clusterOptionsOf, type FlagOptions, type NodeFlags } from "./node-flags.ts";
export { type NodeHost, type NodeHostOptions, nodeHost } from "./node-host.ts";
export type { PulseOptions } from "./pulse/node-pulse.ts";
export { type StartedPulse, startPulse } from "./pulse/start-pulse.ts";
export type { Refusal, RefusalCode, RefusalCounters } from "./refusal.ts";
export type { Resolver, Service } from "./resolver.ts";
export { newClusterSecret } from "./security/cluster-secret.ts";
export type { CertificateOptions } from "./security/own-certificate.ts";
export type { SecurityOptions } from "./security/security.ts";
export { type StartActorsOptions, startActors } from "./start-actors.ts";
export { type NodeTransport, type StartOptions, startTransport } from "./start-transport.ts";
