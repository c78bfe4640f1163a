import { describe, expect, test } from "@jest/globals";
import { memberReport } from "./controlled-node.testing.ts";
import { findMember } from "./find-member.ts";

const at = (port: number, instance: bigint) => ({ host: "10.0.0.1", port, instance });

const a = memberReport({ name: "a", node: at(1, 0xaaaa_0000_0000_0000n) });
const b = memberReport({ name: "b", node: at(2, 0xbbbb_0000_0000_0000n) });
const deadB = memberReport({ name: "b", node: at(2, 0xbbcc_0000_0000_0000n), status: "dead", forMs: 50 });
const oldB = memberReport({ name: "b", node: at(2, 0xbbdd_0000_0000_0000n), status: "left", forMs: 900 });
const otherB = memberReport({ name: "b", node: at(3, 0x0bbb_0000_0000_0000n) });

describe("whom a text means", () => {
  test("is a name, an address, or the first digits of an instance", () => {
    for (const text of ["a", "10.0.0.1:1", "aaaa", "AAAA0000", "aaaa000000000000"])
      expect(findMember([a, b], text)).toEqual({ starts: [a] });
  });

  test("is all starts of a node, the latest first", () => {
    expect(findMember([oldB, deadB, a, b], "b")).toEqual({ starts: [b, deadB, oldB] });
    expect(findMember([oldB, deadB, b], "bbdd")).toEqual({ starts: [oldB] });
  });

  test("is rather who is there than who is gone", () => {
    const gone = memberReport({ name: "b", node: at(9, 1n), status: "dead", forMs: 1 });
    expect(findMember([gone, b], "b")).toEqual({ starts: [b] });
    expect(findMember([gone], "b")).toEqual({ starts: [gone] });
  });

  test("is refused where nobody is meant, or several are", () => {
    for (const text of ["", "c", "aaa", "x".repeat(1000)])
      expect(findMember([a, b], text)).toMatchObject({ code: "unknownMember" });
    expect(findMember([a], "\u202eevil\n")).toMatchObject({
      text: "No member has the name, the address or the instance '\\u{202e}evil\\u{a}'.",
    });
    expect(findMember([a, b, otherB], "b")).toEqual({
      code: "ambiguousMember",
      text: "Several members are meant by 'b': 10.0.0.1:2, 10.0.0.1:3.",
    });
  });
});
