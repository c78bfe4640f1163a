// Types only: what this file does not compile with is the failure, which `npm run check` reports.
import { expect, test } from "@jest/globals";
import type { Immutable, i32, u64 } from "./index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A mapped type is not the same as one spelled out, until its properties are listed. */
type Listed<T> = { [K in keyof T]: T[K] };

/** Each entry is a question that the compiler must answer with true. */
type Answers = { readonly [question: string]: true };

interface Theirs {
  id: u64;
  items: { qty: i32; tags: string[] }[];
  pair: [number, { a: 1 }];
  byName: Map<string, Set<{ n: number }>>;
  image: Uint8Array;
  at: Date;
  note?: string | null;
}

interface Ours {
  readonly id: u64;
  readonly items: readonly { readonly qty: i32; readonly tags: readonly string[] }[];
  readonly pair: readonly [number, { readonly a: 1 }];
  readonly byName: ReadonlyMap<string, ReadonlySet<{ readonly n: number }>>;
  readonly image: Uint8Array;
  readonly at: Date;
  readonly note?: string | null;
}

declare const brand: unique symbol;
type Branded = string & { readonly [brand]: "id" };

declare enum Level {
  Low,
  High,
}

abstract class Instance {
  readonly #hidden = 1;
  open: string[] = [];
  get hidden(): number {
    return this.#hidden;
  }
}

type Leaves = {
  primitives: Equal<
    Immutable<string | 1 | bigint | null | undefined | symbol>,
    string | 1 | bigint | null | undefined | symbol
  >;
  numbers: Equal<Immutable<i32 | u64>, i32 | u64>;
  brands: Equal<Immutable<Branded>, Branded>;
  templates: Equal<Immutable<`a-${string}` | `${number}px`>, `a-${string}` | `${number}px`>;
  enums: Equal<Immutable<Level | Level.High>, Level>;
  anything: Equal<Immutable<unknown>, unknown>;
  any: Equal<Immutable<ReturnType<typeof JSON.parse>>, ReturnType<typeof JSON.parse>>;
  nothing: Equal<Immutable<never>, never>;
  dates: Equal<Immutable<Date>, Date>;
  bytes: Equal<
    Immutable<Uint8Array | Float64Array | BigInt64Array | DataView>,
    Uint8Array | Float64Array | BigInt64Array | DataView
  >;
  functions: Equal<Immutable<(a: string[]) => Date[]>, (a: string[]) => Date[]>;
  constructors: Equal<Immutable<new (a: string[]) => Date>, new (a: string[]) => Date>;
  classes: Equal<Immutable<typeof Instance>, typeof Instance>;
};

interface Tree<T> {
  value: T[];
  children: Tree<T>[];
  parent?: Tree<T> | null;
}

type Containers = {
  lists: Equal<Immutable<{ a: 1 }[][]>, readonly (readonly { readonly a: 1 }[])[]>;
  readonlyLists: Equal<Immutable<readonly string[]>, readonly string[]>;
  tuples: Equal<
    Immutable<[a: string[], b?: number[]]>,
    readonly [a: readonly string[], b?: readonly number[]]
  >;
  rest: Equal<Immutable<[string[], ...Set<1>[]]>, readonly [readonly string[], ...ReadonlySet<1>[]]>;
  middle: Equal<Immutable<[1, ...string[][], 2]>, readonly [1, ...(readonly string[])[], 2]>;
  maps: Equal<Immutable<Map<string, Map<1, Date[]>>>, ReadonlyMap<string, ReadonlyMap<1, readonly Date[]>>>;
  sets: Equal<Immutable<Set<number[]>>, ReadonlySet<readonly number[]>>;
  already: Equal<Immutable<ReadonlyMap<string, ReadonlySet<1>>>, ReadonlyMap<string, ReadonlySet<1>>>;
  records: Equal<Listed<Immutable<Record<string, string[]>>>, { readonly [key: string]: readonly string[] }>;
  unions: Equal<Immutable<string[] | Map<1, 2> | null>, readonly string[] | ReadonlyMap<1, 2> | null>;
  variants: Equal<
    Immutable<{ k: "a"; n: 1[] } | { k: "b" }>,
    { readonly k: "a"; readonly n: readonly 1[] } | { readonly k: "b" }
  >;
  intersections: Equal<
    Listed<Immutable<{ a: string[] } & { b?: 1 }>>,
    { readonly a: readonly string[]; readonly b?: 1 }
  >;
  optional: Equal<Immutable<{ a?: string[] | undefined }>, { readonly a?: readonly string[] | undefined }>;
  recursive: Equal<Immutable<Tree<1>>["children"][number]["parent"], Immutable<Tree<1>> | null | undefined>;
  twice: Equal<Immutable<Immutable<Theirs>>, Immutable<Theirs>>;
  instances: Equal<
    Listed<Immutable<Instance>>,
    { readonly open: readonly string[]; readonly hidden: number }
  >;
};

test("Immutable makes a type readonly all the way down, and plain numbers assign to the named ones", () => {
  const equal: Equal<Listed<Immutable<Theirs>>, Ours> = true;
  const small: i32 = 5;
  const large: u64 = 5n;
  expect([equal, small + 1, large + 1n]).toEqual([true, 6, 6n]);
});

test("it leaves alone what readonly does not change, and finds containers wherever they are", () => {
  const held: [Leaves extends Answers ? true : false, Containers extends Answers ? true : false] = [
    true,
    true,
  ];
  expect(held).toEqual([true, true]);
});

test("what is mutable can be given where the immutable form is asked for", () => {
  const theirs: Theirs = {
    id: 1n,
    items: [{ qty: 1, tags: ["a"] }],
    pair: [1, { a: 1 }],
    byName: new Map([["a", new Set([{ n: 1 }])]]),
    image: Uint8Array.of(1),
    at: new Date(0),
  };
  const ours: Immutable<Theirs> = theirs;
  expect(ours).toBe(theirs);
});

/** An alias that contains itself through nothing but an array. */
type Text = string | Text[] | { bold: Text };

test("Immutable comes to an end for aliases that contain themselves in arrays, and keeps tuples", () => {
  const text: Immutable<Text> = ["a", [{ bold: ["b"] }]];
  const tail: Immutable<[number, ...{ n: number }[]]> = [1, { n: 2 }];
  const first: readonly [number, ...{ readonly n: number }[]] = tail;
  // @ts-expect-error the elements are readonly too
  const writable: [number, ...{ n: number }[]] = tail;
  expect([text, first[0], writable[1]]).toEqual([["a", [{ bold: ["b"] }]], 1, { n: 2 }]);
});
