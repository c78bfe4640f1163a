// Sets and maps of numbers that were chosen to collide, and of numbers that were not.
import { describe, expect, test } from "@jest/globals";
import { collidingFloats, collidingIntegers, collidingLongs } from "./colliding.testing.ts";
import { hashCounts, isFlood } from "./hash-flooding.ts";
import * as codec from "./index.ts";
import { bytesOf, thrown } from "./primitives.testing.ts";

type Element = number | bigint | string;

/** How many of the elements are taken before one is refused. */
function taken(elements: readonly Element[]): number {
  const counts = hashCounts(elements.length);
  const refused = elements.findIndex((element) => isFlood(counts, element));
  return refused < 0 ? elements.length : refused;
}

describe("numbers whose hashes end alike", () => {
  const n = 2000;
  test.each<[string, readonly Element[]]>([
    ["integers of 32 bits", collidingIntegers(n)],
    ["integers of 64 bits", collidingLongs(n)],
    ["negative integers of 64 bits", collidingLongs(n).map((element) => -element)],
    ["floats", collidingFloats(n)],
    ["bigints with the same lowest 64 bits", collidingLongs(n).map((_, i) => (BigInt(i) << 64n) + 5n)],
    ["floats in half of it all", collidingFloats(n).flatMap((element, i) => [element, i])],
  ])("%s: some are taken, many are not", (_, elements) => {
    expect(new Set(elements).size).toBe(elements.length);
    expect(taken(elements)).toBeGreaterThanOrEqual(128);
    expect(taken(elements)).toBeLessThan(400);
    expect(taken(elements.slice(0, 128))).toBe(128);
  });

  test("have a code, in sets and maps of both formats", () => {
    const elements = collidingIntegers(n);
    const counts = () => hashCounts(n);
    const r = codec.beginDecode("Value", bytesOf("0000"));
    const set = new Set<number>();
    const map = new Map<number, string>();
    const each = (add: (counts: Uint8Array | null, element: number) => void) => {
      const own = counts();
      return thrown(() => {
        for (const element of elements) add(own, element);
      });
    };
    const expected = { name: "DecodeError", code: "hashFlooding" };
    expect(each((own, key) => codec.addHashed(r, set, own, key, 1))).toMatchObject({
      ...expected,
      offset: 1,
    });
    expect(each((own, key) => codec.addHashedEntry(r, map, own, key, "", 1))).toMatchObject(expected);
    expect([set.size, map.size]).toEqual([128, 128]);
    set.clear();
    map.clear();
    expect(each((own, key) => codec.fromJsonAddHashed(set, own, key))).toMatchObject(expected);
    expect(each((own, key) => codec.fromJsonAddHashedEntry(map, own, key, ""))).toMatchObject(expected);
    expect([set.size, map.size]).toEqual([128, 128]);
  });

  test("still take no element and no key twice", () => {
    const r = codec.beginDecode("Value", bytesOf("00"));
    const counts = hashCounts(3);
    const element = thrown(() => codec.addHashed(r, new Set([1]), counts, 1));
    expect(element).toMatchObject({ code: "duplicateElement" });
    const key = thrown(() => codec.addHashedEntry(r, new Map([[1, ""]]), counts, 1, ""));
    expect(key).toMatchObject({ code: "duplicateKey" });
  });
});

describe("numbers that nobody chose to collide", () => {
  /** Repeatable, and the same on all machines. */
  function random(): () => number {
    let state = 1;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }

  function float32(bits: number): number {
    return new Float32Array(new Uint32Array([bits]).buffer)[0]!;
  }

  /** How many of `n` elements are refused. */
  function refusedOf(n: number, element: (i: number) => Element): number {
    const counts = hashCounts(n);
    let refused = 0;
    for (let i = 0; i < n; i++) if (isFlood(counts, element(i))) refused++;
    return refused;
  }

  const next = random();
  const now = 1_750_000_000_000;
  const patterns: Readonly<Record<string, (i: number) => Element>> = {
    "numbers in sequence": (i) => i - 500_000,
    "random integers": () => Math.floor(next() * 2 ** 32) - 2 ** 31,
    "random floats": () => next() + next() / 2 ** 32,
    "random bigints": () => BigInt(Math.floor(next() * 2 ** 32)) ** 3n,
    "a grid of tenths": (i) => i * 0.1,
    "a grid of eighths": (i) => i / 8,
    "hundredths in two directions": (i) => (i % 1000) * 0.01 + Math.floor(i / 1000) * 10,
    "milliseconds in sequence": (i) => now + i,
    minutes: (i) => now + i * 60_000,
    "microseconds, one a millisecond": (i) => 1000 * now + 1000 * i,
    "nanoseconds, one a second": (i) => BigInt(now) * 1_000_000n + BigInt(i) * 1_000_000_000n,
    "times in front of a counter": (i) => (BigInt(now + (i >> 3)) << 22n) | BigInt(i & 7),
    "neighbouring floats of 32 bits": (i) => float32(0x3f80_0000 + i),
    "texts that look like numbers": (i) => String(i * 4096),
  };
  const shifts = [1, 4, 8, 11, 16, 20, 24, 28, 32, 36, 40, 44];
  const multiples = shifts.flatMap((by): [string, (i: number) => Element][] => [
    [`multiples of 2 ** ${by}`, (i) => i * 2 ** by],
    [`bigint multiples of 2 ** ${by}`, (i) => BigInt(i) << BigInt(by)],
  ]);

  test.each([...Object.entries(patterns), ...multiples])("%s are all taken", (_, element) => {
    for (const n of [65, 1000, 65_536]) expect(refusedOf(n, element)).toBe(0);
  });

  test("are taken by the million, too", () => {
    for (const pattern of ["numbers in sequence", "random floats", "a grid of tenths", "minutes"]) {
      expect(refusedOf(1_000_000, patterns[pattern]!)).toBe(0);
    }
    expect(refusedOf(1_000_000, (i) => i * 2 ** 36)).toBe(0);
  });

  test("not even where nothing but the upper end differs", () => {
    expect(refusedOf(262_144, (i) => BigInt(i) << 46n)).toBe(0);
  });
});

test("counts take a quarter of the elements at most, and none for few of them", () => {
  expect(hashCounts(64)).toBeNull();
  for (const n of [65, 100, 127, 128, 1_000_000]) {
    const { length } = hashCounts(n)!;
    expect(Number.isInteger(Math.log2(length))).toBe(true);
    expect(n / length).toBeGreaterThanOrEqual(4);
    expect(n / length).toBeLessThan(8);
  }
});
