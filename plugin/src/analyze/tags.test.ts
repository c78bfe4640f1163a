import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { tagMeaningOf, tagsOf, tagWordsOf } from "./tags.ts";

function tagsIn(text: string): { readonly tagged: readonly string[]; readonly misplaced: readonly string[] } {
  const file = ts.createSourceFile("input.tsx", text, ts.ScriptTarget.Latest, true);
  const { tagged, misplaced } = tagsOf(ts, file);
  const shown = ({ start, length }: { readonly start: number; readonly length: number }): string =>
    `${file.getLineAndCharacterOfPosition(start).line + 1} ${text.slice(start, start + length)}`;
  return { tagged: tagged.map((node) => node.name.text), misplaced: misplaced.map(shown) };
}

const none: readonly string[] = [];

describe("a tag is the first word of a line in a block comment", () => {
  test.each([
    "/** @wire */ export interface X {}",
    "/**\n * About X.\n *\n * @wire\n * @since 1\n */\nexport interface X {}",
    "/**\n@wire\nThe one. */ type X = 1;",
    "/** @wire */\n// between\nenum X { a }",
    "/** first */ /** @wire */ declare const enum X { a }",
    "#!/usr/bin/env node\n/** @wire */ interface X {}",
    "import './y.js';\n\n/** @wire */\n\nexport interface X {}",
    "declare global { /** @wire */ interface X {} }",
    "namespace n { /** @wire */ export type X = 1 }",
    "export function f() { /** @wire */ interface X {} }",
  ])("%j", (text) => {
    expect(tagsIn(text)).toEqual({ tagged: ["X"], misplaced: none });
  });
});

describe("what only looks like a tag is none", () => {
  test.each([
    "/** Speaks of @wire types. */ export interface X {}",
    "/** `@wire` is the tag. */ export interface X {}",
    "/** @wired */ export interface X {}",
    "/** @wire-like */ export interface X {}",
    "/** Of {@wire} and {@link wire} */ export interface X {}",
    "/** Says `@wire` */ export interface X {}",
    "/* Speaks of what is\n * @wire and what is not. */ export interface X {}",
    "// Speaks of what is\n// @wire and what is not.\nexport interface X {}",
    "// @wire is the tag of this file.\n\nexport interface X {}",
    "const a = 1; // @wire\nexport interface X {}",
    "// /**\n//  * @wire\n//  */\n// interface Old {}\nexport interface X {}",
    "// @wired\nexport interface X {}",
    "// @wire\nclass X {}",
    "/** Some text. @wire */ class X {}",
    "interface X {\n  // @wire\n  readonly a: 1 }",
    "// /** @wire */\nexport interface X {}",
    'const text = "/** @wire */"; interface X {}',
    "const text = `\n/** @wire */\n$" + "{1}\n/** @wire */\n`; interface X {}",
    "const pattern = /\\/** @wire */; interface X {}",
    "const element = <p>/** @wire */</p>; interface X {}",
  ])("%j", (text) => {
    expect(tagsIn(text)).toEqual({ tagged: none, misplaced: none });
  });
});

describe("a tag before anything else is misplaced", () => {
  test.each([
    ["/** @wire */ class X {}", "1 @wire"],
    ["/** @wire */ import './y.js';", "1 @wire"],
    ["interface X {\n  /** @wire */ readonly a: 1 }", "2 @wire"],
    ["interface X {\n  readonly a: 1;\n  /** @wire */\n}", "3 @wire"],
    ["function f() {\n  /** @wire */\n}", "2 @wire"],
    ["enum X {\n  /** @wire */\n  a }", "2 @wire"],
    ["const a = [1,\n  /** @wire */\n];", "2 @wire"],
    ["interface X {}\n/** @wire */", "2 @wire"],
    ["/** @wire */\n/** About X. */\ninterface X {}", "1 @wire"],
  ])("%j", (text, place) => {
    expect(tagsIn(text)).toEqual({ tagged: none, misplaced: [place] });
  });
});

