// The canonical text: what it says, and what it does not.
import { describe, expect, test } from "@jest/globals";
import {
  array,
  choice,
  choiceAt,
  idIn,
  importing,
  map,
  mixed,
  mixedAt,
  orBoth,
  orNull,
  orUndefined,
  plain,
  plainNames,
  record,
  ref,
  restTuple,
  schemaOf,
  set,
  struct,
  structAt,
  tuple,
  union,
  unionAt,
  type Written,
} from "./build.testing.ts";
import { canonicalText } from "./canonical.ts";
import { UnresolvedReference } from "./canonical-graph.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Type } from "./schema.ts";

const file = "/p/a.ts";
const named = (name: string): Type => ref(idIn(file, name));

function textOf(type: Written, others: Readonly<Record<string, Written>> = {}): string {
  return canonicalText(schemaOf(file, { T: type }, others), idIn(file, "T"));
}

const point = struct({ x: "f64", y: "f64" });
const list = struct({ value: "i32", "next?": named("List") });

/** Texts and fingerprints of record: a change here is a change of every fingerprint in the field. */
const golden: readonly (readonly [string, string, string])[] = [
  ["a plain type", textOf("i32"), '[1,"i32"] 5a243569f5e783af'],
  [
    "containers",
    textOf(array(map("string", set("u8")))),
    '[1,["array",["map","string",["set","u8"]]]] abd32aa0e8d87384',
  ],
  ["a record", textOf(record(orNull("string"))), '[1,["record",["maybe","null","string"]]] 07d5cafbb543646d'],
  [
    "empty values",
    textOf(tuple(1, orUndefined("f32"), orBoth("bytes"))),
    '[1,["tuple",1,["maybe","undefined","f32"],["maybe","both","bytes"]]] ea6838e83e8be1f5',
  ],
  [
    "literals",
    textOf(choice("low", 2, true, Number.NaN)),
    '[1,["choice",[0,"low"],[1,2],[2,true],[3,{"number":"NaN"}]]] 82b4167682376200',
  ],
  [
    "fields by slot",
    textOf(
      structAt([
        [3, "b?", "i64"],
        [0, "a", "u64"],
      ]),
    ),
    '[1,["struct",[0,"a",0,"u64"],[3,"b",1,["maybe","undefined","i64"]]]] 5a744292dc5a189b',
  ],
  [
    "a union",
    textOf(union({ circle: struct({ r: "f64" }), none: struct({}) })),
    '[1,["union","kind",[0,"circle",["struct",[0,"r",0,"f64"]]],[1,"none",["struct"]]]] e9abf96b029435f9',
  ],
  [
    "recursion",
    textOf(named("List"), { List: list }),
    '[1,["struct",[0,"value",0,"i32"],[1,"next",1,["maybe","undefined",0]]]] 48024b32ac28dfbe',
  ],
  [
    "a part that comes twice",
    textOf(struct({ from: point, to: point })),
    '[1,["struct",[0,"from",0,["struct",[0,"x",0,"f64"],[1,"y",0,"f64"]]],[1,"to",0,1]]] 14425d44f9e8dbd2',
  ],
  [
    "arms as they are",
    textOf(mixed(point, "string", "i32")),
    '[1,["mixed","i32","string",["struct",[0,"x",0,"f64"],[1,"y",0,"f64"]]]] a69e0064429a90f1',
  ],
  ["a rest", textOf(restTuple(["string"], "i32")), '[1,["rest",1,1,"string","i32"]] f1273e25bcb14c8a'],
  [
    "a rest inside",
    textOf(restTuple(["string"], "i32", "boolean")),
    '[1,["rest",1,1,"string","i32","boolean"]] 0868c5202b8ee410',
  ],
  [
    "numbered arms",
    textOf(mixed(point, array("i32"), "bigint")),
    '[1,["tagged",[0,["struct",[0,"x",0,"f64"],[1,"y",0,"f64"]]],[1,["array","i32"]],[2,"bigint"]]] 5d353cee42a2ee1a',
  ],
  [
    "recursion through arms",
    textOf(named("J"), { J: mixed("string", array(named("J"))) }),
    '[1,["mixed","string",["array",0]]] fed76e5dc0e6d55e',
  ],
  ["recursion through containers alone", textOf(array(named("T"))), '[1,["array",0]] 7eadddbd9281ed26'],
];

