// Compatibility, against a table and against programs: two versions that are said to be compatible must understand each
// other's values, read and written by an interpreter that knows nothing of the rules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  array,
  choice,
  choiceAt,
  idIn,
  map,
  orBoth,
  orNull,
  orUndefined,
  type Plain,
  record,
  ref,
  schemaOf,
  set,
  struct,
  structAt,
  template,
  tuple,
  union,
  unionAt,
  type Written,
} from "./build.testing.ts";
import { canonicalType } from "./canonical.ts";
import type { CanonicalType } from "./canonical-type.ts";
import type { Incompatibility } from "./compatibility/incompatibility.ts";
import { compare } from "./compatibility.ts";
import { schemas } from "./random-types.testing.ts";
import { exchange } from "./testing/agreement.ts";
import { mixedChanges, type Row, restChanges, row } from "./testing/changes.ts";
import { mutated } from "./testing/mutate.ts";
import { Random } from "./testing/random.ts";
import { NoValue, type Value, Values } from "./testing/value.ts";

const file = "/p/a.ts";

function typeOf(written: Written, others: Readonly<Record<string, Written>> = {}): CanonicalType {
  return canonicalType(schemaOf(file, { T: written }, others), idIn(file, "T"));
}

/** `binary:null(.a)`; `null` alone where it holds for both formats. */
function brief(reasons: readonly Incompatibility[]): readonly string[] {
  return reasons.map(
    ({ rule, format, path }) => `${format === "both" ? "" : `${format}:`}${rule}${path && `(${path})`}`,
  );
}

function concerns(reasons: readonly Incompatibility[], format: "binary" | "json"): boolean {
  return reasons.some((reason) => reason.format === format || reason.format === "both");
}

const a = struct({ a: "i32" });
const yes: readonly string[] = [];

