// Types only: what this file does not compile with is the failure, which `npm run check` reports.
import { expect, test } from "@jest/globals";
import type { Immutable, i32, u64 } from "./index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

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

test("Immutable makes a type readonly all the way down, and plain numbers assign to the named ones", () => {
  const equal: Equal<{ [K in keyof Immutable<Theirs>]: Immutable<Theirs>[K] }, Ours> = true;
  const small: i32 = 5;
  const large: u64 = 5n;
  expect([equal, small + 1, large + 1n]).toEqual([true, 6, 6n]);
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
