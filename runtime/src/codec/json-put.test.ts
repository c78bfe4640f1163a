import { describe, expect, test } from "@jest/globals";
import { jsonAsBytes, jsonByBytes, jsonTexts, putConstant, putJsonString, putJsonText } from "./json-put.ts";
import { putJsonI64, putJsonU64 } from "./json-put-bigints.ts";
import {
  putJsonF64,
  putJsonI8,
  putJsonI16,
  putJsonI32,
  putJsonInt,
  putJsonU8,
  putJsonU16,
  putJsonU32,
} from "./json-put-numbers.ts";
import type { Writer } from "./writer.ts";

function textOf<T>(put: (w: Writer, p: number, value: T) => number, value: T): string {
  // As emitted code does it: constant text makes the room.
  const [nothing] = jsonTexts([""]);
  const text = jsonByBytes("T", (w, p, v: T) => put(w, putConstant(w, p, nothing!), v), value);
  expect(Buffer.from(jsonAsBytes("T", put, value)).toString()).toBe(text);
  return text;
}

describe("JSON put into bytes", () => {
  test("has the digits of every integer", () => {
    for (let n = 0; n <= 65_535; n++) {
      if (n < 256) expect(textOf(putJsonU8, n)).toBe(`${n}`);
      if (n % 7 === 0) expect(textOf(putJsonU16, n)).toBe(`${n}`);
    }
    for (let digits = 1; digits <= 16; digits++) {
      for (const n of [
        10 ** digits,
        10 ** digits - 1,
        10 ** digits + 7,
        Math.floor(123_456_789_012_345 / 10 ** (16 - digits)),
      ]) {
        if (n > Number.MAX_SAFE_INTEGER) continue;
        expect(textOf(putJsonInt, n)).toBe(`${n}`);
        expect(textOf(putJsonInt, -n)).toBe(`${-n}`);
        if (n < 2 ** 32) expect(textOf(putJsonU32, n)).toBe(`${n}`);
      }
    }
    expect(textOf(putJsonI32, -(2 ** 31))).toBe("-2147483648");
    expect(textOf(putJsonI16, -32_768)).toBe("-32768");
    expect(textOf(putJsonI8, -0)).toBe("0");
    expect(textOf(putJsonU32, 2 ** 32 - 1)).toBe("4294967295");
    expect(textOf(putJsonInt, Number.MAX_SAFE_INTEGER)).toBe("9007199254740991");
  });

  test.each([256, -1, 1.5, Number.NaN, "7", 7n, null, Symbol("x"), {}])("refuses %p as u8", (value) => {
    expect(() => textOf(putJsonU8, value as number)).toThrow(/expected u8/);
    if (typeof value !== "number") expect(() => textOf(putJsonF64, value as number)).toThrow(/expected f64/);
  });

  test("writes floats as the engine does", () => {
    const floats = [
      0, -0, 0.1, 0.125, 1.005, 12.34, -99.999, 0.001, 0.0005, 1e-7, 1e15, 123_456_789_012.345, 1e21, 5e-324,
    ];
    for (let n = 1; n < 3000; n++) floats.push(n / 1000, n / 7, -n / 100, 1e12 + n / 1000, n * 1.1);
    for (const n of floats) expect(textOf(putJsonF64, n)).toBe(Object.is(n, -0) ? "-0" : `${n}`);
    expect(textOf(putJsonF64, Number.NaN)).toBe('"NaN"');
    expect(textOf(putJsonF64, Number.NEGATIVE_INFINITY)).toBe('"-Infinity"');
  });

  test("writes bigints as digits, in quotes where they are not safe", () => {
    expect(textOf(putJsonU64, 2n ** 53n - 1n)).toBe("9007199254740991");
    expect(textOf(putJsonU64, 2n ** 53n)).toBe('"9007199254740992"');
    expect(textOf(putJsonI64, -(2n ** 63n))).toBe('"-9223372036854775808"');
    expect(() => textOf(putJsonU64, -1n)).toThrow(/expected u64/);
  });

  test("writes strings of every kind and length as JSON.stringify does", () => {
    for (const unit of ["a", '"', "\\", "\n", "\x7f", "ü", "語", "😀", "\u2028"]) {
      for (const count of [0, 1, 20, 63, 64, 65, 300, 9000, 70_000]) {
        for (const text of [unit.repeat(count), `x${unit.repeat(count)}`]) {
          expect(textOf(putJsonString, text)).toBe(JSON.stringify(text));
          expect(textOf(putJsonText, text)).toBe(text);
        }
      }
    }
    expect(() => textOf(putJsonString, `${"x".repeat(80)}\ud800`)).toThrow(/lone surrogate/);
  });

  test("keeps constant text apart from what follows, of whatever length", () => {
    for (let length = 0; length < 40; length++) {
      const [constant] = jsonTexts(["é".repeat(length)]);
      expect(textOf((w, p, v: string) => putJsonString(w, putConstant(w, p, constant!), v), "z")).toBe(
        `${"é".repeat(length)}"z"`,
      );
    }
  });
});
