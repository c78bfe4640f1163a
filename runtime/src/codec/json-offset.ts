// Finds a place in a JSON text. Only errors need it, so the hot path keeps no offsets. Iterative: a text may nest
// deeper than the stack goes.
import { afterScalar, afterSpace, afterString } from "./json-scan.ts";

/**
 * Where the value at a path begins in `text`, which must be JSON; where the path leads nowhere, the innermost value
 * that it does lead to.
 * @param keysOutwards the innermost key first
 */
export function offsetOf(text: string, keysOutwards: readonly (string | number)[]): number {
  let at = afterSpace(text, 0);
  for (let i = keysOutwards.length - 1; i >= 0; i--) {
    const key = keysOutwards[i]!;
    const inner = typeof key === "number" ? elementAt(text, at, key) : memberAt(text, at, key);
    if (inner === undefined) return at;
    at = inner;
  }
  return at;
}

/** Where element `index` of the array at `at` begins. */
function elementAt(text: string, at: number, index: number): number | undefined {
  if (text.charAt(at) !== "[") return undefined;
  let p = afterSpace(text, at + 1);
  for (let i = 0; text.charAt(p) !== "]"; i++) {
    if (i === index) return p;
    p = afterComma(text, afterValue(text, p));
  }
  return undefined;
}

/** Where the value of `key` in the object at `at` begins: the last one, which is the one that JSON.parse takes. */
function memberAt(text: string, at: number, key: string): number | undefined {
  if (text.charAt(at) !== "{") return undefined;
  let found: number | undefined;
  let p = afterSpace(text, at + 1);
  while (text.charAt(p) !== "}") {
    const end = afterString(text, p);
    const value = afterSpace(text, afterSpace(text, end) + 1);
    if (JSON.parse(text.slice(p, end)) === key) found = value;
    p = afterComma(text, afterValue(text, value));
  }
  return found;
}

/** Where the next element or key begins, or the bracket that closes the container. */
function afterComma(text: string, p: number): number {
  const q = afterSpace(text, p);
  return text.charAt(q) === "," ? afterSpace(text, q + 1) : q;
}

/** Where the value at `p` ends. */
function afterValue(text: string, p: number): number {
  let depth = 0;
  let q = p;
  do {
    const character = text.charAt(q);
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    // Between the brackets of a container commas and colons are passed over like space.
    q = isPunctuation(character) ? q + 1 : afterScalar(text, q);
    if (depth > 0) q = afterSpace(text, q);
  } while (depth > 0);
  return q;
}

function isPunctuation(character: string): boolean {
  return character !== "" && "{}[],:".includes(character);
}
