// The first attempt at parsing a JSON text: exactly as stringify writes it, in declared order and without white space.
// Whatever else stands there is not judged here: the attempt is forgotten, and JSON.parse begins again. It works on
// the units of the text in an array, where each costs a fraction of what charCodeAt takes.
import { putUnits } from "#text";
import { parseJson } from "./json.ts";
import type { DecodeOptions } from "./options.ts";

/** Where an attempt stands. Emitted code hands it on. */
export interface JsonCursor {
  text: string;
  /** Its UTF-16 units and a zero, which no attempt goes beyond: it is part of nothing that they look for. */
  readonly units: Uint16Array;
  /** Over the same memory. */
  readonly view: DataView;
  /** The next unit to be read. */
  offset: number;
  /** Something stood there that stringify does not write; what was made of it means nothing. */
  odd: boolean;
}

/** Constant text between two values, of at least four units. */
export interface JsonPiece {
  readonly length: number;
  /** Four units each, as the bits of a float: with fewer comparisons. The last overlap with those before. */
  readonly fours: Float64Array;
}

/** Units of the longest text that is attempted: the memory for it is kept. */
const unitsMax = 262_144;

/** Room for what is compared together with the last units. */
const slack = 4;

/** The cursor that nobody is using; none while one parses within another, in a setter. */
let spare: JsonCursor | null = null;

function cursorOver(text: string): JsonCursor {
  const size = text.length + 1;
  const c = spare !== null && spare.units.length >= size ? spare : newCursor(2 * size);
  spare = null;
  putUnits(c.units, text);
  c.units[text.length] = 0;
  c.text = text;
  c.offset = 0;
  c.odd = false;
  return c;
}

function newCursor(size: number): JsonCursor {
  const units = new Uint16Array(size + slack);
  return { text: "", units, view: new DataView(units.buffer), offset: 0, odd: false };
}

/**
 * {@link parseJson} of a type whose own texts `attempt` reads.
 * @throws DecodeError as that does
 */
export function parseJsonOwn<T>(
  root: string,
  text: string,
  attempt: (c: JsonCursor) => T,
  read: (value: unknown, depth: number) => T,
  options?: DecodeOptions,
): T {
  if (typeof text === "string" && text.length < unitsMax) {
    const c = cursorOver(text);
    const value = attempt(c);
    c.text = "";
    spare = c;
    if (!c.odd && c.offset === text.length) return value;
  }
  return parseJson(root, text, read, options);
}

/** The pieces that `texts` say. */
export function jsonPieces(texts: readonly string[]): readonly JsonPiece[] {
  return texts.map((text) => {
    const { length } = text;
    const { view } = cursorOver(text);
    const at = (i: number): number => 2 * Math.min(4 * i, length - 4);
    const fours = Float64Array.from({ length: Math.ceil(length / 4) }, (_, i) =>
      view.getFloat64(at(i), true),
    );
    return { length, fours };
  });
}

/** Goes over a piece if it is the next. */
export function isNext(c: JsonCursor, piece: JsonPiece): boolean {
  const { view, offset } = c;
  const { fours } = piece;
  const end = offset + piece.length;
  if (end > c.text.length) return false;
  const last = fours.length - 1;
  for (let i = 0; i < last; i++) if (view.getFloat64(2 * offset + 8 * i, true) !== fours[i]) return false;
  if (view.getFloat64(2 * end - 8, true) !== fours[last]) return false;
  c.offset = end;
  return true;
}

/** The cursor behind a piece. */
export function after(c: JsonCursor, piece: JsonPiece): JsonCursor {
  if (!isNext(c, piece)) c.odd = true;
  return c;
}

const closeObject = 0x7d;

/** Goes over the end of an object. */
export function attemptEnd(c: JsonCursor): void {
  if (c.units[c.offset++] !== closeObject) c.odd = true;
}

/** What no case of a union has. */
export function attemptFailed(c: JsonCursor): never {
  c.odd = true;
  return undefined as never;
}

const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;

export function attemptArray<T>(c: JsonCursor, element: (c: JsonCursor) => T): T[] {
  const items: T[] = [];
  if (c.units[c.offset++] !== openArray) c.odd = true;
  if (c.units[c.offset] === closeArray) {
    c.offset++;
    return items;
  }
  do items.push(element(c));
  while (!c.odd && c.units[c.offset++] === comma);
  if (c.units[c.offset - 1] !== closeArray) c.odd = true;
  // Arrays that are pushed to keep room for more.
  return items.slice();
}
