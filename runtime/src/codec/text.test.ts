// The fast and the portable text functions: the same bytes, the same text, the same refusals.
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { encoded, hexOf, primitive, thrown } from "./primitives.testing.ts";
import { readString } from "./read-strings.ts";
import { beginDecode, endDecode } from "./reader.ts";
import { isWellFormed } from "./surrogates.ts";
import * as fast from "./text.node.ts";
import * as portable from "./text.portable.ts";
import { isUtf8 } from "./utf8-check.ts";
import { putString } from "./write-strings.ts";
import { beginEncode, endEncode } from "./writer.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function reference(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whole characters, their halves, and bytes that are never valid. */
const nearlyUtf8 = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map((text) => [...Buffer.from(text)]),
      fc.constantFrom(
        [0xc0, 0x80],
        [0xc1, 0xbf],
        [0xe0, 0x80, 0x80],
        [0xe0, 0x9f, 0xbf],
        [0xed, 0xa0, 0x80],
        [0xed, 0xbf, 0xbf],
        [0xed, 0x9f, 0xbf],
        [0xee, 0x80, 0x80],
        [0xf0, 0x80, 0x80, 0x80],
        [0xf0, 0x8f, 0xbf, 0xbf],
        [0xf0, 0x90, 0x80, 0x80],
        [0xf4, 0x8f, 0xbf, 0xbf],
        [0xf4, 0x90, 0x80, 0x80],
        [0xf5, 0x80, 0x80, 0x80],
        [0xef, 0xbf, 0xbd],
        [0xef, 0xbb, 0xbf],
        [0xc3],
        [0xe2, 0x82],
        [0xf0, 0x9f, 0x98],
        [0x80],
        [0xff],
        [0xfe],
      ),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

