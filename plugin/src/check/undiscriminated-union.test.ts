import { describe, expect, test } from "@jest/globals";
import { type Candidate, chooseDiscriminant } from "./undiscriminated-union.ts";

const arm = (values: Readonly<Record<string, Candidate["values"]>>): readonly Candidate[] =>
  Object.entries(values).map(([name, each]) => ({ name, values: each }));

describe("a discriminant", () => {
  test("has other literals in each arm", () => {
    expect(chooseDiscriminant([arm({ kind: ["a"] }), arm({ kind: ["b"] })])).toBe("kind");
    expect(chooseDiscriminant([arm({ kind: ["a", "b"] }), arm({ kind: ["c"] })])).toBe("kind");
  });

  test("is the first declared of several", () => {
    expect(chooseDiscriminant([arm({ v: [1], kind: ["a"] }), arm({ kind: ["b"], v: [2] })])).toBe("v");
  });

  test("tells values of different types apart", () => {
    expect(chooseDiscriminant([arm({ v: [1] }), arm({ v: ["1"] }), arm({ v: [true] })])).toBe("v");
  });

  test.each([
    ["a literal that two arms share", [arm({ kind: ["a"] }), arm({ kind: ["b", "a"] })]],
    [
      "a literal that the second and third arm share",
      [arm({ kind: ["a"] }), arm({ kind: ["b"] }), arm({ kind: ["b"] })],
    ],
    ["a property that an arm lacks", [arm({ kind: ["a"] }), arm({ other: ["b"] })]],
    ["a property that is no literal in an arm", [arm({ kind: ["a"] }), arm({ kind: undefined })]],
    ["a property that is no literal in the first arm", [arm({ kind: undefined }), arm({ kind: ["a"] })]],
    ["a property without values", [arm({ kind: [] }), arm({ kind: ["a"] })]],
    ["no arms", []],
  ])("is not %s", (_, arms) => {
    expect(chooseDiscriminant(arms)).toBeUndefined();
  });
});
