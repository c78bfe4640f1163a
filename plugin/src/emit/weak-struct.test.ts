import { expect, test } from "@jest/globals";
import {
  encodeAllOptional,
  explainAllOptional,
  isAllOptional,
  stringifyAllOptional,
} from "../../../fixtures/wire/absence/input.codec.ts";
import type { AllOptional } from "../../../fixtures/wire/absence/input.ts";

class Options {
  readonly other = 1;
}

const kinds: readonly object[] = [
  new Map([["a", 1]]),
  new Set([1]),
  new Date(0),
  new Uint8Array(1),
  new Float64Array(1),
  Object("boxed"),
  /a/,
  new Error("a"),
];

test("an object of another kind is none of a type that requires no property", () => {
  for (const value of kinds) {
    expect(isAllOptional(value)).toBe(false);
    expect(explainAllOptional(value)).toMatchObject({ expected: "an object (AllOptional)" });
    expect(() => encodeAllOptional(value as AllOptional)).toThrow(/expected an object|expected object/);
    expect(() => stringifyAllOptional(value as AllOptional)).toThrow(/expected an object|expected object/);
  }
});

test("it is one if it has one of the properties; so are instances of classes, and objects of other properties", () => {
  const objects = [
    {},
    { other: 1 },
    Object.create(null),
    new Options(),
    Object.assign(new Error("a"), { a: 1 }),
  ];
  for (const value of objects) {
    expect(isAllOptional(value)).toBe(true);
    expect(encodeAllOptional(value as AllOptional)).toBeInstanceOf(Uint8Array);
  }
});
