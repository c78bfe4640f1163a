import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { type Files, mendedText, mendProject } from "./mended-project.testing.ts";

/** A wire type with one property, before and after. */
function property(written: string): string {
  return `/** @wire */\nexport interface A {\n  ${written}\n}\n`;
}

describe("what can be assigned to becomes readonly", () => {
  test.each([
    ["a: string;", "readonly a: string;"],
    ['"a b"?: string;', 'readonly "a b"?: string;'],
    ["a: string[]; // kept", "readonly a: readonly string[]; // kept"],
    ["readonly a: string[][];", "readonly a: readonly (readonly string[])[];"],
    ["readonly a: string[][][];", "readonly a: readonly (readonly (readonly string[])[])[];"],
    ["readonly a: (string[] | null)[];", "readonly a: readonly (readonly string[] | null)[];"],
    ["readonly a: Array<Array<string>>;", "readonly a: ReadonlyArray<ReadonlyArray<string>>;"],
    ["readonly a?: [string, number?];", "readonly a?: readonly [string, number?];"],
    ["readonly a: readonly [string[]?];", "readonly a: readonly [(readonly string[])?];"],
    ["readonly a: readonly [x: string[]];", "readonly a: readonly [x: readonly string[]];"],
    [
      "readonly a: Map<string, Set<string[]>>;",
      "readonly a: ReadonlyMap<string, ReadonlySet<readonly string[]>>;",
    ],
    ["readonly a: Record<string, string>;", "readonly a: Readonly<Record<string, string>>;"],
    [
      "readonly a: Record<string, Record<string, string>>;",
      "readonly a: Readonly<Record<string, Readonly<Record<string, string>>>>;",
    ],
    ["readonly a: { [key: string]: string };", "readonly a: { readonly [key: string]: string };"],
    ["readonly a: { [K in string]: string };", "readonly a: { readonly [K in string]: string };"],
    ['readonly a: { [K in "x" | "y"]: string };', 'readonly a: { readonly [K in "x" | "y"]: string };'],
    ['readonly a: Record<"x" | "y", string>;', 'readonly a: Readonly<Record<"x" | "y", string>>;'],
    ["readonly a: { b: { c: string } };", "readonly a: { readonly b: { readonly c: string } };"],
  ])("%s", (before, after) => {
    expect(mendedText(property(before))).toBe(property(after));
  });

  test("where the type is written: in aliases, other files, type arguments and defaults", () => {
    const files: Files = {
      "input.ts":
        'import type { Box, Rows, Table } from "./other.js";\n/** @wire */ export interface A { readonly rows: Rows; readonly box: Box<string[]>; readonly plain: Box; readonly table: Table }\n',
      "other.ts":
        "export type Rows = List<string>;\ntype List<T> = T[];\nexport interface Box<T = Map<string, string>> {\n  value: T;\n}\nexport interface Table {\n  [name: string]: string;\n}\n",
    };
    expect(mendProject(files)).toMatchObject({
      left: [],
      errors: [],
      files: {
        "input.ts": files["input.ts"]?.replace("Box<string[]>", "Box<readonly string[]>"),
        "other.ts":
          "export type Rows = List<string>;\ntype List<T> = readonly T[];\nexport interface Box<T = ReadonlyMap<string, string>> {\n  readonly value: T;\n}\nexport interface Table {\n  readonly [name: string]: string;\n}\n",
      },
    });
  });

  test("in heritage clauses, also of bases, and in imported types", () => {
    const files: Files = {
      "input.ts":
        "export interface Sub { readonly s: string }\n" +
        "export interface Root<R> { readonly items: R; readonly box: Box<R> }\nexport interface Box<V> { readonly value: V; readonly all: readonly V[] }\n" +
        "export interface Base<A, B> extends Root<B> { readonly a: A }\n" +
        "/** @wire */ export interface F extends Base<Map<string, string>, Sub[]> { readonly own: 1 }\n" +
        '/** @wire */ export interface G { readonly far: import("./other.js").Far<string[]>; readonly use: H }\n' +
        "export interface H extends Base<string, [1, 2]> { readonly h: 1 }\n" +
        "/** @wire */ export interface I extends Base<1, Map<string, Set<string>>> { readonly i: 1 }\n" +
        "/** @wire */ export type J = Base<1, Readonly<Record<string, Set<string>>>>;\n",
      "other.ts": "export interface Far<T> { readonly y: T }\n",
    };
    expect(mendProject(files)).toMatchObject({
      left: [],
      errors: [],
      files: {
        "input.ts": files["input.ts"]
          ?.replace("Base<Map<string, string>, Sub[]>", "Base<ReadonlyMap<string, string>, readonly Sub[]>")
          .replace("Far<string[]>", "Far<readonly string[]>")
          .replace("Base<string, [1, 2]>", "Base<string, readonly [1, 2]>")
          .replace("Map<string, Set<string>>", "ReadonlyMap<string, ReadonlySet<string>>")
          .replace("Record<string, Set<string>>", "Record<string, ReadonlySet<string>>"),
      },
    });
  });

  test("deep inside the arguments of generic types, also of those that an alias names", () => {
    const box = "export interface Box<T> { readonly content: T; readonly more?: readonly T[] }\n";
    expect(
      mendedText(
        `${box}/** @wire */ export type A = Box<(string[])[]>;\n/** @wire */ export interface B { readonly b: Box<readonly [(string[]), Map<string, number[]>?]> | null }\n`,
      ),
    ).toBe(
      `${box}/** @wire */ export type A = Box<readonly (readonly string[])[]>;\n/** @wire */ export interface B { readonly b: Box<readonly [(readonly string[]), ReadonlyMap<string, readonly number[]>?]> | null }\n`,
    );
  });

  test("a tagged alias, and more declarations than are told at once", () => {
    expect(mendedText("/** @wire */\nexport type Names = string[];\n")).toBe(
      "/** @wire */\nexport type Names = readonly string[];\n",
    );
    const fields = Array.from({ length: 40 }, (_, index) => `  f${index}: string;`).join("\n");
    const { rounds, left } = mendProject({
      "input.ts": `/** @wire */\nexport interface A {\n${fields}\n}\n`,
    });
    expect({ rounds, left }).toEqual({ rounds: 1, left: [] });
  });

  test("line ends, quotes and comments stay as they are", () => {
    const text =
      "/** @wire */\r\nexport interface A {\r\n\t/* a */ a /* b */ : /* c */ string[] /* d */;\r\n}";
    expect(mendedText(text)).toBe(
      "/** @wire */\r\nexport interface A {\r\n\t/* a */ readonly a /* b */ : /* c */ readonly string[] /* d */;\r\n}",
    );
  });
});

