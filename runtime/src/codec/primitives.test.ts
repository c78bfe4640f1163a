// Every primitive byte by byte, and against an independent MessagePack library and the engine's JSON.
import { describe, expect, test } from "@jest/globals";
import { decode as oracleDecode, encode as oracleEncode } from "@msgpack/msgpack";
import fc from "fast-check";
import { DecodeError, EncodeError } from "./index.ts";
import {
  bytesOf,
  decoded,
  encoded,
  hexOf,
  type PrimitiveName,
  parsed,
  primitive,
  primitiveNames,
  stringified,
  thrown,
} from "./primitives.testing.ts";

/** Value, bytes in hex, JSON text. */
type Row = readonly [value: unknown, hex: string, json: string];

const integerRows: readonly Row[] = [
  [0, "00", "0"],
  [1, "01", "1"],
  [127, "7f", "127"],
];

const rows: Record<PrimitiveName, readonly Row[]> = {
  boolean: [
    [true, "c3", "true"],
    [false, "c2", "false"],
  ],
  null: [[null, "c0", "null"]],
  i8: [...integerRows, [-1, "ff", "-1"], [-32, "e0", "-32"], [-33, "d0df", "-33"], [-128, "d080", "-128"]],
  i16: [
    ...integerRows,
    [-32, "e0", "-32"],
    [-33, "d1ffdf", "-33"],
    [128, "d10080", "128"],
    [255, "d100ff", "255"],
    [32_767, "d17fff", "32767"],
    [-32_768, "d18000", "-32768"],
  ],
  i32: [
    ...integerRows,
    [-32, "e0", "-32"],
    [-33, "d2ffffffdf", "-33"],
    [128, "d200000080", "128"],
    [65_536, "d200010000", "65536"],
    [2_147_483_647, "d27fffffff", "2147483647"],
    [-2_147_483_648, "d280000000", "-2147483648"],
  ],
  u8: [...integerRows, [128, "cc80", "128"], [255, "ccff", "255"]],
  u16: [...integerRows, [128, "cd0080", "128"], [65_535, "cdffff", "65535"]],
  u32: [
    ...integerRows,
    [128, "ce00000080", "128"],
    [2_147_483_648, "ce80000000", "2147483648"],
    [4_294_967_295, "ceffffffff", "4294967295"],
  ],
  int: [
    ...integerRows,
    [-32, "e0", "-32"],
    [128, "d200000080", "128"],
    [2_147_483_648, "d30000000080000000", "2147483648"],
    [-2_147_483_649, "d3ffffffff7fffffff", "-2147483649"],
    [4_294_967_296, "d30000000100000000", "4294967296"],
    [9_007_199_254_740_991, "d3001fffffffffffff", "9007199254740991"],
    [-9_007_199_254_740_991, "d3ffe0000000000001", "-9007199254740991"],
  ],
  i64: [
    [0n, "00", "0"],
    [127n, "7f", "127"],
    [-32n, "e0", "-32"],
    [-33n, "d3ffffffffffffffdf", "-33"],
    [128n, "d30000000000000080", "128"],
    [4_294_967_295n, "d300000000ffffffff", "4294967295"],
    [9_007_199_254_740_991n, "d3001fffffffffffff", "9007199254740991"],
    [9_007_199_254_740_992n, "d30020000000000000", '"9007199254740992"'],
    [-9_007_199_254_740_992n, "d3ffe0000000000000", '"-9007199254740992"'],
    [9_223_372_036_854_775_807n, "d37fffffffffffffff", '"9223372036854775807"'],
    [-9_223_372_036_854_775_808n, "d38000000000000000", '"-9223372036854775808"'],
  ],
  u64: [
    [0n, "00", "0"],
    [127n, "7f", "127"],
    [128n, "cf0000000000000080", "128"],
    [4_294_967_295n, "cf00000000ffffffff", "4294967295"],
    [18_446_744_073_709_551_615n, "cfffffffffffffffff", '"18446744073709551615"'],
  ],
  bigint: [
    [0n, "00", "0"],
    [-32n, "e0", "-32"],
    [128n, "d30000000000000080", "128"],
    [9_223_372_036_854_775_807n, "d37fffffffffffffff", '"9223372036854775807"'],
    [9_223_372_036_854_775_808n, "cf8000000000000000", '"9223372036854775808"'],
    [18_446_744_073_709_551_615n, "cfffffffffffffffff", '"18446744073709551615"'],
    [18_446_744_073_709_551_616n, "c70901010000000000000000", '"18446744073709551616"'],
    [-9_223_372_036_854_775_809n, "c70901ff7fffffffffffffff", '"-9223372036854775809"'],
    [2n ** 127n - 1n, "d8017fffffffffffffffffffffffffffffff", '"170141183460469231731687303715884105727"'],
    [2n ** 127n, "c711010080000000000000000000000000000000", '"170141183460469231731687303715884105728"'],
    [-(2n ** 127n), "d80180000000000000000000000000000000", '"-170141183460469231731687303715884105728"'],
    [2n ** 16_383n - 1n, `c8080001 7f${"ff".repeat(2047)}`, `"${2n ** 16_383n - 1n}"`],
    [-(2n ** 16_383n), `c8080001 80${"00".repeat(2047)}`, `"${-(2n ** 16_383n)}"`],
  ],
  f32: [
    [0, "ca00000000", "0"],
    [-0, "ca80000000", "-0"],
    [1.5, "ca3fc00000", "1.5"],
    [-1, "cabf800000", "-1"],
    [2 ** -149, "ca00000001", "1.401298464324817e-45"],
    [3.4028234663852886e38, "ca7f7fffff", "3.4028234663852886e+38"],
    [Number.NaN, "ca7fc00000", '"NaN"'],
    [Number.POSITIVE_INFINITY, "ca7f800000", '"Infinity"'],
    [Number.NEGATIVE_INFINITY, "caff800000", '"-Infinity"'],
  ],
  f64: [
    [0, "cb0000000000000000", "0"],
    [-0, "cb8000000000000000", "-0"],
    [1, "cb3ff0000000000000", "1"],
    [0.1, "cb3fb999999999999a", "0.1"],
    [5e-324, "cb0000000000000001", "5e-324"],
    [Number.MAX_VALUE, "cb7fefffffffffffff", "1.7976931348623157e+308"],
    [Number.NaN, "cb7ff8000000000000", '"NaN"'],
    [Number.POSITIVE_INFINITY, "cb7ff0000000000000", '"Infinity"'],
    [Number.NEGATIVE_INFINITY, "cbfff0000000000000", '"-Infinity"'],
  ],
  number: [
    ...integerRows,
    [-0, "cb8000000000000000", "-0"],
    [-1, "ff", "-1"],
    [-32, "e0", "-32"],
    [-33, "d0df", "-33"],
    [-128, "d080", "-128"],
    [-129, "d1ff7f", "-129"],
    [-32_768, "d18000", "-32768"],
    [-32_769, "d2ffff7fff", "-32769"],
    [-2_147_483_648, "d280000000", "-2147483648"],
    [-2_147_483_649, "d3ffffffff7fffffff", "-2147483649"],
    [128, "cc80", "128"],
    [255, "ccff", "255"],
    [256, "cd0100", "256"],
    [65_535, "cdffff", "65535"],
    [65_536, "ce00010000", "65536"],
    [4_294_967_295, "ceffffffff", "4294967295"],
    [4_294_967_296, "cf0000000100000000", "4294967296"],
    [9_007_199_254_740_991, "cf001fffffffffffff", "9007199254740991"],
    [-9_007_199_254_740_991, "d3ffe0000000000001", "-9007199254740991"],
    [9_007_199_254_740_992, "cb4340000000000000", "9007199254740992"],
    [1e21, "cb444b1ae4d6e2ef50", "1e+21"],
    [0.5, "cb3fe0000000000000", "0.5"],
    [Number.NaN, "cb7ff8000000000000", '"NaN"'],
    [Number.POSITIVE_INFINITY, "cb7ff0000000000000", '"Infinity"'],
    [Number.NEGATIVE_INFINITY, "cbfff0000000000000", '"-Infinity"'],
  ],
  string: [
    ["", "a0", '""'],
    ["a", "a161", '"a"'],
    ['\0\n"\\', "a4000a225c", '"\\u0000\\n\\"\\\\"'],
    ["é", "a2c3a9", '"é"'],
    ["€", "a3e282ac", '"€"'],
    ["😀", "a4f09f9880", '"😀"'],
    ["\ufffd", "a3efbfbd", '"\ufffd"'],
    ["\ufeffx", "a4efbbbf78", '"\ufeffx"'],
    ["\u2028", "a3e280a8", '"\u2028"'],
    ["a".repeat(31), `bf${"61".repeat(31)}`, `"${"a".repeat(31)}"`],
    ["a".repeat(32), `d920${"61".repeat(32)}`, `"${"a".repeat(32)}"`],
    ["é".repeat(15), `be${"c3a9".repeat(15)}`, `"${"é".repeat(15)}"`],
    ["é".repeat(16), `d920${"c3a9".repeat(16)}`, `"${"é".repeat(16)}"`],
    ["é".repeat(31), `d93e${"c3a9".repeat(31)}`, `"${"é".repeat(31)}"`],
    ["a".repeat(255), `d9ff${"61".repeat(255)}`, `"${"a".repeat(255)}"`],
    ["a".repeat(256), `da0100${"61".repeat(256)}`, `"${"a".repeat(256)}"`],
    ["é".repeat(128), `da0100${"c3a9".repeat(128)}`, `"${"é".repeat(128)}"`],
    ["a".repeat(65_535), `daffff${"61".repeat(65_535)}`, `"${"a".repeat(65_535)}"`],
    ["a".repeat(65_536), `db00010000${"61".repeat(65_536)}`, `"${"a".repeat(65_536)}"`],
    ["é".repeat(32_768), `db00010000${"c3a9".repeat(32_768)}`, `"${"é".repeat(32_768)}"`],
  ],
  bytes: [
    [new Uint8Array(0), "c400", '""'],
    [new Uint8Array([0]), "c40100", '"AA=="'],
    [new Uint8Array([255, 254]), "c402fffe", '"//4="'],
    [new Uint8Array([251, 1, 2]), "c403fb0102", '"+wEC"'],
    [new Uint8Array(255), `c4ff${"00".repeat(255)}`, `"${"AAAA".repeat(85)}"`],
    [new Uint8Array(256), `c50100${"00".repeat(256)}`, `"${"AAAA".repeat(85)}AA=="`],
    [new Uint8Array(65_535), `c5ffff${"00".repeat(65_535)}`, `"${"AAAA".repeat(21_845)}"`],
    [new Uint8Array(65_536), `c600010000${"00".repeat(65_536)}`, `"${"AAAA".repeat(21_845)}AA=="`],
  ],
  date: [
    [new Date(0), "d6ff 00000000", '"1970-01-01T00:00:00.000Z"'],
    [new Date(0xffff_ffff * 1000), "d6ff ffffffff", '"2106-02-07T06:28:15.000Z"'],
    [new Date(1), "d7ff 003d090000000000", '"1970-01-01T00:00:00.001Z"'],
    [new Date(0x1_0000_0000 * 1000), "d7ff 0000000100000000", '"2106-02-07T06:28:16.000Z"'],
    [new Date(0x3_ffff_ffff * 1000 + 999), "d7ff ee2e1f03ffffffff", '"2514-05-30T01:53:03.999Z"'],
    [new Date(0x4_0000_0000 * 1000), "c70cff 00000000 0000000400000000", '"2514-05-30T01:53:04.000Z"'],
    [new Date(-1), "c70cff 3b8b87c0 ffffffffffffffff", '"1969-12-31T23:59:59.999Z"'],
    [new Date(-62_198_755_200_000), "c70cff 00000000 fffffff184aa5080", '"-000001-01-01T00:00:00.000Z"'],
    [new Date(8.64e15), "c70cff 00000000 000007dba8218000", '"+275760-09-13T00:00:00.000Z"'],
    [new Date(-8.64e15), "c70cff 00000000 fffff82457de8000", '"-271821-04-20T00:00:00.000Z"'],
  ],
};

