import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { tagModeOf, tagsOf, tagWordsOf } from "./tags.ts";

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
    "/* @wire */ export interface X {}",
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
    expect(node && [tagWordsOf(ts, node), tagModeOf(ts, node)]).toEqual([words, mode]);
  });
});
