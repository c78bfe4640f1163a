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
export function numberTypes(input: NumberingInput): ReadonlyMap<string, Numbered> {
  const own = ownNumbers(input);
  // Looked for only where something is new, since it means a walk through all types.
  let inherited: ReadonlyMap<string, Numbers> | undefined;
  const numbered = new Map<string, Numbered>();
  for (const [key, { type }] of input.types) {
    const before = (shape: Shape, path: string): Numbers | undefined => {
      const known = own(key, path, shape);
      if (known !== undefined) return known;
      inherited ??= inheritedNumbers(input, own);
      return inherited.get(placeText(key, path));
    };
    numbered.set(key, numberType(type, before));
  }
  return numbered;
}

/** The numbers that the lock has for a shape under the shape's own key and path. */
type OwnNumbers = (key: string, path: string, shape: Shape) => Numbers | undefined;

function ownNumbers({ lock, moved }: NumberingInput): OwnNumbers {
  const locked = lockedNumbers(lock);
  return (key, path, shape) => locked.at(moved.get(key) ?? key, path, shape.kind);
}

/** The numbers of what stood in the place of shapes that the lock does not know, by place. */
function inheritedNumbers(
  { lock, types, tagged, moved }: NumberingInput,
  own: OwnNumbers,
): ReadonlyMap<string, Numbers> {
  const locked = lockedNumbers(lock);
  const inherited = new Map<string, Numbers>();
  for (const key of tagged) {
    walkPairs(lock.types, moved.get(key) ?? key, types, key, (before, after) => {
      const place = placeText(after.key, after.path);
      if (inherited.has(place) || own(after.key, after.path, after.shape)) return;
      const numbers = locked.at(before.key, before.path, after.shape.kind);
      if (numbers !== undefined) inherited.set(place, numbers);
    });
  }
  return inherited;
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