const table: readonly Row[] = [
  row("nothing", a, a, yes, yes),
  row("an optional field added", a, struct({ a: "i32", "b?": "string" }), yes, yes),
  row("a field T | undefined added", a, struct({ a: "i32", b: orUndefined("string") }), yes, yes),
  row("a required field added", a, struct({ a: "i32", b: "string" }), ["field-missing(.b)"], yes),
  row("a field T | null added", a, struct({ a: "i32", b: orNull("string") }), ["field-missing(.b)"], yes),
  row(
    "an optional field added before others",
    structAt([[1, "a", "i32"]]),
    structAt([
      [0, "b?", "string"],
      [1, "a", "i32"],
    ]),
    yes,
    yes,
  ),
  row("an optional field removed", struct({ a: "i32", "b?": "i32" }), a, yes, yes),
  row("a required field removed", struct({ a: "i32", b: "i32" }), a, yes, ["field-missing(.b)"]),
  row(
    "a required field in the middle removed",
    struct({ b: "i32", a: "i32" }),
    structAt([[1, "a", "i32"]]),
    yes,
    ["field-missing(.b)"],
  ),
  row("a field made optional", a, struct({ "a?": "i32" }), yes, ["undefined(.a)"]),
  row("a field made required", struct({ "a?": "i32" }), a, ["undefined(.a)"], yes),
  row(
    "`a?: T` made `a: T | undefined`",
    struct({ "a?": "i32" }),
    struct({ a: orUndefined("i32") }),
    yes,
    yes,
  ),
  row(
    "a field renamed in its slot",
    a,
    struct({ b: "i32" }),
    ["json:field-renamed(.b)"],
    ["json:field-renamed(.a)"],
  ),
  row(
    "an optional field renamed in its slot",
    struct({ "a?": "i32" }),
    struct({ "b?": "i32" }),
    ["json:field-renamed(.b)"],
    ["json:field-renamed(.a)"],
  ),
  row(
    "two fields swapped",
    struct({ x: "f64", y: "f64" }),
    struct({ y: "f64", x: "f64" }),
    ["binary:field-moved(.y)", "binary:field-moved(.x)"],
    ["binary:field-moved(.x)", "binary:field-moved(.y)"],
  ),
  row(
    "a required field moved to another slot",
    a,
    structAt([[1, "a", "i32"]]),
    ["binary:field-missing(.a)"],
    ["binary:field-missing(.a)"],
  ),
  row(
    "a field's name given to another slot",
    structAt([[0, "a?", "i32"]]),
    structAt([[1, "a?", "string"]]),
    ["json:kind(.a)"],
    ["json:kind(.a)"],
  ),

  row("T made `T | null`", "i32", orNull("i32"), yes, ["null"]),
  row("T to T | null | undefined", "i32", orBoth("i32"), yes, ["undefined", "null"]),
  row("null to T | null", "null", orNull("i32"), yes, ["kind"]),
  row(
    "null to null | undefined",
    struct({ a: "null" }),
    struct({ "a?": orNull("null") }),
    ["binary:null-encoding(.a)"],
    ["undefined(.a)", "binary:null-encoding(.a)"],
  ),
  row(
    "`a: T | null` made `a?: T`",
    struct({ a: orNull("i32") }),
    struct({ "a?": "i32" }),
    ["null(.a)"],
    ["undefined(.a)"],
  ),
  row(
    "`a: T | null` made `a?: T | null`",
    struct({ a: orNull("i32") }),
    struct({ "a?": orNull("i32") }),
    ["binary:null-encoding(.a)"],
    ["undefined(.a)", "binary:null-encoding(.a)"],
  ),
  row("`a?: T` made `a?: T | null`", struct({ "a?": "i32" }), struct({ "a?": orNull("i32") }), yes, [
    "null(.a)",
  ]),
  row(
    "undefined beside null in a list",
    array(orUndefined("i32")),
    array(orBoth("i32")),
    ["json:null-encoding([])"],
    ["null([])"],
  ),

  row("u8 made i16", "u8", "i16", yes, ["number-range"]),
  row("u32 made int", "u32", "int", yes, ["number-range"]),
  row("int made i64", "int", "i64", yes, ["number-range"]),
  row("i8 made u8", "i8", "u8", ["number-range"], ["number-range"]),
  row("i64 made bigint", "i64", "bigint", yes, ["number-range"]),
  row("u64 made number", "u64", "number", ["number-range"], ["number-range"]),
  row("int made number", "int", "number", yes, ["number-range"]),
  row("i16 made f32", "i16", "f32", yes, ["number-range"]),
  row("u32 made f32", "u32", "f32", ["number-range"], ["number-range"]),
  row("f32 made f64", "f32", "f64", yes, ["number-range"]),
  row("f64 made number", "f64", "number", yes, yes),
  row("number made bigint", "number", "bigint", ["number-range"], ["number-range"]),
  row("i32 made string", "i32", "string", ["kind"], ["kind"]),
  row("Int16Array made Uint16Array", "Int16Array", "Uint16Array", ["kind"], ["kind"]),
  row("Float32Array made Float64Array", "Float32Array", "Float64Array", ["kind"], ["kind"]),
  row("Uint8Array made Uint8ClampedArray", "bytes", "Uint8ClampedArray", ["kind"], ["kind"]),
  row("`readonly f64[]` made Float64Array", array("f64"), "Float64Array", ["kind"], ["kind"]),
  row("`${number}px` made string", template(["", "number", "px"]), "string", yes, ["template"]),
  row(
    "`user-${number}` made `user-${string}`",
    template(["user-", "number", ""]),
    template(["user-", "string", ""]),
    yes,
    ["template"],
  ),
  row(
    "a literal added to a template",
    template(["", "number", "px"]),
    template(["auto"], ["", "number", "px"]),
    yes,
    ["template"],
  ),
  row(
    "`a${string}` made `b${string}`",
    template(["a", "string", ""]),
    template(["b", "string", ""]),
    ["template"],
    ["template"],
  ),
  row("literals made a template", choice("1px"), template(["", "number", "px"]), ["kind"], ["kind"]),
  row("`v${bigint}` made bigint", template(["v", "bigint", ""]), "bigint", ["kind"], ["kind"]),
  row("Date made string", "date", "string", ["binary:kind"], ["kind"]),
  row(
    "a set of dates made one of strings",
    set("date"),
    set("string"),
    ["binary:kind([])", "json:duplicates"],
    ["kind([])"],
  ),
  row(
    "the keys of a map of dates made strings or absent",
    map("date", "boolean"),
    map(orUndefined("string"), "boolean"),
    ["binary:kind({key})", "json:duplicates"],
    ["undefined({key})", "kind({key})"],
  ),
  row("date made i64", "date", "i64", ["kind"], ["kind"]),
  row("string made bytes", "string", "bytes", ["kind"], ["kind"]),

  row("a literal added", choice("a"), choice("a", "b"), yes, ["literal-unknown"]),
  row(
    "literals reordered",
    choice("a", "b"),
    choice("b", "a"),
    ["binary:ordinal-reused", "binary:ordinal-reused"],
    ["binary:ordinal-reused", "binary:ordinal-reused"],
  ),
  row(
    "an ordinal given to another literal",
    choice("a"),
    choice("b"),
    ["binary:ordinal-reused", "json:literal-unknown"],
    ["binary:ordinal-reused", "json:literal-unknown"],
  ),
  row(
    "a literal moved to another ordinal",
    choiceAt({ 0: "a" }),
    choiceAt({ 1: "a" }),
    ["binary:literal-unknown"],
    ["binary:literal-unknown"],
  ),
  row("literals made `string`", choice("a"), "string", ["kind"], ["kind"]),

  row("a variant added", union({ x: a }), union({ x: a, y: a }), yes, ['variant-unknown(<"y">)']),
  row("a variant changed", union({ x: a }), union({ x: struct({}) }), yes, ['field-missing(<"x">.a)']),
  row(
    "variants reordered",
    union({ x: a, y: struct({}) }),
    union({ y: struct({}), x: a }),
    ['binary:ordinal-reused(<"x">)', 'binary:ordinal-reused(<"y">)'],
    ['binary:ordinal-reused(<"y">)', 'binary:ordinal-reused(<"x">)'],
  ),
  row(
    "an ordinal given to another variant",
    union({ x: a }),
    union({ y: a }),
    ['binary:ordinal-reused(<"x">)', 'json:variant-unknown(<"x">)'],
    ['binary:ordinal-reused(<"y">)', 'json:variant-unknown(<"y">)'],
  ),
  row(
    "a tag of another type",
    unionAt([[0, "1", a]]),
    unionAt([[0, 1, a]]),
    ['binary:ordinal-reused(<"1">)', 'json:variant-unknown(<"1">)'],
    ["binary:ordinal-reused(<1>)", "json:variant-unknown(<1>)"],
  ),
  row(
    "the discriminant renamed",
    union({ x: a }),
    union({ x: a }, "type"),
    ["json:discriminant-renamed"],
    ["json:discriminant-renamed"],
  ),
  row("an object made a union", a, union({ x: a }), ["kind"], ["kind"]),

  row(
    "`readonly f64[]` made `readonly number[]`",
    array("f64"),
    array("number"),
    ["binary:packed-array"],
    ["binary:packed-array"],
  ),
  row(
    "`readonly f32[]` made `readonly f64[]`",
    array("f32"),
    array("f64"),
    ["binary:packed-array"],
    ["binary:packed-array", "json:number-range([])"],
  ),
  row("a set of f64 to an array", set("f64"), array("f64"), ["binary:packed-array"], ["duplicates"]),
  row("array made set", array("i32"), set("i32"), ["duplicates"], yes),
  row("set made array", set("i32"), array("i32"), yes, ["duplicates"]),
  row("record made map with string keys", record("i32"), map("string", "i32"), yes, ["binary:map-keys"]),
  row("record made map with other keys", record("i32"), map("i32", "i32"), ["kind"], ["kind"]),
  row("a map's key widened", map("u8", "i32"), map("u16", "i32"), yes, ["number-range({key})"]),
  row(
    "a map's key made optional",
    map("string", "i32"),
    map(orNull("string"), "i32"),
    ["json:map-keys"],
    ["null({key})", "json:map-keys"],
  ),
  row("a map's value widened", map("string", "i32"), map("string", orNull("i32")), yes, ["null({})"]),
  row("a tuple longer by an optional element", tuple(1, "i32"), tuple(1, "i32", orUndefined("i32")), yes, [
    "tuple-length",
  ]),
  row(
    "a tuple longer by a required element",
    tuple(1, "i32"),
    tuple(2, "i32", "i32"),
    ["tuple-length"],
    ["tuple-length"],
  ),
  row("a tuple's element made optional", tuple(1, "i32"), tuple(0, orUndefined("i32")), yes, [
    "tuple-length",
    "undefined([0])",
  ]),
  row("a tuple made an array", tuple(2, "u8", "i32"), array("i32"), yes, ["kind"]),
  row("tuple to array of fewer values", tuple(2, "u8", "string"), array("u8"), ["kind([])"], ["kind"]),
  ...mixedChanges,
  ...restChanges,
];

