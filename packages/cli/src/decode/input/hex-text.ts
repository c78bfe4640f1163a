// Bytes as hex digits, in the ways that logs and debuggers print them: `93ac74`, `93 ac 74`, `93:ac:74`,
// `0x93, 0xac, 0x74`, `\x93\xac\x74`, `<Buffer 93 ac 74>`.
import { shownCharacter, type TextBytes, TextFault } from "./text-bytes.ts";

const prefixes = /0x|\\x/gi;
const separators = /[\s:;,_-]+/g;
/** How Node prints a Buffer; a long one ends in `... 14 more bytes`. */
const buffer = /^<(?:Slow)?Buffer ?([^>]*?)(?:\s*\.\.\. (\d+) more bytes?)?>$/;

/** @throws TextFault when anything but hex digits and what may stand between them occurs */
export function readHex(text: string): TextBytes {
  const printed = buffer.exec(text.trim());
  const digits = digitsOf(printed === null ? text : printed[1]!);
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null) throw new TextFault(`${shownCharacter(wrong[0])} is no hex digit`);
  if (digits === "") throw new TextFault("there are no hex digits");
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : digits.slice(0, -1), "hex");
  if (printed?.[2] !== undefined) return { bytes, note: `the text leaves out ${printed[2]} more bytes` };
  if (digits.length % 2 === 0) return { bytes };
  return {
    bytes,
    note: `the text has an odd number of hex digits (${digits.length}): the last was left out`,
  };
}

/** Where each byte has a prefix of its own, a single digit is a byte too. */
function digitsOf(text: string): string {
  const padded = text.replace(/(?:0x|\\x)([0-9a-f])(?![0-9a-f])/gi, "0x0$1");
  return padded.replace(prefixes, "").replace(separators, "");
}
