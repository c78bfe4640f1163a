import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  array,
  choice,
  map,
  orNull,
  plain,
  record,
  ref,
  schemaOf,
  set,
  struct,
  tuple,
  union,
} from "./build.testing.ts";
import { canonicalText } from "./canonical.ts";
import { immutabilityOf } from "./immutability.ts";
import { formatLock } from "./lock/lock-text.ts";
import { updateLock } from "./lock/update-lock.ts";
import { schemas } from "./random-types.testing.ts";
import type { Schema, Type } from "./schema.ts";

function isImmutable(type: Type): boolean {
  return immutabilityOf(schemaOf("/f.ts", {}))(type);
}

const mutable = <T extends Type>(type: T): T => ({ ...type, mutable: true });

describe("a type is immutable if nothing in it can be changed in place", () => {
  test.each<[string, Type]>([
    ["a primitive", plain("i32")],
    ["a choice", choice("a", 1)],
    ["a list", array("string")],
    ["a set", set("i32")],
    ["a map", map("string", "i32")],
    ["a record", record("f64")],
    ["a tuple", tuple(1, "string")],
    ["a struct", struct({ a: "i32", "b?": "string" })],
    ["a union", union({ a: struct({ x: "i32" }), b: struct({}) })],
  ])("%s is", (_, type) => {
    expect(isImmutable(type)).toBe(true);
  });

  test.each<[string, Type]>([
    ["bytes", plain("bytes")],
    ["a date", plain("date")],
    ["a typed array", { kind: "typedArray", array: "Int16Array" }],
    ["a list that can be changed", mutable(array("string"))],
    ["a set that can be changed", mutable(set("i32"))],
    ["a map that can be changed", mutable(map("string", "i32"))],
    ["a record that can be changed", mutable(record("f64"))],
    ["a tuple that can be changed", mutable(tuple(1, "string"))],
    ["a list of bytes", array("bytes")],
    ["a map to bytes", map("string", "bytes")],
    ["bytes or null, deep inside", record(tuple(0, orNull(array(orNull("bytes")))))],
    [
      "a struct with a property that can be assigned to",
      { kind: "struct", fields: [field({ mutable: true })] },
    ],
    [
      "a union with such a struct",
      union({ a: struct({}), b: { kind: "struct", fields: [field({ mutable: true })] } }),
    ],
    ["a union whose tag can be assigned to", tagged()],
  ])("%s is not", (_, type) => {
    expect(isImmutable(type)).toBe(false);
  });
});

function field(more: { readonly mutable?: true }) {
  return { name: "a", slot: 0, type: plain("i32"), optional: false, ...more };
}

function tagged(): Type {
  const { variants, ...rest } = union({ a: struct({ x: "i32" }) });
  return { ...rest, variants: variants.map((variant) => ({ ...variant, mutable: true })) };
}

describe("of types that contain themselves", () => {
  const id = (name: string) => ref(`/f.ts#${name}`);

  test("those are immutable from which nothing mutable is reached", () => {
    const isSo = immutabilityOf(
      schemaOf("/f.ts", {
        Tree: struct({ children: array(id("Tree")) }),
        Left: struct({ right: orNull(id("Right")) }),
        Right: struct({ left: orNull(id("Left")), image: "bytes" }),
        Holder: struct({ tree: id("Tree"), left: array(id("Left")) }),
      }),
    );
    const verdicts = ["Tree", "Left", "Right", "Holder"].map((name) => isSo(id(name)));
    expect(verdicts).toEqual([true, false, false, false]);
    expect(isSo(array(id("Tree")))).toBe(true);
    expect(isSo(map("string", id("Left")))).toBe(false);
  });
});

/** The schema with everything in it mutable. */
function thawed(schema: Schema): Schema {
  const declarations = [...schema.declarations].map(([id, declaration]) => {
    return [id, { ...declaration, type: thaw(declaration.type) as Type }] as const;
  });
  return { ...schema, declarations: new Map(declarations) };
}

function thaw(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(thaw);
  if (typeof part !== "object" || part === null) return part;
  return {
    ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, thaw(value)])),
    mutable: true,
  };
}

test("what can be changed is no part of canonical text, fingerprint and lock", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const other = thawed(schema);
      for (const id of schema.roots) expect(canonicalText(other, id)).toBe(canonicalText(schema, id));
      const { lock } = updateLock(undefined, [schema], "/p");
      const copied = updateLock(undefined, [other], "/p").lock;
      expect(formatLock(copied)).toBe(formatLock(lock));
      expect(updateLock(lock, [other], "/p").changes).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
