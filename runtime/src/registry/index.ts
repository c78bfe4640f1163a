// Names and groups of actors, known at every node of a cluster: who says what, and which of two claims stands.

export type { Claim } from "./directory.ts";
export * as registryLimits from "./limits.ts";
export type { Entry, Located, RegistryMessage } from "./messages.ts";
export { Registry, type RegistryCounters, type RegistryWorld } from "./registry.ts";
export { registryMessages } from "./runtime-types.ts";
export { isValidKey } from "./valid.ts";
