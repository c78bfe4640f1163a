// The text of wire.lock: JSON, sorted by key, LF, one member of a type a line.
//   { "version": 1,
//     "types": { "src/order#Order": { "type": T, "fingerprint": "...", "line": { "...": "both" } }, ... } }
// Types that are not tagged have a type only.
import type { Type } from "../schema.ts";
import { type Located, parseJson } from "./json-parse.ts";
import { type Json, textOfJson } from "./json-text.ts";
import type { Direction, Lock, LockedType, LockedVersion } from "./lock.ts";
import { LockError } from "./lock-error.ts";
import { referencesOf } from "./shapes.ts";
import { typeJson } from "./type-json.ts";
import { objectOf, parseType, type ReservedSoFar, textOf } from "./type-parse.ts";

const lockVersion = 1;
const fingerprintPattern = /^[0-9a-f]{16}$/;

/** The text of a lock; the same for equal locks. */
export function formatLock(lock: Lock): string {
  const types = [...lock.types].sort(([a], [b]) => (a < b ? -1 : 1));
  const json = new Map<string, Json>([
    ["version", lockVersion],
    ["types", new Map(types.map(([key, type]) => [key, lockedJson(type)]))],
  ]);
  // Types and their parts stand on lines of their own however short they are.
  return textOfJson(json, (path) => path.length < 3 || (path.length === 4 && path[3] === "line"));
}

function lockedJson({ type, reserved, version }: LockedType): Json {
  const json = new Map<string, Json>([["type", typeJson(type, reserved)]]);
  if (version === undefined) return json;
  json.set("fingerprint", version.fingerprint);
  // In the order in which they were added, which a review can follow.
  if (version.line.size > 0) json.set("line", version.line);
  return json;
}

/**
 * Reads a lock.
 * @throws {LockError} with line and reason where the text is no lock of a version that is known.
 */
export function parseLock(text: string): Lock {
  const json = parseJson(text);
  const top = objectOf(json, "an object with version and types");
  const version = top.get("version");
  if (version?.value !== lockVersion) {
    throw new LockError(version?.line ?? json.line, `this is no lock of version ${lockVersion}`);
  }
  const types = new Map<string, LockedType>();
  const located = top.get("types");
  for (const [key, entry] of located === undefined ? [] : objectOf(located, "an object of types")) {
    types.set(key, parseLocked(entry));
    for (const id of referencesOf(types.get(key)?.type ?? noType)) {
      const known = located?.value instanceof Map && located.value.has(id);
      if (!known)
        throw new LockError(
          entry.line,
          `${JSON.stringify(key)} refers to ${JSON.stringify(id)}, which is not in the lock`,
        );
    }
  }
  return { types };
}

const noType: Type = { kind: "null" };

function parseLocked(json: Located): LockedType {
  const pairs = objectOf(json, "an object with a type");
  const type = pairs.get("type");
  if (type === undefined) throw new LockError(json.line, '"type" is missing');
  const reserved: ReservedSoFar = new Map();
  return { type: parseType(type, reserved), reserved, version: parseVersion(pairs) };
}

function parseVersion(pairs: ReadonlyMap<string, Located>): LockedVersion | undefined {
  const fingerprint = pairs.get("fingerprint");
  if (fingerprint === undefined) return undefined;
  const line = new Map<string, Direction>();
  const located = pairs.get("line");
  for (const [earlier, direction] of located === undefined
    ? []
    : objectOf(located, "an object of fingerprints")) {
    const { value } = direction;
    if (value !== "both" && value !== "reads" && value !== "writes") {
      throw new LockError(direction.line, 'an earlier version is "both", "reads" or "writes"');
    }
    line.set(fingerprintOf(earlier, direction.line), value);
  }
  return { fingerprint: fingerprintOf(textOf(fingerprint, "a fingerprint"), fingerprint.line), line };
}

function fingerprintOf(text: string, line: number): string {
  if (fingerprintPattern.test(text)) return text;
  throw new LockError(line, `${JSON.stringify(text)} is not a fingerprint of 16 hexadecimal digits`);
}