const geo: Files = {
  "node_modules/geo/package.json": '{ "name": "geo", "type": "module", "types": "index.d.ts" }',
  "node_modules/geo/index.d.ts":
    "export interface Position { line: number; }\nexport interface Range { start: Position; ends: Position[] }\nexport interface Box<T> { value: T }\n",
};

describe("types of packages are wrapped in Immutable where the project uses them", () => {
  const wrappedIn = (before: string, after: string): void => {
    expect(mendedText(before, geo)).toBe(after);
  };

  test("with a new import behind the others, in the style of the file", () => {
    wrappedIn(
      "import type { Range } from 'geo' // why\n\n/** @wire */\nexport interface A {\n  readonly range: Range | null\n}\n",
      "import type { Range } from 'geo' // why\nimport type { Immutable } from '@hewn/runtime'\n\n/** @wire */\nexport interface A {\n  readonly range: Immutable<Range> | null\n}\n",
    );
  });

  test("with an import that is there", () => {
    wrappedIn(
      'import type { Range } from "geo";\nimport type { i32, u32 } from "@hewn/runtime";\n/** @wire */ export interface A { readonly n: i32; readonly m: u32; readonly range: readonly Range[] }\n',
      'import type { Range } from "geo";\nimport type { i32, Immutable, u32 } from "@hewn/runtime";\n/** @wire */ export interface A { readonly n: i32; readonly m: u32; readonly range: readonly Immutable<Range>[] }\n',
    );
    wrappedIn(
      'import { type i32 } from "@hewn/runtime";\nimport type { Range } from "geo";\n/** @wire */ export interface A { readonly n: i32; readonly range: Range }\n',
      'import { type i32, type Immutable } from "@hewn/runtime";\nimport type { Range } from "geo";\n/** @wire */ export interface A { readonly n: i32; readonly range: Immutable<Range> }\n',
    );
    wrappedIn(
      'import type { Range } from "geo";\nimport type { Immutable as Frozen } from "@hewn/runtime";\n/** @wire */ export interface A { readonly a: Frozen<Range>; readonly range: Range }\n',
      'import type { Range } from "geo";\nimport type { Immutable as Frozen } from "@hewn/runtime";\n/** @wire */ export interface A { readonly a: Frozen<Range>; readonly range: Frozen<Range> }\n',
    );
  });

  test("under another name where the file has one of its own", () => {
    wrappedIn(
      'import type { Range } from "geo";\nexport type Immutable = 1;\n/** @wire */ export interface A { readonly range: Range }\n',
      'import type { Range } from "geo";\nimport type { Immutable as WireImmutable } from "@hewn/runtime";\nexport type Immutable = 1;\n/** @wire */ export interface A { readonly range: WireImmutable<Range> }\n',
    );
  });

  test("as a base, as a type argument, and without any import", () => {
    wrappedIn(
      'import type { Box, Position } from "geo";\n/** @wire */ export interface A extends Position { readonly box: Mine<Position>; readonly theirs: Box<readonly string[]> }\nexport interface Mine<T> { readonly value: T }\n',
      'import type { Box, Position } from "geo";\nimport type { Immutable } from "@hewn/runtime";\n/** @wire */ export interface A extends Immutable<Position> { readonly box: Mine<Immutable<Position>>; readonly theirs: Immutable<Box<readonly string[]>> }\nexport interface Mine<T> { readonly value: T }\n',
    );
    wrappedIn(
      '// The header.\n\n/** @wire */\nexport interface A { readonly range: import("geo").Range }\n',
      '// The header.\n\nimport type { Immutable } from "@hewn/runtime";\n/** @wire */\nexport interface A { readonly range: Immutable<import("geo").Range> }\n',
    );
  });

  test("inside the arguments of the project's own types", () => {
    wrappedIn(
      'import type { Range } from "geo";\n/** @wire */ export interface A { readonly mine: Mine<readonly Range[]> }\nexport interface Mine<T> { readonly value: T }\n',
      'import type { Range } from "geo";\nimport type { Immutable } from "@hewn/runtime";\n/** @wire */ export interface A { readonly mine: Mine<readonly Immutable<Range>[]> }\nexport interface Mine<T> { readonly value: T }\n',
    );
  });

  test("and never edited in the package", () => {
    const { files } = mendProject({
      "input.ts": 'import type { Range } from "geo";\n/** @wire */ export interface A { readonly r: Range }',
      ...geo,
    });
    expect(files).toMatchObject(geo);
  });
});

