// A node's share in a cluster: membership over the transport. All that it needs of the world is its host.

export type { Cluster, Drained, EventsOptions, MemberReference } from "./cluster.ts";
export type { ClusterActorsOptions } from "./cluster-actors.ts";
export type { ClusterCounters } from "./cluster-counters.ts";
export type { ClusterEvent } from "./cluster-event.ts";
export type { ClusterHost } from "./cluster-host.ts";
export type { ClusterMember } from "./cluster-member.ts";
export { type ClusterNode, openCluster } from "./cluster-node.ts";
export type { ClusterOptions } from "./cluster-options.ts";
export type { DeparturePhase, DepartureTimes, DepartureWork } from "./departure.ts";
export * as clusterLimits from "./limits.ts";
export { observerRole } from "./member-peers.ts";
export type { Entered, GroupEvent, Groups, NotEntered, RegisterOptions } from "./names.ts";
export type { AnyNodeOptions, Choice, ChoiceContext } from "./placement.ts";
export type { Pulse, PulseAddress, PulseCounters } from "./pulse.ts";
export type { PulsePlace } from "./pulse-place.ts";