describe("the canonical text", () => {
  test.each(golden)("of %s is the text of record, with its fingerprint", (_, text, expected) => {
    expect(`${text} ${fingerprint(text)}`).toBe(expected);
  });

  test("does not change with the order or the ordinals of arms where those are not on the wire", () => {
    const text = textOf(mixed("string", "i32", point));
    expect(textOf(mixed(point, "i32", "string"))).toBe(text);
    expect(textOf(mixedAt({ 3: "i32", 7: "string", 1: point }))).toBe(text);
    expect(textOf(mixed("string", "i32", array("i32")))).not.toBe(text);
    const numbered = textOf(mixed("string", array("i32"), point));
    expect(textOf(mixedAt({ 2: point, 0: "string", 1: array("i32") }))).toBe(numbered);
    expect(textOf(mixed("string", point, array("i32")))).not.toBe(numbered);
  });

  test("tells all plain types apart", () => {
    expect(new Set(plainNames.map((name) => textOf(name))).size).toBe(plainNames.length);
  });

  test("changes with a slot, a name, an optional flag, an ordinal, a literal, a tag, a discriminant", () => {
    const texts = [
      textOf(structAt([[0, "a", "i32"]])),
      textOf(structAt([[1, "a", "i32"]])),
      textOf(structAt([[0, "b", "i32"]])),
      textOf(structAt([[0, "a", orUndefined("i32")]])),
      textOf(structAt([[0, "a?", "i32"]])),
      textOf(choiceAt({ 0: "a" })),
      textOf(choiceAt({ 1: "a" })),
      textOf(choiceAt({ 0: 1 })),
      textOf(choiceAt({ 0: "1" })),
      textOf(unionAt([[0, "a", struct({})]])),
      textOf(unionAt([[1, "a", struct({})]])),
      textOf(unionAt([[0, "b", struct({})]])),
      textOf(unionAt([[0, "a", struct({})]], "type")),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("does not change with the names of types, the file, or the order of declarations", () => {
    const other = schemaOf(
      "/q/b.ts",
      { Renamed: ref("/q/b.ts#Chain") },
      {
        Chain: struct({ value: "i32", "next?": ref("/q/b.ts#Chain") }),
        Unused: "string",
      },
    );
    expect(canonicalText(other, "/q/b.ts#Renamed")).toBe(textOf(named("List"), { List: list }));
  });

  test("does not change with the declared order of fields, members and variants", () => {
    const fields = [
      [0, "a", "i32"],
      [1, "b", choiceAt({ 0: "x", 1: "y" })],
    ] as const;
    const variants = [
      [0, "s", structAt(fields)],
      [1, "t", struct({})],
    ] as const;
    const reversed = structAt([
      [
        1,
        "b",
        {
          kind: "choice",
          members: [
            { value: "y", ordinal: 1 },
            { value: "x", ordinal: 0 },
          ],
        },
      ],
      [0, "a", "i32"],
    ]);
    expect(
      textOf(
        unionAt([
          [1, "t", struct({})],
          [0, "s", reversed],
        ]),
      ),
    ).toBe(textOf(unionAt(variants)));
  });

  test("does not change with where the discriminant stands, or which enum literals come from", () => {
    const bare = union({ a: struct({}) });
    const origin = { file, name: "Kind" };
    const variants = bare.variants.map((variant) => ({
      ...variant,
      tagPosition: 3,
      enumMember: "A",
      enum: origin,
    }));
    expect(textOf({ ...bare, variants })).toBe(textOf(bare));
    expect(textOf({ kind: "choice", members: [{ value: 1, ordinal: 0 }], enum: origin })).toBe(
      textOf(choice(1)),
    );
  });

  test("is the same for a type that is named and one that is written in place", () => {
    const inPlace = textOf(struct({ from: point, to: array(point) }));
    expect(textOf(struct({ from: named("P"), to: array(named("P")) }), { P: point })).toBe(inPlace);
    expect(
      textOf(struct({ from: named("P"), to: named("Ps") }), { P: named("Q"), Q: point, Ps: array(point) }),
    ).toBe(inPlace);
  });

  test("is the same for a recursive type and one that is unrolled", () => {
    const unrolled = struct({ value: "i32", "next?": named("List") });
    expect(textOf(unrolled, { List: list })).toBe(textOf(named("List"), { List: list }));
    const [a, b] = [
      struct({ value: "i32", "next?": named("B") }),
      struct({ value: "i32", "next?": named("A") }),
    ];
    expect(textOf(named("A"), { A: a, B: b })).toBe(textOf(named("List"), { List: list }));
  });

  test("joins the empty values of nested names", () => {
    expect(textOf(orUndefined(named("N")), { N: orNull("i32") })).toBe(textOf(orBoth("i32")));
    expect(textOf(orNull(plain("null")))).toBe(textOf("null"));
    expect(textOf(orUndefined("null"))).toBe(textOf(orBoth("null")));
  });

  test("grows with the types, not with the ways through them", () => {
    const levels = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `L${level}`,
        level === 0
          ? struct({ end: "i32" })
          : struct({ a: named(`L${level - 1}`), b: named(`L${level - 1}`) }),
      ]),
    );
    expect(textOf(named("L39"), levels).length).toBeLessThan(3000);
  });

  test("of a type of another file is that of its own file", () => {
    const place = schemaOf("/p/place.ts", { Place: point });
    const user = importing(schemaOf(file, { T: struct({ at: ref("/p/place.ts#Place") }) }), place);
    expect(canonicalText(user, "/p/place.ts#Place")).toBe(canonicalText(place, "/p/place.ts#Place"));
  });

  test("of a name that leads nowhere is a typed error", () => {
    expect(() => textOf(ref("Nowhere"))).toThrow(UnresolvedReference);
    expect(() => textOf(named("T"))).toThrow(UnresolvedReference);
    expect(() => canonicalText(schemaOf(file, {}), "T")).toThrow(UnresolvedReference);
  });
});