describe("types that must be named are exported", () => {
  test("tagged ones, with their comments, modifiers and other declarations", () => {
    expect(
      mendedText(
        "// first\n/** @wire */\ninterface A { readonly e: E }\ninterface A { readonly b: string }\ndeclare enum E { one = 1 }\nexport {};\n",
      ),
    ).toBe(
      "// first\n/** @wire */\nexport interface A { readonly e: E }\nexport interface A { readonly b: string }\nexport declare enum E { one = 1 }\nexport {};\n",
    );
  });

  test("in a file that is no module yet, if no other file uses what it declares", () => {
    const script = "/** @wire */\ninterface A { readonly b: string }\n";
    expect(mendedText(script)).toBe(script.replace("interface", "export interface"));
    const scripts = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
    const files = { "input.ts": script, "other.ts": "declare const a: A;\na.b;\n" };
    expect(mendProject(files, scripts)).toMatchObject({ titles: [], left: ["HEWN1401 A"] });
    const unused = { ...files, "other.ts": "declare const b: string;\n" };
    expect(mendProject(unused, scripts)).toMatchObject({ titles: ["Export 'A'"], left: [] });
  });

  test("by name, where they are the default export", () => {
    expect(mendedText("/** @wire */\nexport default interface A { readonly b: string }\n")).toBe(
      "/** @wire */\nexport default interface A { readonly b: string }\nexport type { A };\n",
    );
  });

  test("but not out of a namespace or a function", () => {
    const text = "export namespace n { /** @wire */ export interface A { readonly b: string } }\n";
    expect(mendProject({ "input.ts": text })).toMatchObject({ titles: [], files: { "input.ts": text } });
  });
});

