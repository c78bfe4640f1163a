// Finds and reads the wire.lock of a project. Every front does this before it asks the core for a codec.
import { readFileSync } from "node:fs";
import { sep } from "node:path";
import { type LockFile, parseLock } from "@hewn/schema";
import { isAbsent, nearest, UnreadableLock } from "./lock-text.ts";

/**
 * The lock that governs a directory: the nearest wire.lock in it or above it.
 * @param directory absolute; for a project the directory of its tsconfig
 * @throws {UnreadableLock} for a file that cannot be read or is no lock
 */
export function findLock(directory: string): LockFile | undefined {
  return nearest(directory, readLock);
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
