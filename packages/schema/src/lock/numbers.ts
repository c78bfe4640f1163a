// The numbers of one shape: what is in use, what is reserved, and how new members get theirs.
import { pairedArms } from "../array-kind.ts";
import type { Lock, LockedType } from "./lock.ts";
import { membersOf, type Shape, shapesOf } from "./shapes.ts";

export interface Numbers {
  readonly kind: Shape["kind"];
  /** Member to slot or ordinal. */
  readonly live: ReadonlyMap<string, number>;
  /** Slot or ordinal to the member that once had it. */
  readonly reserved: ReadonlyMap<number, string>;
}

/** The numbers of every shape of a locked type, by path. */
export type NumbersByPath = ReadonlyMap<string, Numbers>;

/** The numbers of every shape in a lock, by key and path; worked out as they are asked for. */
class LockedNumbers {
  readonly #lock: Lock;
  readonly #byKey = new Map<string, NumbersByPath>();

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** Undefined where the lock has no shape of this kind there. */
  at(key: string, path: string, kind: Shape["kind"]): Numbers | undefined {
    const numbers = this.of(key).get(path);
    return numbers?.kind === kind ? numbers : undefined;
  }

  of(key: string): NumbersByPath {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const locked = this.#lock.types.get(key);
    const numbers = locked === undefined ? new Map<string, Numbers>() : numbersOf(locked);
    this.#byKey.set(key, numbers);
    return numbers;
  }
}

const shared = new WeakMap<Lock, LockedNumbers>();

/** The numbers of a lock: the same object for the same lock, since a lock never changes once made. */
export function lockedNumbers(lock: Lock): LockedNumbers {
  const known = shared.get(lock);
  if (known !== undefined) return known;
  const made = new LockedNumbers(lock);
  shared.set(lock, made);
  return made;
}

function numbersOf({ type, reserved }: LockedType): NumbersByPath {
  const numbers = new Map<string, Numbers>();
  for (const [path, shape] of shapesOf(type)) {
    const live = new Map(membersOf(shape).map(({ name, number }) => [name, number]));
    numbers.set(path, { kind: shape.kind, live, reserved: reserved.get(path) ?? new Map() });
  }
  return numbers;
}

/**
 * The numbers of a shape after those that it had before. A member keeps its number; one that is gone leaves it
 * reserved; a new one gets the next that was never used, in declared order, even if a member of its name was there once.
 * Of a shape that had none the members keep those that they come with: a package may have numbered its types itself.
 */
export function nextNumbers(shape: Shape, before: Numbers | undefined): Numbers {
  if (before === undefined) {
    const live = new Map(membersOf(shape).map(({ name, number }) => [name, number]));
    return { kind: shape.kind, live, reserved: new Map() };
  }
  const members = membersOf(shape).map(({ name }) => name);
  const known = keptNumbers(shape, members, before);
  const kept = new Set(known.values());
  const reserved = new Map(before.reserved);
  for (const [name, number] of before.live) {
    if (!kept.has(number)) reserved.set(number, name);
  }
  const live = new Map<string, number>();
  let next = 1 + Math.max(-1, ...before.live.values(), ...reserved.keys());
  for (const name of members) live.set(name, known.get(name) ?? next++);
  return { kind: shape.kind, live, reserved: sortedByNumber(reserved) };
}

/** The numbers of the members that were there before; an arm may have had another name, since it says the length. */
function keptNumbers(
  shape: Shape,
  members: readonly string[],
  { live }: Numbers,
): ReadonlyMap<string, number> {
  if (shape.kind === "mixed") {
    const kept = pairedArms([...live.keys()], members);
    return new Map(kept.map(([old, name]) => [name, live.get(old) ?? 0]));
  }
  const present = new Set(members);
  return new Map([...live].filter(([name]) => present.has(name)));
}

function sortedByNumber(numbers: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  return new Map([...numbers].sort(([a], [b]) => a - b));
}
