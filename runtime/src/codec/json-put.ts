// JSON straight to bytes: functions that put text at `p` and return where it ends, and what begins and ends with them.
// Constant text makes room for what may follow it, a number or a word and the end of an object.
import { textOfUtf8, writeUtf8 } from "#text";
import { withinType } from "./encode-error.ts";
import { jsonString } from "./json-text.ts";
import type { EncodeOptions } from "./options.ts";
import { writeShortUtf8 } from "./short-utf8.ts";
import { beginEncode, dropEncode, endEncode, room, type Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/** A function that puts a whole value. */
type Put<T> = (w: Writer, p: number, value: T) => number;

/** The longest number, of 25 characters, and some brackets. */
const slack = 32;

/** Up to this length a loop over the characters beats a call into the engine. */
const loopMax = 64;

const quote = 0x22;
const comma = 0x2c;
const openArray = 0x5b;
const backslash = 0x5c;
const closeArray = 0x5d;
const closeObject = 0x7d;

/** The JSON text of `value` as UTF-8, put by `put`. */
export function jsonAsBytes<T>(root: string, put: Put<T>, value: T, options?: EncodeOptions): Uint8Array {
  try {
    const w = beginEncode();
    return endEncode(w, put(w, w.start, value), options);
  } catch (error) {
    throw withinType(error, root);
  }
}

/** The JSON text of `value`, put by `put`. */
export function jsonByBytes<T>(root: string, put: Put<T>, value: T): string {
  try {
    const w = beginEncode();
    const p = put(w, w.start, value);
    const text = textOfUtf8(w.bytes, w.start, p);
    dropEncode(w, p);
    return text;
  } catch (error) {
    throw withinType(error, root);
  }
}

/** Constant text as UTF-8, eight bytes to a float: so many are put at once. */
export interface JsonConstant {
  readonly length: number;
  readonly eights: Float64Array;
}

export function jsonTexts(texts: readonly string[]): readonly JsonConstant[] {
  return texts.map(constantOf);
}

function constantOf(text: string): JsonConstant {
  const bytes = new TextEncoder().encode(text);
  const { length } = bytes;
  const eights = new Float64Array(Math.ceil(length / 8));
  new Uint8Array(eights.buffer).set(bytes);
  const view = new DataView(eights.buffer);
  // The bytes stand in the order of the text on every machine.
  eights.forEach((_, i) => {
    eights[i] = view.getFloat64(8 * i, true);
  });
  return { length, eights };
}

/** Puts constant text, and leaves room for a number behind it. */
export function putConstant(w: Writer, from: number, { length, eights }: JsonConstant): number {
  const p = room(w, from, length + slack);
  const view = w.view!;
  // What is put beyond the end of the text is put again.
  for (let i = 0; i < eights.length; i++) view.setFloat64(p + 8 * i, eights[i]!, true);
  return p + length;
}

/** Puts what stands in front of an element: a bracket before the first, else a comma. */
export function putElement(w: Writer, from: number, index: number): number {
  const p = room(w, from, 1 + slack);
  w.bytes[p] = index === 0 ? openArray : comma;
  return p + 1;
}

/** Puts the end of an array of `n` elements. */
export function putArrayEnd(w: Writer, from: number, n: number): number {
  let p = room(w, from, 2);
  if (n === 0) w.bytes[p++] = openArray;
  w.bytes[p] = closeArray;
  return p + 1;
}

export function putObjectEnd(w: Writer, from: number): number {
  const p = room(w, from, 1);
  w.bytes[p] = closeObject;
  return p + 1;
}

/** Puts text that is JSON already. */
export function putJsonText(w: Writer, from: number, text: string): number {
  const { length } = text;
  const p = room(w, from, 3 * length + slack);
  const b = w.bytes;
  if (length > loopMax) return p + writeUtf8(b, p, text);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return p + writeUtf8(b, p, text);
    b[p + i] = unit;
  }
  return p + length;
}

/** What JSON must escape, or what must be looked at more closely. */
const special = /[\0-\x1f"\\\ud800-\udfff]/;

export function putJsonString(w: Writer, from: number, v: string): number {
  if (typeof v !== "string") throw wrongValue("string", v);
  const { length } = v;
  const p = room(w, from, 3 * length + slack);
  if (length > loopMax) return putOther(w, p, v);
  const b = w.bytes;
  b[p] = quote;
  let q = p + 1;
  for (let i = 0; i < length; i++) {
    const unit = v.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) return putOther(w, p, v);
    b[q++] = unit;
  }
  b[q] = quote;
  return q + 1;
}

/** A string that is long or not all ASCII; its room has been made, without what escapes may need. */
function putOther(w: Writer, p: number, v: string): number {
  if (special.test(v)) return putJsonText(w, p, jsonString(v));
  const b = w.bytes;
  b[p] = quote;
  const size = v.length > loopMax ? writeUtf8(b, p + 1, v) : writeShortUtf8(b, p + 1, v);
  b[p + 1 + size] = quote;
  return p + 2 + size;
}

const words: readonly JsonConstant[] = /* @__PURE__ */ jsonTexts(["false", "true"]);

export function putJsonBoolean(w: Writer, p: number, v: boolean): number {
  if (typeof v !== "boolean") throw wrongValue("boolean", v);
  return putConstant(w, p, words[v ? 1 : 0]!);
}
