// Actors of other nodes: handles that encode, spawns, credit, and what becomes of messages when connections break.

export type { RemoteCounters, RemoteReport } from "./counters.ts";
export { cutText } from "./cut-text.ts";
export type { HeldLease, KeptLease, LeaseKeeper, OnLeaseLost } from "./lease-keeper.ts";
export * as remoteLimits from "./limits.ts";
export type { RemoteNetwork, RemotePeer } from "./network.ts";
export { type Place, RemoteNode, type RemoteNodeOptions } from "./remote-node.ts";
