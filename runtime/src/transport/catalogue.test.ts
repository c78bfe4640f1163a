import { describe, expect, test } from "@jest/globals";
import { Catalogue, type Offer, opinionsOn, settle, settleEqual, type Terms } from "./catalogue.ts";
import type { Direction } from "./messages.ts";

const offer = (name: string, fingerprint: string, compatible?: Record<string, Direction>): Offer =>
  compatible === undefined ? { name, fingerprint } : { name, fingerprint, compatible };

/** What both sides come to, for one type. */
function between(a: Offer, b: Offer): { a: Terms; b: Terms } {
  const left = new Catalogue([a]);
  const right = new Catalogue([b]);
  const fromLeft = { opinions: opinionsOn(left, right.versions) };
  const fromRight = { opinions: opinionsOn(right, left.versions) };
  return {
    a: settle(left, right.versions, fromRight).terms[0]!,
    b: settle(right, left.versions, fromLeft).terms[0]!,
  };
}

describe("a catalogue", () => {
  test("is sorted by name, whatever order it was given in", () => {
    const forth = new Catalogue([offer("B", "1"), offer("A", "2"), offer("a", "3")]);
    const back = new Catalogue([offer("a", "3"), offer("A", "2"), offer("B", "1")]);
    expect(forth.offers.map(({ name }) => name)).toEqual(["A", "B", "a"]);
    expect(forth.text).toBe(back.text);
    expect(forth.indexOf("B")).toBe(1);
    expect(forth.indexOf("constructor")).toBeUndefined();
  });

  test("does not take two types of one name", () => {
    expect(() => new Catalogue([offer("A", "1"), offer("A", "2")])).toThrow("two types are called A");
  });

  test("has one text for one set of types, even with odd names", () => {
    const a = new Catalogue([offer("A 1\nB", "2")]);
    const b = new Catalogue([offer("A", "1"), offer("B", "2")]);
    expect(a.text).not.toBe(b.text);
  });
});

describe("the terms for a type", () => {
  test("the same fingerprint goes both ways", () => {
    const { a, b } = between(offer("T", "1"), offer("T", "1"));
    expect(a).toEqual({ standing: "same", ours: "1", theirs: "1", sends: true, receives: true });
    expect(b).toEqual(a);
  });

  test("versions that neither side knows are incompatible", () => {
    const { a, b } = between(offer("T", "1"), offer("T", "2", { 0: "both" }));
    expect(a).toEqual({ standing: "incompatible", ours: "1", theirs: "2", sends: false, receives: false });
    expect(b).toEqual({ standing: "incompatible", ours: "2", theirs: "1", sends: false, receives: false });
  });

  test.each([
    ["both", true, true],
    ["reads", false, true],
    ["writes", true, false],
  ] as const)("the side that knows more decides, on either end: %s", (direction, sends, receives) => {
    const forth = between(offer("T", "2", { 1: direction }), offer("T", "1"));
    expect(forth.a).toEqual({ standing: "compatible", ours: "2", theirs: "1", sends, receives });
    expect(forth.b).toEqual({
      standing: "compatible",
      ours: "1",
      theirs: "2",
      sends: receives,
      receives: sends,
    });
    const back = between(offer("T", "1"), offer("T", "2", { 1: direction }));
    expect(back).toEqual({ a: forth.b, b: forth.a });
  });

  test("where both sides know each other, a direction is open only if neither denies it", () => {
    const both = between(offer("T", "2", { 1: "both" }), offer("T", "1", { 2: "reads" }));
    expect(both.a).toMatchObject({ standing: "compatible", sends: true, receives: false });
    expect(both.b).toMatchObject({ standing: "compatible", sends: false, receives: true });
    const neither = between(offer("T", "2", { 1: "reads" }), offer("T", "1", { 2: "reads" }));
    expect(neither.a).toMatchObject({ standing: "incompatible", sends: false, receives: false });
  });

  test("a type that the peer does not have is unknown, and what the peer says of it does not count", () => {
    const own = new Catalogue([offer("T", "1")]);
    const { terms } = settle(own, [], { opinions: [{ name: "T", direction: "both" }] });
    expect(terms).toEqual([
      { standing: "unknown", ours: "1", theirs: undefined, sends: false, receives: false },
    ]);
  });

  test("a fingerprint that is a property of every object is not known", () => {
    const own = new Catalogue([offer("T", "1", {})]);
    expect(opinionsOn(own, [{ name: "T", fingerprint: "constructor" }])).toEqual([]);
    expect(opinionsOn(own, [{ name: "T", fingerprint: "__proto__" }])).toEqual([]);
  });
});

describe("the indices of incoming messages", () => {
  test("count by the peer's catalogue and lead to ours, except where it may not send", () => {
    const own = new Catalogue([offer("A", "1"), offer("B", "1"), offer("C", "1", { 0: "writes" })]);
    const theirs = [
      { name: "C", fingerprint: "0" },
      { name: "B", fingerprint: "1" },
      { name: "Z", fingerprint: "1" },
      { name: "A", fingerprint: "9" },
    ];
    expect(settle(own, theirs, { opinions: [] }).incoming).toEqual([undefined, 1, undefined, undefined]);
  });

  test("are the same on both sides where the catalogues are", () => {
    const own = new Catalogue([offer("A", "1"), offer("B", "1")]);
    expect(settleEqual(own)).toEqual(settle(own, own.versions, { opinions: [] }));
  });
});
