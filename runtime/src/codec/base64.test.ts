// Base64 against Node's own, and strict where that one is lenient.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fromBase64, toBase64 } from "./base64.ts";

describe("base64", () => {
  test("is what Buffer writes, and comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  test("has one spelling for each value: whatever else is refused", () => {
    const nearly = fc.string({ unit: fc.constantFrom(..."AQgw/+=-_ \né".split("")), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (text) => {
        const bytes = fromBase64(text);
        if (bytes !== undefined) expect(toBase64(bytes)).toBe(text);
        else expect(Buffer.from(text, "base64").toString("base64")).not.toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    "A",
    "AA",
    "AAA",
    "AA=A",
    "A===",
    "====",
    "AB==",
    "AAB=",
    "AA==AAAA",
    "AA==\n",
    "AA-_",
    "AAAA=",
    "é===",
  ])("refuses %j", (text) => expect(fromBase64(text)).toBeUndefined());
});