/** Values of a type, or none where it has none. */
function values(type: CanonicalType, seed: number, count: number): readonly Value[] {
  const source = new Values(type, new Random(seed));
  try {
    return Array.from({ length: count }, () => source.next());
  } catch (error) {
    if (error instanceof NoValue) return [];
    throw error;
  }
}

function misunderstood(
  format: "binary" | "json",
  writer: CanonicalType,
  reader: CanonicalType,
  all: readonly Value[],
) {
  return all.flatMap((value) => {
    const verdict = exchange(format, writer, reader, value);
    return verdict === "refused" || verdict === "misunderstood" ? [{ verdict, value }] : [];
  });
}

describe("the table of changes", () => {
  test.each(table)("$change", ({ older, newer, newReadsOld, oldReadsNew }) => {
    const comparison = compare(typeOf(older), typeOf(newer));
    expect(brief(comparison.newReadsOld)).toEqual(newReadsOld);
    expect(brief(comparison.oldReadsNew)).toEqual(oldReadsNew);
  });

  test.each(table)("$change: programs fail exactly where the table says so", ({ older, newer }) => {
    const [old, young] = [typeOf(older), typeOf(newer)];
    const { newReadsOld, oldReadsNew } = compare(old, young);
    for (const format of ["binary", "json"] as const) {
      const forth = misunderstood(format, old, young, values(old, 1, 400));
      const back = misunderstood(format, young, old, values(young, 2, 400));
      expect([format, forth.length > 0, back.length > 0]).toEqual([
        format,
        concerns(newReadsOld, format),
        concerns(oldReadsNew, format),
      ]);
    }
  });
});

