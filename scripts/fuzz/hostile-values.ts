// Values that no honest caller hands to an encoder: a sound value with one part replaced by something else. Some of
// them act when they are looked at.
import { runInNewContext } from "node:vm";
import type { Dice } from "./dice.ts";

/** What getters and proxies throw here: encoders must let it pass as it is. */
export class Sprung extends Error {}

export interface Hostile {
  readonly value: unknown;
  /** What stands in it, for people. */
  readonly what: string;
  /** It does nothing and gives the same at every look. */
  readonly isStill: boolean;
}

type Make = (part: unknown, dice: Dice) => unknown;

/** Objects of another realm, as workers' messages and tests' contexts have them. */
const foreign = runInNewContext(`({
  array: () => [1, "a"], object: () => ({ a: 1 }), map: () => new Map([["a", 1]]), set: () => new Set([1]),
  bytes: () => new Uint8Array([1, 2, 3]), date: () => new Date(0), floats: () => new Float64Array([1.5]),
})`) as Readonly<Record<"array" | "object" | "map" | "set" | "bytes" | "date" | "floats", () => unknown>>;

function detached(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

/** A buffer that its owner may make longer; the compiler's library knows none yet. */
function growing(length: number): ArrayBuffer {
  return Reflect.construct(ArrayBuffer, [length, { maxByteLength: 64 }]);
}

function lonely(): string {
  return `a${String.fromCharCode(0xd800)}b`;
}

/** Things that hold still. */
const still: Readonly<Record<string, Make>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  "-0": () => -0,
  infinity: () => Number.POSITIVE_INFINITY,
  fraction: () => 0.1,
  "a number at an edge": (_, dice) => {
    const power = 2 ** dice.of([5, 7, 8, 15, 16, 31, 32, 53, 63, 64, 128, 1023]);
    return (dice.oneIn(2) ? power : -power) + dice.below(3) - 1;
  },
  "a bigint at an edge": (_, dice) => {
    const power = 1n << BigInt(dice.of([7, 31, 32, 53, 63, 64, 127, 16_383, 16_384]));
    return (dice.oneIn(2) ? power : -power) + BigInt(dice.below(3)) - 1n;
  },
  "a lone surrogate": lonely,
  "a lone surrogate in long text": () => "x".repeat(50) + lonely(),
  "surrogates that meet": () => String.fromCharCode(0xdc00, 0xd800),
  text: (_, dice) =>
    dice.of(["", "a", "\0", "\ufeffx", "é".repeat(20), "😀".repeat(200), "__proto__", "x".repeat(70_000)]),
  boolean: (_, dice) => dice.oneIn(2),
  symbol: () => Symbol("s"),
  function: () => () => 1,
  object: () => ({}),
  "object without prototype": () => Object.create(null),
  "object with __proto__": () => JSON.parse('{"__proto__":{"x":1},"a":1}'),
  "boxed text": () => Object("x"),
  "boxed number": () => Object(1),
  date: () => new Date(0),
  "no date": () => new Date(Number.NaN),
  "regular expression": () => /x/,
  error: () => new Error("x"),
  array: () => [],
  "holey array": () => Object.assign(new Array(3), { 1: "a" }),
  "array of undefined": () => [undefined, undefined],
  map: () => new Map<unknown, unknown>([["a", 1]]),
  "map with odd keys": () =>
    new Map<unknown, unknown>([
      [{}, 1],
      [undefined, 2],
      [lonely(), 3],
    ]),
  set: () => new Set<unknown>([1, "a", null]),
  "set of rounded floats": () => new Set([0.1, Math.fround(0.1)]),
  bytes: (_, dice) => new Uint8Array(dice.of([0, 1, 300, 70_000])),
  "shared bytes": () => new Uint8Array(new SharedArrayBuffer(4)),
  "detached bytes": detached,
  "bytes that can grow": () => new Uint8Array(growing(4)),
  "other typed array": (_, dice) =>
    dice.of([new Int8Array(2), new Float32Array(2), new Uint8ClampedArray(2), new BigInt64Array(1)]),
  "data view": () => new DataView(new ArrayBuffer(4)),
  buffer: () => Buffer.from("abc"),
  "a promise": () => Promise.resolve(1),
  "weak map": () => new WeakMap(),
  "foreign thing": (_, dice) => dice.of(Object.values(foreign))(),
  "wrapped once more": (part) => [part],
  "wrapped in an object": (part) => ({ value: part }),
  copy: (part) => (typeof part === "object" && part !== null && !Array.isArray(part) ? { ...part } : part),
  "with more properties": (part) =>
    typeof part === "object" && part !== null ? Object.assign(shallow(part), { extra: lonely }) : part,
};

function shallow(part: object): object {
  if (Array.isArray(part)) return [...part];
  if (part instanceof Map) return new Map(part);
  if (part instanceof Set) return new Set(part);
  return ArrayBuffer.isView(part) ? part : { ...part };
}

function spring(): never {
  throw new Sprung("sprung");
}

