// What is tried is a part of what the careful reader accepts: as the same values, and all that our own writer puts.
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import * as codec from "./index.ts";
import { decoded, encoded, hexOf, type PrimitiveName, primitive } from "./primitives.testing.ts";
import * as node from "./try-read.node.ts";
import * as portable from "./try-read.portable.ts";

type Try = (b: Uint8Array) => unknown;

const edges = [
  0,
  1,
  31,
  32,
  127,
  128,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
]
  .concat(2 ** 40 + 5, Number.MAX_SAFE_INTEGER)
  .flatMap((n) => [n, -n, -n - 1, n - 1])
  .filter(Number.isSafeInteger);
const floats = [...edges, -0, 0.1, -1e300, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60];
const bigints = edges.map(BigInt).concat(2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n);
const texts = [..."aé日😀\ufffd\ufeff"].flatMap((sign) =>
  [0, 1, 5, 15, 16, 17, 31, 32, 64, 65, 255, 256, 2000].map((length) => sign.repeat(length)),
);

const trials: readonly (readonly [PrimitiveName, Try, readonly unknown[]])[] = [
  ["boolean", codec.tryBoolean, [true, false]],
  ["null", codec.tryNull, [null]],
  ["string", codec.tryString, texts],
  ["i8", codec.tryI8, edges],
  ["i16", codec.tryI16, edges],
  ["i32", codec.tryI32, edges],
  ["u8", codec.tryU8, edges],
  ["u16", codec.tryU16, edges],
  ["u32", codec.tryU32, edges],
  ["int", codec.tryInt, edges],
  ["i64", codec.tryI64, bigints],
  ["u64", codec.tryU64, bigints],
  ["bigint", codec.tryBigint, bigints],
  ["f32", codec.tryF32, floats],
  ["f64", codec.tryF64, floats],
  ["number", codec.tryNumber, floats],
];

function tried<T>(read: (b: Uint8Array) => T, bytes: Uint8Array): { readonly value: T } | undefined {
  if (!codec.beginTry(bytes, undefined)) throw new Error("not begun");
  const value = read(bytes);
  return codec.endTry(bytes) ? { value } : undefined;
}

function careful(name: PrimitiveName, bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: decoded(primitive(name).read, bytes) };
  } catch {
    return undefined;
  }
}

function written(name: PrimitiveName, values: readonly unknown[]): Uint8Array[] {
  return values.flatMap((value) => {
    try {
      return [encoded(primitive(name).put, value).slice()];
    } catch {
      return [];
    }
  });
}

/** Each message cut, lengthened, and with each byte of its beginning replaced; and every first byte with zeros behind. */
function* altered(messages: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const bytes of messages) {
    yield new Uint8Array([...bytes, 0]);
    for (let place = 0; place < Math.min(bytes.length, 12); place++) {
      yield bytes.subarray(0, place);
      for (let byte = 0; byte < 256; byte++) yield bytes.with(place, byte);
    }
  }
  for (let tag = 0; tag < 256; tag++)
    for (let length = 1; length < 20; length++) yield new Uint8Array(length).with(0, tag);
}

describe.each(trials)("a try at %s", (name, read, values) => {
  test("takes what our own writer puts", () => {
    const messages = written(name, values);
    expect(messages.length).toBeGreaterThan(0);
    for (const bytes of messages)
      expect([hexOf(bytes), tried(read, bytes)]).toEqual([hexOf(bytes), careful(name, bytes)]);
  });

  test("takes nothing that the careful reader refuses, and reads nothing else than it", () => {
    for (const bytes of altered(written(name, values))) {
      const actual = tried(read, bytes);
      if (actual && !isDeepStrictEqual(actual, careful(name, bytes)))
        throw new Error(`${hexOf(bytes)}: ${String(actual.value)}`);
    }
  });
});

describe("a message", () => {
  test("is tried only without options, and if it is bytes", () => {
    const begins = (bytes: unknown, options?: object) => codec.beginTry(bytes as Uint8Array, options);
    expect(begins(new Uint8Array(1))).toBe(true);
    expect(begins(Buffer.alloc(1))).toBe(true);
    expect(begins(new Uint8Array(1), {})).toBe(false);
    for (const other of [
      undefined,
      null,
      "a",
      [0xc2],
      new Uint8ClampedArray(1),
      new DataView(new ArrayBuffer(1)),
    ])
      expect(begins(other)).toBe(false);
  });

  test("that has failed reads nothing more, whatever follows", () => {
    const bytes = new Uint8Array([0xc1, 0x05, 0xa1, 0x61]);
    codec.beginTry(bytes, undefined);
    for (const [, read] of trials) read(bytes);
    codec.tryFields(bytes, 1);
    expect(codec.trySomeFields(bytes, 1, 2)).toBe(0);
    expect(codec.tryVariant(bytes)).toBe(-1);
    expect(codec.tryArray(bytes, codec.tryU8)).toEqual([]);
    expect(codec.endTry(bytes)).toBe(false);
  });
});

