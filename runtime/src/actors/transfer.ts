// How values get from one actor to another of the same process: as they are where nobody can change them, and what can
// be changed as a copy.
import {
  beginDecode,
  beginEncode,
  depthMax,
  endDecode,
  endEncode,
  type Writer,
  withinType,
} from "../codec/index.ts";
import { dropEncode } from "../codec/writer.ts";
import type { Transfer } from "./method.ts";
import { port } from "./port.ts";
import type { AnyCodec } from "./specification.ts";

/**
 * - `shared`: by reference; what is not immutable is copied.
 * - `checked`: the same, but every value is held against its type, and what is shared is frozen: for development.
 * - `recoded`: encoded and decoded, as it would be on the way to another node: for simulations.
 */
export type TransferMode = "shared" | "checked" | "recoded";

/** Undefined where values go as they are, without a call. */
export function transferOf(codec: AnyCodec | undefined, mode: TransferMode): Transfer | undefined {
  if (codec === undefined) return undefined;
  if (mode === "recoded") return (value) => recoded(codec, value);
  const { name, clone } = codec;
  const copy = clone && ((value: unknown) => named(name, () => clone(value as never, depthMax)));
  if (mode === "shared") return copy;
  return (value) => {
    check(codec, value);
    return copy === undefined ? frozen(value) : copy(value);
  };
}

function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw withinType(error, name);
  }
}

function written({ name, write }: AnyCodec, value: unknown, w: Writer): number {
  return named(name, () => write(w, w.start, value as never, depthMax));
}

function check(codec: AnyCodec, value: unknown): void {
  const w = beginEncode();
  dropEncode(w, written(codec, value, w));
}

function recoded(codec: AnyCodec, value: unknown): unknown {
  const w = beginEncode();
  const r = beginDecode(codec.name, endEncode(w, written(codec, value, w), { copy: true }));
  const copy = codec.read(r, depthMax);
  endDecode(r);
  return copy;
}

/** Freezes a value and all that it is made of, except memory, which cannot be, and handles, which nobody can change. */
function frozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (ArrayBuffer.isView(value) || port in value) return value;
  Object.freeze(value);
  if (value instanceof Map) for (const [key, held] of value) [frozen(key), frozen(held)];
  else if (value instanceof Set) for (const held of value) frozen(held);
  else for (const held of Object.values(value)) frozen(held);
  return value;
}
