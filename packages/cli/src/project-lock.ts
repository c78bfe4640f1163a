// Which wire.lock governs which project.
import { posix } from "node:path";
import { findLock, lockFileName, UnreadableLock } from "@hewn/plugin";
import { LockError, type LockFile } from "@hewn/schema";
import { ConfigurationError } from "./configuration-error.ts";

export interface ProjectLock {
  /** Where the lock is, or where `hewn lock` would create it. */
  readonly path: string;
  /** Undefined where there is none. */
  readonly file: LockFile | undefined;
}

/**
 * The lock of one project of a solution. A new one belongs beside the tsconfig of the whole solution, or of the
 * project itself where that lies elsewhere.
 * @throws ConfigurationError for a lock that cannot be read: codecs would get wrong numbers.
 */
export function projectLock(tsconfig: string, root: string): ProjectLock {
  const directory = posix.dirname(tsconfig);
  const file = readLock(directory);
  if (file) return { path: file.path, file };
  const above = posix.dirname(root);
  const home = `${directory}/`.startsWith(above === "/" ? above : `${above}/`) ? above : directory;
  return { path: posix.join(home, lockFileName), file };
}

function readLock(directory: string): LockFile | undefined {
  try {
    return findLock(directory);
  } catch (error) {
    if (!(error instanceof UnreadableLock)) throw error;
    const { cause, path } = error;
    const located = cause instanceof LockError && cause.line !== undefined;
    throw new ConfigurationError(located ? cause.reason : error.reason, {
      place: { file: path, ...(located && { line: cause.line, column: 1 }) },
      fix: "Mend it, or restore it from version control: codecs take their numbers from it.",
    });
  }
}
