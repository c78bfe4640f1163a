// Writes the lock anew from all tagged types of a project, and says what that changes for programs in the field.

import { fingerprintOf } from "../fingerprint.ts";
import type { Schema } from "../schema.ts";
import { classify, type LockChange } from "./classify.ts";
import { keyPrefix } from "./key.ts";
import { keyedTypes, lockable, sortedByKey } from "./keyed.ts";
import { emptyLock, type Lock, type LockedType } from "./lock.ts";
import { numberTypes } from "./numbering.ts";
import { referencesOf } from "./shapes.ts";

export interface UpdatedLock {
  readonly lock: Lock;
  /** By key; types whose bytes stay as they are do not appear. */
  readonly changes: readonly LockChange[];
}

/**
 * Makes the lock of a project from the one that it had.
 * @param previous undefined where the project has none yet
 * @param schemas of every file with tagged types: a type that none of them has is taken for removed
 * @param directory of the lock file: absolute, forward slashes
 * @throws {LockError} where two files would have the same keys.
 */
export function updateLock(
  previous: Lock | undefined,
  schemas: readonly Schema[],
  directory: string,
): UpdatedLock {
  const before = previous ?? emptyLock;
  const { types, tagged } = keyedTypes(directory, schemas);
  const refused = refusedKeys(schemas, directory).filter((key) => before.types.has(key));
  const moved = movedKeys(before, [...tagged, ...refused]);
  const numbered = numberTypes({ lock: before, types, tagged, moved });
  const next = new Map<string, LockedType>(keptWith(before, refused));
  for (const [key, { type, reserved }] of numbered) {
    next.set(key, { type: lockable(type), reserved, version: undefined });
  }
  const unversioned = { types: sortedByKey(next) };
  const changes: LockChange[] = removedTypes(before, tagged, refused, moved);
  for (const key of tagged) {
    const locked = next.get(key);
    if (locked === undefined) continue;
    const own = fingerprintOf({ declarations: unversioned.types }, key);
    const { line, change } = classify(before, moved.get(key) ?? key, unversioned, key, own);
    next.set(key, { ...locked, version: { fingerprint: own, line } });
    changes.push(...change);
  }
  changes.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { lock: { types: sortedByKey(next) }, changes };
}

function refusedKeys(schemas: readonly Schema[], directory: string): readonly string[] {
  return schemas.flatMap(({ file, refused }) => refused.map((name) => keyPrefix(directory, file) + name));
}

/** Entries that stay as they are, with all that they refer to. */
function keptWith(lock: Lock, keys: readonly string[]): ReadonlyMap<string, LockedType> {
  const kept = new Map<string, LockedType>();
  const reached = new Set(keys);
  for (const key of reached) {
    const locked = lock.types.get(key);
    if (locked === undefined) continue;
    kept.set(key, locked);
    for (const id of referencesOf(locked.type)) reached.add(id);
  }
  return kept;
}

/** A type moved if its name is gone from exactly one file and new in exactly one other: new key to old key. */
function movedKeys(before: Lock, present: readonly string[]): ReadonlyMap<string, string> {
  const stays = new Set(present);
  const gone = [...before.types].filter(([key, { version }]) => version !== undefined && !stays.has(key));
  const arrived = present.filter((key) => before.types.get(key)?.version === undefined);
  const [from, to] = [byName(gone.map(([key]) => key)), byName(arrived)];
  const moved = new Map<string, string>();
  for (const [name, [key, ...others]] of to) {
    const [old, ...rivals] = from.get(name) ?? [];
    if (key !== undefined && old !== undefined && others.length + rivals.length === 0) moved.set(key, old);
  }
  return moved;
}

function byName(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const key of keys) {
    const name = key.slice(key.indexOf("#") + 1);
    names.set(name, [...(names.get(name) ?? []), key]);
  }
  return names;
}

function removedTypes(
  before: Lock,
  tagged: readonly string[],
  refused: readonly string[],
  moved: ReadonlyMap<string, string>,
): LockChange[] {
  const accounted = new Set([...tagged, ...refused, ...moved.values()]);
  return [...before.types].flatMap(([key, { version }]) =>
    version === undefined || accounted.has(key)
      ? []
      : [{ key, kind: "removed", from: undefined, members: [], reasons: [] } as const],
  );
}