describe("what is almost a tag, directly before a type, is misplaced", () => {
  test.each([
    ["// @wire\ninterface X {}", "1 @wire comment"],
    ["//@Wire copy\r\nexport type X = 1", "1 @Wire comment"],
    ["// Speaks of X.\n/*\n * @wire binary copy @internal\n */\nexport type X = 1", "3 @wire comment"],
    ["/** Some text. @wire copy json */ type X = 1", "1 @wire line"],
    ["// About X.\n// @wire\nenum X { a }", "2 @wire comment"],
    ["// @wire\n// About X.\nenum X { a }", "1 @wire comment"],
    ["// @wire\n/** About X. */\ninterface X {}", "1 @wire comment"],
    ["/** About X. */\n// @wire\ninterface X {}", "2 @wire comment"],
    ["/* @wire */ export interface X {}", "1 @wire comment"],
    ["/* @wire the one */ export interface X {}", "1 @wire comment"],
    ["/*\n * About X.\n * @WIRE @internal\n */ export interface X {}", "3 @WIRE comment"],
    ["/** @Wire */ interface X {}", "1 @Wire letters"],
    ["/**\n * About X.\n *\n * @WIRE copy\n */\n\ninterface X {}", "4 @WIRE letters"],
    ["/** Some text. @wire */ interface X {}", "1 @wire line"],
    ["/** Some text. @Wire copy */ type X = 1", "1 @Wire line"],
    ["/**\n * Some\n * text. @wire\n */\nenum X { a }", "3 @wire line"],
  ])("%j", (text, said) => {
    const file = ts.createSourceFile("input.ts", text, ts.ScriptTarget.Latest, true);
    const { misplaced } = tagsOf(ts, file);
    const { tagged, misplaced: places } = tagsIn(text);
    expect({ tagged, said: places.map((place, i) => `${place} ${misplaced[i]?.slip}`) }).toEqual({
      tagged: none,
      said: [said],
    });
  });

  test.each([
    "// @wire\n/** @wire */ interface X {}",
    "/** Some text. @wire */ /** @wire */ interface X {}",
    "/**\n * @wire\n * Some text of @wire */ interface X {}",
    "/** @wire */\n// @wire\ninterface X {}",
  ])("but not beside a tag: %j", (text) => {
    expect(tagsIn(text)).toEqual({ tagged: ["X"], misplaced: none });
  });
});

test("a file without the word is not even parsed for comments", () => {
  const file = ts.createSourceFile("input.ts", "interface X {}", ts.ScriptTarget.Latest);
  expect(tagsOf(ts, file)).toBe(tagsOf(ts, ts.createSourceFile("other.ts", "", ts.ScriptTarget.Latest)));
});

describe("the words of a tag end with its line, the comment or another tag", () => {
  test.each([
    ["/** @wire */ interface X {}", "", "plain"],
    ["/** @wire copy */ interface X {}", "copy", "copy"],
    ["/**\n * @wire copy\n * What follows is about X.\n */ interface X {}", "copy", "copy"],
    ["/**\r\n * @wire\tcopy \r\n */ interface X {}", "copy", "copy"],
    ["/** @wire copy @internal */ interface X {}", "copy", "copy"],
    ["/** @wire @internal */ interface X {}", "", "plain"],
    ["/** @wire copy*/ interface X {}", "copy", "copy"],
    ["/** @wire mutable */ interface X {}", "mutable", undefined],
    ["/** @wire  copy  it */ interface X {}", "copy it", undefined],
    ["/** @wire\n @wire copy */ interface X {}", "@wire copy", undefined],
    ["/** @wire copy\n @wire copy */ interface X {}", "copy", "copy"],
  ])("%j", (text, words, mode) => {
    const file = ts.createSourceFile("input.ts", text, ts.ScriptTarget.Latest, true);
    const [node] = tagsOf(ts, file).tagged;
    expect(node && [tagWordsOf(ts, node), tagMeaningOf(ts, node)?.mode]).toEqual([words, mode]);
  });
});
