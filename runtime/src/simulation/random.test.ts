import { describe, expect, test } from "@jest/globals";
import { fnv1a32, RunningHash } from "./fnv.ts";
import { Random } from "./random.ts";

const drawn = (random: Random, count = 8) => Array.from({ length: count }, () => random.next());

describe("randomness", () => {
  test("is the same for the same seed and another for another one", () => {
    expect(drawn(new Random(7))).toEqual(drawn(new Random(7)));
    expect(drawn(new Random(7))).not.toEqual(drawn(new Random(8)));
    expect(drawn(new Random(2 ** 40))).not.toEqual(drawn(new Random(0)));
  });

  test("of one purpose does not change when another purpose draws more", () => {
    const first = new Random(7);
    const second = new Random(7);
    drawn(second, 100);
    drawn(second.stream("faults"), 3);
    expect(drawn(first.stream("sends"))).toEqual(drawn(second.stream("sends")));
    expect(drawn(first.stream("sends"))).not.toEqual(drawn(first.stream("faults")));
    expect(drawn(first.stream("a").stream("b"))).not.toEqual(drawn(first.stream("b").stream("a")));
  });

  test("is even: no value of a die is rare, and a shuffle keeps what it is given", () => {
    const random = new Random(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 6000; i++) {
      const value = random.between(1, 6);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    const items = Array.from({ length: 20 }, (_, i) => i);
    expect(random.shuffled(items).sort((a, b) => a - b)).toEqual(items);
    expect(random.shuffled(items)).not.toEqual(items);
  });
});

describe("FNV-1a", () => {
  test.each([
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
  ])("of %j is what its authors publish", (text, expected) => {
    const hash = new RunningHash();
    hash.add(text);
    expect(hash.text).toBe(expected);
  });

  test("in 32 bits is what its authors publish", () => {
    expect(fnv1a32("foobar")).toBe(0xbf9cf968);
  });
});
