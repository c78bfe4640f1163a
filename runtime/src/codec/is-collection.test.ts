import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import { isArray, isBytes, isMap, isRecord, isSet } from "./index.ts";

class Labelled extends Map<string, number> {}

test("collections are told by what they hold, in any realm, and by nothing that imitates them", () => {
  for (const map of [new Map(), new Labelled(), runInNewContext("new Map()")]) expect(isMap(map)).toBe(true);
  for (const set of [new Set(), runInNewContext("new Set()")]) expect(isSet(set)).toBe(true);
  const imitations = [
    Object.create(Map.prototype),
    Object.create(Set.prototype),
    { [Symbol.toStringTag]: "Map" },
    { [Symbol.toStringTag]: "Set" },
    new Proxy(new Map(), {}),
    new WeakMap(),
    null,
    undefined,
    "Map",
  ];
  for (const value of imitations) expect([isMap(value), isSet(value)]).toEqual([false, false]);
});

test("an array is one of any realm, and nothing that is only like one", () => {
  for (const array of [[], [1], runInNewContext("[]")]) expect(isArray(array)).toBe(true);
  for (const value of [{ length: 0 }, new Uint8Array(1), Object.create(Array.prototype), "a", null])
    expect(isArray(value)).toBe(false);
});

test("bytes are told by their memory", () => {
  expect(isBytes(Object.create(Uint8Array.prototype))).toBe(false);
  expect(isBytes(runInNewContext("new Uint8Array(1)"))).toBe(true);
  expect(isBytes(Buffer.alloc(1))).toBe(true);
});

test("a record is an object without a class, of any realm", () => {
  for (const record of [{}, Object.create(null), JSON.parse('{"a":1}'), runInNewContext("({})")]) {
    expect(isRecord(record)).toBe(true);
  }
  const others = [
    new Map(),
    new Date(),
    [],
    Object(1n),
    new Labelled(),
    new Uint8Array(1),
    () => 1,
    null,
    "a",
  ];
  for (const value of others) expect(isRecord(value)).toBe(false);
});
