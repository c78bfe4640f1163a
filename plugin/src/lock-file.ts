// Finds and reads the wire.lock of a project. Every front does this before it asks the core for a codec.
import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type LockFile, parseLock } from "@hewn/schema";

/** The name under which a project commits its lock. */
export const lockFileName = "wire.lock";

/** A lock that is there and cannot be used; without it codecs would get wrong numbers, so none may be generated. */
export class UnreadableLock extends Error {
  override readonly name = "UnreadableLock";
  /** Absolute, forward slashes. */
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string, cause: unknown) {
    super(`${path}: ${reason}`, { cause });
    this.path = path;
    this.reason = reason;
  }
}

/**
 * The lock that governs a directory: the nearest wire.lock in it or above it.
 * @param directory absolute; for a project the directory of its tsconfig
 * @throws {UnreadableLock} for a file that cannot be read or is no lock
 */
export function findLock(directory: string): LockFile | undefined {
  return nearest(directory, readLock);
}

/**
 * The path and the text of the lock that governs a directory, whether or not it can be used; "" where there is none.
 * @param directory as {@link findLock}
 */
export function findLockText(directory: string): string {
  return nearest(directory, readLockText) ?? "";
}

function nearest<T>(directory: string, read: (file: string) => T | undefined): T | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const found = read(join(at, lockFileName));
    if (found !== undefined || at === dirname(at)) return found;
  }
}

function readLockText(file: string): string | undefined {
  try {
    return `${file.replaceAll(sep, "/")}\n${readFileSync(file, "utf8")}`;
  } catch (error) {
    return isAbsent(error) ? undefined : file;
  }
}

/**
 * One wire.lock, or undefined where there is none.
 * @param file absolute
 * @throws {UnreadableLock} as {@link findLock}
 */
export function readLock(file: string): LockFile | undefined {
  const path = file.replaceAll(sep, "/");
  try {
    return { path, lock: parseLock(readFileSync(file, "utf8")) };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    const { message } = Object(error) as { readonly message?: string };
    throw new UnreadableLock(path, message ?? String(error), error);
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === "ENOENT" || code === "ENOTDIR";
}
