// What a message may take of the heap: hostile ones are refused, honest ones never get near the budget.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import * as codec from "./index.ts";
import { thrown } from "./primitives.testing.ts";

/** How many values of one kind, all the same bytes, are read before the message is refused; all of them if it is not. */
function taken(bytes: readonly number[], n: number, read: (r: codec.Reader) => void): number {
  const message = new Uint8Array(5 + n * bytes.length);
  message.set([0xdd, n >>> 24, n >>> 16, n >>> 8, n]);
  for (let i = 0; i < n; i++) message.set(bytes, 5 + i * bytes.length);
  const r = codec.beginDecode("Value", message);
  codec.readListHeader(r);
  for (let i = 0; i < n; i++) {
    const offset = r.offset;
    const error = codeOf(() => read(r));
    if (error === "overBudget") return i;
    if (error !== undefined || r.offset !== offset + bytes.length) throw new Error(`${error} at ${r.offset}`);
  }
  codec.endDecode(r);
  return n;
}

function codeOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as codec.DecodeError).code;
  }
}

/** Passes over the elements of a container of fixints. */
function reading(header: (r: codec.Reader) => number, each: number) {
  return (r: codec.Reader) => codec.skip(r, header(r) * each);
}

function set(r: codec.Reader): void {
  const items = new Set<number>();
  for (let left = codec.readSetHeader(r); left > 0; left--) codec.addElement(r, items, codec.readU32(r));
}

function map(r: codec.Reader): void {
  const items = new Map<number, number>();
  for (let left = codec.readMapHeader(r); left > 0; left--)
    codec.addEntry(r, items, codec.readU32(r), codec.readU32(r));
}

function record(r: codec.Reader): void {
  const items: Record<string, number> = {};
  for (let left = codec.readRecordHeader(r); left > 0; left--)
    codec.setKey(r, items, codec.readString(r), codec.readU32(r));
}

const many = 100_000;
const bytes = (r: codec.Reader) => void codec.readBytes(r);
const sparse = (r: codec.Reader) => codec.absentFields(r, 300 - codec.readArrayHeader(r));

describe("a message is refused whose values take more heap than 64 times its bytes", () => {
  test.each([
    ["empty sets", [0x90], set],
    ["empty maps", [0x80], map],
    ["empty records", [0x80], record],
    ["empty bytes", [0xc4, 0], bytes],
    ["structs of absent fields", [0x90], sparse],
  ] as const)("%s", (_, each, read) => {
    const count = taken(each, many, read);
    expect(count).toBeGreaterThan(400);
    expect(count).toBeLessThan(many);
  });

  test("with code, offset and path", () => {
    const message = new Uint8Array(many).fill(0x80);
    const r = codec.beginDecode("Value", message);
    const error = thrown(() => {
      for (;;) codec.readMapHeader(r);
    });
    expect(error).toMatchObject({ code: "overBudget", path: "Value" });
    expect((error as codec.DecodeError).offset).toBeGreaterThan(many / 10);
  });
});

describe("a record whose keys are indexes far apart", () => {
  const r = codec.beginDecode("Value", new Uint8Array(1));

  type Add = (items: Record<string, string>, key: string) => void;
  const ways: readonly (readonly [string, Add])[] = [
    ["decoded", (items, key) => codec.setKey(r, items, key, key)],
    ["parsed", (items, key) => codec.fromJsonSetKey(items, key, key)],
    ["copied", (items, key) => codec.putKey(items, key, key)],
  ];

  function recordOf(add: Add, ...keys: string[]): Record<string, string> {
    const items: Record<string, string> = {};
    for (const key of keys) add(items, key);
    return items;
  }

  test.each(ways)("is a record like any other where it is %s", (_, add) => {
    const keys = ["999", "b", "20", "4e3", "5x", "0", "1", "4294967295", "a"];
    const items = recordOf(add, ...keys);
    expect(items).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
    expect(Object.keys(items)).toEqual(Object.keys(Object.fromEntries(keys.map((key) => [key, key]))));
    for (const property of Object.values(Object.getOwnPropertyDescriptors(items))) {
      expect(property).toMatchObject({ writable: true, enumerable: true, configurable: true });
    }
  });

  test("comes once", () => {
    const items = recordOf(ways[0]![1], "999");
    expect(thrown(() => codec.setKey(r, items, "999", ""))).toMatchObject({ code: "duplicateKey" });
  });

  test.each(ways)("takes no memory for what is between them where it is %s", (_, add) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const kept: unknown[] = new Array(1000).fill(undefined);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < kept.length; i++) kept[i] = recordOf(add, "999", "1999");
    collect();
    expect((process.memoryUsage().heapUsed - before) / kept.length).toBeLessThan(2000);
  });
});

describe("a message is not refused", () => {
  test.each([
    ["of empty arrays", [0x90], reading(codec.readListHeader, 1)],
    ["of arrays", [0x92, 1, 2], reading(codec.readListHeader, 1)],
    ["of structs", [0x91, 1], reading(codec.readArrayHeader, 1)],
    ["of sets of a few", [0x93, 1, 2, 3], set],
    ["of maps of a few", [0x82, 1, 2, 3, 4], map],
    ["of records of a few", [0x82, 0xa1, 0x61, 1, 0xa1, 0x62, 2], record],
    ["of bytes", [0xc4, 3, 1, 2, 3], bytes],
  ] as const)("%s, however long it is", (_, each, read) => {
    expect(taken(each, many, read)).toBe(many);
  });

  test.each([
    ["sets", [0x90], set],
    ["maps", [0x80], map],
    ["records", [0x80], record],
    ["bytes", [0xc4, 0], bytes],
  ] as const)("of 4000 empty %s", (_, each, read) => {
    expect(taken(each, 4000, read)).toBe(4000);
  });

  test("of one set, map or record, however many it holds", () => {
    const n = 50_000;
    const numbers = Array.from({ length: n }, (_, at) => [0xce, 0, at >>> 16, (at >>> 8) & 255, at & 255]);
    const keys = Array.from({ length: n }, (_, at) => [0xa6, ...Buffer.from(String(100_000 + at)), 1]);
    const count = [n >>> 24, n >>> 16, n >>> 8, n];
    for (const [tag, each, read] of [
      [0xdd, numbers, set],
      [0xdf, numbers.map((key) => [...key, 1]), map],
      [0xdf, keys, record],
    ] as const) {
      const r = codec.beginDecode("Value", Uint8Array.from([tag, ...count, ...each.flat()]));
      read(r);
      codec.endDecode(r);
    }
  });

  test("where what there is much of takes little, in whatever order it comes", () => {
    const nils = 100_000;
    const message = new Uint8Array(5 + nils).fill(0xc0);
    message.set([0xdd, 0, nils >>> 16, (nils >>> 8) & 255, nils & 255]);
    message.fill(0x80, 5, 1000);
    const r = codec.beginDecode("Value", message);
    const n = codec.readListHeader(r);
    for (let i = 0; i < n; i++) if (!codec.readNil(r)) map(r);
    codec.endDecode(r);
  });
});
