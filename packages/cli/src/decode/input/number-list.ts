// Bytes as a list of decimal numbers, as JavaScript prints them: `Uint8Array(3) [ 147, 172, 116 ]`,
// `{"type":"Buffer","data":[147,172,116]}`, `[147, 172, 116]`, `{"0":147,"1":172,"2":116}`, `147,172,116`.
import { type TextBytes, TextFault } from "./text-bytes.ts";

const printed = /^(?:(?:Uint8Array|Buffer)(?:\(\d+\))?\s*)?\[([\s\d,]*?)(?:\.\.\. (\d+) more items?\s*)?\]$/;
const json = /^\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:\s*\[([\s\d,]*)\]\s*\}$/;

/** As `String` makes it of a `Uint8Array`. */
const bare = /^\d{1,3}(?:\s*,\s*\d{1,3})+$/;

/** Undefined when the text is no such list. @throws TextFault when a number is no byte */
export function readNumberList(given: string): TextBytes | undefined {
  const text = given.trim();
  const match = printed.exec(text) ?? json.exec(text);
  if (match === null) return text.startsWith("{") ? readIndexed(text) : undefined;
  const bytes = bytesOf((match[1] ?? "").split(/[\s,]+/).filter((number) => number !== ""));
  return match[2] === undefined ? { bytes } : { bytes, note: `the text leaves out ${match[2]} more bytes` };
}

/** Of numbers with commas alone; undefined also where each has two digits, as bytes in hex have. */
export function readBareList(text: string): TextBytes | undefined {
  if (!bare.test(text)) return undefined;
  const numbers = text.split(/\s*,\s*/);
  return numbers.every((number) => number.length === 2) ? undefined : { bytes: bytesOf(numbers) };
}

/** Whether a text that is read as hex could be such a list too. */
export function couldBeBareList(text: string): boolean {
  return bare.test(text);
}

/** As `JSON.stringify` makes it of a `Uint8Array`: an object whose keys are the indexes. */
function readIndexed(text: string): TextBytes | undefined {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const isList = entries.every(([key, item], index) => key === String(index) && typeof item === "number");
  return isList && entries.length > 0
    ? { bytes: bytesOf(entries.map(([, item]) => String(item))) }
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bytesOf(numbers: readonly string[]): Uint8Array {
  const wrong = numbers.find((number) => !/^\d+$/.test(number) || Number(number) > 255);
  if (wrong !== undefined) throw new TextFault(`${wrong} is no byte`);
  return Uint8Array.from(numbers, Number);
}
