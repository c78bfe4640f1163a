// Bytes as a list of decimal numbers, as JavaScript prints them: `Uint8Array(3) [ 147, 172, 116 ]`,
// `{"type":"Buffer","data":[147,172,116]}`, `[147, 172, 116]`, `{"0":147,"1":172,"2":116}`, `147,172,116`.
import { type TextBytes, TextFault } from "./text-bytes.ts";

const printed = /^(?:(?:Uint8Array|Buffer)(?:\(\d+\))?\s*)?\[([\s\d,]*?)(?:\.\.\. (\d+) more items?\s*)?\]$/;
const json = /^\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:\s*\[([\s\d,]*)\]\s*\}$/;

/** Undefined when the text is no such list. @throws TextFault when a number is no byte */
export function readNumberList(given: string): TextBytes | undefined {
  const text = given.trim();
  const match = printed.exec(text) ?? json.exec(text);
  if (match === null) return text.startsWith("{") ? readIndexed(text) : undefined;
  const bytes = bytesOf(match[1] ?? "");
  return match[2] === undefined ? { bytes } : { bytes, note: `the text leaves out ${match[2]} more bytes` };
}

/** Of numbers with commas alone; undefined also where each has two digits, as bytes in hex have. */
export function readBareList(text: string): TextBytes | undefined {
  return couldBeBareList(text) && hasOddLength.test(text) ? { bytes: bytesOf(text) } : undefined;
}

/** A number of one digit or three. */
const hasOddLength = /(?<!\d)(?:\d|\d{3})(?!\d)/;

/**
 * Whether a text is numbers of up to three digits with a comma between each two, as `String` makes it of a `Uint8Array`.
 * One expression for the whole would repeat a group, for which engines take memory each time.
 */
export function couldBeBareList(text: string): boolean {
  return /^\d[\d\s,]*\d$/.test(text) && text.includes(",") && !/\d{4}|\d\s+\d|,\s*,/.test(text);
}

/** As `JSON.stringify` makes it of a `Uint8Array`: an object whose keys are the indexes. */
function readIndexed(text: string): TextBytes | undefined {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const isList = entries.every(([key, item], index) => key === String(index) && typeof item === "number");
  if (!isList || entries.length === 0) return undefined;
  const numbers: readonly number[] = Object.values(value);
  const wrong = numbers.find((number) => !Number.isInteger(number) || number < 0 || number > 255);
  if (wrong !== undefined) throw new TextFault(`${wrong} is no byte`);
  return { bytes: Uint8Array.from(numbers) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of digits with anything between them. */
function bytesOf(list: string): Uint8Array {
  const bytes = new Uint8Array((list.length + 1) >> 1);
  let count = 0;
  for (let at = 0; at < list.length; at++) {
    if (!isDigit(list.charCodeAt(at))) continue;
    const start = at;
    while (isDigit(list.charCodeAt(at))) at++;
    const number = list.slice(start, at);
    if (Number(number) > 255) throw new TextFault(`${number} is no byte`);
    bytes[count++] = Number(number);
  }
  return bytes.slice(0, count);
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}
