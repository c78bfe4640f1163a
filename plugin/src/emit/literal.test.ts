import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { enumMemberType, literalText, property, propertyKey, quote, quoteJson } from "./literal.ts";

const evaluate = (text: string): unknown => runInNewContext(`(${text})`);

test("every string is a literal of itself, on one line", () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      "\\",
      "\n",
      "\r",
      "\u2028",
      "\u2029",
      "`",
      "$",
      "{",
      "*/",
      "a",
      "\u0000",
      "😀",
    ),
  });
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
      for (const literal of [quote(text), quoteJson(text)]) {
        expect(evaluate(literal)).toBe(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029]/);
      }
    }),
  );
});

test("only texts with double quotes are literals in single ones", () => {
  expect([quoteJson("a or b"), quoteJson('"a" or "b"'), quoteJson(`"it's"`)]).toEqual([
    '"a or b"',
    `'"a" or "b"'`,
    '"\\"it\'s\\""',
  ]);
});

test("every property can be read under its name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(evaluate(property(`{ ${propertyKey(name)}: 1 }`, name))).toBe(1);
    }),
  );
});

test("a property called __proto__ is one like any other", () => {
  expect(evaluate(`Object.keys({ ${propertyKey("__proto__")}: 1 })`)).toEqual(["__proto__"]);
});

test("numbers keep their sign", () => {
  expect(Object.is(evaluate(literalText(-0)), -0)).toBe(true);
  expect(literalText(-3)).toBe("-3");
  expect(literalText(true)).toBe("true");
});

test("enum members with odd names are reached through the enum's type", () => {
  expect(enumMemberType("Color", "Red")).toBe("Color.Red");
  expect(enumMemberType("Color", "dark red")).toBe('(typeof Color)["dark red"]');
});
