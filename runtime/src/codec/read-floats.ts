// Floats in. Integer formats are accepted too for safe integers: other writers send 1 for 1.0. Whatever is accepted
// for a 32-bit float is one exactly: nothing is rounded.
import { int32At } from "./big-endian.ts";
import { kindHere, readHead } from "./head.ts";
import { floatKind, integerKind } from "./kinds.ts";
import { fail, outOfRange, type Reader } from "./reader.ts";
import { float32, float64, halves, loadHalves } from "./scratch.ts";

export function readF64(r: Reader): number {
  const p = r.offset;
  if (p + 8 < r.end && r.bytes[p] === 0xcb) {
    r.offset = p + 9;
    return doubleAt(r, p + 1);
  }
  return readOther(r, "f64");
}

/** A number in any format. */
export function readNumber(r: Reader): number {
  const p = r.offset;
  if (p < r.end) {
    const tag = r.bytes[p]!;
    if (tag < 0x80 || tag >= 0xe0) {
      r.offset = p + 1;
      return (tag << 24) >> 24;
    }
    if (tag === 0xcb && p + 8 < r.end) {
      r.offset = p + 9;
      return doubleAt(r, p + 1);
    }
  }
  return readOther(r, "number");
}

export function readF32(r: Reader): number {
  const p = r.offset;
  if (p + 4 < r.end && r.bytes[p] === 0xca) {
    r.offset = p + 5;
    return floatAt(r, p + 1);
  }
  const value = readOther(r, "f32");
  if (Object.is(Math.fround(value), value)) return value;
  throw fail(r, "outOfRange", "expected f32, found a number that it cannot hold exactly", p);
}

/** Messages with long arrays have a view, see `readArrayHeader`; for a few floats making one would cost too much. */
function doubleAt(r: Reader, at: number): number {
  const view = r.view;
  if (view !== null) return view.getFloat64(at);
  loadHalves(r.bytes, at);
  return float64[0]!;
}

function floatAt(r: Reader, at: number): number {
  const b = r.bytes;
  halves[0] = int32At(b, at);
  return float32[0]!;
}

/** A float or a safe integer in any format. */
function readOther(r: Reader, name: string): number {
  const at = r.offset;
  const kind = kindHere(r);
  const value = readHead(r, kind === floatKind ? kind : integerKind, name);
  if (kind === floatKind) return r.offset - at > 5 ? doubleAt(r, at + 1) : floatAt(r, at + 1);
  if (Number.isSafeInteger(value)) return value;
  throw outOfRange(r, at, name);
}
