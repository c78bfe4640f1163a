// The parts of copies that have no parts of their own to be copied, and what is refused on the way.
import { Buffer } from "node:buffer";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import {
  cloneValue,
  copyArray,
  copyBytes,
  copyDate,
  copyMap,
  copyRecord,
  copySet,
  copyTypedArray,
} from "./clone.ts";
import { EncodeError } from "./encode-error.ts";
import { encodeTooDeep } from "./structure.ts";
import { within } from "./wire-error.ts";

/** A record that has `__proto__` as a key. */
const polluting = JSON.parse('{ "a": 1, "__proto__": { "polluted": true } }') as Record<string, number>;

function refused(copy: () => unknown): string {
  try {
    cloneValue("T", copy, undefined);
  } catch (error) {
    if (error instanceof EncodeError) return `${error.code} ${error.message}`;
  }
  throw new Error("nothing was refused");
}

describe("a copy of bytes owns as much memory as it needs", () => {
  const pooled = Buffer.from("some bytes in a pool");
  test.each<[string, Uint8Array]>([
    ["a view", new Uint8Array(new ArrayBuffer(64), 8, 3).fill(7)],
    ["a Buffer", pooled],
    ["a slice of a Buffer", pooled.subarray(5, 10)],
    ["bytes that threads share", new Uint8Array(new SharedArrayBuffer(4)).fill(1)],
    ["bytes of another realm", runInNewContext("new Uint8Array([1, 2, 3]).subarray(1)") as Uint8Array],
    ["none", new Uint8Array(0)],
  ])("%s", (_, bytes) => {
    const copy = copyBytes(bytes);
    expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype);
    expect([...copy]).toEqual([...bytes]);
    expect(copy.buffer).toBeInstanceOf(ArrayBuffer);
    expect(copy.buffer.byteLength).toBe(bytes.byteLength);
    if (bytes.length > 0) bytes[0] = 99;
    expect(copy[0]).not.toBe(99);
  });
});

describe("a copy of a typed array owns as much memory as it needs", () => {
  class Samples extends Float64Array {}
  const view = Samples.from([0, 1.5, -0, Number.NaN]).subarray(1);
  test.each([
    ["a view of a subclass", view],
    ["one of another realm", runInNewContext("new Float64Array([2, 3])") as Float64Array],
    ["none", new Float64Array(0)],
  ])("%s", (_, array) => {
    const copy = copyTypedArray(array, Float64Array);
    expect(Object.getPrototypeOf(copy)).toBe(Float64Array.prototype);
    expect([...copy]).toEqual([...array]);
    expect([copy.byteOffset, copy.buffer.byteLength]).toEqual([0, array.byteLength]);
    expect(copy.buffer).not.toBe(array.buffer);
  });

  test("of another kind is refused", () => {
    expect(refused(() => copyTypedArray(new Float32Array(1), Float64Array))).toMatch(/^wrongType /);
    expect(refused(() => copyTypedArray([1] as never, Float64Array))).toMatch(/^wrongType /);
  });
});

describe("a copy is a plain container with the very same parts", () => {
  const part = { x: 1 };
  class List extends Array<unknown> {}
  class Registry extends Map<string, unknown> {}

  test("of a list, also of a subclass or of another realm", () => {
    const foreign = runInNewContext("[1, 2]") as unknown[];
    for (const list of [[part, 2], List.of<unknown>(part, 2), foreign]) {
      const copy = copyArray(list);
      expect(copy).not.toBe(list);
      expect(Object.getPrototypeOf(copy)).toBe(Array.prototype);
      expect(copy[0]).toBe(list[0]);
      expect([...copy]).toEqual([...list]);
    }
  });

  test("of a set and of a map", () => {
    const set = new Set([part]);
    const map = new Registry([["a", part]]);
    expect(copySet(set)).not.toBe(set);
    expect([...copySet(set)][0]).toBe(part);
    expect(Object.getPrototypeOf(copyMap(map))).toBe(Map.prototype);
    expect(copyMap(map).get("a")).toBe(part);
  });

  test("of a record: own enumerable keys, whatever they are called", () => {
    const record = Object.assign(Object.create(null), { a: part, constructor: 2, "999": 3 });
    Object.defineProperty(record, "hidden", { value: 4, enumerable: false });
    const copy = copyRecord<unknown>({ ...record, [Symbol("s")]: 5 });
    expect(Reflect.ownKeys(copy).sort()).toEqual(["999", "a", "constructor"]);
    expect(copy["a"]).toBe(part);
    expect(Object.getPrototypeOf(copyRecord(record))).toBe(Object.prototype);
    expect(Object.keys(copyRecord(record))).toEqual(["999", "a", "constructor"]);
  });

  test("of a date", () => {
    const date = new Date(5);
    const copy = copyDate(date);
    date.setTime(6);
    expect(copy.getTime()).toBe(5);
  });
});

describe("what is no value of its kind is refused", () => {
  test.each<[string, (v: never) => unknown, unknown]>([
    ["bytes", copyBytes, [1]],
    ["bytes", copyBytes, new Uint16Array(1)],
    ["array", copyArray, { length: 1, 0: 1 }],
    ["Set", copySet, new Map()],
    ["Map", copyMap, new Set()],
    ["record", copyRecord, null],
    ["record", copyRecord, []],
    ["record", copyRecord, new Map()],
    ["date", copyDate, 5],
  ])("%s: %p of %p", (kind, copy, value) => {
    expect(refused(() => copy(value as never))).toMatch(
      new RegExp(`^wrongType Cannot encode T: expected ${kind}, `),
    );
  });

  test("a record with the key __proto__, which pollutes nothing", () => {
    expect(refused(() => copyRecord(polluting))).toMatch(/^unsafeKey /);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("a date that is none", () => {
    expect(refused(() => copyDate(new Date(Number.NaN)))).toMatch(/^outOfRange /);
  });
});

describe("a whole copy", () => {
  test("hands down how deep it may go, and says where it went too deep", () => {
    const copy = (value: number, depth: number): number => {
      if (depth === 0) throw encodeTooDeep();
      try {
        return copy(value, depth - 1);
      } catch (error) {
        throw within(error, "next");
      }
    };
    expect(refused(() => cloneValue("Node", copy, 1, { depthMax: 2 }))).toBe(
      "tooDeep Cannot encode Node.next.next: too deep",
    );
    expect(cloneValue("Node", (_, depth) => depth, 0)).toBe(128);
    expect(cloneValue("Node", (_, depth) => depth, 0, { depthMax: 1e9 })).toBe(1000);
  });

  test("inside another one leaves the name of the outer one in errors", () => {
    const outer = (): never => {
      cloneValue("Inner", (value) => value, 1);
      return copyBytes("x" as never) as never;
    };
    expect(refused(outer)).toMatch(/Cannot encode T: /);
  });
});
