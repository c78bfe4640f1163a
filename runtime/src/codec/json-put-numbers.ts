// Numbers as JSON, straight to bytes. Room for the longest has been made.

import { putJsonText } from "./json-put.ts";
import { jsonF64 } from "./json-text.ts";
import type { Writer } from "./writer.ts";
import { wrongNumber } from "./wrong-value.ts";

const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;

export function putJsonI8(w: Writer, p: number, v: number): number {
  return putSmall(w.bytes, p, v, "i8", -0x80, 0x7f);
}

export function putJsonI16(w: Writer, p: number, v: number): number {
  return putSmall(w.bytes, p, v, "i16", -0x8000, 0x7fff);
}

export function putJsonI32(w: Writer, p: number, v: number): number {
  return putSmall(w.bytes, p, v, "i32", -0x8000_0000, 0x7fff_ffff);
}

export function putJsonU8(w: Writer, p: number, v: number): number {
  return putSmall(w.bytes, p, v, "u8", 0, 0xff);
}

export function putJsonU16(w: Writer, p: number, v: number): number {
  return putSmall(w.bytes, p, v, "u16", 0, 0xffff);
}

export function putJsonU32(w: Writer, p: number, v: number): number {
  return putLarge(w.bytes, p, v, "u32", 0, 0xffff_ffff);
}

export function putJsonInt(w: Writer, p: number, v: number): number {
  return putLarge(w.bytes, p, v, "int", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

export function putJsonF64(w: Writer, p: number, v: number): number {
  if (typeof v !== "number") throw wrongNumber("f64", v);
  const scaled = Math.round(v * scale);
  // Zero may be negative; what is no number is no multiple either.
  const isShort = scaled / scale === v && v !== 0 && scaled < scaledMax && scaled > -scaledMax;
  return isShort ? putScaled(w.bytes, p, scaled) : putJsonText(w, p, jsonF64(v));
}

/** Up to three decimals are put as an integer: so few digits have no shorter form. */
const scale = 1000;
const scaledMax = 1e15;

function putScaled(b: Uint8Array, from: number, scaled: number): number {
  let p = from;
  if (scaled < 0) b[p++] = minus;
  const size = Math.abs(scaled);
  const whole = Math.floor(size / scale);
  p = putNatural(b, p, whole);
  const decimals = size - whole * scale;
  if (decimals === 0) return p;
  b[p] = dot;
  putLast(b, p + 4, p + 1, decimals);
  p += 4;
  while (b[p - 1] === zero) p--;
  return p;
}

/** An integer of at most 32 bits, sign included. */
function putSmall(b: Uint8Array, p: number, v: number, name: string, least: number, most: number): number {
  const n = typeof v === "number" ? v | 0 : Number.NaN;
  if (n !== v || n < least || n > most) throw wrongNumber(name, v);
  if (n >= 0) return putDigits(b, p, n);
  b[p] = minus;
  return putDigits(b, p + 1, -n);
}

const billion = 1_000_000_000;

function putLarge(b: Uint8Array, p: number, v: number, name: string, least: number, most: number): number {
  if (!Number.isInteger(v) || v < least || v > most) throw wrongNumber(name, v);
  if (v < 0) {
    b[p] = minus;
    return putNatural(b, p + 1, -v);
  }
  return putNatural(b, p, v);
}

function putNatural(b: Uint8Array, p: number, v: number): number {
  if (v < billion) return putDigits(b, p, v | 0);
  const upper = Math.floor(v / billion);
  const q = putDigits(b, p, upper | 0);
  putLast(b, q + 9, q, (v - upper * billion) | 0);
  return q + 9;
}

/** A natural number of 31 bits. */
function putDigits(b: Uint8Array, p: number, v: number): number {
  if (v < 10) {
    b[p] = zero + v;
    return p + 1;
  }
  const end = p + (v < 1e5 ? (v < 1e3 ? (v < 100 ? 2 : 3) : v < 1e4 ? 4 : 5) : digitsOf(v));
  putLast(b, end, p, v);
  return end;
}

function digitsOf(v: number): number {
  if (v < 1e7) return v < 1e6 ? 6 : 7;
  return v < 1e8 ? 8 : v < 1e9 ? 9 : 10;
}

/** The digits of `v` from `start` to `end`, with zeros in front; two in one division. */
function putLast(b: Uint8Array, end: number, start: number, v: number): void {
  let left = v;
  let p = end;
  while (p - start >= 2) {
    const hundreds = (left / 100) | 0;
    const two = left - hundreds * 100;
    const tens = (two * 103) >> 10;
    p -= 2;
    b[p] = zero + tens;
    b[p + 1] = zero + two - tens * 10;
    left = hundreds;
  }
  if (p > start) b[start] = zero + left;
}
