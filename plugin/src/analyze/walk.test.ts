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
