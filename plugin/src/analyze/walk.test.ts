import { describe, expect, test } from "@jest/globals";
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
});
