// Booleans, both ways.
import { type Reader, wrongType } from "./reader.ts";
import type { Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/** @throws EncodeError when `v` is no boolean */
export function putBoolean(w: Writer, p: number, v: boolean): number {
  if (typeof v !== "boolean") throw wrongValue("boolean", v);
  w.bytes[p] = v ? 0xc3 : 0xc2;
  return p + 1;
}

export function readBoolean(r: Reader): boolean {
  const p = r.offset;
  const tag = p < r.end ? r.bytes[p]! : 0;
  if ((tag & 0xfe) !== 0xc2) throw wrongType(r, "boolean");
  r.offset = p + 1;
  return tag === 0xc3;
}