describe("tags are moved to where they count", () => {
  test.each([
    [
      "from a property to its type",
      "export interface A {\n  /** @wire */\n  readonly b: string;\n}\n",
      "/** @wire */\nexport interface A {\n  readonly b: string;\n}\n",
    ],
    [
      "with what stands in its line, out of a comment and into one",
      "/** Says what it is. */\nexport interface A {\n  /**\n   * The name.\n   * @wire\n   */\n  readonly b: string;\n}\n",
      "/**\n * Says what it is.\n * @wire\n */\nexport interface A {\n  /**\n   * The name.\n   */\n  readonly b: string;\n}\n",
    ],
    [
      "over another comment",
      "/** @wire */\n/**\n * Says what it is.\n */\nexport type A = string;\n",
      "/**\n * Says what it is.\n * @wire\n */\nexport type A = string;\n",
    ],
    [
      "from behind a keyword",
      "export /** @wire */ interface A { readonly b: string }\n",
      "/** @wire */\nexport interface A { readonly b: string }\n",
    ],
    [
      "or removed, where the type has one",
      "/** @wire */\nexport interface A {\n  /** The name. @wire */\n  readonly a: string;\n  /** @wire */ readonly b: string;\n}\n",
      "/** @wire */\nexport interface A {\n  /** The name. @wire */\n  readonly a: string;\n  readonly b: string;\n}\n",
    ],
    [
      "or removed, where another declaration has one",
      "/** @wire */\nexport interface A { readonly a: string }\n\n/**\n * More.\n * @wire\n */\nexport interface A { readonly b: string }\n",
      "/** @wire */\nexport interface A { readonly a: string }\n\n/**\n * More.\n */\nexport interface A { readonly b: string }\n",
    ],
  ])("%s", (_, before, after) => {
    expect(mendedText(before)).toBe(after);
  });

  test.each([
    ["// @wire\nexport type A = 1;\n", "/** @wire */\nexport type A = 1;\n"],
    ["//@wire copy\r\nexport type A = 1;\n", "/** @wire copy */\r\nexport type A = 1;\n"],
    ["/* @wire */ export type A = 1;\n", "/** @wire */ export type A = 1;\n"],
    ["/*\n * @Wire\n */\nexport type A = 1;\n", "/**\n * @wire\n */\nexport type A = 1;\n"],
    ["/** @WIRE */\nexport type A = 1;\n", "/** @wire */\nexport type A = 1;\n"],
    ["/** About A. @wire */\nexport type A = 1;\n", "/**\n * About A.\n * @wire\n */\nexport type A = 1;\n"],
    [
      "/**\n * About\n * A. @Wire copy\n */\nexport type A = 1;\n",
      "/**\n * About\n * A.\n * @wire copy\n */\nexport type A = 1;\n",
    ],
    [
      "// @wire\n/** About A. */\nexport type A = 1;\n",
      "/**\n * About A.\n * @wire\n */\nexport type A = 1;\n",
    ],
    [
      "/** @wire */\nexport type B = 1;\n// @wire\nexport type A = 1; /* b */\n",
      "/** @wire */\nexport type B = 1;\n/** @wire */\nexport type A = 1; /* b */\n",
    ],
  ])("and a tag that is almost one becomes one: %j", (text, mended) => {
    expect(mendProject({ "input.ts": text })).toMatchObject({ files: { "input.ts": mended }, left: [] });
  });

  test("but not from what is no type", () => {
    const text = "/** @wire */\nexport class A {}\n";
    expect(mendProject({ "input.ts": text })).toMatchObject({ titles: [], left: ["HEWN1406 A"] });
  });
});

test("what takes a decision is left alone", () => {
  const text = property("readonly a: any; readonly f: () => void; readonly d: Promise<string[]>;");
  expect(mendProject({ "input.ts": text })).toMatchObject({ titles: [], files: { "input.ts": text } });
});

test("what cannot be written differently is left after one look", () => {
  const text =
    "type Writable<T> = { -readonly [K in keyof T]: T[K] };\nexport interface B { readonly b: string }\n/** @wire */ export type A = Readonly<string>[] & Writable<B>;\n";
  expect(mendProject({ "input.ts": text })).toMatchObject({ rounds: 0 });
});
