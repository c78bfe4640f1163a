import { expect, test } from "@jest/globals";
import { mappedTuple, tupleLengths, tuplePartAt, tupleParts } from "./tuple.ts";

const fixed = { elements: ["a", "b"], required: 1 };
const open = { elements: ["a"], required: 1, rest: "r", trailing: ["y", "z"] };

test("parts stand once each, in order", () => {
  expect(tupleParts(fixed)).toEqual(["a", "b"]);
  expect(tupleParts(open)).toEqual(["a", "r", "y", "z"]);
});

test("lengths have a most only without a rest", () => {
  expect(tupleLengths(fixed)).toEqual({ least: 1, most: 2 });
  expect(tupleLengths(open)).toEqual({ least: 3, most: Number.POSITIVE_INFINITY });
});

test("what stands where depends on how many there are", () => {
  const at = (tuple: typeof open | typeof fixed, n: number) =>
    Array.from({ length: n }, (_, i) => tuplePartAt(tuple, i, n));
  expect(at(fixed, 3)).toEqual(["a", "b", undefined]);
  expect(at(open, 3)).toEqual(["a", "y", "z"]);
  expect(at(open, 5)).toEqual(["a", "r", "r", "y", "z"]);
});

test("a mapping is told the steps, and what is not there stays away", () => {
  const steps: string[] = [];
  const mapped = mappedTuple(open, (part, step) => {
    steps.push(step);
    return part.toUpperCase();
  });
  expect(steps).toEqual(["[0]", "[...]", "[-2]", "[-1]"]);
  expect(mapped).toEqual({ elements: ["A"], required: 1, rest: "R", trailing: ["Y", "Z"] });
  expect(Object.keys(mappedTuple(fixed, (part) => part))).toEqual(["elements", "required"]);
});
