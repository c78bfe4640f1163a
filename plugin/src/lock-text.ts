// Finds the wire.lock of a project and says what stands there, without a look at what it means.
import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

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
 * The path and the text of the lock that governs a directory, whether or not it can be used; "" where there is none.
 * @param directory as {@link findLock}
 */
export function findLockText(directory: string): string {
  return nearest(directory, readLockText) ?? "";
}

/** What `read` finds in the nearest place for a lock, in the directory or above it. */
export function nearest<T>(directory: string, read: (file: string) => T | undefined): T | undefined {
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

/** Whether an error says that a file is not there. */
export function isAbsent(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === "ENOENT" || code === "ENOTDIR";
}
