// Codecs for tests of what carries messages, without a generator: a text, a number, and one that misbehaves.

import type { Codec, Reader, Writer } from "../codec/index.ts";
import { putString, readString, room, stringRoom } from "../codec/index.ts";

export function textCodec(name = "Text", more: Partial<Codec<string>> = {}): Codec<string> {
  return {
    name,
    fingerprint: `${name}-1`,
    write: (w: Writer, p: number, value: string) => putString(w, room(w, p, stringRoom(value)), value),
    read: (r: Reader) => readString(r),
    ...more,
  };
}

/** Promises less room than it writes, as a getter can make an honest codec do. */
export function overrunningCodec(): Codec<number> {
  return {
    name: "Overrun",
    fingerprint: "1",
    write: (w, p, bytes) => room(w, p, 1) + bytes,
    read: () => 0,
  };
}
