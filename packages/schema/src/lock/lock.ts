// The lock: which slot each field has and which ordinal each variant and literal, once messages of a type have been
// sent; what was removed, so that its number is never given to anything else; and which earlier versions a type can
// still talk to. It is a file, wire.lock, that is committed and reviewed.
import type { Type } from "../schema.ts";

/**
 * How this version of a type gets on with an earlier one: `reads` what that one wrote; `writes` what that one reads;
 * `both`.
 */
export type Direction = "both" | "reads" | "writes";

/** What only a tagged type has: others never stand at the top of a message. */
export interface LockedVersion {
  /** Of the canonical text; 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** Earlier fingerprints that are compatible in one direction at least. */
  readonly line: ReadonlyMap<string, Direction>;
}

/** One named type: tagged, or reached by a tagged one. */
export interface LockedType {
  /** References name keys of the lock. Members stand by number. */
  readonly type: Type;
  /** Members that were removed, by the path of their struct, union or choice within `type`: number to name. */
  readonly reserved: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** Set for tagged types. */
  readonly version: LockedVersion | undefined;
}

export interface Lock {
  /** By key: `src/order#Order`, relative to the lock's directory. */
  readonly types: ReadonlyMap<string, LockedType>;
}

/** A lock, and where it is. */
export interface LockFile {
  /** Absolute, forward slashes. */
  readonly path: string;
  readonly lock: Lock;
}

/** The lock of a project that has locked nothing. */
export const emptyLock: Lock = { types: new Map() };

/**
 * The line that a codec embeds: earlier fingerprints that its type gets on with. Empty for a type not in the lock.
 * @param fingerprint of the codec's own type: where the lock has another version of the type, its line says nothing
 */
export function lineOf(lock: Lock, key: string, fingerprint?: string): Readonly<Record<string, Direction>> {
  const version = lock.types.get(key)?.version;
  if (version === undefined || (fingerprint !== undefined && fingerprint !== version.fingerprint)) return {};
  return Object.fromEntries(version.line);
}
