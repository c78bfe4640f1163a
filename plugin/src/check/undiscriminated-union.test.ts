import { describe, expect, test } from "@jest/globals";
import { type Candidate, chooseDiscriminant, nearMiss } from "./undiscriminated-union.ts";

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

  test("is null in an arm only where no other property will do", () => {
    const [ok, lost] = [arm({ error: [null], ok: [true] }), arm({ error: ["lost"], ok: [false] })];
    expect(chooseDiscriminant([ok, lost])).toBe("ok");
    expect(chooseDiscriminant([arm({ error: [null] }), lost])).toBe("error");
    expect(chooseDiscriminant([arm({ error: [null] }), arm({ error: ["lost", null] })])).toBeUndefined();
    expect(chooseDiscriminant([arm({ error: [null] }), arm({ error: ["null"] })])).toBe("error");
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

describe("the property that nearly tells the arms apart", () => {
  test("is told with the literal that repeats, and with the arms that share it", () => {
    const arms = [
      arm({ type: ["A"] }),
      arm({ type: ["L"], v: [1] }),
      arm({ type: ["B"] }),
      arm({ type: ["L"] }),
    ];
    expect(nearMiss(arms)).toEqual({ name: "type", is: "repeated", value: "L", arms: [1, 3] });
  });

  test("is told with the arms in which it is no literal", () => {
    const arms = [arm({ type: ["A"] }), arm({ type: undefined }), arm({})];
    expect(nearMiss(arms)).toEqual({ name: "type", is: "open", arms: [1, 2] });
  });

  test("is told with the arms in which it may be absent, if nothing else is wrong with it", () => {
    const optional = (values: readonly string[]): readonly Candidate[] => [
      { name: "kind", values: undefined, whenPresent: values },
    ];
    expect(nearMiss([optional(["a"]), arm({ kind: ["b"] })])).toEqual({
      name: "kind",
      is: "optional",
      arms: [0],
    });
    expect(nearMiss([optional(["a"]), optional(["b"])])).toMatchObject({ is: "optional", arms: [0, 1] });
    expect(nearMiss([optional(["a"]), optional(["a"])])).toMatchObject({ is: "repeated", arms: [0, 1] });
    expect(nearMiss([optional(["a"]), arm({ kind: undefined })])).toMatchObject({ is: "open", arms: [1] });
  });

  test("is the one with the fewest arms in question", () => {
    const arms = [arm({ a: [1], b: [1] }), arm({ a: [1], b: [1] }), arm({ a: [1], b: [2] })];
    expect(nearMiss(arms)).toEqual({ name: "b", is: "repeated", value: 1, arms: [0, 1] });
  });

  test("is none where no arm has a literal", () => {
    expect(nearMiss([arm({ a: undefined }), arm({ a: undefined })])).toBeUndefined();
  });
});
