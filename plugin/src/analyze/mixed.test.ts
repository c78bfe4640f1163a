import type { Mixed, Type } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { declarationOf, lowered, schemaOf } from "./schema-of.testing.ts";

/** The arms in order: what each is in JSON, and its kind. */
function armsOf(type: Type | undefined): unknown {
  if (type?.kind !== "mixed") return type;
  return type.arms.map(({ json, ordinal, type: arm }) => `${ordinal} ${json} ${arm.kind}`);
}

const types = `
export interface Point { readonly x: i32 }
export interface Circle { readonly kind: "circle" }
export interface Square { readonly kind: "square" }
export type Figure = Circle | Square;
export type Span = readonly [i32, ...string[], i32, i32];
export enum Level { low, high }
export enum Mode { fast = "fast" }
`;

test.each([
  ["string | i32", ["0 string string", "1 number integer"]],
  ["i32 | string", ["0 number integer", "1 string string"]],
  ["Point | readonly Point[]", ["0 object ref", "1 array array"]],
  ['"auto" | i32', ["0 string choice", "1 number integer"]],
  ['i32 | "auto" | "none"', ["0 number integer", "1 string choice"]],
  ["boolean | Point", ["0 boolean boolean", "1 object ref"]],
  ["Point | true", ["0 object ref", "1 boolean choice"]],
  ["Circle | Square | string", ["0 object union", "1 string string"]],
  ["Figure | string", ["0 object ref", "1 string string"]],
  ["Circle | string | Square", ["0 object union", "1 string string"]],
  ["readonly string[] | Uint8Array", ["0 array array", "1 string bytes"]],
  ["ReadonlyMap<string, i32> | string", ["0 object map", "1 string string"]],
  ["Point | ReadonlyMap<i32, i32>", ["0 object ref", "1 array map"]],
  ["Readonly<Record<string, i32>> | readonly [i32]", ["0 object record", "1 array of 1 tuple"]],
  ["readonly [i32, i32] | readonly []", ["0 array of 2 tuple", "1 array of 0 tuple"]],
  [
    "Span | Point | readonly [i32, string?] | readonly []",
    ["0 array of 3 or more tuple", "1 object ref", "2 array of 1 to 2 tuple", "3 array of 0 tuple"],
  ],
  ["Level | 'off'", ["0 number ref", "1 string choice"]],
  ["Level.low | 'off'", ["0 number choice", "1 string choice"]],
  ["Mode | Level | boolean", ["0 string ref", "1 number ref", "2 boolean boolean"]],
  ["(number & {}) | 5 | 'auto'", ["0 number float", "1 string choice"]],
  ["f64 | 0 | 'auto'", ["0 number float", "1 string choice"]],
  ["`v$" + "{number}` | i32 | 'latest'", ["0 string template", "1 number integer"]],
  ["Int16Array | readonly i32[]", ["0 string typedArray", "1 array array"]],
  ["Date | i32", ["0 string date", "1 number integer"]],
  ["bigint | boolean | readonly f64[]", ["0 number bigint", "1 boolean boolean", "2 array array"]],
])("the arms of %s stand in declared order", (type, arms) => {
  expect(armsOf(lowered(type, types))).toEqual(arms);
});

test("arms besides null and undefined", () => {
  expect(lowered("string | null | i32")).toMatchObject({
    kind: "maybe",
    null: true,
    type: { kind: "mixed" },
  });
  expect(armsOf((lowered("i32 | undefined | string") as { readonly type: Type }).type)).toEqual([
    "0 number integer",
    "1 string string",
  ]);
});

describe("the declared order is found", () => {
  const order = (type: string, more: string): unknown => armsOf(lowered(type, types + more));

  test("through aliases, nested unions and arms that are named twice", () => {
    const more = "type A = string | Point; type B = i32 | A; type C = boolean | (B | A);";
    expect(order("C", more)).toEqual([
      "0 boolean boolean",
      "1 number integer",
      "2 string string",
      "3 object ref",
    ]);
    expect(order("A | B", more)).toEqual(["0 string string", "1 object ref", "2 number integer"]);
  });

  test("through generic aliases and their arguments", () => {
    const more =
      "type OneOrMany<T> = readonly T[] | T; type Either<A, B = boolean> = B | A; type Named = i32;";
    expect(order("OneOrMany<Point>", more)).toEqual(["0 array array", "1 object ref"]);
    expect(order("Either<string>", more)).toEqual(["0 boolean boolean", "1 string string"]);
    expect(order("Either<Either<string, Named>, Point>", more)).toEqual([
      "0 object ref",
      "1 number integer",
      "2 string string",
    ]);
  });

  test("of literals inside of an arm", () => {
    const values = (type: Type | undefined): unknown =>
      type?.kind === "mixed"
        ? type.arms.map((arm) =>
            arm.type.kind === "choice" ? arm.type.members.map(({ value }) => value) : [],
          )
        : type;
    expect(values(lowered('"b" | i32 | "a" | "c"'))).toEqual([["b", "a", "c"], []]);
    const nested = lowered('boolean | readonly ("b" | "a")[]') as Mixed;
    expect(nested.arms[1]?.type).toMatchObject({ element: { members: [{ value: "b" }, { value: "a" }] } });
  });

  test("of the variants inside of an arm", () => {
    const union = lowered("string | Square | Circle", types) as Mixed;
    expect(union.arms[1]?.type).toMatchObject({ variants: [{ tag: "square" }, { tag: "circle" }] });
  });

  test("whatever was checked before", () => {
    const seen = "export const seen: Point | i32 | string = 1; export type Seen = Point | i32 | string;";
    expect(order("string | i32 | Point", seen)).toEqual([
      "0 string string",
      "1 number integer",
      "2 object ref",
    ]);
  });
});

