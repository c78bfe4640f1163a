// Numbers the shapes of a set of named types after a lock. A shape that stands where the lock has one takes its numbers
// from there. One that the lock does not know by key and path, because a type was extracted, renamed or written in
// place, takes the numbers of what stood in its place in a tagged type that the lock knows.
import type { Type } from "../schema.ts";
import type { Lock, LockedType } from "./lock.ts";
import { lockedNumbers, type Numbers, nextNumbers } from "./numbers.ts";
import { walkPairs } from "./pairs.ts";
import { mapType, type Shape } from "./shapes.ts";

/** A type whose references are keys, before it is numbered. */
export interface Unnumbered {
  readonly type: Type;
}

/** A type with its numbers, and the numbers that no member of it has any more. */
export type Numbered = Pick<LockedType, "type" | "reserved">;

export interface NumberingInput {
  readonly lock: Lock;
  /** By key. */
  readonly types: ReadonlyMap<string, Unnumbered>;
  /** Keys of the tagged types, from which places are found; their order decides where places disagree. */
  readonly tagged: readonly string[];
  /** Keys that the lock has under another key. */
  readonly moved: ReadonlyMap<string, string>;
}

/** The numbered types, by key. */
export function numberTypes({ lock, types, tagged, moved }: NumberingInput): ReadonlyMap<string, Numbered> {
  const locked = lockedNumbers(lock);
  const own = (key: string, path: string, shape: Shape): Numbers | undefined =>
    locked.at(moved.get(key) ?? key, path, shape.kind);
  const inherited = new Map<string, Numbers>();
  for (const key of tagged) {
    walkPairs(lock.types, moved.get(key) ?? key, types, key, (before, after) => {
      const place = placeText(after.key, after.path);
      if (inherited.has(place) || own(after.key, after.path, after.shape)) return;
      const numbers = locked.at(before.key, before.path, after.shape.kind);
      if (numbers !== undefined) inherited.set(place, numbers);
    });
  }
  const numbered = new Map<string, Numbered>();
  for (const [key, { type }] of types) {
    numbered.set(
      key,
      numberType(type, (shape, path) => own(key, path, shape) ?? inherited.get(placeText(key, path))),
    );
  }
  return numbered;
}

function numberType(type: Type, before: (shape: Shape, path: string) => Numbers | undefined): Numbered {
  const reserved = new Map<string, ReadonlyMap<number, string>>();
  const renumbered = mapType(type, {
    numbers: (shape, path) => {
      const numbers = nextNumbers(shape, before(shape, path));
      if (numbers.reserved.size > 0) reserved.set(path, numbers.reserved);
      return numbers.live;
    },
  });
  return { type: renumbered, reserved };
}

function placeText(key: string, path: string): string {
  return `${key} ${path}`;
}
