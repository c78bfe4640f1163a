// Messages whose bytes are there already: what is left of a stack when nobody encodes or decodes. A receiver gets a view
// of the bytes, which holds until its handler returns.
import { type Codec, room } from "@hewn/runtime/codec";
import { type RowName, rowNames } from "./link.ts";
import { functions, type OwnFunctions, type RowTypes } from "./messages.ts";

export const byteCodecs: Readonly<Record<RowName, Codec<Uint8Array>>> = {
  small: byteCodec("small"),
  record: byteCodec("record"),
  blob: byteCodec("blob"),
};

function byteCodec(row: RowName): Codec<Uint8Array> {
  return {
    name: `Bytes ${row}`,
    fingerprint: `bytes-${rowNames.indexOf(row)}`,
    write: (writer, position, value) => {
      const { length } = value;
      const p = room(writer, position, length);
      writer.bytes.set(value, p);
      return p + length;
    },
    read: (reader) => {
      const view = viewOf(reader.bytes, reader.offset, reader.end);
      reader.offset = reader.end;
      return view;
    },
  };
}

let chunk = new Uint8Array(0);
let memory = chunk.buffer;
let memoryOffset = 0;

/** `subarray` of a chunk, which has many messages: what is the same for all of them is looked up once. */
export function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (bytes !== chunk) {
    chunk = bytes as Uint8Array<ArrayBuffer>;
    memory = chunk.buffer;
    memoryOffset = chunk.byteOffset;
  }
  return new Uint8Array(memory, memoryOffset + start, end - start);
}

/** The bytes of a row's object. */
export function preparedBytes<N extends RowName>(row: N, value: unknown): Uint8Array {
  return Uint8Array.from(functions[row].encode(value as RowTypes[N]));
}

export function ofPrepared(row: RowName, bytes: unknown): unknown {
  return (functions[row] as OwnFunctions<unknown>).decode(bytes as Uint8Array);
}
