import { describe, expect, test } from "@jest/globals";
import { DecodeError } from "./decode-error.ts";
import { parseJson } from "./json.ts";
import { jsonToBytes, parseJsonBytes } from "./json-bytes.ts";
import { fromJsonArray } from "./json-collections.ts";
import { fromJsonU8 } from "./json-value.ts";
import { beginDecode } from "./reader.ts";
import { within } from "./wire-error.ts";

function parse(text: string): number[] {
  return parseJson("List", text, (json) =>
    fromJsonArray(json).map((item, index) => {
      if (typeof item === "string") return item.length;
      try {
        return fromJsonU8(item);
      } catch (error) {
        throw within(error, index);
      }
    }),
  );
}

function errorOf(bytes: Uint8Array): unknown {
  try {
    return parseJsonBytes("List", bytes, parse);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { code, path, offset, message } = error;
    return { code, path, offset, message };
  }
}

describe("JSON as bytes", () => {
  test("is the UTF-8 of the text, however long", () => {
    for (const unit of ["a", "ü", "語", "😀"]) {
      for (const count of [0, 1, 40, 4095, 4096, 4097, 200_000, 400_000]) {
        const text = unit.repeat(count);
        expect(Buffer.from(jsonToBytes("T", text)).equals(Buffer.from(text))).toBe(true);
      }
    }
  });

  test("is never written again, and with `copy` has a buffer of its own", () => {
    for (const count of [10, 5000]) {
      const first = jsonToBytes("T", "a".repeat(count));
      for (let i = 0; i < 100; i++) jsonToBytes("T", "b".repeat(count));
      expect(Buffer.from(first).toString()).toBe("a".repeat(count));
      const own = jsonToBytes("T", "c".repeat(count), { copy: true });
      expect(own.buffer.byteLength).toBe(count);
    }
  });

  test("is refused where the text has a lone surrogate, however long, and what follows is what it was", () => {
    for (const count of [0, 100, 4096, 400_000]) {
      expect(() => jsonToBytes("T", `"${"ü".repeat(count)}\ud800"`)).toThrow(
        /^Cannot encode T: lone surrogate$/,
      );
      expect(Buffer.from(jsonToBytes("T", "ü".repeat(count))).toString()).toBe("ü".repeat(count));
    }
  });

  test("is parsed as its text is", () => {
    const bytes = new TextEncoder().encode('xx["größe",7]');
    expect(parseJsonBytes("List", bytes.subarray(2), parse)).toEqual([5, 7]);
  });

  test("tells errors with the offset of the byte", () => {
    expect(errorOf(new TextEncoder().encode('["größe",700]'))).toEqual({
      code: "outOfRange",
      path: "List[1]",
      offset: 11,
      message: "Cannot decode List[1]: expected u8, found 700 at offset 11",
    });
    expect(errorOf(new TextEncoder().encode('["😀",]'))).toMatchObject({ code: "badJson", offset: 8 });
  });

  test("is refused where it is no UTF-8, begins with a byte order mark or is no bytes", () => {
    for (const bytes of [
      [0x22, 0xc3, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
    ])
      expect(errorOf(new Uint8Array(bytes))).toMatchObject({ code: "invalidUtf8", path: "List" });
    expect(errorOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x5b, 0x5d]))).toMatchObject({
      code: "badJson",
      offset: 0,
    });
  });

  test("is refused in the words of decoders where it is no Uint8Array", () => {
    const wrong = "[]" as unknown as Uint8Array;
    expect(errorOf(wrong)).toMatchObject({ code: "wrongInput" });
    expect(() => parseJsonBytes("List", wrong, parse)).toThrow(/^Cannot decode List: expected Uint8Array at/);
    expect(() => beginDecode("List", wrong)).toThrow(/^Cannot decode List: expected Uint8Array at/);
  });
});
