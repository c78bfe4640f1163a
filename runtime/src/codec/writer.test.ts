// Who owns the bytes, and what nested, failed and oversized encodings leave behind.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  beginEncode,
  beginEncodeInto,
  EncodeError,
  endEncode,
  endEncodeInto,
  putArrayHeader,
  putF64,
  putF64Array,
  putString,
  putU8,
  type Reader,
  readArrayHeader,
  readString,
  room,
  stringRoom,
  type Writer,
} from "./index.ts";
import { slabBytes } from "./limits.ts";
import { decoded, encoded, hexOf, primitive, thrown } from "./primitives.testing.ts";

const string = primitive("string");

/** A message of several strings, as emitted code writes an array. */
function putStrings(w: Writer, from: number, values: readonly string[]): number {
  let p = putArrayHeader(w, room(w, from, 5), values.length);
  for (const value of values) p = putString(w, room(w, p, stringRoom(value)), value);
  return p;
}

function encodeInto(values: readonly string[], target: Uint8Array, offset: number): number {
  const w = beginEncodeInto(target, offset);
  return endEncodeInto(w, putStrings(w, w.start, values));
}

/** Newer than the libraries that the compiler is given. */
const ResizableBuffer = ArrayBuffer as unknown as new (
  size: number,
  options: { readonly maxByteLength: number },
) => ArrayBuffer & { resize(size: number): void };

const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), { maxLength: 20 });

