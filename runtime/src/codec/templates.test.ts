// Templates: which texts are taken, what is said of others, and that none takes long.
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import * as codec from "./index.ts";
import { bytesOf, decoded, encoded, parsed, stringified, thrown } from "./primitives.testing.ts";

function functionsOf(patterns: codec.Template) {
  return {
    put: (w: codec.Writer, p: number, v: string) =>
      codec.putTemplate(w, codec.room(w, p, codec.stringRoom(v)), v, patterns),
    read: (r: codec.Reader) => codec.readTemplate(r, patterns),
    json: (v: string) => codec.jsonTemplate(v, patterns),
    fromJson: (v: unknown) => codec.fromJsonTemplate(v, patterns),
    check: (v: unknown) => codec.checkTemplate(v, patterns),
  };
}

const cases: readonly (readonly [codec.Template, readonly string[], readonly string[]])[] = [
  [[["user-", "string", ""]], ["user-", "user-é🦀"], ["", "user", "User-1", " user-1"]],
  [
    [["", "number", "px"], ["auto"]],
    ["auto", "1px", "-1.5e3px", "0x1Fpx", " px"],
    ["px", "1", "NaNpx", "1e999px", "Auto"],
  ],
  [
    [["v", "bigint", ""]],
    ["v0", "v-12", "v0xfF", "v0b1", "v-0o7"],
    ["v", "v01", "v1n", "v+1", "v 1", "v1.0", "v1_0", "v--1"],
  ],
  [[["ab", "string", "ba"]], ["abba", "ab-ba"], ["aba", "ab", "abb"]],
  [[["", "string", "", "number", ""]], ["a1", "aa1"].slice(0, 1), ["1", "", "a"]],
  [[["", "string", "-", "number", ""]], ["-1", "a-1"], ["a-b-1", "a-"]],
  [[["", "Uppercase<string>", "!"]], ["!", "A É!"], ["a!", "ß!"]],
  [[["", "Lowercase<string>", ""]], ["", "a1"], ["A"]],
  [[["", "Capitalize<Lowercase<string>>", ""]], ["Ab", "É"], ["AB", "ab"]],
  [[["", "Uncapitalize<string>", ""]], ["aB", ""], ["AB"]],
];

describe.each(cases)("%j", (patterns, yes, no) => {
  const { put, read, json, fromJson, check } = functionsOf(patterns);

  test.each(yes)("takes %j", (text) => {
    expect(decoded(read, encoded(put, text))).toBe(text);
    expect(parsed(fromJson, stringified(json, text))).toBe(text);
    expect(check(text)).toBeUndefined();
  });

  test.each(no)("does not take %j", (text) => {
    const bytes = encoded(
      (w, p, v: string) => codec.putString(w, codec.room(w, p, codec.stringRoom(v)), v),
      text,
    );
    expect(thrown(() => encoded(put, text))).toMatchObject({ name: "EncodeError", code: "notAMember" });
    expect(thrown(() => stringified(json, text))).toMatchObject({ name: "EncodeError", code: "notAMember" });
    expect(thrown(() => decoded(read, bytes))).toMatchObject({ code: "unknownMember", offset: 0 });
    expect(thrown(() => parsed(fromJson, JSON.stringify(text)))).toMatchObject({ code: "unknownMember" });
    expect(check(text)).toBeDefined();
  });
});

describe("what is said", () => {
  const { put, read, fromJson, check } = functionsOf([["auto"], ["", "number", "px"]]);

  test("names the template and not the text", () => {
    expect(check("secret")).toEqual({ path: "", expected: '"auto" | `${number}px`' });
    expect(thrown(() => encoded(put, "secret"))).toMatchObject({
      message: 'Cannot encode Value: expected "auto" | `${number}px`, found another string',
    });
    expect(thrown(() => decoded(read, bytesOf("a161")))).toMatchObject({
      message: 'Cannot decode Value: expected "auto" | `${number}px`, found another string at offset 0',
    });
  });

  test("shows the first of many patterns, and nothing that a terminal obeys", () => {
    const many = functionsOf(Array.from({ length: 6 }, (_, i) => [`\u001b${i}`, "string", "\u202e"]));
    expect(many.check("")?.expected).toBe(
      "`\\u001b0${string}\\u{202e}` | `\\u001b1${string}\\u{202e}` | `\\u001b2${string}\\u{202e}` | `\\u001b3${string}\\u{202e}` | …",
    );
  });

  test("tells what is no text, and what is no good text", () => {
    expect(thrown(() => encoded(put, 1))).toMatchObject({ code: "wrongType" });
    expect(thrown(() => encoded(functionsOf([["", "string", "\ud800"]]).put, "\ud800"))).toMatchObject({
      code: "loneSurrogate",
    });
    expect(thrown(() => decoded(read, bytesOf("01")))).toMatchObject({ code: "wrongType" });
    expect(thrown(() => decoded(read, bytesOf("a1ff")))).toMatchObject({ code: "invalidUtf8" });
    expect(thrown(() => parsed(fromJson, "1"))).toMatchObject({ code: "wrongType" });
    expect(check(1)).toEqual({ path: "", expected: "string" });
    expect(check("\ud800")).toEqual({ path: "", expected: "string without lone surrogates" });
  });
});

/** Ends what does not end by itself. */
const deadlineMs = 60_000;

test("a hostile text is gone over once", () => {
  const patterns: codec.Template = [
    ["", "string", "a", "string", "a", "string", "a", "string", "b"],
    ["", "number", "", "bigint", ""],
    ["", "bigint", "!"],
    ["", "string", "aab", "string", "aac", "string", ""],
  ];
  const { check } = functionsOf(patterns);
  // Once takes milliseconds; again from every place would take hours.
  const length = 4_000_000;
  const texts = [
    "a".repeat(length),
    "0".repeat(length),
    `${"1".repeat(length)}!x`,
    `-${" ".repeat(length)}1`,
  ];
  for (const text of texts) {
    const mismatch: unknown = runInNewContext("check(text)", { check, text }, { timeout: deadlineMs });
    expect(mismatch).toBeDefined();
  }
});
