import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { portableSha256Hex, sha256Hex } from "./sha256.ts";

test("the engine's own and the portable one give what SHA-256 is", () => {
  for (const length of [0, 1, 55, 56, 64, 1000, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) & 0xff);
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect([sha256Hex(bytes), portableSha256Hex(bytes)]).toEqual([expected, expected]);
  }
});

test("an engine without modules of its own gets the portable one", () => {
  const { process } = globalThis;
  try {
    Reflect.set(globalThis, "process", undefined);
    expect(sha256Hex(Uint8Array.of(97, 98, 99)).slice(0, 16)).toBe("ba7816bf8f01cfea");
  } finally {
    Reflect.set(globalThis, "process", process);
  }
});
