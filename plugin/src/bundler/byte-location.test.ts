import { describe, expect, test } from "@jest/globals";
import { byteLocation } from "./byte-location.ts";

describe("byteLocation", () => {
  test("counts lines from 1 and columns from 0", () => {
    expect(byteLocation("ab\ncd\n", 4, 1)).toEqual({ line: 2, column: 1, length: 1, lineText: "cd" });
    expect(byteLocation("ab", 0, 2)).toEqual({ line: 1, column: 0, length: 2, lineText: "ab" });
  });

  test("counts columns and lengths in bytes", () => {
    const text = "/* Grüße 🦀 */ größe";
    expect(byteLocation(text, text.indexOf("größe"), 5)).toEqual({
      line: 1,
      column: 19,
      length: 7,
      lineText: text,
    });
  });

  test("knows every line break of JavaScript, each once", () => {
    const text = "a\r\nb\rc\u2028d\u2029e";
    expect(byteLocation(text, text.indexOf("e"), 1)).toMatchObject({ line: 5, column: 0, lineText: "e" });
    expect(byteLocation(text, text.indexOf("b"), 1)).toMatchObject({ line: 2, column: 0, lineText: "b" });
  });

  test("cuts a span at the end of its first line", () => {
    expect(byteLocation("ab\ncd", 1, 4)).toEqual({ line: 1, column: 1, length: 1, lineText: "ab" });
  });

  test("stays inside the text", () => {
    expect(byteLocation("ab\n", 99, 5)).toEqual({ line: 2, column: 0, length: 0, lineText: "" });
    expect(byteLocation("", 0, 1)).toEqual({ line: 1, column: 0, length: 0, lineText: "" });
  });
});
