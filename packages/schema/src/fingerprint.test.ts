import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { array, orNull, orUndefined, ref, schemaOf, struct } from "./build.testing.ts";
import { canonicalText } from "./canonical.ts";
import { fingerprint, fingerprintOf } from "./fingerprint.ts";
import { schemas } from "./random-types.testing.ts";
import type { Declaration, Schema, Type } from "./schema.ts";

const file = "/p/types.ts";

test("the fingerprint of a type is that of its canonical text", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      for (const id of schema.declarations.keys()) {
        expect(fingerprintOf(schema, id)).toBe(fingerprint(canonicalText(schema, id)));
      }
    }),
    { numRuns: 300 },
  );
});

/** The same types, one of which means something else. */
function replaced(schema: Schema, name: string, type: Type): Schema {
  const declarations = [...schema.declarations].map(([id, each]): [string, Declaration] => [
    id,
    each.name === name ? { ...each, type } : each,
  ]);
  return { ...schema, declarations: new Map(declarations) };
}

test("what was found of a type holds in another schema only as far as its names mean the same there", () => {
  const first = schemaOf(file, {
    Order: struct({ lines: array(ref(`${file}#Line`)), note: orUndefined(ref(`${file}#Note`)) }),
    Line: struct({ sku: "string", note: ref(`${file}#Note`) }),
    Note: orNull("string"),
  });
  const others = [
    replaced(first, "Note", orNull("i32")),
    replaced(first, "Note", struct({ text: "string" })),
    replaced(first, "Note", struct({ next: orNull(ref(`${file}#Line`)) })),
  ];
  const prints = [first, ...others, first].map((schema) => {
    const print = fingerprintOf(schema, `${file}#Order`);
    expect(print).toBe(fingerprint(canonicalText(schema, `${file}#Order`)));
    return print;
  });
  expect(new Set(prints).size).toBe(4);
  expect(prints.at(-1)).toBe(prints[0]);
});

test("chains of types are as long as they like", () => {
  const length = 20_000;
  const types = Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `T${index}`,
      struct(index + 1 < length ? { next: ref(`${file}#T${index + 1}`) } : { end: "boolean" }),
    ]),
  );
  const schema = schemaOf(file, types);
  expect(fingerprintOf(schema, `${file}#T0`)).toBe(fingerprint(canonicalText(schema, `${file}#T0`)));
});