const throwing: ProxyHandler<object> = {
  get: spring,
  has: spring,
  ownKeys: spring,
  getOwnPropertyDescriptor: spring,
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** A property that is something else at every look. */
function flickering(part: unknown, others: readonly unknown[]): (this: unknown) => unknown {
  let looks = 0;
  return () => (looks++ % 2 === 0 ? part : others[(looks >> 1) % others.length]);
}

function withGetter(part: unknown, get: (key: string) => () => unknown): unknown {
  if (
    typeof part !== "object" ||
    part === null ||
    part instanceof Map ||
    part instanceof Set ||
    ArrayBuffer.isView(part)
  ) {
    return Object.defineProperty({}, "a", { get: get("a"), enumerable: true });
  }
  const copy = shallow(part);
  const keys = Object.keys(copy);
  const key = keys[keys.length >> 1];
  if (key === undefined) return copy;
  return Object.defineProperty(copy, key, { get: get(key), enumerable: true });
}

/** Things that act. */
const moving: Readonly<Record<string, Make>> = {
  "throwing getter": (part) => withGetter(part, () => spring),
  "throwing proxy": (part) => new Proxy(Array.isArray(part) ? [] : {}, throwing),
  "revoked proxy": (part) => revoked(Array.isArray(part) ? [] : {}),
  "honest proxy": (part) =>
    typeof part === "object" && part !== null && !ArrayBuffer.isView(part) ? new Proxy(part, {}) : part,
  "flickering getter": (part, dice) => {
    const others = [
      undefined,
      null,
      1,
      -1,
      2 ** 40,
      "x",
      "😀".repeat(3000),
      lonely(),
      [],
      {},
      new Uint8Array(9000),
      5n,
    ];
    return withGetter(part, (key) =>
      flickering(Reflect.get(Object(part), key), [dice.of(others), dice.of(others)]),
    );
  },
  "shrinking array": (part) => acting(part, (list) => (list.length = Math.max(0, list.length - 2))),
  "growing array": (part) => acting(part, (list, first) => list.push(...new Array(50).fill(first))),
  "growing set": (part) => {
    if (!(part instanceof Set)) return part;
    const { size } = part;
    return Object.defineProperty(new Set(part), "size", { get: () => size + 3 });
  },
  "map of another size": (part) => {
    const map = part instanceof Map ? new Map(part) : new Map<unknown, unknown>([["a", 1]]);
    return Object.defineProperty(map, "size", { value: 7 });
  },
  "set of another size": (part) => {
    const set = part instanceof Set ? new Set(part) : new Set<unknown>([1]);
    return Object.defineProperty(set, "size", { value: 7 });
  },
  "array whose length lies": (part) => {
    const list = Array.isArray(part) ? part : [part];
    return new Proxy(list, {
      get: (target, key) => (key === "length" ? 3 + target.length : Reflect.get(target, key)),
    });
  },
  "set with an iterator of its own": (part) => {
    const items = part instanceof Set ? [...part] : [1];
    const iterate = () => [...items, ...items][Symbol.iterator]();
    return Object.defineProperty(new Set<unknown>(items), Symbol.iterator, { value: iterate });
  },
};

/** An array that is acted upon while its first element is looked at. */
function acting(part: unknown, act: (list: unknown[], first: unknown) => void): unknown {
  if (!Array.isArray(part) || part.length === 0) return part;
  const list = [...part];
  const [first] = part;
  return Object.defineProperty(list, 0, {
    get: () => {
      act(list, first);
      return first;
    },
    enumerable: true,
    configurable: true,
  });
}

/** What is hostile in the place of an honest value of a kind: right in kind and wrong in range. */
const near: Readonly<Record<string, readonly string[]>> = {
  number: ["a number at an edge", "NaN", "-0", "infinity", "fraction"],
  bigint: ["a bigint at an edge"],
  string: ["a lone surrogate", "a lone surrogate in long text", "surrogates that meet", "text"],
  object: ["copy", "with more properties", "object with __proto__", "holey array", "set of rounded floats"],
};

/** The same of what acts: each of these does so in the place of one kind of container only. */
function actingAs(part: unknown): readonly string[] | undefined {
  if (Array.isArray(part)) return ["shrinking array", "growing array", "array whose length lies"];
  if (part instanceof Map) return ["map of another size"];
  if (part instanceof Set) return ["growing set", "set of another size", "set with an iterator of its own"];
  return undefined;
}

/** The value with something hostile in one place. */
export function hostileValue(value: unknown, dice: Dice): Hostile {
  const isStill = !dice.oneIn(3);
  const table = isStill ? still : moving;
  let what = dice.of(Object.keys(table));
  const whole = replacedSomewhere(
    value,
    (part) => {
      const likely = isStill ? near[typeof part] : actingAs(part);
      if (likely && dice.oneIn(2)) what = dice.of(likely);
      return (table[what] as Make)(part, dice);
    },
    dice,
  );
  return { value: whole, what, isStill };
}

/** A copy of a value in which one part, found by a random walk, has been replaced. */
function replacedSomewhere(value: unknown, make: (part: unknown) => unknown, dice: Dice): unknown {
  if (dice.oneIn(4)) return make(value);
  const inner = (part: unknown) => replacedSomewhere(part, make, dice);
  if (Array.isArray(value) && value.length > 0) return value.with(dice.below(value.length), inner(value[0]));
  if (value instanceof Set && value.size > 0) return new Set([inner([...value][0]), ...[...value].slice(1)]);
  if (value instanceof Map && value.size > 0) {
    const [[key, item], ...rest] = [...value] as [[unknown, unknown], ...[unknown, unknown][]];
    return new Map([dice.oneIn(2) ? [inner(key), item] : [key, inner(item)], ...rest]);
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return make(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return make(value);
  const key = dice.of(keys);
  const changed = inner(Reflect.get(value, key));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === key ? changed : part]),
  );
}
