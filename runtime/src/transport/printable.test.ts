import { expect, test } from "@jest/globals";
import { printable } from "./printable.ts";

test("ordinary text in any script stays as it is", () => {
  expect(printable("Zähler 温度 🌡 'a' \\n")).toBe("Zähler 温度 🌡 'a' \\n");
});

test("what moves a cursor, breaks a line or turns the direction is escaped", () => {
  expect(printable("\u001b[2Ja\r\nb\u0000\u009b\u2028\u202e\ud800")).toBe(
    "\\u{1b}[2Ja\\u{d}\\u{a}b\\u{0}\\u{9b}\\u{2028}\\u{202e}\\u{d800}",
  );
});

test("long text is cut, also through a surrogate pair", () => {
  expect(printable("abcdef", 3)).toBe("abc…");
  expect(printable("ab🌡", 3)).toBe("ab\\u{d83c}…");
});
