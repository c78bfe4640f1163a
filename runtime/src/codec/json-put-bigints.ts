// Bigints as JSON, straight to bytes: quotes put by themselves, for joined text would have to be flattened first.
import { putJsonText } from "./json-put.ts";
import { checkedI64, checkedU64 } from "./json-text.ts";
import type { Writer } from "./writer.ts";

const quote = 0x22;

export function putJsonI64(w: Writer, p: number, v: bigint): number {
  return putDigits(w, p, checkedI64(v));
}

export function putJsonU64(w: Writer, p: number, v: bigint): number {
  return putDigits(w, p, checkedU64(v));
}

/** Room for the longest number has been made, and for its quotes. */
function putDigits(w: Writer, p: number, v: bigint): number {
  if (Number.isSafeInteger(Number(v))) return putJsonText(w, p, "" + v);
  w.bytes[p] = quote;
  const end = putJsonText(w, p + 1, "" + v);
  w.bytes[end] = quote;
  return end + 1;
}
