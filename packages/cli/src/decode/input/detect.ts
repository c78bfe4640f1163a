// Finds out what bytes a text or a file's content stands for, by the rule in docs/cli.md: bytes that are no text are
// MessagePack themselves; text is a dump, a list of numbers, hex or base64, in this order.
import { messageExtent } from "../../annotate/message-extent.ts";
import { readBase64 } from "./base64-text.ts";
import { readDump } from "./hex-dump.ts";
import { readHex } from "./hex-text.ts";
import { couldBeBareList, readBareList, readNumberList } from "./number-list.ts";
import { type TextBytes, TextFault } from "./text-bytes.ts";

/** What a user can say that an input is. */
export type Asked = "hex" | "base64" | "binary";
export type Encoding = Asked | "decimal";

export interface Detected {
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
  /** What the person should know: doubts about the reading, parts that were cut off. */
  readonly notes: readonly string[];
}

/** The bytes of a file or of stdin. @throws TextFault for text that is none of what is known */
export function detectContent(content: Uint8Array, wanted?: Asked): Detected {
  if (wanted === "binary" || (wanted === undefined && !isText(content)))
    return { encoding: "binary", bytes: content, notes: [] };
  return detectText(new TextDecoder().decode(content), wanted);
}

/** The bytes that a text spells. @throws TextFault when it spells none */
export function detectText(given: string, wanted?: Exclude<Asked, "binary">): Detected {
  const text = unquoted(given.trim());
  if (wanted === "base64") return found("base64", readBase64(text));
  const dump = readDump(text);
  if (dump !== undefined) return found("hex", dump);
  const numbers = readNumberList(text);
  if (numbers !== undefined) return found("decimal", numbers);
  if (wanted === "hex") return found("hex", readHex(text));
  const list = readBareList(text);
  if (list !== undefined) return found("decimal", list);
  const hex = attempt(() => readHex(text));
  const base64 = attempt(() => readBase64(text));
  if (!(hex instanceof TextFault)) {
    const detected = found("hex", hex);
    if (couldBeBareList(text)) return { ...detected, notes: [...detected.notes, listDoubt] };
    if (base64 instanceof TextFault || !isMessage(base64.bytes)) return detected;
    const doubt =
      "the text could be base64 too, of a whole message: it was read as hex; --base64 reads it so";
    return { ...detected, notes: [...detected.notes, doubt] };
  }
  if (!(base64 instanceof TextFault)) return found("base64", base64);
  const doubt = looksLikeJson(text)
    ? "; it looks like JSON, which 'parseX' of a codec reads: decode reads MessagePack"
    : "";
  throw new TextFault(`neither hex (${hex.message}) nor base64 (${base64.message})${doubt}`);
}

/** Objects, also those that were cut off, and arrays. */
function looksLikeJson(text: string): boolean {
  return /^\{\s*(?:"|\}$)|^\[.*\]$/s.test(text);
}

const listDoubt =
  "the text could be a list of decimal numbers too: it was read as hex; brackets around it have it read so";

function found(encoding: Encoding, { bytes, note }: TextBytes): Detected {
  return { encoding, bytes, notes: note === undefined ? [] : [note] };
}

function attempt(read: () => TextBytes): TextBytes | TextFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof TextFault) return error;
    throw error;
  }
}

/** Quotes that were copied along: of a string, or of Python's bytes. */
function unquoted(text: string): string {
  return /^b?(["'`])(.*)\1[,;]?$/s.exec(text)?.[2] ?? text;
}

/** Whether the bytes are one value and nothing else; the shortest ones, which almost anything is, do not count. */
export function isMessage(bytes: Uint8Array): boolean {
  const extent = messageExtent(bytes, 0);
  return bytes.length > 2 && extent.is === "whole" && extent.end === bytes.length;
}

/** Printable ASCII, blanks and ends of lines, at least one of them; what text tools put in front counts too. */
function isText(content: Uint8Array): boolean {
  const hasMark = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  const text = hasMark ? content.subarray(3) : content;
  return text.length > 0 && text.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
}
