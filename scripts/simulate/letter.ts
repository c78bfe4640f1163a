// The message of the simulated nodes: says who sent it to whom and which it is, and fills up to a size with what can
// be told from anything else.

import { type Codec, putString, readString, room, stringRoom } from "@hewn/runtime/codec";

export const letterCodec: Codec<string> = {
  name: "Letter",
  fingerprint: "letter-1",
  write: (writer, position, value) => putString(writer, room(writer, position, stringRoom(value)), value),
  read: (reader) => readString(reader),
};

/** A type that nobody sends, in two versions that know nothing of each other. */
export const noteCodecs: readonly Codec<string>[] = ["note-1", "note-2"].map((fingerprint) => ({
  ...letterCodec,
  name: "Note",
  fingerprint,
}));

export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly pair: number;
  readonly sequence: number;
  readonly bytes: number;
}

export function textOf({ from, to, pair, sequence, bytes }: Letter): string {
  return `${from} ${to} ${pair} ${sequence} ${bytes} ${filling(sequence, bytes)}`;
}

/** Undefined where the text is not exactly what was written. */
export function letterOf(text: string): Letter | undefined {
  const [from = "", to = "", pair, sequence, bytes, rest] = text.split(" ");
  const letter = { from, to, pair: Number(pair), sequence: Number(sequence), bytes: Number(bytes) };
  return rest === filling(letter.sequence, letter.bytes) ? letter : undefined;
}

function filling(sequence: number, bytes: number): string {
  return String.fromCharCode(97 + (sequence % 26)).repeat(bytes);
}
