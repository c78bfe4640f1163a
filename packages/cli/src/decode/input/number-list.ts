// Bytes as a list of decimal numbers, as JavaScript prints them: `Uint8Array(3) [ 147, 172, 116 ]`,
// `{"type":"Buffer","data":[147,172,116]}`, `[147, 172, 116]`.
import { type TextBytes, TextFault } from "./text-bytes.ts";

const printed = /^(?:(?:Uint8Array|Buffer)(?:\(\d+\))?\s*)?\[([\s\d,]*?)(?:\.\.\. (\d+) more items?\s*)?\]$/;
const json = /^\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:\s*\[([\s\d,]*)\]\s*\}$/;

/** Undefined when the text is no such list. @throws TextFault when a number is no byte */
export function readNumberList(text: string): TextBytes | undefined {
  const match = printed.exec(text.trim()) ?? json.exec(text.trim());
  if (match === null) return undefined;
  const numbers = (match[1] ?? "").split(/[\s,]+/).filter((number) => number !== "");
  const wrong = numbers.find((number) => Number(number) > 255);
  if (wrong !== undefined) throw new TextFault(`${wrong} is no byte`);
  const bytes = Uint8Array.from(numbers, Number);
  return match[2] === undefined ? { bytes } : { bytes, note: `the text leaves out ${match[2]} more bytes` };
}
