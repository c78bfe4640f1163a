import { describe, expect, test } from "@jest/globals";
import { encode } from "@msgpack/msgpack";
import { messageExtent } from "./message-extent.ts";

const extent = (hex: string, offset = 0) => messageExtent(Buffer.from(hex, "hex"), offset);

describe("the extent of a message", () => {
  test("ends where an independent writer ended it", () => {
    const value = [
      1,
      -40,
      300,
      70000,
      1e300,
      "a",
      "x".repeat(300),
      null,
      true,
      { a: [1], b: new Uint8Array(300) },
    ];
    const bytes = encode([value, value, new Date(0), new Date(1)]);
    const padded = Uint8Array.of(0xc0, ...bytes, 0xc0, 0xc0);
    expect(messageExtent(padded, 1)).toEqual({ is: "whole", end: 1 + bytes.length });
    for (let length = 0; length < bytes.length; length++) {
      const cut = messageExtent(bytes.subarray(0, length), 0);
      expect(cut.is).toBe("truncated");
      expect(cut.is === "truncated" && cut.missing).toBeLessThanOrEqual(bytes.length - length);
    }
  });

  test("tells the least that is missing, whatever was promised", () => {
    expect(extent("")).toEqual({ is: "truncated", missing: 1 });
    expect(extent("9301")).toEqual({ is: "truncated", missing: 2 });
    expect(extent("93a3")).toEqual({ is: "truncated", missing: 5 });
    expect(extent("dd00")).toEqual({ is: "truncated", missing: 3 });
    expect(extent("dfffffffff")).toEqual({ is: "truncated", missing: 2 * 0xffff_ffff });
    expect(extent("c6ffffffff00")).toEqual({ is: "truncated", missing: 0xffff_fffe });
    expect(extent("c8ffff0100")).toEqual({ is: "truncated", missing: 0xfffe });
  });

  test("stops at the byte that begins no value", () => {
    expect(extent("92c1")).toEqual({ is: "reserved", at: 1 });
  });

  test("follows a million levels without recursion", () => {
    expect(messageExtent(new Uint8Array(1_000_000).fill(0x91), 0)).toEqual({ is: "truncated", missing: 1 });
  });
});
