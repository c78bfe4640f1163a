// Every name of the runtime that emitted code may import. The types tie the table to the runtime's own exports:
// a name that the runtime does not export does not compile here.
type Runtime = typeof import("@hewn/runtime/codec");

/** A function or constant of `@hewn/runtime/codec`. */
export type RuntimeValue = Exclude<Extract<keyof Runtime, string>, "DecodeError" | "EncodeError">;

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

export const runtimeModule = "@hewn/runtime/codec";
