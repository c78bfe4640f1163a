import { describe, expect, test } from "@jest/globals";
import { nextKind, putArm, readArm, unknownArm } from "./arms.ts";
import { DecodeError } from "./decode-error.ts";
import { EncodeError } from "./encode-error.ts";
import { expectFinite } from "./expect.ts";
import { beginDecode, type Reader } from "./reader.ts";
import { beginEncode, endEncode } from "./writer.ts";

const reader = (hex: string): Reader => beginDecode("T", Buffer.from(hex, "hex"));

function refused(run: () => unknown): DecodeError {
  try {
    run();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the kind of the next value", () => {
  const ranges: readonly (readonly [number, number, string])[] = [
    [0x00, 0x7f, "number"],
    [0x80, 0x8f, "map"],
    [0x90, 0x9f, "array"],
    [0xa0, 0xbf, "str"],
    [0xc0, 0xc0, "nil"],
    [0xc1, 0xc1, "none"],
    [0xc2, 0xc3, "bool"],
    [0xc4, 0xc6, "bin"],
    [0xca, 0xd3, "number"],
    [0xd9, 0xdb, "str"],
    [0xdc, 0xdd, "array"],
    [0xde, 0xdf, "map"],
    [0xe0, 0xff, "number"],
  ];

  test.each(ranges)("of the bytes from %i to %i is %s", (first, last, kind) => {
    for (let tag = first; tag <= last; tag++) {
      const r = reader(tag.toString(16).padStart(2, "0"));
      expect([tag, nextKind(r), r.offset]).toEqual([tag, kind, 0]);
    }
  });

  test.each([
    ["c70001", "ext 1"],
    ["c70102aa", "ext 2"],
    ["c8000003", "ext 3"],
    ["c900000000ff", "ext -1"],
    ["d4ff00", "ext -1"],
    ["d57f0000", "ext 127"],
    ["d880", "ext -128"],
  ])("of the extension %s is %s", (hex, kind) => {
    expect(nextKind(reader(hex))).toBe(kind);
  });

  test.each(["c7", "c700", "c80000", "c900000000", "d4"])(
    "of %s, which ends too early, is an error",
    (hex) => {
      expect(refused(() => nextKind(reader(hex)))).toMatchObject({ code: "truncated", offset: 0 });
    },
  );

  test("of nothing is none", () => {
    expect(nextKind(reader(""))).toBe("none");
  });
});

describe("an arm behind its ordinal", () => {
  test.each([
    [0, "9200"],
    [127, "927f"],
    [128, "92cc80"],
    [70_000, "92ce00011170"],
  ])("%i is written and read back", (ordinal, hex) => {
    const w = beginEncode();
    const bytes = endEncode(w, putArm(w, w.start, ordinal));
    expect(Buffer.from(bytes).toString("hex")).toBe(hex);
    const r = beginDecode("T", new Uint8Array([...bytes, 0xc0]));
    expect([readArm(r), r.offset]).toEqual([ordinal, bytes.length]);
  });

  test.each([
    ["9000", "wrongLength"],
    ["91c0", "wrongLength"],
    ["930000c0", "wrongLength"],
    ["9200", "truncated"],
    ["a0", "wrongType"],
    ["92a0c0", "wrongType"],
    ["", "truncated"],
  ])("%s is refused", (hex, code) => {
    expect(refused(() => readArm(reader(hex))).code).toBe(code);
  });

  test.each([
    ["c09207c0", 2],
    ["c092cd0007c0", 2],
    ["c0dc000207c0", 4],
  ])("that nobody knows is an error where the ordinal stands: %s", (hex, offset) => {
    const r = reader(hex);
    r.offset = 1;
    expect(unknownArm(r, readArm(r), 1)).toMatchObject({ code: "unknownVariant", offset });
  });
});

test("numbers that are not finite are refused, anything else is left to others", () => {
  for (const value of [0, -0, 1.5, Number.MAX_VALUE]) expect(expectFinite(value)).toBe(value);
  expect(expectFinite("text" as unknown as number)).toBe("text");
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    let code: unknown;
    try {
      expectFinite(value);
    } catch (error) {
      code = error instanceof EncodeError ? error.code : error;
    }
    expect(code).toBe("notFinite");
  }
});
