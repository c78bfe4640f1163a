// Arrays of floats as JSON. The engine writes all of them at once in less time than their texts take one by one
// (docs/performance.md), as long as each is a number that JSON has.
import { expectArray } from "./expect.ts";
import { jsonF64 } from "./json-text.ts";
import { within } from "./wire-error.ts";

/** Fewer elements do not pay for the copy. */
const lengthMin = 8;

export function jsonF64Array(v: readonly number[]): string {
  expectArray(v);
  const plain = plainCopy(v);
  return plain === undefined || isTaught(plain) ? oneByOne(v) : JSON.stringify(plain);
}

/**
 * The text of an object that has nothing but such arrays; `undefined` where it must be made of theirs. Joined to others,
 * a text of this length would be copied as a whole once more.
 */
export function jsonF64Fields(fields: Readonly<Record<string, readonly number[]>>): string | undefined {
  const copies: [string, number[]][] = [];
  for (const [key, array] of Object.entries(fields)) {
    const copy = Array.isArray(array) ? plainCopy(array) : undefined;
    if (copy === undefined || isTaught(copy)) return undefined;
    copies.push([key, copy]);
  }
  const plain = Object.fromEntries(copies);
  return isTaught(plain) ? undefined : JSON.stringify(plain);
}

/** Programs can teach arrays and objects another text. */
function isTaught(value: object): boolean {
  return (value as { readonly toJSON?: unknown }).toJSON !== undefined;
}

/** A copy, which nobody can change while it is written; `undefined` where an element has a text of its own, or too few. */
function plainCopy(v: readonly number[]): number[] | undefined {
  const n = v.length;
  if (n < lengthMin) return undefined;
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
  return "[" + text + "]";
}
