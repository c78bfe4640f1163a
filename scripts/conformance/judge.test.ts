import { describe, expect, test } from "@jest/globals";
import { judge } from "./judge.ts";

class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** A type that is one byte. */
const codec = {
  encodeByte: (value: number) => Uint8Array.of(value),
  encodeByteInto: (value: number, target: Uint8Array, offset: number) => {
    target[offset] = value;
    return offset + 1;
  },
  decodeByte: (bytes: Uint8Array) => {
    if (bytes.length !== 1) throw new DecodeError();
    return bytes[0];
  },
  stringifyByte: String,
  parseByte: Number,
  isByte: (value: unknown) => typeof value === "number",
};

const vectors = [{ type: "Byte", hex: "07", json: "7" }];

function failuresOf(change: Partial<typeof codec>, values: readonly unknown[] = [7]): readonly string[] {
  return judge([{ name: "bytes", codec: { ...codec, ...change }, values: { Byte: values }, vectors }])
    .failures;
}

describe("the judge", () => {
  test("counts what holds", () => {
    expect(judge([{ name: "bytes", codec, values: { Byte: [7] }, vectors }])).toEqual({
      checks: 9,
      failures: [],
    });
    expect(judge([{ name: "bytes", codec, vectors }])).toEqual({ checks: 9, failures: [] });
  });

  test.each([
    ["encode", { encodeByte: () => Uint8Array.of(8) }],
    ["encode into a target", { encodeByteInto: () => 1 }],
    ["decode", { decodeByte: () => 8 }],
    ["stringify", { stringifyByte: () => "8" }],
    ["parse", { parseByte: () => 8 }],
    ["is", { isByte: (_value: unknown): _value is number => false }],
  ])("names what does not hold: %s", (what, change) => {
    expect(failuresOf(change as Partial<typeof codec>)).toContain(`bytes, Byte, value 0: ${what}`);
  });

  test("takes no error but the codec's own for bytes that are cut off", () => {
    const decodeByte = (bytes: Uint8Array): number => bytes[0] ?? JSON.parse("");
    expect(failuresOf({ decodeByte })).toEqual(["bytes, Byte, value 0: the first 0 bytes"]);
  });

  test("compares what JSON cannot: sets, maps, dates, bytes, absent properties", () => {
    const pairs: readonly [unknown, unknown][] = [
      [new Set([1]), new Set([2])],
      [new Map([[1, 2]]), new Map([[1, 3]])],
      [new Date(1), new Date(2)],
      [Uint8Array.of(1), Uint8Array.of(2)],
      [{ a: undefined }, {}],
      [[1], { 0: 1 }],
    ];
    for (const [one, other] of pairs) {
      expect(failuresOf({ decodeByte: () => one as number }, [other])).toContain(
        "bytes, Byte, value 0: decode",
      );
      expect(failuresOf({ decodeByte: () => one as number }, [one])).not.toContain(
        "bytes, Byte, value 0: decode",
      );
    }
  });
});
