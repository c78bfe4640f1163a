// Limits that no other test comes near: what would take gigabytes is promised here, not there.
import { describe, expect, test } from "@jest/globals";
import * as codec from "./index.ts";
import { heapBudget } from "./limits.ts";
import { bytesOf, thrown } from "./primitives.testing.ts";

/** As long as it says, and without memory for it. */
class Promised extends Uint8Array {
  override get length(): number {
    return 2 ** 32;
  }
}

describe("what is too long is refused before memory is taken", () => {
  test("bytes and packed floats beyond what a length of 32 bits can say", () => {
    const w = codec.beginEncode();
    expect(thrown(() => codec.putBytes(w, w.start, new Promised()))).toMatchObject({ code: "tooLarge" });
    const floats = new Array<number>(2 ** 29);
    expect(thrown(() => codec.putF64Array(w, w.start, floats))).toMatchObject({ code: "tooLarge" });
    codec.endEncode(w, w.start);
  });

  test("a message beyond what the engine gives a buffer", () => {
    const w = codec.beginEncode();
    expect(thrown(() => codec.room(w, w.start, 2 ** 53))).toMatchObject({ code: "tooLarge" });
    codec.endEncode(w, w.start);
  });

  test("a string beyond what the engine gives one", () => {
    const most = 0x1fff_ffe8;
    const message = new Uint8Array(5 + most + 1);
    message.set([0xdb, 0x1f, 0xff, 0xff, 0xe9]);
    const r = codec.beginDecode("Value", message);
    expect(thrown(() => codec.readString(r))).toMatchObject({ code: "tooLong", offset: 0 });
  });
});

describe("the heap that a message may take", () => {
  test("is 56 times its length, at least 1 MiB", () => {
    expect([0, 18_724, 18_725, 1e9].map(heapBudget)).toEqual([1_048_576, 1_048_576, 1_048_600, 56e9]);
  });

  test("is what the caller says it is", () => {
    const maps = (n: number, heapMax?: number) => {
      const r = codec.beginDecode(
        "Value",
        new Uint8Array(n).fill(0x80),
        heapMax === undefined ? {} : { heapMax },
      );
      for (let i = 0; i < n; i++) codec.readMapHeader(r);
      return n;
    };
    expect(thrown(() => maps(100_000))).toMatchObject({ code: "overBudget" });
    expect(maps(100_000, Number.POSITIVE_INFINITY)).toBe(100_000);
    expect(maps(10)).toBe(10);
    expect(thrown(() => maps(10, 1000))).toMatchObject({ code: "overBudget" });
    expect(thrown(() => maps(100_000, Number.NaN))).toMatchObject({ code: "overBudget" });
    for (const odd of [Number.NaN, -1]) {
      expect(thrown(() => maps(10, odd))).toMatchObject({ code: "overBudget" });
    }
  });
});

test("integers have their range, floats what they hold exactly, in every format that they may come in", () => {
  const outOfRange = (read: (r: codec.Reader) => unknown, hex: string) =>
    expect(thrown(() => read(codec.beginDecode("Value", bytesOf(hex))))).toMatchObject({
      code: "outOfRange",
    });
  outOfRange(codec.readU8, "cd0100");
  outOfRange(codec.readInt, "cf0020000000000000");
  outOfRange(codec.readU64, "ff");
  outOfRange(codec.readF64, "cf0020000000000001");
  outOfRange(codec.readF32, "cb3fb999999999999a");
});
