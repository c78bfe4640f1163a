import { expect, test } from "@jest/globals";
import { Recursion } from "./recursion.ts";
import type { Declaration, Schema, Type } from "./schema.ts";

const ref = (id: string): Type => ({ kind: "ref", id });
const list = (element: Type): Type => ({ kind: "array", element });
const struct = (...types: readonly Type[]): Type => ({
  kind: "struct",
  fields: types.map((type, slot) => ({ name: `f${slot}`, slot, type, optional: false })),
});

function schemaOf(types: Readonly<Record<string, Type>>): Schema {
  const declarations = Object.entries(types).map(([id, type]): [string, Declaration] => [
    id,
    { id, name: id, scope: "wire", origin: { file: "/f.ts", name: id }, type },
  ]);
  return { file: "/f.ts", roots: Object.keys(types), refused: [], declarations: new Map(declarations) };
}

test("a type is recursive if it can contain itself, directly or through others", () => {
  const recursion = new Recursion(
    schemaOf({
      Tree: struct(list(ref("Tree"))),
      A: struct(ref("B")),
      B: struct({ kind: "maybe", type: ref("A"), null: true, undefined: false }),
      Leaf: struct({ kind: "string" }),
      Holder: struct(ref("Tree"), ref("Leaf")),
    }),
  );
  expect(["Tree", "A", "B", "Leaf", "Holder"].map((id) => recursion.isRecursive(id))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("whatever holds a recursive type hands a depth on, and nothing else does", () => {
  const recursion = new Recursion(
    schemaOf({
      Tree: struct(list(ref("Tree"))),
      Leaf: struct(),
      Holder: struct(ref("Tree")),
      Outer: struct(ref("Holder")),
    }),
  );
  expect(recursion.needsDepth(list(ref("Outer")))).toBe(true);
  expect(recursion.needsDepth(ref("Tree"))).toBe(true);
  expect(recursion.needsDepth(ref("Leaf"))).toBe(false);
  expect(recursion.needsDepth({ kind: "string" })).toBe(false);
});

test("a chain of any length is followed in linear time and without growing the stack", () => {
  const length = 20_000;
  const types = Object.fromEntries(
    Array.from({ length }, (_, i) => [
      `T${i}`,
      i + 1 < length ? struct(ref(`T${i + 1}`)) : struct(ref("Tree")),
    ]),
  );
  const recursion = new Recursion(schemaOf({ ...types, Tree: struct(list(ref("Tree"))) }));
  expect(recursion.needsDepth(ref("T0"))).toBe(true);
  expect(recursion.isRecursive("T0")).toBe(false);
});

test("types in one of several cycles that share a type are all recursive", () => {
  const recursion = new Recursion(
    schemaOf({
      Hub: struct(ref("Left"), ref("Right")),
      Left: struct(ref("Hub")),
      Right: struct(ref("Far")),
      Far: struct(ref("Hub"), ref("Out")),
      Out: struct(),
    }),
  );
  const recursive = ["Hub", "Left", "Right", "Far", "Out"].filter((id) => recursion.isRecursive(id));
  expect(recursive).toEqual(["Hub", "Left", "Right", "Far"]);
});
