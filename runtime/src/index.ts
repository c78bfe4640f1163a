// The public face of @hewn/runtime for code that declares wire types and actors, handles what comes of them, or is handed a
// cluster.

export type {
  ActorAddress,
  ActorContext,
  ActorHooks,
  ActorRef,
  Down,
  Failure,
  IdempotentReply,
  Logger,
  Outcome,
  Overflow,
  Pressure,
  RefOf,
  Reply,
  Signal,
  StopReason,
  Told,
} from "./actors/index.ts";
export {
  accepted,
  addressOf,
  OutcomeError,
  sameActor,
  signalled,
  started,
  stopping,
} from "./actors/index.ts";
export type {
  Cluster,
  ClusterCounters,
  ClusterEvent,
  ClusterMember,
  EventsOptions,
  MemberReference,
} from "./cluster/index.ts";
export type { Codec, Compatibility } from "./codec/codec.ts";
export type { DecodeErrorCode } from "./codec/decode-error.ts";
export { DecodeError, decodeErrorCodes } from "./codec/decode-error.ts";
export type { EncodeErrorCode } from "./codec/encode-error.ts";
export { EncodeError, encodeErrorCodes } from "./codec/encode-error.ts";
export type { Mismatch } from "./codec/mismatch.ts";
export type { CloneOptions, DecodeOptions, EncodeOptions } from "./codec/options.ts";
export { copyOf } from "./copy-of.ts";
export type { Immutable } from "./immutable.ts";
export type { f32, f64, i8, i16, i32, i64, int, Tag, u8, u16, u32, u64 } from "./numbers.ts";
