import { expect, test } from "@jest/globals";
import { arrayKindOf, arrayLengthsOf, isArrayKind, overlap, pairedArms } from "./array-kind.ts";

const { POSITIVE_INFINITY: any } = Number;

test.each([
  [0, any, "array"],
  [3, any, "array of 3 or more"],
  [4, 4, "array of 4"],
  [0, 0, "array of 0"],
  [0, 12, "array of 0 to 12"],
])("arrays of %s to %s elements are said and understood", (least, most, kind) => {
  expect(arrayKindOf({ least, most })).toBe(kind);
  expect(arrayLengthsOf(kind)).toEqual({ least, most });
  expect(isArrayKind(kind)).toBe(true);
});

test.each([
  "arrays",
  "array of",
  "array of 04",
  "array of 4 to 4",
  "array of 4 to 2",
  "array of 0 or more",
  "array of -1",
  "array of 2 ",
])("%j is how no arrays are said", (text) => {
  expect(isArrayKind(text)).toBe(false);
});

test.each([
  ["string", "string", true],
  ["string", "number", false],
  ["array", "array of 3", true],
  ["array of 2", "array of 3", false],
  ["array of 1 to 2", "array of 2 to 3", true],
  ["array of 1 to 2", "array of 3 or more", false],
  ["array of 4", "array of 3 or more", true],
  ["array", "object", false],
])("%s and %s: some value is both: %s", (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

test.each([
  [
    "the same names",
    ["string", "array of 2"],
    ["array of 2", "string"],
    ["string string", "array of 2 array of 2"],
  ],
  [
    "a tuple made an array",
    ["array of 2", "object"],
    ["array", "object"],
    ["array of 2 array", "object object"],
  ],
  [
    "a tuple longer by an optional element",
    ["array of 2"],
    ["array of 2 to 3"],
    ["array of 2 array of 2 to 3"],
  ],
  ["another length", ["array of 2"], ["array of 3"], []],
  ["an array made two tuples", ["array"], ["array of 2", "array of 3"], []],
  ["two tuples made an array", ["array of 2", "array of 3"], ["array"], []],
  [
    "a name that stays, and one that overlaps with it",
    ["array of 2"],
    ["array of 2", "array of 1 to 2"],
    ["array of 2 array of 2"],
  ],
])("arms of two versions are paired: %s", (_, before, after, pairs) => {
  expect(pairedArms(before, after).map((pair) => pair.join(" "))).toEqual(pairs);
});
