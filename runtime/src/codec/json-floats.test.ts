import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EncodeError } from "./encode-error.ts";
import { jsonF64Array, jsonF64Fields } from "./json-floats.ts";
import { jsonF64 } from "./json-text.ts";
import { thrown } from "./primitives.testing.ts";

describe("an array of floats in JSON", () => {
  test("is the texts of its elements, whatever they are", () => {
    const array = fc.array(fc.double(), { maxLength: 40 });
    fc.assert(
      fc.property(array, (v) => {
        expect(jsonF64Array(v)).toBe(`[${v.map(jsonF64).join(",")}]`);
      }),
      { numRuns: 1000 },
    );
  });

  test("is read back, negative zero too, by JSON.parse where all are finite", () => {
    const array = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 });
    fc.assert(fc.property(array, (v) => expect(JSON.parse(jsonF64Array(v))).toEqual(v)));
  });

  test.each([3, 30])("of %s elements with one that is no number is refused with its index", (n) => {
    for (const wrong of [null, undefined, "1", 1n, {}, Symbol("s")]) {
      const v = Array.from({ length: n }, () => 1.5).with(2, wrong as number);
      expect(thrown(() => jsonF64Array(v))).toMatchObject({ name: "EncodeError", path: "[2]" });
    }
  });

  test("with holes is refused, and so is what is no array", () => {
    expect(thrown(() => jsonF64Array(new Array(20)))).toBeInstanceOf(EncodeError);
    expect(thrown(() => jsonF64Array(new Float64Array(20) as unknown as number[]))).toBeInstanceOf(
      EncodeError,
    );
  });

  test("keeps its text where a program has taught arrays another one", () => {
    const prototype = Array.prototype as { toJSON?: () => unknown };
    prototype.toJSON = () => "taught";
    try {
      expect(jsonF64Array(Array.from({ length: 20 }, () => 0.5))).toBe(`[${"0.5,".repeat(19)}0.5]`);
    } finally {
      delete prototype.toJSON;
    }
  });
});

describe("an object of arrays of floats in JSON", () => {
  const list = Array.from({ length: 10 }, (_, i) => i + 0.5);

  test("is written at once where all its elements are plain", () => {
    expect(jsonF64Fields({ x: list, y: list })).toBe(JSON.stringify({ x: list, y: list }));
  });

  test("is left to the texts of its arrays where one is short, has another element or is none", () => {
    for (const y of [
      [1.5],
      list.with(3, Number.NaN),
      list.with(3, -0),
      list.with(3, "1" as never),
      null,
      { length: 10 },
    ])
      expect(jsonF64Fields({ x: list, y: y as number[] })).toBe(undefined);
  });

  test("is left to them where a program has taught objects another text", () => {
    const prototype = Object.prototype as { toJSON?: () => unknown };
    prototype.toJSON = () => "taught";
    try {
      expect(jsonF64Fields({ x: list })).toBe(undefined);
    } finally {
      delete prototype.toJSON;
    }
  });
});
