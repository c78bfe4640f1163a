// Random types and schemas for property tests. Every type has values: a type reaches itself only through something that
// may be empty.
import fc from "fast-check";
import {
  array,
  choice,
  idIn,
  map,
  mixedAt,
  type Plain,
  plain,
  plainNames,
  record,
  ref,
  schemaOf,
  set,
} from "./build.testing.ts";
import { clashOf, kindsOf } from "./kinds.ts";
import type { Field, Literal, Member, Schema, Struct, Tag, Type, Union } from "./schema.ts";
import { normalized, type Pattern } from "./template.ts";

export const file = "/p/src/types.ts";
export const names = ["A", "B", "C"] as const;

const fieldNames = ["a", "b", "c", "d", "odd name", "__proto__", "7"];
const literals: readonly Literal[] = [
  "low",
  "high",
  "",
  0,
  1,
  -2.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
];
const tags: readonly Tag[] = ["circle", "square", 3, true, "", "7", null, "null"];

function numbered<T>(
  most: number,
  values: fc.Arbitrary<readonly T[]>,
): fc.Arbitrary<readonly (readonly [number, T])[]> {
  const all = Array.from({ length: most }, (_, number) => number);
  return values.chain((list) =>
    fc
      .shuffledSubarray(all, { minLength: list.length, maxLength: list.length })
      .map((numbers) => list.map((value, index) => [numbers[index] ?? 0, value] as const)),
  );
}

const plainType = fc.constantFrom<Plain>(...plainNames).map(plain);

const choiceType = numbered(
  12,
  fc.uniqueArray(fc.constantFrom(...literals), { minLength: 1, maxLength: 4 }),
).map(
  (pairs): Type => ({
    kind: "choice",
    members: pairs.map(([ordinal, value]): Member => ({ ordinal, value })),
  }),
);

const pieces = fc.constantFrom("", "a", "-", "px", "a-", "`", "\u2028", "${");
const placeholders = fc.constantFrom(
  "string",
  "number",
  "bigint",
  "Uppercase<string>",
  "Capitalize<Lowercase<string>>",
);

const pattern = fc
  .tuple(pieces, fc.array(fc.tuple(placeholders, pieces), { minLength: 1, maxLength: 3 }))
  .map(([head, rest]): Pattern => [head, ...rest.flat()]);

const templateType = fc
  .tuple(fc.array(pattern, { minLength: 1, maxLength: 2 }), fc.array(pieces, { maxLength: 2 }))
  .map(
    ([open, closed]): Type => ({
      kind: "template",
      patterns: normalized([...open, ...closed.map((text) => [text])]),
    }),
  );

/** A type that accepts neither null nor undefined itself, to stand inside a maybe. */
function present(type: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  return type.filter(({ kind }) => kind !== "maybe" && kind !== "null" && kind !== "ref");
}

function maybeOf(type: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  const flags = fc.constantFrom([true, false] as const, [false, true] as const, [true, true] as const);
  return fc
    .tuple(
      fc.oneof(
        present(type),
        fc.constantFrom(...names).map((name) => ref(idIn(file, name))),
      ),
      flags,
    )
    .map(([inner, [acceptsNull, acceptsUndefined]]) => ({
      kind: "maybe",
      type: inner,
      null: acceptsNull,
      undefined: acceptsUndefined,
    }));
}

function orUndefined(type: Type): Type {
  if (type.kind === "maybe") return { ...type, undefined: true };
  const isNull = type.kind === "null";
  return { kind: "maybe", type: isNull ? plain("string") : type, null: isNull, undefined: true };
}

function structOf(type: fc.Arbitrary<Type>): fc.Arbitrary<Struct> {
  const field = fc.tuple(fc.constantFrom(...fieldNames), type, fc.boolean());
  return numbered(9, fc.uniqueArray(field, { maxLength: 4, selector: ([name]) => name })).map((fields) => ({
    kind: "struct",
    fields: fields.map(
      ([slot, [name, own, optional]]): Field => ({
        name,
        slot,
        type: optional ? orUndefined(own) : own,
        optional,
      }),
    ),
  }));
}

function unionOf(struct: fc.Arbitrary<Struct>): fc.Arbitrary<Union> {
  const variant = fc.tuple(fc.constantFrom(...tags), struct);
  const variants = fc.uniqueArray(variant, { minLength: 1, maxLength: 3, selector: ([tag]) => tag });
  return fc.tuple(numbered(12, variants), fc.constantFrom("kind", "type")).map(([all, discriminant]) => ({
    kind: "union",
    discriminant,
    variants: all.map(([ordinal, [tag, struct]], tagPosition) => ({ tag, ordinal, struct, tagPosition })),
  }));
}

