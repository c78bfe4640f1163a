// Dumps as xxd, hexdump -C, tcpdump -X and Wireshark write them: lines of an offset, bytes in hex, and often the same
// bytes as text. The offsets have to fit the bytes, so nothing is taken for a dump that is none.
import { type TextBytes, TextFault } from "./text-bytes.ts";

/** An offset with a colon, or one with two spaces behind it. */
const line = /^\s*(?:0x)?([0-9a-f]{4,16})(:(?=\s)|(?=\s{2}))\s+(.*)$/i;
/** The last line of hexdump -C has an offset alone; a star stands for lines equal to the one before. */
const offsetAlone = /^([0-9a-f]{7,16})$/i;

/** hexdump -C also sets the halves of a line apart by two spaces. */
const barred = /^(.*?)\s{2}\|.*\|\s*$/;
/** hexdump without -C and od: their words are in the byte order of the machine that ran them. */
const words = /^0000000 /;

/** Undefined when the first line is none of a dump. @throws TextFault when a later one does not fit */
export function readDump(text: string): TextBytes | undefined {
  const lines = text.split(/\r?\n/).filter((each) => each.trim() !== "");
  if (words.test(lines[0] ?? ""))
    throw new TextFault("the dump is one of words in a machine's byte order; make it with xxd or hexdump -C");
  const first = line.exec(lines[0] ?? "");
  if (first === null || bytesOf(first[3] ?? "") === undefined) return undefined;
  const base = Number.parseInt(first[1]!, 16);
  // Without a colon it could be any hex digits in columns, unless it begins at 0 or has the bars of hexdump -C.
  if (first[2] !== ":" && base !== 0 && !barred.test(first[3]!)) return undefined;
  const dump = new Dump(base);
  for (const each of lines) dump.add(each);
  return { bytes: dump.bytes() };
}

class Dump {
  readonly #base: number;
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  #repeats = false;

  constructor(base: number) {
    this.#base = base;
  }

  add(text: string): void {
    if (text.trim() === "*") {
      this.#repeats = true;
      return;
    }
    const alone = offsetAlone.exec(text.trim());
    const match = alone ?? line.exec(text);
    if (match === null)
      throw new TextFault(`the dump has a line that is none: ${JSON.stringify(text.slice(0, 40))}`);
    this.#reach(Number.parseInt(match[1]!, 16) - this.#base, match[1]!);
    if (alone === null) this.#push(bytesOf(match[3]!), text);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  /** Fills in the lines for which a star stands. */
  #reach(length: number, shown: string): void {
    const last = this.#parts.at(-1);
    while (this.#repeats && last !== undefined && this.#length + last.length <= length) this.#keep(last);
    this.#repeats = false;
    if (this.#length === length) return;
    throw new TextFault(`the dump's offset ${shown} does not fit the ${this.#length} bytes before it`);
  }

  #push(bytes: Uint8Array | undefined, text: string): void {
    if (bytes === undefined)
      throw new TextFault(`the dump has a line without bytes: ${JSON.stringify(text.slice(0, 40))}`);
    this.#keep(bytes);
  }

  #keep(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

/** The bytes of a line behind its offset: up to the text, which a bar or two spaces set off. */
function bytesOf(rest: string): Uint8Array | undefined {
  const hex = barred.exec(rest)?.[1] ?? rest.split(/\s{2,}/, 1)[0]!;
  const digits = hex.replace(/\s+/g, "");
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? Buffer.from(digits, "hex") : undefined;
}
