import { describe, expect, test } from "@jest/globals";
import { declarationOf, lowered, schemaOf } from "./schema-of.testing.ts";

describe("names", () => {
  test("inline object types are inline, named ones are references", () => {
    const more = "export interface A { readonly a: string }\nexport type B = { readonly b: string };";
    expect(lowered("{ readonly a: string }", more)).toMatchObject({ kind: "struct" });
    expect(lowered("A", more)).toEqual({ kind: "ref", id: "/project/input.ts#A" });
    expect(lowered("B", more)).toEqual({ kind: "ref", id: "/project/input.ts#B" });
  });

  test("aliases of other types are transparent, exported or not", () => {
    expect(lowered("Id", "type Id = string;")).toEqual({ kind: "string" });
    expect(lowered("Ids", "type Ids = readonly string[];")).toEqual({
      kind: "array",
      element: { kind: "string" },
    });
  });

  test("namespaces of a declaration file may declare types of one name", () => {
    const { declarations } = schemaOf(
      'import type { N } from "./lib.js";\n/** @wire */ export interface X { readonly a: N.A.T; readonly b: N.B.T; readonly n: readonly N.B.T[] }',
      {
        "lib.d.ts":
          "export namespace N { namespace A { interface T { readonly a: string } } namespace B { interface T { readonly b: string } } }",
      },
    );
    expect([...declarations.keys()]).toEqual([
      "/project/input.ts#X",
      "/project/lib.d.ts#N.A.T",
      "/project/lib.d.ts#N.B.T",
    ]);
  });

  test("scope tells tagged types, exported ones and generic instances apart", () => {
    const { declarations, roots } = schemaOf(
      'import type { Other } from "./other.js";\nexport interface Plain { readonly a: string }\n' +
        "export interface Box<T> { readonly value: T }\n" +
        "/** @wire */ export interface X { readonly o: Other; readonly p: Plain; readonly b: Box<i32>; readonly bb: Box<readonly Box<Plain>[]> }",
      {
        "other.ts":
          "interface Hidden { readonly a: string }\n/** @wire */ export interface Other { readonly a: string }\nexport type { Hidden };",
      },
    );
    expect(roots).toEqual(["/project/input.ts#X"]);
    expect(
      [...declarations.values()].map(({ name, scope, origin }) => `${name} ${scope} ${origin.file}`),
    ).toEqual([
      "X wire /project/input.ts",
      "Other wire /project/other.ts",
      "Plain import /project/input.ts",
      "Box_i32 local /project/input.ts",
      "Box_Box_Plain_Array local /project/input.ts",
      "Box_Plain local /project/input.ts",
    ]);
  });

  test("an export under another name counts by that name", () => {
    const text = "/** @wire */\ninterface Inner { readonly a: string }\nexport { type Inner as Outer };";
    expect(declarationOf(text, "Outer")).toMatchObject({ id: "/project/input.ts#Outer", scope: "wire" });
  });

  test("instances with arguments of the same name are told apart", () => {
    const more = {
      "a.ts": "export interface Item { readonly a: string }",
      "b.ts": "export interface Item { readonly b: string }",
    };
    const { declarations } = schemaOf(
      'import type { Item as A } from "./a.js";\nimport type { Item as B } from "./b.js";\n' +
        "export interface Box<T> { readonly value: T }\n/** @wire */ export interface X { readonly a: Box<A>; readonly b: Box<B> }",
      more,
    );
    const boxes = [...declarations.values()].filter(({ scope }) => scope === "local");
    expect(boxes.map(({ id, name }) => `${id} ${name}`)).toEqual([
      "/project/input.ts#Box</project/a.ts#Item> Box_Item",
      "/project/input.ts#Box</project/b.ts#Item> Box_Item_2",
    ]);
  });

  test("a tagged alias of an instance is a type of its own", () => {
    const text =
      "export interface Box<T> { readonly value: T; readonly next?: Box<T> }\n/** @wire */ export type Count = Box<i32>;";
    const { declarations } = schemaOf(text);
    expect(declarations.get("/project/input.ts#Count")).toMatchObject({ name: "Count", scope: "wire" });
    expect(declarations.get("/project/input.ts#Box<i32>")).toMatchObject({ name: "Box_i32", scope: "local" });
  });
});
