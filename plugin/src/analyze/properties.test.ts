import type { Struct, Type } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { declarationOf, lowered } from "./schema-of.testing.ts";

describe("object types", () => {
  const namesOf = (type: Type | undefined): unknown =>
    (type as Struct).fields.map(({ name, slot }) => `${slot} ${name}`);

  test("fields of base types come first, in declared order", () => {
    const text =
      "export interface A { readonly z: string; readonly a: string }\nexport interface B { readonly m: string }\n" +
      "/** @wire */ export interface X extends B, A { readonly c: string; readonly b: string }";
    expect(namesOf(declarationOf(text, "X").type)).toEqual(["0 m", "1 z", "2 a", "3 c", "4 b"]);
  });

  test("an interface that narrows a field of its base keeps the field's place", () => {
    const text =
      "export interface A { readonly a: string | number; readonly b: string }\n" +
      "/** @wire */ export interface X extends A { readonly c: string; readonly a: string }";
    const { type } = declarationOf(text, "X");
    expect(namesOf(type)).toEqual(["0 a", "1 b", "2 c"]);
    expect((type as Struct).fields[0]?.type).toEqual({ kind: "string" });
  });

  const base = "export interface A { readonly z: string; readonly a: i32; readonly m?: string }";

  test("homomorphic mapped types keep the source's order, keys from a union are sorted", () => {
    expect(namesOf(lowered("Partial<A>", base))).toEqual(["0 z", "1 a", "2 m"]);
    expect(namesOf(lowered("Readonly<Partial<A>>", base))).toEqual(["0 z", "1 a", "2 m"]);
    const derived = `${base}\nexport interface B extends A { readonly b: i32; readonly z: "z" }`;
    expect(namesOf(lowered("Partial<B>", derived))).toEqual(["0 z", "1 a", "2 m", "3 b"]);
    expect(namesOf(lowered('Pick<A, "z" | "a">', base))).toEqual(["0 a", "1 z"]);
    expect(namesOf(lowered('Omit<A, "a">', base))).toEqual(["0 m", "1 z"]);
    expect(namesOf(lowered('Readonly<Record<"b" | "a", string>>', base))).toEqual(["0 a", "1 b"]);
    expect(namesOf(lowered('Readonly<Pick<A, "z" | "a">>', base))).toEqual(["0 a", "1 z"]);
  });

  test("mapped types change what is optional and readonly", () => {
    const struct = lowered("Partial<A>", base) as Struct;
    expect(struct.fields.map(({ optional }) => optional)).toEqual([true, true, true]);
    const required = lowered("Required<A>", base) as Struct;
    expect(required.fields.map(({ optional }) => optional)).toEqual([false, false, false]);
    expect(namesOf(lowered("Readonly<{ a: string }>"))).toEqual(["0 a"]);
  });

  test("intersections of object types are flattened in order", () => {
    expect(namesOf(lowered("{ readonly b: string } & A & { readonly c: i32 }", base))).toEqual([
      "0 b",
      "1 z",
      "2 a",
      "3 m",
      "4 c",
    ]);
  });

  test("Immutable makes a type of somebody else a wire type", () => {
    const text =
      'import type { Immutable } from "@hewn/runtime";\n' +
      "export interface Foreign { name: string; tags: string[]; counts: Map<string, i32>; at: [i32, string]; next?: Foreign }\n" +
      "/** @wire */ export type Mine = Immutable<Foreign>;";
    const { type } = declarationOf(text, "Mine");
    expect(namesOf(type)).toEqual(["0 name", "1 tags", "2 counts", "3 at", "4 next"]);
    expect((type as Struct).fields.map((field) => field.type.kind)).toEqual([
      "string",
      "array",
      "map",
      "tuple",
      "maybe",
    ]);
  });

  test("merged declarations are one type", () => {
    const text =
      "/** @wire */ export interface X { readonly b: string }\nexport interface X { readonly a: string }";
    expect(namesOf(declarationOf(text, "X").type)).toEqual(["0 b", "1 a"]);
  });

  test("a getter alone is a readonly property", () => {
    expect(namesOf(declarationOf("/** @wire */ export interface X { get a(): string }", "X").type)).toEqual([
      "0 a",
    ]);
  });
});