function clash(a: Type, b: Type): boolean {
  const [own, other] = [a, b].map((type) => kindsOf(type, () => undefined));
  return own === undefined || other === undefined || clashOf(own, other) !== undefined;
}

/** One arm at most of each kind of JSON, or tuples of different lengths. */
function mixedOf(type: fc.Arbitrary<Type>, struct: fc.Arbitrary<Struct>): fc.Arbitrary<Type> {
  const numbers = plainNames.filter((name) => plain(name).kind === "integer" || plain(name).kind === "float");
  const strings = fc.oneof(
    fc.constantFrom<Plain>("string", "bytes", "date", "Int16Array").map(plain),
    fc.constant(choice("low", "high")),
  );
  const element = contained(type);
  const lists = fc.oneof(
    element.map((each) => array(each)),
    element.map((each) => set(each)),
    tupleOf(type),
    element.map((each) => map("i32", each)),
    fc.constantFrom<Plain>("f64", "f32").map(array),
  );
  const objects = fc.oneof<fc.Arbitrary<Type>[]>(
    struct,
    unionOf(struct),
    element.map((each) => record(each)),
    element.map((each) => map("string", each)),
  );
  const bigints = fc.constantFrom<Plain>("i64", "bigint").map((name) => [plain(name)]);
  const scalars = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...numbers).map(plain), strings) },
    { weight: 1, arbitrary: bigints },
  );
  return fc
    .tuple(fc.constant(plain("boolean")), lists, fc.array(tupleOf(type), { maxLength: 3 }), objects, scalars)
    .chain(([flag, list, tuples, object, rest]) =>
      fc.shuffledSubarray([flag, ...tuples, list, object, ...rest], { minLength: 2 }),
    )
    .map((arms) => arms.filter((arm, index) => !arms.slice(0, index).some((other) => clash(arm, other))))
    .filter((arms) => arms.length > 1)
    .chain((arms) => numbered(9, fc.constant(arms)))
    .map((arms) => mixedAt(Object.fromEntries(arms)));
}

function tupleOf(type: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  const fixed = fc.tuple(fc.array(type, { maxLength: 3 }), fc.nat(3)).map(([elements, count]) => {
    const required = Math.min(count, elements.length);
    const all = elements.map((element, index) => (index < required ? element : orUndefined(element)));
    return { kind: "tuple", elements: all, required } as const;
  });
  const ends = fc.tuple(fc.option(contained(type)), fc.array(type, { maxLength: 2 }));
  return fc.tuple(fixed, ends).map(([tuple, [rest, trailing]]): Type => {
    if (rest === null) return tuple;
    const isFixed = tuple.required === tuple.elements.length && trailing.length > 0;
    return { ...tuple, rest, ...(isFixed ? { trailing } : {}) };
  });
}

/** What can stand in a container: also a named type, since a container may be empty. */
function contained(type: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  return fc.oneof(
    { weight: 4, arbitrary: type },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => ref(idIn(file, name))) },
  );
}

const { type: anyType } = fc.letrec<{ type: Type; struct: Struct }>((tie) => {
  const type = tie("type");
  return {
    struct: structOf(type),
    type: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      plainType,
      choiceType,
      templateType,
      maybeOf(type),
      contained(type).map((element): Type => ({ kind: "array", element })),
      contained(type).map((element): Type => ({ kind: "set", element })),
      contained(type).map((value): Type => ({ kind: "record", value })),
      fc
        .tuple(fc.oneof(plainType, choiceType), contained(type))
        .map(([key, value]): Type => ({ kind: "map", key, value })),
      tupleOf(type),
      tie("struct"),
      unionOf(tie("struct")),
      mixedOf(type, tie("struct")),
    ),
  };
});

/** A type that may refer to the named types of {@link schemas}. */
export const types: fc.Arbitrary<Type> = anyType;

/** No name stands for itself and nothing else. */
const declared = anyType.map((type): Type => {
  if (type.kind !== "maybe" || type.type.kind !== "ref") return type;
  return { kind: "array", element: type.type };
});

/** A schema of three tagged types that may reach each other. */
export const schemas: fc.Arbitrary<Schema> = fc
  .tuple(declared, declared, declared)
  .map(([a, b, c]) => schemaOf(file, { A: a, B: b, C: c }));
