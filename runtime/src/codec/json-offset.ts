// Finds a place in a JSON text. Only errors need it, so the hot path keeps no offsets. One pass over the text, however
// deep the place is; iterative, for a text may nest deeper than the stack goes.
import { afterScalar, afterSpace, afterString, type JsonText } from "./json-scan.ts";

const quote = 0x22;
const comma = 0x2c;
const openArray = 0x5b;
const openObject = 0x7b;
const closeObject = 0x7d;
/** What the brackets of arrays lack to be the braces of objects. */
const toBrace = 0x20;

interface Search {
  readonly text: JsonText;
  /** The innermost first. */
  readonly keys: readonly (string | number)[];
  /** For each open container that the path leads through: the elements before the one at hand; -1 for an object. */
  readonly open: number[];
  /** Where the innermost value on the path begins, of what has been seen. */
  found: number;
}

/**
 * Where the value at a path begins in `text`, which must be JSON; where the path leads nowhere, the innermost value
 * that it does lead to. Of equal keys the last counts, which is the one that JSON.parse takes: so the search never
 * ends before the text does.
 * @param keysOutwards the innermost key first
 */
export function offsetOf(text: JsonText, keysOutwards: readonly (string | number)[]): number {
  const search: Search = { text, keys: keysOutwards, open: [], found: 0 };
  let p = enter(search, afterSpace(text, 0));
  while (search.open.length > 0) p = step(search, afterSpace(text, p));
  return search.found;
}

/** Takes the value at `p` for one on the path; returns where to go on, inside of it if the path leads there. */
function enter(search: Search, p: number): number {
  const { text, keys, open } = search;
  search.found = p;
  const unit = text.charCodeAt(p);
  if (open.length === keys.length || !opens(unit)) return afterValue(text, p);
  open.push(unit === openArray ? 0 : -1);
  return p + 1;
}

/** Goes over one token, or over one value that the path does not lead into. */
function step(search: Search, p: number): number {
  const { text, keys, open } = search;
  const unit = text.charCodeAt(p);
  const level = open.length - 1;
  if (closes(unit)) open.pop();
  else if (unit === comma && open[level]! >= 0) open[level]!++;
  if (closes(unit) || unit === comma) return p + 1;
  const key = keys[keys.length - 1 - level]!;
  if (open[level]! >= 0) return open[level] === key ? enter(search, p) : afterValue(text, p);
  const end = afterString(text, p);
  const value = afterSpace(text, afterSpace(text, end) + 1);
  return isKey(text, p, end, key) ? enter(search, value) : afterValue(text, value);
}

/** Whether the string from `p` to `end` says `key`. */
function isKey(text: JsonText, p: number, end: number, key: string | number): boolean {
  // An escape only makes the text longer than what it says.
  return typeof key === "string" && end - p - 2 >= key.length && JSON.parse(text.slice(p, end)) === key;
}

/** Where the value at `p` ends. */
function afterValue(text: JsonText, p: number): number {
  if (!opens(text.charCodeAt(p))) return afterScalar(text, p);
  let depth = 0;
  let q = p;
  do {
    const unit = text.charCodeAt(q);
    if (opens(unit)) depth++;
    else if (closes(unit)) depth--;
    q = unit === quote ? afterString(text, q) : q + 1;
  } while (depth > 0);
  return q;
}

function opens(unit: number): boolean {
  return (unit | toBrace) === openObject;
}

function closes(unit: number): boolean {
  return (unit | toBrace) === closeObject;
}
