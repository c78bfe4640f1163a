import { describe, expect, test } from "@jest/globals";
import { attemptArray, isNext, type JsonCursor, jsonPieces, parseJsonOwn } from "./json-attempt.ts";
import { attemptI64, attemptU64 } from "./json-attempt-bigints.ts";
import { attemptF32, attemptF64 } from "./json-attempt-floats.ts";
import {
  attemptBoolean,
  attemptI8,
  attemptI32,
  attemptInt,
  attemptString,
  attemptU8,
  attemptU16,
} from "./json-attempt-values.ts";

const failed = Symbol("the attempt has failed");

/** What an attempt makes of a text; `failed` where it leaves it to JSON.parse. */
function attempted(text: string, attempt: (c: JsonCursor) => unknown): unknown {
  let isLeft = false;
  try {
    const value = parseJsonOwn("T", text, attempt, () => {
      isLeft = true;
    });
    return isLeft ? failed : value;
  } catch {
    return failed;
  }
}

/** A seeded generator of 32 bits (Marsaglia's xorshift). */
function bitsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe("an attempt at a number", () => {
  test("rounds as the engine does, whatever the digits", () => {
    const bits = bitsFrom(7);
    const view = new DataView(new ArrayBuffer(8));
    const texts: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      view.setUint32(0, (bits() & 0x800f_ffff) | ((1023 - 70 + (bits() % 130)) << 20));
      view.setUint32(4, bits());
      texts.push(`${view.getFloat64(0)}`);
      const digits = `${bits()}${bits()}`.slice(0, 1 + (bits() % 19));
      const point = bits() % (digits.length + 1);
      texts.push(`${Number(digits.slice(0, point))}.${digits.slice(point)}0`);
      // In the middle between two floats, and beside it.
      const odd = 2 ** 53 + 1 + 2 * (bits() % 1000);
      texts.push(`${odd}.0`, `${odd - 2}.5`, `0.${odd}`, `${4503599627370496 + (bits() % 9999)}.5`);
      texts.push(
        `${4503599627370496 + (bits() % 9999)}.500001`,
        `${8e14 + bits()}.0625`,
        `${8e14 + bits()}.18750001`,
      );
    }
    let taken = 0;
    for (const text of texts) {
      const value = attempted(text, attemptF64);
      if (value === failed) continue;
      if (!Object.is(value, JSON.parse(text))) throw new Error(`${text}: ${String(value)}`);
      taken++;
    }
    // Left are exponents, integers that are not safe and what lies exactly between two floats.
    expect(taken / texts.length).toBeGreaterThan(0.3);
  });

  test("keeps the sign of zero in floats and drops it in integers", () => {
    expect(attempted("-0", attemptF64)).toBe(-0);
    expect(attempted("-0.0", attemptF64)).toBe(-0);
    expect(attempted("-0", attemptI32)).toBe(0);
  });

  test.each([
    "01",
    "-",
    "",
    ".5",
    "1.",
    "-.5",
    "1e",
    "1e+",
    "+1",
    "1.e5",
    "0x1",
    "1e999",
    "-1e999",
    "NaN",
    "1 ",
  ])("leaves %j", (text) => {
    expect(attempted(text, attemptF64)).toBe(failed);
    expect(attempted(text, attemptInt)).toBe(failed);
  });

  test("takes integers to the ends of their ranges, and none beyond", () => {
    expect(attempted("255", attemptU8)).toBe(255);
    for (const text of ["256", "-1", "1.0", "1e1", "99999999999999999999"])
      expect(attempted(text, attemptU8)).toBe(failed);
    expect(attempted("-128", attemptI8)).toBe(-128);
    expect(attempted("-129", attemptI8)).toBe(failed);
    expect(attempted("65535", attemptU16)).toBe(65_535);
    expect(attempted("65536", attemptU16)).toBe(failed);
    expect(attempted("9007199254740991", attemptInt)).toBe(Number.MAX_SAFE_INTEGER);
    for (const text of ["9007199254740992", "9007199254740993", "-9007199254740992", `1${"0".repeat(400)}`])
      expect(attempted(text, attemptInt)).toBe(failed);
    expect(attempted("0.1", attemptF32)).toBe(Math.fround(0.1));
    expect(attempted("3.4e38", attemptF32)).toBe(failed);
  });

  test("takes bigints of up to 64 bits", () => {
    const bits = bitsFrom(11);
    for (let i = 0; i < 5000; i++) {
      const value = ((BigInt(bits()) << 32n) | BigInt(bits())) >> BigInt(bits() % 40);
      const text = value > 2n ** 53n - 1n ? `"${value}"` : `${value}`;
      expect(attempted(text, attemptU64)).toBe(value);
      if (value < 2n ** 63n) expect(attempted(text.replace(/\d/, "-$&"), attemptI64)).toBe(-value);
    }
    expect(attempted('"18446744073709551615"', attemptU64)).toBe(2n ** 64n - 1n);
    expect(attempted('"9223372036854775807"', attemptI64)).toBe(2n ** 63n - 1n);
    for (const text of [
      '"18446744073709551616"',
      '"99999999999999999999"',
      '"-1"',
      "-1",
      '"01"',
      '""',
      `"${"9".repeat(400)}"`,
    ])
      expect(attempted(text, attemptU64)).toBe(failed);
    for (const text of ['"9223372036854775808"', '"-"', `1${"0".repeat(400)}`])
      expect(attempted(text, attemptI64)).toBe(failed);
  });
});

describe("an attempt at other values", () => {
  test("takes strings with whole surrogate pairs, and leaves lone ones, long ones, escapes and controls", () => {
    const texts = [
      "",
      "a",
      "twelve units",
      "thirteen unit",
      "größer",
      "日本語のテキストは長い",
      "😀".repeat(20),
      "\u2028",
    ];
    for (const text of texts) expect(attempted(JSON.stringify(text), attemptString)).toBe(text);
    for (const text of [
      '"\ud800"',
      '"\\ud800"',
      '"a\nb"',
      '"a\0"',
      '"a',
      "a",
      '"\\n"',
      '"\\',
      `"${"x".repeat(300)}"`,
    ])
      expect(attempted(text, attemptString)).toBe(failed);
  });

  test("takes arrays without space", () => {
    const flags = (c: JsonCursor) => attemptArray(c, attemptBoolean);
    expect(attempted("[]", flags)).toEqual([]);
    expect(attempted("[true,false]", flags)).toEqual([true, false]);
    for (const text of ["[", "]", "[true", "[true,", "[true,]", "[,true]", "[ ]", "[true false]", "[true]]"])
      expect(attempted(text, flags)).toBe(failed);
  });

  test("finds a piece only where all of it stands, with nothing left over from a text before", () => {
    const [piece] = jsonPieces(['{"größe":']);
    const look = (c: JsonCursor) => isNext(c, piece!);
    expect(attempted('{"größe":', look)).toBe(true);
    for (let length = 0; length < 9; length++)
      expect(attempted('{"größe":'.slice(0, length), look)).not.toBe(true);
  });

  test("goes on where one parses within another", () => {
    const inner = (c: JsonCursor) => [attempted("7", attemptU8), attemptU8(c)];
    expect(attempted("8", inner)).toEqual([7, 8]);
  });

  test("leaves what is no string to the errors of it", () => {
    expect(() => parseJsonOwn("T", 7 as unknown as string, attemptU8, () => 0)).toThrow(
      /expected a string of JSON/,
    );
  });
});
