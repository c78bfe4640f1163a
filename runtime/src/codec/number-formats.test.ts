// Every integer and float format against every number type: accepted where the value fits, refused where not.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decoded, encoded, hexOf, type PrimitiveName, primitive, thrown } from "./primitives.testing.ts";

interface Format {
  readonly tag: number;
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

const formats: readonly Format[] = [
  { tag: 0xcc, bits: 8, signed: false },
  { tag: 0xcd, bits: 16, signed: false },
  { tag: 0xce, bits: 32, signed: false },
  { tag: 0xcf, bits: 64, signed: false },
  { tag: 0xd0, bits: 8, signed: true },
  { tag: 0xd1, bits: 16, signed: true },
  { tag: 0xd2, bits: 32, signed: true },
  { tag: 0xd3, bits: 64, signed: true },
];

/** `value` under a format's tag, which need not be the shortest one. */
function inFormat(format: Format, value: bigint): Uint8Array {
  const width = format.bits / 8;
  const bytes = new Uint8Array(1 + width);
  bytes[0] = format.tag;
  for (let i = 0; i < width; i++) bytes[width - i] = Number((value >> BigInt(8 * i)) & 0xffn);
  return bytes;
}

const safe = BigInt(Number.MAX_SAFE_INTEGER);
const bounds: Partial<Record<PrimitiveName, readonly [least: bigint, most: bigint]>> = {
  i8: [-128n, 127n],
  i16: [-32_768n, 32_767n],
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  u8: [0n, 255n],
  u16: [0n, 65_535n],
  u32: [0n, 2n ** 32n - 1n],
  int: [-safe, safe],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  bigint: [-(2n ** 63n), 2n ** 64n - 1n],
};

/** Values of a format, thick around the bounds of all types. */
function valuesOf(format: Format): fc.Arbitrary<bigint> {
  const wrap = format.signed ? BigInt.asIntN : BigInt.asUintN;
  const edges = fc.tuple(
    fc.constantFrom(7n, 8n, 15n, 16n, 24n, 31n, 32n, 53n, 63n),
    fc.integer({ min: -2, max: 2 }),
  );
  return fc
    .oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      edges.map(([power, delta]) => 2n ** power + BigInt(delta)),
      edges.map(([power, delta]) => -(2n ** power) + BigInt(delta)),
      fc.bigInt({ min: -40n, max: 40n }),
    )
    .map((value) => wrap(format.bits, value));
}

describe.each(Object.entries(bounds) as [PrimitiveName, [bigint, bigint]][])("%s", (name, [least, most]) => {
  const { read } = primitive(name);

  test.each(formats)("accepts $bits bits, signed $signed, exactly within its range", (format) => {
    fc.assert(
      fc.property(valuesOf(format), (value) => {
        const bytes = inFormat(format, value);
        if (value >= least && value <= most) {
          expect(BigInt(decoded(read, bytes) as number | bigint)).toBe(value);
        } else {
          expect(thrown(() => decoded(read, bytes))).toMatchObject({ code: "outOfRange", offset: 0 });
        }
      }),
      { numRuns: 200 },
    );
  });

  test("refuses floats, even integral ones", () => {
    for (const bytes of [
      [0xca, 0x3f, 0x80, 0, 0],
      [0xcb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0],
    ]) {
      expect(thrown(() => decoded(read, Uint8Array.from(bytes)))).toMatchObject({ code: "wrongType" });
    }
  });
});

describe.each(["f32", "f64", "number"] as const)("%s", (name) => {
  const { read } = primitive(name);
  const round = name === "f32" ? Math.fround : Number;

  test.each(formats)("accepts $bits bits, signed $signed, where nothing is lost", (format) => {
    fc.assert(
      fc.property(valuesOf(format), (value) => {
        const bytes = inFormat(format, value);
        const isSafe = Number.isSafeInteger(Number(value));
        if (isSafe && BigInt(round(Number(value))) === value)
          expect(decoded(read, bytes)).toBe(Number(value));
        else expect(thrown(() => decoded(read, bytes))).toMatchObject({ code: "outOfRange", offset: 0 });
      }),
      { numRuns: 200 },
    );
  });

  test("accepts both float formats where nothing is lost", () => {
    const bytes = new Uint8Array(9);
    const view = new DataView(bytes.buffer);
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.float()), (value) => {
        bytes[0] = 0xcb;
        view.setFloat64(1, value);
        const read64 = () => decoded(read, bytes);
        if (Object.is(round(value), value)) expect(read64()).toBe(value);
        else expect(thrown(read64)).toMatchObject({ code: "outOfRange", offset: 0 });
        bytes[0] = 0xca;
        view.setFloat32(1, value);
        expect(decoded(read, bytes.slice(0, 5))).toBe(Math.fround(value));
      }),
    );
  });
});

test("a bigint in an ext may have leading bytes that say nothing, but not none and not too many", () => {
  const { read } = primitive("bigint");
  expect(decoded(read, Uint8Array.from([0xd5, 1, 0, 5]))).toBe(5n);
  expect(decoded(read, Uint8Array.from([0xd4, 1, 0xff]))).toBe(-1n);
  expect(thrown(() => decoded(read, Uint8Array.from([0xc7, 0, 1])))).toMatchObject({ code: "wrongLength" });
  const long = new Uint8Array(4 + 2049);
  long.set([0xc8, 0x08, 0x01, 1]);
  expect(thrown(() => decoded(read, long))).toMatchObject({ code: "tooManyDigits", offset: 0 });
  expect(thrown(() => decoded(read, Uint8Array.from([0xd4, 2, 0])))).toMatchObject({ code: "wrongType" });
});

test("NaN is always encoded alike, whatever bits the engine has for it", () => {
  const view = new DataView(new ArrayBuffer(8));
  for (const bits of [0x7ff8000000000001n, 0xfff8000000000000n, 0x7ff0000000000001n]) {
    view.setBigUint64(0, bits);
    const value = view.getFloat64(0);
    for (const name of ["f64", "number"] as const) {
      expect(hexOf(encoded(primitive(name).put, value))).toBe("cb7ff8000000000000");
    }
    expect(hexOf(encoded(primitive("f32").put, value))).toBe("ca7fc00000");
  }
});
