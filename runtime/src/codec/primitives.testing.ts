// The primitives as a table, for tests that hold for each of them.
import type { Mismatch, Reader, Writer } from "./index.ts";
import * as codec from "./index.ts";

/** The functions of one primitive. Values are `unknown`: tests also hand in what the compiler would refuse. */
export interface Primitive {
  readonly put: (w: Writer, p: number, v: never) => number;
  readonly read: (r: Reader) => unknown;
  readonly json: (v: never) => string;
  readonly fromJson: (v: unknown) => unknown;
  readonly check: (v: unknown) => Mismatch | undefined;
}

export const primitives = {
  boolean: {
    put: codec.putBoolean,
    read: codec.readBoolean,
    json: codec.jsonBoolean,
    fromJson: codec.fromJsonBoolean,
    check: codec.checkBoolean,
  },
  null: {
    put: codec.putNull,
    read: codec.readNull,
    json: codec.jsonNull,
    fromJson: codec.fromJsonNull,
    check: codec.checkNull,
  },
  i8: {
    put: codec.putI8,
    read: codec.readI8,
    json: codec.jsonI8,
    fromJson: codec.fromJsonI8,
    check: codec.checkI8,
  },
  i16: {
    put: codec.putI16,
    read: codec.readI16,
    json: codec.jsonI16,
    fromJson: codec.fromJsonI16,
    check: codec.checkI16,
  },
  i32: {
    put: codec.putI32,
    read: codec.readI32,
    json: codec.jsonI32,
    fromJson: codec.fromJsonI32,
    check: codec.checkI32,
  },
  u8: {
    put: codec.putU8,
    read: codec.readU8,
    json: codec.jsonU8,
    fromJson: codec.fromJsonU8,
    check: codec.checkU8,
  },
  u16: {
    put: codec.putU16,
    read: codec.readU16,
    json: codec.jsonU16,
    fromJson: codec.fromJsonU16,
    check: codec.checkU16,
  },
  u32: {
    put: codec.putU32,
    read: codec.readU32,
    json: codec.jsonU32,
    fromJson: codec.fromJsonU32,
    check: codec.checkU32,
  },
  int: {
    put: codec.putInt,
    read: codec.readInt,
    json: codec.jsonInt,
    fromJson: codec.fromJsonInt,
    check: codec.checkInt,
  },
  i64: {
    put: codec.putI64,
    read: codec.readI64,
    json: codec.jsonI64,
    fromJson: codec.fromJsonI64,
    check: codec.checkI64,
  },
  u64: {
    put: codec.putU64,
    read: codec.readU64,
    json: codec.jsonU64,
    fromJson: codec.fromJsonU64,
    check: codec.checkU64,
  },
  bigint: {
    put: codec.putBigint,
    read: codec.readBigint,
    json: codec.jsonBigint,
    fromJson: codec.fromJsonBigint,
    check: codec.checkBigint,
  },
  f32: {
    put: codec.putF32,
    read: codec.readF32,
    json: codec.jsonF32,
    fromJson: codec.fromJsonF32,
    check: codec.checkF32,
  },
  f64: {
    put: codec.putF64,
    read: codec.readF64,
    json: codec.jsonF64,
    fromJson: codec.fromJsonF64,
    check: codec.checkF64,
  },
  number: {
    put: codec.putNumber,
    read: codec.readNumber,
    json: codec.jsonNumber,
    fromJson: codec.fromJsonNumber,
    check: codec.checkNumber,
  },
  string: {
    put: putRoomyString,
    read: codec.readString,
    json: codec.jsonString,
    fromJson: codec.fromJsonString,
    check: codec.checkString,
  },
  bytes: {
    put: putRoomyBytes,
    read: codec.readBytes,
    json: codec.jsonBytes,
    fromJson: codec.fromJsonBytes,
    check: codec.checkBytes,
  },
  date: {
    put: putRoomyDate,
    read: codec.readDate,
    json: codec.jsonDate,
    fromJson: codec.fromJsonDate,
    check: codec.checkDate,
  },
} satisfies Record<string, Primitive>;

export type PrimitiveName = keyof typeof primitives;

export const primitiveNames = Object.keys(primitives) as PrimitiveName[];

export function primitive(name: PrimitiveName): Primitive {
  return primitives[name];
}

/** As emitted code does it: the room for all but the longest values is made before they are put. */
function putRoomyString(w: Writer, p: number, v: string): number {
  return codec.putString(w, codec.room(w, p, codec.stringRoom(v)), v);
}

function putRoomyDate(w: Writer, p: number, v: Date): number {
  return codec.putDate(w, codec.room(w, p, 15), v);
}

function putRoomyBytes(w: Writer, p: number, v: Uint8Array): number {
  return codec.putBytes(w, codec.room(w, p, codec.bytesRoom(v)), v);
}

/** A message of one value. */
export function encoded<T>(
  put: (w: Writer, p: number, v: T) => number,
  value: unknown,
  options?: codec.EncodeOptions,
): Uint8Array {
  try {
    const w = codec.beginEncode();
    return codec.endEncode(w, put(w, codec.room(w, w.start, 9), value as T), options);
  } catch (error) {
    throw codec.withinType(error, "Value");
  }
}

export function decoded<T>(read: (r: Reader) => T, bytes: Uint8Array): T {
  const r = codec.beginDecode("Value", bytes);
  const value = read(r);
  codec.endDecode(r);
  return value;
}

export function stringified(write: (v: never) => string, value: unknown): string {
  return codec.stringifyJson<unknown>("Value", (v) => write(v as never), value);
}

export function parsed<T>(read: (v: unknown) => T, text: string): T {
  return codec.parseJson("Value", text, read);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** @param hex spaces are for the eye */
export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

/** What `run` throws; fails the test when it does not. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
