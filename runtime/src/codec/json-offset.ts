// Finds a place in a JSON text. Only errors need it, so the hot path keeps no offsets. One pass over the text, however
// deep the place is; iterative, for a text may nest deeper than the stack goes.

/** What the search asks of a text. */
export type JsonText = Pick<string, "length" | "charCodeAt" | "slice">;

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

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
  if (open.length === keys.length || (unit !== openArray && unit !== openObject)) return afterValue(text, p);
  open.push(unit === openArray ? 0 : -1);
  return p + 1;
}

/** Goes over one token, or over one value that the path does not lead into. */
function step(search: Search, p: number): number {
  const { text, keys, open } = search;
  const unit = text.charCodeAt(p);
  const level = open.length - 1;
  if (unit === closeArray || unit === closeObject) open.pop();
  if (unit === comma && open[level]! >= 0) open[level]!++;
  if (unit === closeArray || unit === closeObject || unit === comma) return p + 1;
  const key = keys[keys.length - 1 - level]!;
  if (open[level]! >= 0) return open[level] === key ? enter(search, p) : afterValue(text, p);
  const end = afterString(text, p);
  const value = afterSpace(text, afterSpace(text, end) + 1);
  return isKey(text, p, end, key) ? enter(search, value) : afterValue(text, value);
}

/** Whether the string from `p` to `end` says `key`. */
function isKey(text: JsonText, p: number, end: number, key: string | number): boolean {
  if (typeof key === "number" || end - p - 2 < key.length) return false;
  const literal = text.slice(p, end);
  return literal.includes("\\") ? JSON.parse(literal) === key : literal.slice(1, -1) === key;
}

/** Where the value at `p` ends. */
function afterValue(text: JsonText, p: number): number {
  let depth = 0;
  let q = p;
  do {
    const unit = text.charCodeAt(q);
    if (unit === openArray || unit === openObject) depth++;
    if (unit === closeArray || unit === closeObject) depth--;
    q = unit === quote ? afterString(text, q) : q + 1;
    // At the top a number or a word goes on; between brackets its characters are passed over one by one.
  } while (depth > 0 || !endsValue(text, q));
  return q;
}

/** Whether a value that has no open bracket ends before `p`. */
function endsValue(text: JsonText, p: number): boolean {
  if (p >= text.length) return true;
  const unit = text.charCodeAt(p);
  return unit === comma || unit === closeArray || unit === closeObject || isSpace(unit);
}

/** @param p where the opening quote stands */
function afterString(text: JsonText, p: number): number {
  let q = p + 1;
  for (let unit = text.charCodeAt(q); unit !== quote; unit = text.charCodeAt(q)) {
    q += unit === backslash ? 2 : 1;
  }
  return q + 1;
}

function afterSpace(text: JsonText, p: number): number {
  let q = p;
  while (isSpace(text.charCodeAt(q))) q++;
  return q;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
