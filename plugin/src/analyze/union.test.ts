import type { Struct, Type, Union } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { declarationOf, lowered, schemaOf } from "./schema-of.testing.ts";

describe("literals and enums", () => {
  const valuesOf = (type: Type | undefined): unknown =>
    type?.kind === "choice" ? type.members.map(({ value, ordinal }) => [value, ordinal]) : type;

  test("literals stand in declared order, through aliases, parentheses and nested unions", () => {
    expect(valuesOf(lowered('"c" | "a" | "b"'))).toEqual([
      ["c", 0],
      ["a", 1],
      ["b", 2],
    ]);
    const aliases = 'type Inner = "z" | "y"; export type Outer = "x" | (Inner | 3) | true | "a";';
    expect(valuesOf(lowered("Outer | null", aliases))).toMatchObject({ kind: "maybe" });
    expect(valuesOf(lowered("Outer", aliases))).toEqual([
      ["x", 0],
      ["z", 1],
      ["y", 2],
      [3, 3],
      [true, 4],
      ["a", 5],
    ]);
  });

  test("the order does not depend on what was checked before", () => {
    const other = 'export const seen: "a" | "b" | "c" = "a"; export type Earlier = "a" | "b" | "c";';
    expect(valuesOf(lowered('"c" | "a" | "b"', other))).toEqual([
      ["c", 0],
      ["a", 1],
      ["b", 2],
    ]);
  });

  test("literals that no text lists are sorted by value: booleans, numbers, strings", () => {
    const computed = 'type All = "b" | "a" | 10 | 9 | true | "gone";';
    expect(valuesOf(lowered('Exclude<All, "gone">', computed))).toEqual([
      [true, 0],
      [9, 1],
      [10, 2],
      ["a", 3],
      ["b", 4],
    ]);
    expect(valuesOf(lowered("keyof { readonly b: 1; readonly a: 1 }"))).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  test("literals keep their order inside containers and under optional fields", () => {
    const array = lowered('readonly ("b" | "a")[]') as { readonly element: Type };
    expect(valuesOf(array.element)).toEqual([
      ["b", 0],
      ["a", 1],
    ]);
    const record = lowered('Readonly<Record<string, "b" | "a">>') as { readonly value: Type };
    expect(valuesOf(record.value)).toEqual([
      ["b", 0],
      ["a", 1],
    ]);
    const map = lowered('ReadonlyMap<"d" | "c", "b" | "a">') as { readonly key: Type; readonly value: Type };
    expect([valuesOf(map.key), valuesOf(map.value)]).toEqual([
      [
        ["d", 0],
        ["c", 1],
      ],
      [
        ["b", 0],
        ["a", 1],
      ],
    ]);
  });

  test("literals keep their order in containers that may be null or undefined", () => {
    const maybe = (type: string): Type => (lowered(type) as { readonly type: Type }).type;
    const array = maybe('readonly ("b" | "a")[] | null') as { readonly element: Type };
    const set = maybe('undefined | (null | ReadonlySet<"b" | "a">)') as { readonly element: Type };
    const tuple = maybe('(readonly ["b" | "a"]) | undefined') as { readonly elements: readonly Type[] };
    for (const type of [array.element, set.element, tuple.elements[0]]) {
      expect(valuesOf(type)).toEqual([
        ["b", 0],
        ["a", 1],
      ]);
    }
  });

  test("finite template literals are unions of literals", () => {
    expect(valuesOf(lowered("`$" + '{"b" | "a"}-x`'))).toEqual([
      ["a-x", 0],
      ["b-x", 1],
    ]);
  });

  test("an enum is named, its members stand in declared order", () => {
    const text =
      'export enum E { b = 3, a = 1, c = "x" }\n/** @wire */ export interface X { readonly p: E; readonly q: E | null }';
    const { declarations } = schemaOf(text);
    const origin = { file: "/project/input.ts", name: "E" };
    expect(declarations.get("/project/input.ts#E")).toEqual({
      id: "/project/input.ts#E",
      name: "E",
      scope: "import",
      origin,
      type: {
        kind: "choice",
        members: [
          { value: 3, enumMember: "b", ordinal: 0 },
          { value: 1, enumMember: "a", ordinal: 1 },
          { value: "x", enumMember: "c", ordinal: 2 },
        ],
        enum: origin,
      },
    });
    const ref = { kind: "ref", id: "/project/input.ts#E" };
    const struct = declarations.get("/project/input.ts#X")?.type as Struct;
    expect(struct.fields.map(({ type }) => type)).toEqual([
      ref,
      { kind: "maybe", type: ref, null: true, undefined: false },
    ]);
  });

  test("an enum with one member, a const enum, and some members of an enum", () => {
    expect(lowered("E", "export enum E { only }")).toEqual({ kind: "ref", id: "/project/input.ts#E" });
    expect(lowered("E", "export const enum E { a, b }")).toEqual({ kind: "ref", id: "/project/input.ts#E" });
    expect(lowered("E.c | E.a", "export enum E { a, b, c }")).toEqual({
      kind: "choice",
      members: [
        { value: 0, enumMember: "a", ordinal: 0 },
        { value: 2, enumMember: "c", ordinal: 1 },
      ],
      isPart: true,
      enum: { file: "/project/input.ts", name: "E" },
    });
  });

  test("a tagged enum is a root", () => {
    expect(declarationOf("/** @wire */ export enum E { a, b }", "E")).toMatchObject({
      scope: "wire",
      type: { kind: "choice" },
    });
  });
});

describe("discriminated unions", () => {
  const unionOf = (text: string, name = "U"): Union => declarationOf(text, name).type as Union;
  const tagsOf = ({ variants }: Union): unknown =>
    variants.map(({ tag, ordinal, tagPosition }) => [tag, ordinal, tagPosition]);

  test("variants stand in declared order with what they hold beside the discriminant", () => {
    const union = unionOf(
      'export interface Circle { readonly kind: "circle"; readonly r: f64 }\n' +
        'export interface Empty { readonly kind: "empty" }\n' +
        '/** @wire */ export type U = Empty | { readonly w: f64; readonly kind: "box"; readonly h: f64 } | Circle;',
    );
    expect(union.discriminant).toBe("kind");
    expect(tagsOf(union)).toEqual([
      ["empty", 0, 0],
      ["box", 1, 1],
      ["circle", 2, 0],
    ]);
    const float = { kind: "float", format: "f64" };
    expect(union.variants[1]?.struct.fields).toEqual([
      { name: "w", slot: 0, type: float, optional: false },
      { name: "h", slot: 1, type: float, optional: false },
    ]);
    expect(union.variants[0]?.struct.fields).toEqual([]);
  });

  test("arms come through nested aliases in the order of the text", () => {
    const union = unionOf(
      'export type One = { readonly t: "one" }; export type Two = { readonly t: "two" }; type Both = Two | One;\n' +
        '/** @wire */ export type U = { readonly t: "zero" } | (Both);',
    );
    expect(tagsOf(union)).toEqual([
      ["zero", 0, 0],
      ["two", 1, 0],
      ["one", 2, 0],
    ]);
  });

  test("the first declared of several discriminants counts", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly v: 1; readonly kind: "a"; readonly same: "x" } | { readonly kind: "b"; readonly v: 2; readonly same: "x" };',
    );
    expect(union.discriminant).toBe("v");
  });

  test("an optional discriminant is none, a shared literal neither", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly a?: 1; readonly b: "x"; readonly c: true } | { readonly a?: 2; readonly b: "x"; readonly c: false };',
    );
    expect([union.discriminant, tagsOf(union)]).toEqual([
      "c",
      [
        [true, 0, 2],
        [false, 1, 2],
      ],
    ]);
  });

  test("an arm with several tags is several variants", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly op: "sub" | "add"; readonly n: i32 } | { readonly op: "neg" };',
    );
    expect(tagsOf(union)).toEqual([
      ["sub", 0, 0],
      ["add", 1, 0],
      ["neg", 2, 0],
    ]);
    expect(union.variants[0]?.struct).toEqual(union.variants[1]?.struct);
  });

  test("members of an enum discriminate", () => {
    const union = unionOf(
      "export enum Kind { a = 5, b = 6 }\n/** @wire */ export type U = { readonly kind: Kind.b } | { readonly kind: Kind.a; readonly n: i32 };",
    );
    expect(tagsOf(union)).toEqual([
      [6, 0, 0],
      [5, 1, 0],
    ]);
    const origin = { file: "/project/input.ts", name: "Kind" };
    expect(union.variants.map((variant) => [variant.enumMember, variant.enum])).toEqual([
      ["b", origin],
      ["a", origin],
    ]);
  });

  test("members of several enums discriminate, beside literals and null", () => {
    const union = unionOf(
      'export enum Kind { a = 5, b = 6 }\nexport enum Other { a = "a" }\n' +
        '/** @wire */ export type U = { readonly kind: "x" | Kind.b } | { readonly kind: null | Other.a | 1; readonly n: i32 };',
    );
    expect(tagsOf(union)).toEqual([
      ["x", 0, 0],
      [6, 1, 0],
      [null, 2, 0],
      ["a", 3, 0],
      [1, 4, 0],
    ]);
    expect(union.variants.map((variant) => variant.enum?.name)).toEqual([
      undefined,
      "Kind",
      undefined,
      "Other",
      undefined,
    ]);
  });

  test("generic unions keep the order of their declaration in every instance", () => {
    const union = unionOf(
      "export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };\n" +
        "/** @wire */ export interface X { readonly r: Result<i32> }",
      "Result_i32",
    );
    expect(tagsOf(union)).toEqual([
      [true, 0, 0],
      [false, 1, 0],
    ]);
  });

  test("arms that no text lists are sorted by their tag", () => {
    const text =
      'export type All = { readonly t: "c" } | { readonly t: "b"; readonly n: i32 } | { readonly t: "a" };\n' +
      '/** @wire */ export type U = Exclude<All, { readonly t: "b" }>;';
    expect(tagsOf(unionOf(text))).toEqual([
      ["a", 0, 0],
      ["c", 1, 0],
    ]);
  });

  test("a nullable union is a union that may be null", () => {
    const text =
      'export type S = { readonly t: "a" } | { readonly t: "b" };\n/** @wire */ export type U = S | null;';
    expect(declarationOf(text, "U").type).toEqual({
      kind: "maybe",
      type: { kind: "ref", id: "/project/input.ts#S" },
      null: true,
      undefined: false,
    });
  });
});