describe("UTF-8 is read alike and strictly", () => {
  test("for any bytes, anywhere in a message", () => {
    fc.assert(
      fc.property(nearlyUtf8, fc.nat(3), (bytes, before) => {
        const message = new Uint8Array(before + bytes.length + 2).fill(0xbf);
        message.set(bytes, before);
        const expected = reference(bytes);
        const end = before + bytes.length;
        expect(fast.readUtf8(message, before, end)).toBe(expected);
        expect(portable.readUtf8(message, before, end)).toBe(expected);
        expect(isUtf8(message, before, end)).toBe(expected !== undefined);
      }),
      { numRuns: 5000 },
    );
  });

  test("for every sequence of two bytes, and every one of three after each lead", () => {
    const bytes = new Uint8Array(4);
    const wrong: string[] = [];
    const compare = (part: Uint8Array) => {
      if (isUtf8(part, 0, part.length) !== (reference(part) !== undefined)) wrong.push(hexOf(part));
    };
    for (let pair = 0; pair < 0x1_0000; pair++) {
      bytes[0] = pair >> 8;
      bytes[1] = pair;
      compare(bytes.subarray(0, 2));
    }
    for (let lead = 0xe0; lead < 0x100; lead++) {
      for (const second of [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]) {
        for (const third of [0x7f, 0x80, 0xbf, 0xc0]) {
          bytes.set([lead, second, third, 0x80]);
          for (const length of [3, 4]) compare(bytes.subarray(0, length));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test("for short ASCII, and not for what looks like it", () => {
    for (const { shortAscii, shortAsciiMax } of [fast, portable]) {
      for (let n = 0; n <= shortAsciiMax; n++) {
        const bytes = Uint8Array.from({ length: n + 2 }, (_, i) => (i === 0 || i > n ? 0xff : 0x7f - i));
        expect(shortAscii(bytes, 1, n)).toBe(Buffer.from(bytes.subarray(1, n + 1)).toString("latin1"));
        for (let odd = 1; odd <= n; odd++) {
          const changed = bytes.with(odd, 0x80);
          expect(shortAscii(changed, 1, n)).toBeUndefined();
        }
      }
    }
  });

  test("from memory that is shared between threads, also where the decoder refuses it as browsers do", () => {
    const bytes = new Uint8Array(new SharedArrayBuffer(40));
    bytes.set(Buffer.from("é".repeat(20)));
    expect(fast.readUtf8(bytes, 0, 40)).toBe("é".repeat(20));
    const native = TextDecoder.prototype.decode;
    const decode = jest.spyOn(TextDecoder.prototype, "decode").mockImplementation(function (
      this: InstanceType<typeof TextDecoder>,
      part,
    ) {
      if (ArrayBuffer.isView(part) && part.buffer instanceof SharedArrayBuffer) throw new TypeError("shared");
      return native.call(this, part);
    });
    expect(portable.readUtf8(bytes, 0, 40)).toBe("é".repeat(20));
    expect(decode).toHaveBeenCalledTimes(2);
    decode.mockRestore();
  });
});

describe("texts in a row are cut from one", () => {
  const short = fc.oneof(fc.string({ maxLength: 90 }), fc.string({ unit: "grapheme", maxLength: 90 }));

  test("and are what they were, whatever their lengths and wherever they begin", () => {
    fc.assert(
      fc.property(fc.array(short, { maxLength: 60 }), (texts) => {
        const w = beginEncode();
        const message = endEncode(
          w,
          texts.reduce((p, text) => putString(w, p, text), w.start),
        );
        const r = beginDecode("Texts", message);
        expect(texts.map(() => readString(r))).toEqual(texts);
        endDecode(r);
      }),
      { numRuns: 1000 },
    );
  });

  test("of so many bytes that a text which is kept holds on to little", () => {
    const r = beginDecode("Texts", new Uint8Array(5000).fill(0x61));
    const windows = new Set<number>();
    for (let at = 0; at < 4900; at += 20) {
      expect(fast.readText(r, r.bytes, at, at + 20, r.end)).toBe("a".repeat(20));
      windows.add(r.window.length);
    }
    expect([...windows]).toEqual([1024, 920]);
    const last = beginDecode("Texts", new Uint8Array(30).fill(0x61));
    expect(fast.readText(last, last.bytes, 5, 25, last.end)).toBe("a".repeat(20));
    expect(last.window).toBe("");
  });
});

describe("text is written alike", () => {
  const anyUnits = fc.string({
    unit: fc
      .oneof(
        fc.integer({ min: 0, max: 0x7f }),
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 0xd800, max: 0xdfff }),
      )
      .map((unit) => String.fromCharCode(unit)),
    maxLength: 60,
  });

  test("for any string", () => {
    fc.assert(
      fc.property(anyUnits, fc.nat(3), (text, before) => {
        const ours = new Uint8Array(before + 3 * text.length);
        const theirs = new Uint8Array(before + 3 * text.length);
        const size = fast.writeUtf8(ours, before, text);
        expect(portable.writeUtf8(theirs, before, text)).toBe(size);
        if (size >= 0) expect(hexOf(ours)).toBe(hexOf(theirs));
      }),
      { numRuns: 2000 },
    );
  });

  test("for long strings beyond Latin-1, with characters of every width, and with a lone surrogate", () => {
    const units = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        units,
        fc.integer({ min: 700, max: 20_000 }),
        fc.constantFrom("", "\ud800"),
        (part, n, odd) => {
          const text = odd + ("\u0434" + part).repeat(Math.ceil(n / (part.length + 1)));
          const ours = new Uint8Array(2 + 3 * text.length);
          const theirs = new Uint8Array(2 + 3 * text.length);
          expect(fast.writeUtf8(ours, 2, text)).toBe(portable.writeUtf8(theirs, 2, text));
          expect(Buffer.compare(ours, theirs)).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("for any short string, but not with a lone surrogate", () => {
    fc.assert(
      fc.property(anyUnits, (text) => {
        const ours = new Uint8Array(1 + 3 * text.length);
        const theirs = new Uint8Array(1 + 3 * text.length);
        const size = isWellFormed(text) ? Buffer.byteLength(text) : -1;
        expect([fast.writeUtf8(ours, 1, text), portable.writeUtf8(theirs, 1, text)]).toEqual([size, size]);
        if (size >= 0) expect(hexOf(ours)).toBe(hexOf(theirs));
      }),
      { numRuns: 2000 },
    );
  });

  test("with surrogates in pairs alone", () => {
    const { put, json, check } = primitive("string");
    fc.assert(
      fc.property(anyUnits, (text) => {
        const wellFormed = !/\p{Surrogate}/u.test(text);
        expect(isWellFormed(text)).toBe(wellFormed);
        expect(check(text) === undefined).toBe(wellFormed);
        if (wellFormed) {
          expect(hexOf(encoded(put, text)).endsWith(Buffer.from(text).toString("hex"))).toBe(true);
          expect(json(text as never)).toBe(JSON.stringify(text));
        } else {
          expect(thrown(() => encoded(put, text))).toMatchObject({ code: "loneSurrogate" });
          expect(thrown(() => json(text as never))).toMatchObject({ code: "loneSurrogate" });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