describe("encode", () => {
  test("gives bytes that no later encoding overwrites", () => {
    const messages = Array.from({ length: 2000 }, (_, i) => `${i}`.repeat(i % 97));
    const outputs = messages.map((text) => encoded(string.put, text));
    expect(outputs.map((bytes) => decoded(string.read, bytes))).toEqual(messages);
  });

  test("gives messages of any size, on a slab or on a buffer of their own", () => {
    for (const length of [0, 1, 8000, 8192, 21_845, slabBytes, 3 * slabBytes, 20 * slabBytes]) {
      const text = "x".repeat(length);
      const kept = encoded(string.put, "kept");
      expect(decoded(string.read, encoded(string.put, text))).toBe(text);
      expect(decoded(string.read, kept)).toBe("kept");
    }
  });

  test("moves a message that outgrows its slab, whole", () => {
    fc.assert(
      fc.property(texts, fc.nat(300), (values, repeats) => {
        const all = Array.from({ length: repeats + 1 }, () => values).flat();
        const w = beginEncode();
        const bytes = endEncode(w, putStrings(w, w.start, all));
        expect(decoded(readStrings, bytes)).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });

  test("with copy gives bytes alone on their buffer", () => {
    const bytes = encoded(string.put, "alone", { copy: true });
    expect(bytes.buffer.byteLength).toBe(bytes.length);
    const next = encoded(string.put, "after", { copy: true });
    expect([decoded(string.read, bytes), decoded(string.read, next)]).toEqual(["alone", "after"]);
  });

  test("within another encoding does not disturb it", () => {
    const outer = beginEncode();
    let p = putString(outer, room(outer, outer.start, 50), "before");
    const inner = encoded(string.put, "inner");
    p = putString(outer, room(outer, p, 50), "after");
    const bytes = endEncode(outer, p);
    expect(hexOf(bytes)).toBe(
      `a6${Buffer.from("before").toString("hex")}a5${Buffer.from("after").toString("hex")}`,
    );
    expect(decoded(string.read, inner)).toBe("inner");
    expect(thrown(() => encoded(string.put, 1))).toMatchObject({ path: "Value" });
  });

  test("that has failed leaves the next one unharmed", () => {
    const kept = encoded(string.put, "kept");
    for (let i = 0; i < 100; i++) {
      expect(thrown(() => encoded(string.put, "\ud800".repeat(i + 1)))).toBeInstanceOf(EncodeError);
      expect(decoded(string.read, encoded(string.put, `next ${i}`))).toBe(`next ${i}`);
    }
    expect(decoded(string.read, kept)).toBe("kept");
  });

  test("refuses a value that takes more room than it asked for", () => {
    const w = beginEncode();
    expect(thrown(() => endEncode(w, w.end + 1))).toMatchObject({ code: "changed" });
    const v = beginEncode();
    expect(thrown(() => room(v, v.end + 1, 1))).toMatchObject({ code: "changed" });
    expect(thrown(() => putF64(v, v.end + 1, 1))).toMatchObject({ code: "changed" });
  });

  test("moves the message for a float that nobody made room for", () => {
    const w = beginEncode();
    w.start = w.end - 3;
    const p = putF64(w, w.start, 1);
    expect(hexOf(endEncode(w, p))).toBe("cb3ff0000000000000");
  });
});

function readStrings(r: Reader): string[] {
  return Array.from({ length: readArrayHeader(r) }, () => readString(r));
}

describe("encodeInto", () => {
  test("goes on with the last target, also when its memory has changed in between", () => {
    const buffer = new ResizableBuffer(64, { maxByteLength: 256 });
    const target = new Uint8Array(buffer);
    const size = encodeInto(["one"], target, 0);
    for (const bytes of [256, 32]) {
      buffer.resize(bytes);
      target.fill(0);
      expect(encodeInto(["one"], target, bytes - size)).toBe(bytes);
      expect(hexOf(target.subarray(bytes - size))).toBe("91a36f6e65");
    }
  });

  test("refuses a target whose memory has been given away", () => {
    const target = new Uint8Array(64);
    encodeInto(["one"], target, 0);
    structuredClone(target.buffer, { transfer: [target.buffer] });
    expect(thrown(() => encodeInto(["one"], target, 0))).toMatchObject({ code: "noRoom" });
  });

  test("needs no more than the size of the message", () => {
    fc.assert(
      fc.property(texts, fc.nat(40), (values, offset) => {
        const w = beginEncode();
        const bytes = endEncode(w, putStrings(w, w.start, values));
        const target = new Uint8Array(offset + bytes.length + 3).fill(0xaa);
        const exact = target.subarray(0, offset + bytes.length);
        expect(encodeInto(values, exact, offset)).toBe(offset + bytes.length);
        expect(hexOf(target.subarray(offset, offset + bytes.length))).toBe(hexOf(bytes));
        expect([...target.subarray(0, offset), ...target.subarray(offset + bytes.length)]).toEqual(
          new Array(offset + 3).fill(0xaa),
        );
      }),
    );
  });

  test("refuses a target that is one byte too short", () => {
    fc.assert(
      fc.property(texts, (values) => {
        const w = beginEncode();
        const size = endEncode(w, putStrings(w, w.start, values)).length;
        const error = thrown(() => encodeInto(values, new Uint8Array(size - 1), 0));
        expect(error).toMatchObject({ name: "EncodeError", code: "noRoom" });
      }),
    );
  });

  test("leaves slab outputs alone when it has to borrow room", () => {
    const kept = encoded(string.put, "kept");
    const target = new Uint8Array(5);
    expect(encodeInto(["abc"], target, 0)).toBe(5);
    const next = encoded(string.put, "next");
    expect([decoded(string.read, kept), decoded(string.read, next)]).toEqual(["kept", "next"]);
    expect(hexOf(target)).toBe("91a3616263");
  });

  test("writes floats without a view of the target", () => {
    const target = Buffer.alloc(32);
    const w = beginEncodeInto(target, 1);
    let p = putF64(w, w.start, -1.5);
    p = putF64Array(w, p, [1.5]);
    expect(endEncodeInto(w, p)).toBe(20);
    expect(hexOf(target.subarray(0, 20))).toBe("00cbbff8000000000000d702000000000000f83f");
  });

  test.each([
    ["no Uint8Array", [] as unknown as Uint8Array, 0, "wrongType"],
    ["an offset beyond the end", new Uint8Array(4), 5, "noRoom"],
    ["a negative offset", new Uint8Array(4), -1, "noRoom"],
    ["a fraction", new Uint8Array(4), 0.5, "noRoom"],
    ["NaN", new Uint8Array(4), Number.NaN, "noRoom"],
  ])("refuses %s", (_, target, offset, code) => {
    expect(thrown(() => encodeInto([], target, offset))).toMatchObject({ name: "EncodeError", code });
  });

  test("nested in another one, both into the same target", () => {
    const target = new Uint8Array(8);
    const outer = beginEncodeInto(target, 4);
    const inner = beginEncodeInto(target, 0);
    endEncodeInto(inner, putU8(inner, inner.start, 1));
    endEncodeInto(outer, putU8(outer, outer.start, 2));
    expect(hexOf(target)).toBe("0100000002000000");
  });
});