describe("a member", () => {
  const values = ["a", null, "b"] as const;
  test.each([
    ["00", { value: "a" }],
    ["01", undefined],
    ["02", { value: "b" }],
    ["03", undefined],
    ["cc00", undefined],
    ["", undefined],
  ])("%s is %p", (hex, expected) => {
    expect(tried((b) => codec.tryMember(b, values), Buffer.from(hex, "hex"))).toEqual(expected);
  });
});

describe("an array", () => {
  const header = (n: number) => (n < 16 ? [0x90 | n] : [0xdc, n >> 8, n & 0xff]);
  const flags = (n: number) => new Uint8Array([...header(n), ...new Uint8Array(n).fill(0xc3)]);

  test.each([0, 1, 15, 16, 63, 64, 65, 300, 65_535])("of %p elements is read whole", (n) => {
    expect(tried((b) => codec.tryArray(b, codec.tryBoolean), flags(n))?.value).toEqual(
      new Array(n).fill(true),
    );
  });

  test("that announces more than there are bytes sets nothing aside", () => {
    const bytes = flags(300).subarray(0, 302);
    let items: readonly boolean[] = [];
    expect(tried((b) => (items = codec.tryArray(b, codec.tryBoolean)), bytes)).toBe(undefined);
    expect(items).toEqual([]);
  });

  test("asks for no element more after one that is odd", () => {
    let asked = 0;
    const bytes = flags(300).with(5, 0xc1);
    const item = (b: Uint8Array) => {
      asked++;
      return codec.tryBoolean(b);
    };
    expect(tried((b) => codec.tryArray(b, item), bytes)).toBe(undefined);
    expect(asked).toBe(3);
  });

  test("is none where text of its tag's upper bits stands", () => {
    for (const tag of [0xb0, 0xb1, 0xde]) {
      expect(tried((b) => codec.tryArray(b, codec.tryU8), new Uint8Array([tag]))).toBe(undefined);
      expect(tried((b) => codec.tryArray(b, codec.tryU8), new Uint8Array([tag, 0, 0]))).toBe(undefined);
    }
  });

  test("of numbers is read from its own message, also after a failure in a long one", () => {
    const message = (value: number, n: number) => {
      const one = encoded(codec.putF64, value);
      return new Uint8Array([...header(n), ...Array.from({ length: n }, () => [...one]).flat()]);
    };
    const failing = (): never => {
      throw new RangeError("the end of the stack");
    };
    codec.beginTry(message(1, 100), undefined);
    expect(() => codec.tryArray(message(1, 100), failing)).toThrow(RangeError);
    for (const n of [10, 100])
      expect(tried((b) => codec.tryArray(b, codec.tryF64), message(2, n))?.value).toEqual(
        new Array(n).fill(2),
      );
    const wide = encoded(codec.putInt, 2 ** 40 + 7);
    const bytes = new Uint8Array([...header(100), ...Array.from({ length: 100 }, () => [...wide]).flat()]);
    expect(tried((b) => codec.tryArray(b, codec.tryInt), bytes)?.value).toEqual(
      new Array(100).fill(2 ** 40 + 7),
    );
  });

  test("takes within the budget what takes most of it: as many empty arrays as there are bytes", () => {
    const n = 65_535;
    const bytes = new Uint8Array([...header(n), ...new Uint8Array(n).fill(0x90)]);
    const read = (r: codec.Reader): void => {
      const count = codec.readListHeader(r);
      for (let i = 0; i < count; i++) codec.readListHeader(r);
    };
    expect(() => decoded(read, bytes)).not.toThrow();
    expect(tried((b) => codec.tryArray(b, (b) => codec.tryArray(b, codec.tryNull)), bytes)).toBeDefined();
  });

  test("of texts that are cut from a window has those of its own message, also in memory that is used again", () => {
    const bytes = new Uint8Array(1 + 10 * 21).fill(0x61);
    bytes[0] = 0x9a;
    for (const letter of [0x61, 0x62, 0x63]) {
      for (let i = 0; i < 10; i++) bytes.fill(letter, 2 + 21 * i).fill(0xb4, 1 + 21 * i, 2 + 21 * i);
      expect(tried((b) => codec.tryArray(b, codec.tryString), bytes)?.value).toEqual(
        new Array(10).fill(String.fromCharCode(letter).repeat(20)),
      );
    }
  });
});

test("the build for browsers has the same names and tries nothing", () => {
  expect(Object.keys(portable).sort()).toEqual(Object.keys(node).sort());
  expect(portable.beginTry(new Uint8Array(1), undefined)).toBe(false);
});
