import { describe, expect, test } from "@jest/globals";
import {
  array,
  choice,
  map,
  mixed,
  orBoth,
  orNull,
  plain,
  record,
  ref,
  restTuple,
  set,
  struct,
  template,
  tuple,
  union,
  type Written,
} from "./build.testing.ts";
import { areTagged, askedKindsOf, clashOf, jsonKindsOf, type Kinds, kindsOf, rankOf } from "./kinds.ts";

const declared = (id: string) => (id === "Names" ? array("string") : undefined);

function kinds(written: Written): Kinds {
  const found = kindsOf(typeof written === "string" ? plain(written) : written, declared);
  if (found === undefined) throw new Error("no kinds");
  return found;
}

function brief(written: Written): string {
  const { javaScript, json, binary } = kinds(written);
  return [javaScript, json, binary].map((list) => list.join("|")).join(" ");
}

test.each<[Written, string]>([
  ["boolean", "boolean boolean bool"],
  ["null", "null null nil"],
  ["u8", "number number number"],
  ["f32", "number number number"],
  ["i64", "bigint number|string number"],
  ["bigint", "bigint number|string number|ext 1"],
  ["string", "string string str"],
  [template(["a", "number", ""]), "string string str"],
  ["bytes", "Uint8Array string bin"],
  ["Int16Array", "Int16Array string bin"],
  ["date", "Date string ext -1"],
  [choice("a", 1, true, "b"), "string|number|boolean string|number|boolean number"],
  [array("number"), "array array array"],
  [array("f64"), "array array ext 2"],
  [array("f32"), "array array ext 3"],
  [tuple(1, "f64"), "array of 1 array of 1 array"],
  [tuple(0, orNull("f64")), "array of 0 to 1 array of 0 to 1 array"],
  [restTuple(["i32"], "i32", "i32"), "array of 2 or more array of 2 or more array"],
  [restTuple([], "i32"), "array array array"],
  [set("f64"), "Set array array"],
  [map("string", "i32"), "Map object map"],
  [map("i32", "i32"), "Map array map"],
  [record("i32"), "object object map"],
  [struct({ a: "i32" }), "object object array"],
  [union({ a: struct({}) }), "object object array"],
  [ref("Names"), "array array array"],
  [orNull("string"), "string|null string|null str|nil"],
  [orBoth("string"), "string|null|undefined string|null str|nil|ext 0"],
  [mixed("string", "i32"), "string|number string|number str|number"],
])("the kinds of %j are %s", (written, expected) => {
  expect(brief(written)).toBe(expected);
});

test("a reference that leads nowhere has no kinds", () => {
  expect(kindsOf(ref("gone"), declared)).toBeUndefined();
  expect(kindsOf(ref("self"), () => ref("self"))).toBeUndefined();
  expect(kindsOf(mixed("string", ref("gone")), declared)).toBeUndefined();
});

describe("two types", () => {
  test("are told apart by JavaScript and by JSON", () => {
    expect(clashOf(kinds("string"), kinds("i32"))).toBeUndefined();
    expect(clashOf(kinds("u8"), kinds("f64"))).toEqual({ in: "JavaScript", kind: "number" });
    expect(clashOf(kinds("string"), kinds("bytes"))).toEqual({ in: "JSON", kind: "string" });
    expect(clashOf(kinds("string"), kinds("i64"))).toEqual({ in: "JSON", kind: "string" });
    expect(clashOf(kinds("i32"), kinds("i64"))).toEqual({ in: "JSON", kind: "number" });
    expect(clashOf(kinds(set("i32")), kinds(array("i32")))).toEqual({ in: "JSON", kind: "array" });
    expect(clashOf(kinds(map("i32", "i32")), kinds(struct({})))).toBeUndefined();
    expect(clashOf(kinds(map("string", "i32")), kinds(struct({})))).toEqual({ in: "JSON", kind: "object" });
  });

  test("that are tuples are told apart by their lengths", () => {
    const [none, one, two] = [tuple(0), tuple(1, "i32"), tuple(2, "i32", "i32")].map(kinds);
    const upToTwo = kinds(tuple(1, "i32", "i32"));
    const twoOrMore = kinds(restTuple(["i32", "i32"], "i32"));
    expect([clashOf(none!, one!), clashOf(none!, upToTwo), clashOf(one!, twoOrMore)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(clashOf(two!, kinds(tuple(2, "string", "string")))).toEqual({
      in: "JavaScript",
      kind: "array of 2",
    });
    const both = { in: "JavaScript", kind: "array" };
    expect(clashOf(two!, upToTwo)).toEqual(both);
    expect(clashOf(upToTwo, twoOrMore)).toEqual(both);
    expect(clashOf(kinds(array("i32")), one!)).toEqual(both);
    expect(clashOf(two!, kinds(set("i32")))).toEqual({ in: "JSON", kind: "array" });
    expect(areTagged([none!, one!])).toBe(true);
  });

  test("are numbered where they share a kind of MessagePack", () => {
    const tagged = (...all: readonly Written[]): boolean => areTagged(all.map(kinds));
    expect(tagged("string", "i32", struct({}))).toBe(false);
    expect(tagged(struct({}), array("string"))).toBe(true);
    expect(tagged(struct({}), array("f64"))).toBe(false);
    expect(tagged(choice("auto"), "i32")).toBe(true);
    expect(tagged("boolean", "bigint", array("f64"))).toBe(false);
  });
});

test("an array that is the only one is asked for no length", () => {
  const [pair, text, none] = [tuple(2, "i32", "i32"), "string", tuple(0)].map((each) =>
    kinds(each as Written),
  );
  expect(askedKindsOf([pair!, text!]).map(({ javaScript, json }) => [javaScript, json])).toEqual([
    [["array"], ["array"]],
    [["string"], ["string"]],
  ]);
  expect(askedKindsOf([pair!, none!])).toEqual([pair, none]);
});

test("numbers that are not finite are strings in JSON where no other arm has strings", () => {
  expect(jsonKindsOf([kinds("number"), kinds("boolean")])).toEqual([["number", "string"], ["boolean"]]);
  expect(jsonKindsOf([kinds("number"), kinds("string")])).toEqual([["number"], ["string"]]);
  expect(jsonKindsOf([kinds("i32"), kinds("boolean")])).toEqual([["number"], ["boolean"]]);
});

test("arms have an order that does not depend on how they are listed", () => {
  expect(
    [struct({}), array("i32"), tuple(0), "string", "i64", "boolean"].map((each) =>
      rankOf(kinds(each as Written)),
    ),
  ).toEqual([5, 4, 4, 3, 2, 1]);
});
