import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";
import { schemaOf } from "./schema-of.testing.ts";

describe("recursion", () => {
  test("a type refers to itself and to others that refer back", () => {
    const { declarations } = schemaOf(
      "/** @wire */ export interface Tree { readonly left?: Tree; readonly forest: Forest }\n" +
        "export interface Forest { readonly trees: readonly Tree[]; readonly byName: ReadonlyMap<string, Forest> }",
    );
    expect([...declarations.keys()]).toEqual(["/project/input.ts#Tree", "/project/input.ts#Forest"]);
  });

  test("a nameless union that contains itself is given a name", () => {
    const { declarations } = schemaOf(
      'export interface Num { readonly kind: "num"; readonly value: i32 }\n' +
        '/** @wire */ export interface Add { readonly kind: "add"; readonly left: Num | Add; readonly right: Num | Add }',
    );
    const local = declarations.get("/project/input.ts#Add.left");
    expect(local).toMatchObject({
      name: "Add_left",
      scope: "local",
      type: { kind: "union", discriminant: "kind" },
    });
  });

  test("unions of nodes in a syntax tree are declared once each, not spelled out in one another", () => {
    const names = Array.from({ length: 12 }, (_, n) => `N${n}`);
    const nodes = names.map(
      (name, n) =>
        `export interface ${name} { readonly kind: "${name}"; readonly any?: ${names.join(" | ")}; ` +
        `readonly some: readonly (${names.slice(n % 4).join(" | ")})[]; readonly one?: N1 | ${names[(n + 2) % 12]} | null }`,
    );
    const { declarations } = schemaOf(
      `${nodes.join("\n")}\n/** @wire */ export interface File { readonly body: readonly (${names.join(" | ")})[] }`,
    );
    expect(declarations.size).toBeLessThan(100);
    expect(JSON.stringify([...declarations.values()]).length).toBeLessThan(300_000);
  });

  test("unions of object literals that come out of mapped types are declared, too", () => {
    const names = Array.from({ length: 8 }, (_, n) => `U${n}`);
    const unions = names.map(
      (name) =>
        `export type ${name} = ${["a", "b"].map((kind) => `{ kind: "${kind}"; ${names.map((each) => `${each}: ${each}`).join("; ")} }`).join(" | ")} | { kind: "${name}" };`,
    );
    const { declarations } = schemaOf(
      `import type { Immutable } from "@hewn/runtime";\n${unions.join("\n")}\n/** @wire */ export interface X { readonly u: Immutable<U0> }`,
    );
    expect(declarations.size).toBeLessThan(200);
  });

  test("recursive aliases: arrays, records, nullable objects", () => {
    const { roots, declarations } = schemaOf(
      "/** @wire */ export type Nest = readonly Nest[];\n" +
        "/** @wire */ export type Dir = { readonly [name: string]: Dir };\n" +
        "/** @wire */ export type List = { readonly head: i32; readonly tail: List } | null;",
    );
    expect(roots).toHaveLength(3);
    for (const { id, type } of declarations.values()) expect(type).not.toEqual({ kind: "ref", id });
  });

  test("many instances of one generic type are no infinite type", () => {
    let type = "string";
    for (let depth = 0; depth < 12; depth++) type = `Box<${type}>`;
    const text = `export interface Box<T> { readonly value: T }\n/** @wire */ export interface X { readonly p: ${type} }`;
    expect(schemaOf(text).declarations.size).toBe(13);
  });

  test("what a mapped type makes of a named type is named once, however often it is used", () => {
    let graph = "";
    for (let n = 0; n < 24; n++) graph += `export interface N${n} { a: N${n + 1}; b: N${n + 1} }\n`;
    const { declarations } = schemaOf(
      'import type { Immutable } from "@hewn/runtime";\n' +
        `${graph}export interface N24 { last: string; again?: N0 }\n/** @wire */ export interface X { readonly p: Immutable<N0> }`,
    );
    expect([...declarations.values()].map(({ name }) => name).slice(0, 3)).toEqual([
      "X",
      "Immutable_N0",
      "Immutable_N1",
    ]);
    expect(declarations.size).toBe(26);
  });

  test.each([
    ["an interface", "export interface P<T> { readonly v: T; readonly n?: P<readonly T[]> }", "P<string>"],
    ["an alias", "export type P<T> = { readonly v: T; readonly n?: P<readonly T[]> };", "P<string>"],
    [
      "a pair",
      "export interface P<T> { readonly v: T; readonly n?: Q<T> }\nexport interface Q<T> { readonly p: P<{ readonly q: T }> }",
      "P<string>",
    ],
    [
      "a mapped type",
      'import type { Immutable } from "@hewn/runtime";\nexport interface P<T> { v: T; n?: P<T[]> }',
      "Immutable<P<string>>",
    ],
    [
      "a literal",
      "export interface P<T extends string> { readonly v: T; readonly n?: P<`${T}x`> }",
      'P<"a">',
    ],
  ])("%s that contains itself with ever larger arguments ends", (_, declared, used) => {
    const project = inMemoryProject({
      "input.ts": `${declared}\n/** @wire */ export interface X { readonly p: ${used} }`,
    });
    expect(project.analyze("input.ts")?.diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "HEWN1403 X.p",
    ]);
  });
});

