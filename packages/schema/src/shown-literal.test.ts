import { expect, test } from "@jest/globals";
import { shownLiteral } from "./shown-literal.ts";

test.each([
  ["a", '"a"'],
  ['"', '"\\""'],
  ["\n", '"\\n"'],
  ["\u2028", '"\\u{2028}"'],
  ["\u202e", '"\\u{202e}"'],
  ["\x1b[31m", '"\\u001b[31m"'],
  ["x".repeat(65), `"${"x".repeat(64)}…"`],
  [1.5, "1.5"],
  [true, "true"],
  [Number.NaN, "NaN"],
])("%j is shown as %s", (value, shown) => {
  expect(shownLiteral(value)).toBe(shown);
});
