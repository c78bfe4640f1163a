import type { Type } from "@hewn/schema";
import { expect, test } from "@jest/globals";
import { endlessTypes } from "./infinite-value.ts";

const ref = (id: string): Type => ({ kind: "ref", id });
const struct = (...types: readonly Type[]): Type & { kind: "struct" } => ({
  kind: "struct",
  fields: types.map((type, slot) => ({ name: `f${slot}`, slot, type, optional: false })),
});
const union = (...types: readonly Type[]): Type => ({
  kind: "union",
  discriminant: "k",
  variants: types.map((type, n) => ({ tag: n, ordinal: n, struct: struct(type), tagPosition: 0 })),
});
const maybe = (type: Type): Type => ({ kind: "maybe", type, null: true, undefined: false });
const string: Type = { kind: "string" };
const endless = (types: Readonly<Record<string, Type>>): readonly string[] =>
  [...endlessTypes(new Map(Object.entries(types))).endless].sort();

test("a type that needs itself has no finite value", () => {
  expect(endless({ A: struct(string, ref("A")) })).toEqual(["A"]);
  expect(endless({ A: { kind: "tuple", elements: [ref("A")], required: 1 } })).toEqual(["A"]);
});

test("of types that need each other each one is told, of those that merely use them none", () => {
  expect(endless({ A: struct(ref("B")), B: struct(ref("A")), User: struct(ref("A")) })).toEqual(["A", "B"]);
});

test("a union needs one arm that ends", () => {
  expect(endless({ U: union(ref("U"), struct(ref("U"))) })).toEqual(["U"]);
  expect(endless({ U: union(ref("U"), string) })).toEqual([]);
  expect(endless({ U: union(ref("A"), ref("B")), A: struct(ref("U")), B: struct(string) })).toEqual([]);
});

test.each<[string, Type]>([
  ["an array", { kind: "array", element: ref("A") }],
  ["a set", { kind: "set", element: ref("A") }],
  ["a map", { kind: "map", key: string, value: ref("A") }],
  ["a record", { kind: "record", value: ref("A") }],
  ["what may be null", maybe(ref("A"))],
  ["an optional element", { kind: "tuple", elements: [maybe(ref("A"))], required: 0 }],
])("recursion ends in %s", (_, type) => {
  expect(endless({ A: struct(type) })).toEqual([]);
});

test("a type that was refused counts as fine", () => {
  expect(endless({ A: struct(ref("gone")) })).toEqual([]);
});
