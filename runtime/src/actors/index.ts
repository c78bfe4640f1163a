// Actors: their protocols, handles and outcomes. Generated code imports from here; it runs wherever codecs run.

export {
  type ActorContext,
  type ActorDefinition,
  type BoundActor,
  defineActor,
  defineLocalActor,
  type Implementation,
  type LocalActorDefinition,
  type LocalBoundActor,
  type LocalSpawnable,
  type RefOf,
  type Spawnable,
} from "./actor.ts";
export { ActorHandle, type ActorRef } from "./actor-ref.ts";
export type { DownReason } from "./cell-context.ts";
export {
  type ActorHooks,
  type Down,
  type Signal,
  type StopReason,
  signalled,
  started,
  stopping,
} from "./hooks.ts";
export type { ActorHost } from "./host.ts";
export type { Lease } from "./lease.ts";
export type { Logger } from "./logger.ts";
export {
  type Failed,
  type Failure,
  type NotSent,
  type NotSentReason,
  type Ok,
  type Outcome,
  OutcomeError,
  type Rejected,
  type RejectedReason,
  type Unknown,
  type UnknownReason,
} from "./outcome.ts";
export {
  type ActorAddress,
  addressOf,
  type Port,
  port,
  portOf,
  type RefIdentity,
  sameActor,
} from "./port.ts";
export {
  checkActorRef,
  fromJsonActorRef,
  type HandleType,
  jsonActorRef,
  putActorRef,
  readActorRef,
} from "./ref-codec.ts";
export type { CancelSignal, IdempotentReply, Reply, RetryOptions } from "./reply.ts";
export type { ActorCounters, ActorReport } from "./report.ts";
export { type Placement, placement, type RemoteSpawnOptions, type SpawnOptions } from "./spawn-options.ts";
export type {
  ActorSpecification,
  AnyCodec,
  LocalActorSpecification,
  MethodSpecification,
} from "./specification.ts";
export {
  ActorSystem,
  type ActorSystemOptions,
  type Delivery,
  type RemoteActors,
  type StartTerms,
} from "./system.ts";
export { type Accepted, accepted, type Overflow, type Pressure, type Told } from "./told.ts";
export type { TransferMode } from "./transfer.ts";
