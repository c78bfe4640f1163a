import { beforeAll, describe, expect, test } from "@jest/globals";
import { setKey } from "./collections.ts";
import { defineOwn } from "./define-own.ts";
import { fromJsonSetKey } from "./json-collections.ts";
import { beginDecode } from "./reader.ts";

beforeAll(() => {
  for (const { prototype } of [Object, Array, Map, Set, String, Function]) Object.freeze(prototype);
});

const inherited = ["toString", "constructor", "valueOf", "hasOwnProperty"];

describe("where prototypes are frozen", () => {
  test("records take keys that every object inherits, from MessagePack", () => {
    const record: Record<string, number> = {};
    for (const key of inherited) setKey(beginDecode("Record", new Uint8Array()), record, key, 1);
    expect(Object.entries(record)).toEqual(inherited.map((key) => [key, 1]));
  });

  test("and from JSON", () => {
    const record: Record<string, number> = {};
    for (const key of inherited) fromJsonSetKey(record, key, 1);
    expect(Object.entries(record)).toEqual(inherited.map((key) => [key, 1]));
  });

  test("a key that comes twice is still refused", () => {
    const record: Record<string, number> = {};
    const reader = beginDecode("Record", new Uint8Array());
    setKey(reader, record, "toString", 1);
    expect(() => setKey(reader, record, "toString", 2)).toThrow(
      expect.objectContaining({ code: "duplicateKey" }),
    );
  });

  test("an own property is like one that was assigned", () => {
    const object: Record<string, unknown> = {};
    defineOwn(object, "toString", 1);
    object["toString"] = 2;
    expect(delete object["toString"]).toBe(true);
    expect(Object.keys(object)).toEqual([]);
  });
});
