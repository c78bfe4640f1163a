// Every name of the runtime that emitted code may import. The types tie the table to the runtime's own exports:
// a name that the runtime does not export does not compile here.
type Runtime = typeof import("@hewn/runtime/codec");
type Actors = typeof import("@hewn/runtime/actors");

/** A function or constant of `@hewn/runtime/codec`. */
export type RuntimeValue = Exclude<Extract<keyof Runtime, string>, "DecodeError" | "EncodeError">;

/** A function of `@hewn/runtime/actors` that codecs call: what reads and writes handles. */
export type HandleFunction = Extract<keyof Actors, `${string}ActorRef`>;

/** A type of `@hewn/runtime/codec`. */
export type RuntimeType =
  | "CloneOptions"
  | "Codec"
  | "DecodeOptions"
  | "EncodeOptions"
  | "JsonCursor"
  | "Mismatch"
  | "Mutable"
  | "OwnArray"
  | "OwnBytes"
  | "Reader"
  | "Template"
  | "Writer";

export const actorsModule = "@hewn/runtime/actors";
export const runtimeModule = "@hewn/runtime/codec";
