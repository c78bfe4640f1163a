// Canonical texts are read back, and nothing else is.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalText, canonicalType, textOf } from "./canonical.ts";
import { CanonicalError, parseCanonical } from "./parse-canonical.ts";
import { schemas } from "./random-types.testing.ts";

describe("reading a canonical text", () => {
  test("gives the graph that it was written from, for every type", () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        for (const id of schema.roots) {
          const text = canonicalText(schema, id);
          const type = parseCanonical(text);
          expect(type).toEqual(canonicalType(schema, id));
          expect(textOf(type)).toBe(text);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["no JSON", "[1,"],
    ["no list", "{}"],
    ["another version", '[2,"i32"]'],
    ["more than a type", '[1,"i32","i32"]'],
    ["an unknown name", '[1,"i33"]'],
    ["an unknown kind", '[1,["list","i32"]]'],
    ["no type", "[1,null]"],
    ["a number of no list", '[1,["array",1]]'],
    ["a negative number", '[1,["array",-1]]'],
    ["a container of two", '[1,["array","i32","i32"]]'],
    ["a map without values", '[1,["map","string"]]'],
    ["a maybe without flags", '[1,["maybe","i32"]]'],
    ["a maybe of other flags", '[1,["maybe","nil","i32"]]'],
    ["a maybe of a maybe", '[1,["maybe","null",["maybe","undefined","i32"]]]'],
    ["a maybe of itself", '[1,["maybe","both",["array",0]],0]'],
    ["a maybe of null alone", '[1,["maybe","undefined","null"]]'],
    ["a tuple that requires too much", '[1,["tuple",2,"i32"]]'],
    ["a tuple that requires a fraction", '[1,["tuple",0.5,"i32"]]'],
    ["a member without an ordinal", '[1,["choice",["a"]]]'],
    ["a member that is no literal", '[1,["choice",[0,null]]]'],
    ["a number that no literal has", '[1,["choice",[0,{"number":"Nan"}]]]'],
    ["ordinals that repeat", '[1,["choice",[0,"a"],[0,"b"]]]'],
    ["ordinals out of order", '[1,["choice",[1,"a"],[0,"b"]]]'],
    ["slots out of order", '[1,["struct",[1,"a",0,"i32"],[0,"b",0,"i32"]]]'],
    ["a slot below zero", '[1,["struct",[-1,"a",0,"i32"]]]'],
    ["a field without a name", '[1,["struct",[0,1,0,"i32"]]]'],
    ["a field neither optional nor not", '[1,["struct",[0,"a",2,"i32"]]]'],
    ["a field without a type", '[1,["struct",[0,"a",0]]]'],
    ["a union without a discriminant", '[1,["union",[0,"a",["struct"]]]]'],
    ["a variant that is no struct", '[1,["union","kind",[0,"a","i32"]]]'],
    ["a part written twice that is named once", '[1,["struct",[0,"a",0,["struct"]],[1,"b",0,["struct"]]]]'],
    ["an unrolled recursion", '[1,["struct",[0,"a",0,["array",["struct",[0,"a",0,["array",2]]]]]]]'],
    ["a rest that is missing", '[1,["rest",1,1,"i32"]]'],
    ["a rest that requires too much", '[1,["rest",2,1,"i32","i32"]]'],
    [
      "an optional element before a rest that others follow",
      '[1,["rest",0,1,["maybe","null","i32"],"i32","i32"]]',
    ],
    ["a mixed union of one arm", '[1,["mixed","i32"]]'],
    ["a mixed union of itself", '[1,["mixed","i32",0]]'],
    ["a mixed union of a maybe", '[1,["mixed","i32",["maybe","null","string"]]]'],
    ["a mixed union of null", '[1,["mixed","null","string"]]'],
    ["arms of one kind", '[1,["mixed","i32","f64"]]'],
    ["arms out of order", '[1,["mixed","string","i32"]]'],
    ["arms that need numbers and have none", '[1,["mixed",["array","i32"],["struct"]]]'],
    ["arms that have numbers and need none", '[1,["tagged",[0,"i32"],[1,"string"]]]'],
    ["numbers of arms out of order", '[1,["tagged",[1,["array","i32"]],[0,["struct"]]]]'],
    ["blanks", '[1, "i32"]'],
    ["a literal that is written otherwise", '[1,["choice",[0,-0]]]'],
  ])("refuses %s with a typed error that says why", (_, text) => {
    expect(() => parseCanonical(text)).toThrow(CanonicalError);
    try {
      parseCanonical(text);
    } catch (error) {
      expect(error).toMatchObject({ name: "CanonicalError", reason: expect.stringMatching(/\w{3}/) });
    }
  });

  test("never fails otherwise, whatever JSON it is given", () => {
    const parts = fc.constantFrom(
      "struct",
      "mixed",
      "tagged",
      "array",
      "union",
      "choice",
      "maybe",
      "tuple",
      "null",
      "i32",
      0,
      1,
      2,
      true,
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof({ maxDepth: 4 }, parts, fc.array(tie("json"), { maxLength: 4 })),
    }));
    fc.assert(
      fc.property(json, (type) => {
        const text = JSON.stringify([1, type]);
        try {
          expect(textOf(parseCanonical(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CanonicalError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
