// Arrays of floats as JSON. The engine writes all of them at once in less than half the time that their texts take one
// by one, as long as each is a number that JSON has.
import { changed } from "./changed.ts";
import { expectArray } from "./expect.ts";
import { jsonF64 } from "./json-text.ts";
import { within } from "./wire-error.ts";

/** Fewer elements do not pay for the copy. */
const lengthMin = 8;

export function jsonF64Array(v: readonly number[]): string {
  expectArray(v);
  const plain = v.length < lengthMin ? undefined : plainCopy(v);
  // Programs can teach arrays another text.
  const isTaught = plain !== undefined && (plain as { toJSON?: unknown }).toJSON !== undefined;
  return plain === undefined || isTaught ? oneByOne(v) : JSON.stringify(plain);
}

/** A copy, which nobody can change while it is written; `undefined` where an element has a text of its own. */
function plainCopy(v: readonly number[]): number[] | undefined {
  const n = v.length;
  const copy: number[] = new Array(n);
  for (let i = 0; i < n; i++) {
    const item = v[i];
    if (typeof item !== "number" || item - item !== 0 || (item === 0 && 1 / item < 0)) return undefined;
    copy[i] = item;
  }
  return copy;
}

function oneByOne(v: readonly number[]): string {
  const n = v.length;
  let text = "";
  let i = 0;
  try {
    for (; i < n; i++) text += (i > 0 ? "," : "") + jsonF64(v[i]!);
  } catch (error) {
    throw within(error, i);
  }
  if (v.length !== n) throw changed();
  return "[" + text + "]";
}