describe("docs/evolution.md", () => {
  const path = join(import.meta.dirname, "../../../docs/evolution.md");
  const cells = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => /^\|.*\| (?:yes|no) \|$/.test(line))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/));
  const rows = cells.map(([change = "", ...verdicts]): readonly [string, readonly string[]] => [
    change.trim().replaceAll("\\|", "|"),
    verdicts.map((verdict) => verdict.trim()),
  ]);

  test("has a table", () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  test.each(rows)("says of %s what is so", (change, verdicts) => {
    const found = table.find((each) => each.change === change);
    if (found === undefined) throw new Error(`no test of ${change}`);
    const { newReadsOld, oldReadsNew } = compare(typeOf(found.older), typeOf(found.newer));
    const said = (["binary", "json"] as const).flatMap((format) =>
      [newReadsOld, oldReadsNew].map((reasons) => (concerns(reasons, format) ? "no" : "yes")),
    );
    expect(verdicts).toEqual(said);
  });
});

describe("comparing", () => {
  test("a type with itself finds nothing, whatever the type", () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        for (const id of schema.roots) {
          const type = canonicalType(schema, id);
          expect(compare(type, type)).toEqual({ newReadsOld: [], oldReadsNew: [] });
        }
      }),
      { numRuns: 200 },
    );
  });

  test("goes through recursion once, and names the way to what differs", () => {
    const list = (value: Plain) =>
      typeOf(ref(idIn(file, "L")), { L: struct({ value, "next?": ref(idIn(file, "L")) }) });
    expect(brief(compare(list("i32"), list("u8")).newReadsOld)).toEqual(["number-range(.value)"]);
    const deep = (value: Plain) =>
      typeOf(struct({ "odd name": record(array(tuple(1, union({ "a b": struct({ v: value }) })))) }));
    expect(brief(compare(deep("i32"), deep("u8")).newReadsOld)).toEqual([
      'number-range(["odd name"]{}[][0]<"a b">.v)',
    ]);
  });

  test("takes a type for what it is, named, in place or unrolled", () => {
    const unrolled = typeOf(struct({ "next?": struct({ "next?": ref(idIn(file, "L")) }) }), {
      L: struct({ "next?": ref(idIn(file, "L")) }),
    });
    const rolled = typeOf(ref(idIn(file, "L")), { L: struct({ "next?": ref(idIn(file, "L")) }) });
    expect(compare(unrolled, rolled)).toEqual({ newReadsOld: [], oldReadsNew: [] });
  });
});

describe("what is said to be compatible", () => {
  const pair = fc
    .tuple(schemas, fc.integer(), fc.integer({ min: 1, max: 3 }))
    .map(([schema, seed, steps]) => {
      const random = new Random(seed);
      const older = canonicalType(schema, schema.roots[0] ?? "");
      let newer = older;
      for (let step = 0; step < steps; step++) newer = mutated(newer, random);
      return { older, newer, seed };
    });

  test.each(["binary", "json"] as const)("is understood in %s, whatever the types and values", (format) => {
    fc.assert(
      fc.property(pair, ({ older, newer, seed }) => {
        const { newReadsOld, oldReadsNew } = compare(older, newer);
        if (!concerns(newReadsOld, format)) {
          expect(misunderstood(format, older, newer, values(older, seed, 20))).toEqual([]);
        }
        if (!concerns(oldReadsNew, format)) {
          expect(misunderstood(format, newer, older, values(newer, seed, 20))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