test("where no text tells it, arms stand by kind", () => {
  const more = `${types} export interface Box<T> { readonly content: T }
    /** @wire */ export interface Y { readonly p: Box<Point | readonly i32[] | string | boolean>; readonly q: Box<boolean | string | readonly i32[] | Point> }`;
  const { declarations } = schemaOf(more);
  const boxes = [...declarations.values()].filter(({ name }) => name.startsWith("Box"));
  expect(boxes.map(({ type }) => type.kind === "struct" && armsOf(type.fields[0]?.type))).toEqual([
    ["0 boolean boolean", "1 string string", "2 array array", "3 object ref"],
  ]);
});

test("where no text tells it, tuples stand by length, and what they hold is named after it", () => {
  const pair = "readonly [i32, readonly Nest[]]";
  const more = `${types} type Nest = readonly Nest[]; export interface Box<T> { readonly content: T }
    /** @wire */ export interface Y { readonly p: Box<${pair} | Point | readonly []>; readonly q: Box<readonly [] | Point | ${pair}> }`;
  const { declarations } = schemaOf(more);
  const boxes = [...declarations.values()].filter(({ name }) => name.startsWith("Box"));
  expect(
    boxes.map(({ type }) => (type.kind === "struct" ? armsOf(type.fields[0]?.type) : type.kind)),
  ).toEqual([["0 array of 0 tuple", "1 array of 2 tuple", "2 object ref"], "array"]);
  expect(boxes[1]?.name).toMatch(/_content_1_array_of_2$/);
});

describe("recursion through arms", () => {
  test("of JSON itself", () => {
    const json =
      "/** @wire */ export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };";
    const { declarations } = schemaOf(json);
    expect([...declarations.keys()]).toEqual(["/project/input.ts#Json", "/project/input.ts#Json.value"]);
    expect(armsOf(declarations.get("/project/input.ts#Json.value")?.type)).toEqual([
      "0 boolean boolean",
      "1 number float",
      "2 string string",
      "3 array array",
      "4 object record",
    ]);
  });

  test("of a tagged union of containers", () => {
    const tree = "/** @wire */ export type Tree = string | readonly Tree[];";
    expect(declarationOf(tree, "Tree").type).toEqual({
      kind: "mixed",
      arms: [
        { json: "string", ordinal: 0, type: { kind: "string" } },
        {
          json: "array",
          ordinal: 1,
          type: { kind: "array", element: { kind: "ref", id: "/project/input.ts#Tree" } },
        },
      ],
    });
  });

  test("of two arms that both contain themselves", () => {
    const more = "type A = { readonly [key: string]: A }; type B = readonly B[];";
    const { declarations } = schemaOf(
      `${more}\n/** @wire */ export interface X { readonly p: A | B | string }`,
    );
    expect([...declarations.keys()].map((id) => id.replace("/project/input.ts#", ""))).toEqual([
      "X",
      "X.p<record>",
      "X.p<array>",
    ]);
  });

  test("of tuples that contain themselves", () => {
    const more = "type A = readonly [i32, ...A[], i32]; type B = readonly [B?];";
    const { declarations } = schemaOf(
      `${more}\n/** @wire */ export interface X { readonly p: A | readonly [] | string; readonly q: B | readonly [i32, i32] }`,
    );
    expect([...declarations.keys()].map((id) => id.replace("/project/input.ts#", ""))).toEqual([
      "X",
      "X.p<array of 2 or more>",
      "X.q<array of 0 to 1>",
    ]);
  });

  test("of a tuple and of an arm of one that stands at the same place of another tuple", () => {
    const more = "type A = readonly A[]; type B = readonly [B | null, i32];";
    const { declarations } = schemaOf(
      `${more}\n/** @wire */ export interface X { readonly p: readonly [A, i32] | readonly [B | readonly [], i32, i32] }`,
    );
    expect([...declarations.keys()].map((id) => id.replace("/project/input.ts#", ""))).toEqual([
      "X",
      "X.p[0]<array of 2>",
      "X.p[0]<array of 3><array of 2>",
    ]);
  });

  test("of a union that its own objects hold, in the variants of another", () => {
    const more = `import type { Immutable } from "@hewn/runtime";
      export type Text = string | Text[] | Bold | Italic;
      export interface Bold { type: "bold"; text: Text }
      export interface Italic { type: "italic"; text: Text }
      export interface Quote { type: "quote"; text: Text; credit?: Text }
      export interface Para { type: "para"; text: Text }
      /** @wire */ export type Block = Immutable<Quote | Para>;`;
    const { declarations } = schemaOf(more);
    const texts = [...declarations.values()].filter(({ id }) => id.includes(".text"));
    expect(texts.map(({ type }) => type.kind)).toEqual(["mixed", "mixed", "mixed", "mixed"]);
  });

  test("of a named container", () => {
    const more =
      "/** @wire */ export type Nested = readonly Nested[];\n/** @wire */ export interface X { readonly p: Nested | string }";
    expect(declarationOf(more, "X").type).toMatchObject({
      fields: [{ type: { arms: [{ json: "array" }, { json: "string" }] } }],
    });
  });
});
