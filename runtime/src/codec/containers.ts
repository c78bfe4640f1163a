// Headers of arrays and maps, both ways.
import { putTagged } from "./big-endian.ts";
import { readHead } from "./head.ts";
import { charge, firstKeyHeap, grownHeap, mapHeap, recordHeap, setHeap } from "./heap.ts";
import { arrayKind, mapKind } from "./kinds.ts";
import { fail, type Reader, truncated } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** What an object or array takes of the heap, and each property or element; the rest goes with their bytes. */
const objectHeap = 48;
const slotHeap = 8;

/** From this many elements on a view of the message is made, which reads floats faster. */
const viewWorthwhile = 64;

/** @param n how many elements follow */
export function putArrayHeader(w: Writer, p: number, n: number): number {
  if (n > 15) return putLong(w, p, 0xdc, n);
  w.bytes[p] = 0x90 | n;
  return p + 1;
}

/** @param n how many entries follow, each a key and a value */
export function putMapHeader(w: Writer, p: number, n: number): number {
  if (n > 15) return putLong(w, p, 0xde, n);
  w.bytes[p] = 0x80 | n;
  return p + 1;
}

function putLong(w: Writer, p: number, tag: number, n: number): number {
  return n < 0x1_0000 ? putTagged(w.bytes, p, tag, 2, n) : putTagged(w.bytes, p, tag + 1, 4, n);
}

/**
 * The number of elements of an array that becomes an object, for which nothing is set aside. What an object of so many
 * properties takes is subtracted without a check, which keeps structs cheap: see `heapReserve`.
 */
export function readArrayHeader(r: Reader): number {
  const p = r.offset;
  const short = p < r.end ? r.bytes[p]! - 0x90 : -1;
  const isShort = short >= 0 && short < 16;
  if (isShort) r.offset = p + 1;
  const n = isShort ? short : readHead(r, arrayKind, "array");
  if (n > 15 && n > r.end - p) throw truncated(r, p);
  r.heap -= objectHeap + slotHeap * n;
  return n;
}

/** Moves the reader to `p`, behind an array of `n` elements that was read ahead without it, if that is within the bytes. */
export function advance(r: Reader, p: number, n: number): boolean {
  if (p > r.end) return false;
  r.offset = p;
  r.heap -= objectHeap + slotHeap * n;
  return true;
}

/** The number of elements of an array, never more than the message has bytes for. */
function readElements(r: Reader): number {
  const at = r.offset;
  const n = readArrayHeader(r);
  announce(r, at, n);
  return n;
}

/** The number of elements of an array that becomes one, which takes as much as an object. */
export function readListHeader(r: Reader): number {
  const n = readElements(r);
  if (n >= viewWorthwhile) makeView(r);
  charge(r, 0);
  return n;
}

/** The number of elements of a set; `addElement` charges for them. */
export function readSetHeader(r: Reader): number {
  const n = readElements(r);
  charge(r, setHeap - objectHeap - slotHeap * n);
  return n;
}

/** A view pays for long arrays of floats; what it costs is little beside long arrays of anything else. */
function makeView(r: Reader): void {
  const b = r.bytes;
  r.view ??= new DataView(b.buffer, b.byteOffset, b.length);
}

/** The number of entries of a map, never more than the message has bytes for; `addEntry` charges for them. */
export function readMapHeader(r: Reader): number {
  const n = readEntries(r);
  charge(r, mapHeap);
  return n;
}

/** The number of entries of a record, never more than the message has bytes for; `setKey` charges for them. */
export function readRecordHeader(r: Reader): number {
  const n = readEntries(r);
  charge(r, n > 0 ? recordHeap + firstKeyHeap : recordHeap);
  return n;
}

function readEntries(r: Reader): number {
  const at = r.offset;
  const n = readHead(r, mapKind, "map");
  announce(r, at, 2 * n);
  return n;
}

/**
 * The number of elements of a tuple.
 * @throws DecodeError `wrongLength` when it has fewer than `required` or more than `most`
 */
export function readTupleHeader(r: Reader, required: number, most: number): number {
  const at = r.offset;
  const n = readElements(r);
  if (n < required || n > most)
    throw fail(r, "wrongLength", "expected " + countText(required, most) + " elements, found " + n, at);
  charge(r, n > required ? grownHeap + 4 * n : 0);
  return n;
}

/**
 * The number of elements of a tuple with a rest, as {@link readListHeader}.
 * @throws DecodeError `wrongLength` when it has fewer than `least`
 */
export function readRestHeader(r: Reader, least: number): number {
  const at = r.offset;
  const n = readListHeader(r);
  if (n >= least) return n;
  throw fail(
    r,
    "wrongLength",
    "expected " + countText(least, Number.POSITIVE_INFINITY) + " elements, found " + n,
    at,
  );
}

/** `3`, `1 to 3`, or `3 or more`. */
export function countText(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least + " or more";
  return least === most ? String(least) : least + " to " + most;
}

/** Refuses a header at `at` that announces more values than the bytes that are left can hold. */
function announce(r: Reader, at: number, values: number): void {
  if (values > r.end - r.offset || values > r.elements) throw truncated(r, at);
  r.elements -= values;
}