/** `T0 = first; T1 = next of T0; ...`, and the last one in a tagged type. */
function steps(count: number, first: string, next: (before: string) => string): string {
  let text = `export type T0 = ${first};\n`;
  for (let n = 1; n <= count; n++) text += `export type T${n} = ${next(`T${n - 1}`)};\n`;
  return `${text}/** @wire */ export interface X { readonly p: T${count} }`;
}

function codesOf(text: string): readonly string[] {
  const project = inMemoryProject({ "input.ts": `import type { i32 } from "@hewn/runtime";\n${text}` });
  expect(project.errors()).toEqual([]);
  return (project.analyze("input.ts")?.diagnostics ?? []).map(({ code, path }) => `${code} ${path}`);
}

describe("a type that is too large", () => {
  let generic = "export interface G0<T> { readonly v: T }\n";
  for (let n = 1; n <= 30; n++)
    generic += `export interface G${n}<T> { readonly a: G${n - 1}<readonly T[]>; readonly b: G${n - 1}<{ readonly x: T }> }\n`;

  test.each([
    ["a generic type", `${generic}/** @wire */ export interface X { readonly p: G30<string> }`],
    ["a tuple", steps(30, "readonly [string]", (each) => `readonly [${each}, ${each}]`)],
    ["a mixed union", steps(30, "i32", (each) => `readonly [${each}, ${each}] | string`)],
  ])("%s that doubles at each step is refused in time", (_, text) => {
    expect(codesOf(text)).toEqual(["HEWN1411 X"]);
  });

  test("is refused alone, and others that reach parts of it are not, in any order", () => {
    const tagged = ["G30", "G3", "G2"].map((name) => `/** @wire */ export type X${name} = ${name}<string>;`);
    for (const order of [tagged, [...tagged].reverse()])
      expect(codesOf(generic + order.join("\n"))).toEqual(["HEWN1411 XG30"]);
  });
});

describe("types without names", () => {
  test("nest no deeper than 100", () => {
    const nested = (depth: number): string =>
      `/** @wire */ export interface X { readonly p: ${"readonly (".repeat(depth)}i32${")[]".repeat(depth)} }`;
    expect(codesOf(nested(99))).toEqual([]);
    expect(codesOf(nested(100))).toEqual(["HEWN1412 X.p"]);
  });

  test("that are unions are searched for problems however deep they stand", () => {
    const deep = (level: number, inner: string): string =>
      level === 0
        ? inner
        : `{ readonly k: "a"; readonly u: ${deep(level - 1, inner)} } | { readonly k: "b${level}" }`;
    for (const level of [1, 2, 3, 4, 5])
      expect(codesOf(`/** @wire */ export type X = ${deep(level, "() => void")};`)).toEqual([
        `HEWN1001 X${"<a>.u".repeat(level)}`,
      ]);
    expect(
      codesOf(
        `export interface Foo { readonly f: () => void }\n/** @wire */ export type X = ${deep(4, "Foo")};`,
      ),
    ).toEqual([`HEWN1001 X${"<a>.u".repeat(4)}.f`]);
  });
});

describe("a chain of names", () => {
  test.each([
    ["of aliases", steps(3000, "string", (each) => each)],
    ["of intersections", steps(1000, "{ readonly a: string }", (each) => `${each} & { readonly b: string }`)],
  ])("%s on which the compiler runs out of stack is refused", (_, text) => {
    const project = inMemoryProject({ "input.ts": text });
    const codes = project.analyze("input.ts")?.diagnostics.map(({ code, path }) => `${code} ${path}`);
    expect(codes).toEqual(["HEWN1412 X"]);
  });

  test("types lead to one another as far as they like", () => {
    let text = "export interface N0 { readonly end?: string }\n";
    for (let n = 1; n <= 3000; n++) text += `export interface N${n} { readonly n: N${n - 1} }\n`;
    expect(codesOf(`${text}/** @wire */ export interface X { readonly p: N3000 }`)).toEqual([]);
  });
});
