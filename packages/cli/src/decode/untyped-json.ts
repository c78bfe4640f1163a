// Any MessagePack as JSON, where no type says what it means: numbers, text and bytes as Hewn's JSON has them, maps
// with string keys as objects, other maps as lists of pairs, extensions as `{"ext":type,"data":base64}`.
import {
  type DecodeError,
  decodeTooDeep,
  fail,
  jsonBigint,
  jsonBytes,
  jsonF64,
  jsonString,
  type Reader,
  readBigint,
  readBoolean,
  readBytes,
  readListHeader,
  readMapHeader,
  readNil,
  readNumber,
  readString,
  skip,
  within,
} from "@hewn/runtime/codec";
import { describeExt } from "../annotate/describe-ext.ts";
import { readItem } from "../annotate/messagepack-item.ts";

/** Deeper than any codec reads unless told to; keeps recursion off the end of the stack. */
const depthMax = 512;

/**
 * The JSON of the value that begins at `r.offset`; leaves the reader behind it.
 * @throws DecodeError
 */
export function untypedJson(r: Reader, depth = depthMax): string {
  if (depth === 0) throw decodeTooDeep(r);
  const tag = r.offset < r.end ? r.bytes[r.offset]! : 0xc1;
  if (tag < 0x80 || tag >= 0xe0) return String(readNumber(r));
  if (tag < 0x90 || tag >= 0xde) return mapJson(r, depth);
  if (tag < 0xa0 || tag >= 0xdc) return arrayJson(r, depth);
  if (tag < 0xc0 || tag >= 0xd9) return jsonString(readString(r));
  if (tag === 0xc0) return readNil(r) ? "null" : "";
  if (tag === 0xc1) throw nothing(r);
  if (tag <= 0xc3) return String(readBoolean(r));
  if (tag <= 0xc6) return jsonBytes(readBytes(r));
  if (tag === 0xca || tag === 0xcb) return jsonF64(readNumber(r));
  return tag >= 0xcc && tag <= 0xd3 ? jsonBigint(readBigint(r)) : extJson(r);
}

/** The error for bytes that end here, or hold the byte c1. */
function nothing(r: Reader): DecodeError {
  return r.offset < r.end
    ? fail(r, "reservedByte", "no value begins with the byte c1")
    : fail(r, "truncated", "the bytes end before the value does");
}

function arrayJson(r: Reader, depth: number): string {
  const n = readListHeader(r);
  const items: string[] = [];
  let i = 0;
  try {
    for (; i < n; i++) items.push(untypedJson(r, depth - 1));
  } catch (error) {
    throw within(error, i);
  }
  return `[${items.join()}]`;
}

function mapJson(r: Reader, depth: number): string {
  const n = readMapHeader(r);
  const entries: [string, string][] = [];
  let key: string | number = 0;
  try {
    for (let i = 0; i < n; i++) {
      key = i;
      const own = untypedJson(r, depth - 1);
      key = own.startsWith('"') ? String(JSON.parse(own)) : own;
      entries.push([own, untypedJson(r, depth - 1)]);
    }
  } catch (error) {
    throw within(error, key);
  }
  const isObject = entries.every(([own]) => own.startsWith('"'));
  return isObject
    ? `{${entries.map((entry) => entry.join(":")).join()}}`
    : `[${entries.map((entry) => `[${entry.join()}]`).join()}]`;
}

function extJson(r: Reader): string {
  const start = r.offset;
  skip(r);
  const item = readItem(r.bytes, start);
  if (item.extType === 0 && describeExt(item) !== undefined) return "null";
  const data = item.value as Uint8Array;
  const meaning = describeExt(item);
  return `{"ext":${item.extType},"data":${jsonBytes(data)}${meaning === undefined ? "" : `,"meaning":${JSON.stringify(meaning)}`}}`;
}