function short(row: Row): string {
  return `${row[2].slice(0, 40)} is ${row[1].slice(0, 24)}`;
}

describe.each(primitiveNames)("%s", (name) => {
  const { put, read, json, fromJson, check } = primitive(name);

  test.each(rows[name].map((row) => [short(row), row] as const))("%s", (_, [value, hex, text]) => {
    const bytes = encoded(put, value);
    expect(hexOf(bytes)).toBe(hex.replaceAll(" ", ""));
    expect(decoded(read, bytes)).toEqual(value);
    expect(stringified(json, value)).toBe(text);
    expect(parsed(fromJson, text)).toEqual(value);
    expect(check(value)).toBeUndefined();
  });

  test("every prefix of every message is refused as cut short", () => {
    for (const [, hex] of rows[name]) {
      const bytes = bytesOf(hex);
      const step = Math.ceil(bytes.length / 200);
      for (let length = 0; length < bytes.length; length += step) {
        const error = thrown(() => decoded(read, bytes.slice(0, length)));
        expect(error).toBeInstanceOf(DecodeError);
        expect(error).toMatchObject({ code: "truncated", offset: 0 });
      }
    }
  });

  test("a message with a byte after it is refused", () => {
    for (const [, hex] of rows[name]) {
      const error = thrown(() => decoded(read, bytesOf(`${hex}00`)));
      expect(error).toMatchObject({ code: "trailingBytes" });
    }
  });

  test("decoding any bytes gives a value that encodes again, or a DecodeError", () => {
    fc.assert(
      fc.property(hostileBytes, (bytes) => {
        let value: unknown;
        try {
          value = decoded(read, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        expect(check(value)).toBeUndefined();
        expect(decoded(read, encoded(put, value))).toEqual(value);
        expect(parsed(fromJson, stringified(json, value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test("any value is encoded, stringified and accepted, or none of it", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const accepted = check(value) === undefined;
        const binary = attempt(() => decoded(read, encoded(put, value)));
        const text = attempt(() => parsed(fromJson, stringified(json, value)));
        expect([binary.ok, text.ok]).toEqual([accepted, accepted]);
        expect(text.result).toEqual(binary.result);
      }),
      { numRuns: 300 },
    );
  });

  test("any JSON text gives a value or a DecodeError", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.double().map(String),
          fc.bigInt().map((v) => `"${v}"`),
        ),
        (text) => {
          try {
            expect(check(parsed(fromJson, text))).toBeUndefined();
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Bytes that begin as some value does, with a tail of anything. */
const hostileBytes = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...Object.values(rows).flatMap((all) => all.map((row) => row[1]))),
      fc.constant(""),
    ),
    fc.nat(12),
    fc.uint8Array({ maxLength: 12 }),
  )
  .map(([hex, kept, tail]) => {
    const head = bytesOf(hex.slice(0, 64)).slice(0, kept);
    return Uint8Array.from([...head, ...tail]);
  });

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.uint8Array(),
  fc.constantFrom(Symbol("s"), () => 1, new Date(), new Proxy({}, {}), Object(1n), Object("s")),
);

/** Encoding may refuse with an EncodeError and nothing else; what it gives must be decodable. */
function attempt(run: () => unknown): { ok: boolean; result?: unknown } {
  try {
    return { ok: true, result: run() };
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    return { ok: false };
  }
}

describe("an independent library", () => {
  const agreed: readonly (readonly [PrimitiveName, fc.Arbitrary<unknown>])[] = [
    ["boolean", fc.boolean()],
    ["i8", fc.integer({ min: -128, max: 127 })],
    ["i16", fc.integer({ min: -32_768, max: 32_767 })],
    ["i32", fc.integer()],
    ["u8", fc.nat(255)],
    ["u16", fc.nat(65_535)],
    ["u32", fc.nat(4_294_967_295)],
    ["int", fc.maxSafeInteger()],
    ["f64", fc.double()],
    ["f32", fc.float()],
    ["number", fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer())],
    ["string", fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }))],
    ["bytes", fc.uint8Array({ maxLength: 400 })],
    ["date", fc.date({ noInvalidDate: true })],
    ["date", fc.integer({ min: 0, max: 0x4_0000_0010 }).map((seconds) => new Date(seconds * 1000))],
    ["date", fc.integer({ min: -3000, max: 3000 }).map((time) => new Date(time))],
  ];

  test.each(agreed)("reads what we write and writes what we read: %s", (name, values) => {
    const { put, read } = primitive(name);
    fc.assert(
      fc.property(values, (value) => {
        expect(oracleDecode(encoded(put, value))).toEqual(value);
        // The library writes -0 as the integer 0.
        if (!Object.is(value, -0)) expect(decoded(read, oracleEncode(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["i64", "u64", "bigint"] as const)("reads 64 bits that we write: %s", (name) => {
    const signed = name !== "u64";
    const values = fc.bigInt({
      min: signed ? -(2n ** 63n) : 0n,
      max: signed ? 2n ** 63n - 1n : 2n ** 64n - 1n,
    });
    fc.assert(
      fc.property(values, (value) => {
        const theirs = oracleDecode(encoded(primitive(name).put, value), { useBigInt64: true });
        expect(BigInt(theirs as bigint | number)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});
