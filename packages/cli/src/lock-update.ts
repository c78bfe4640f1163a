// What `hewn lock` would write: for each lock of a solution its new text and what that changes.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import {
  formatLock,
  type LockChange,
  type LockChangeKind,
  LockError,
  type LockFile,
  type Schema,
  updateLock,
} from "@hewn/schema";
import { ConfigurationError } from "./configuration-error.ts";
import { readIfPresent } from "./read-file.ts";
import type { Solution } from "./solution.ts";

export interface LockUpdate {
  readonly path: string;
  readonly file: LockFile;
  readonly text: string;
  /** The file is missing or says something else. */
  readonly differs: boolean;
  readonly changes: readonly LockChange[];
}

/** Changes after which programs in the field and new ones cannot talk of a type at all. */
const refusedKinds: ReadonlySet<LockChangeKind> = new Set(["breaking", "removed"]);

export function isBreaking({ kind }: LockChange): boolean {
  return refusedKinds.has(kind);
}

/** @param solution analyzed without any lock */
export function updateLocks(solution: Solution): readonly LockUpdate[] {
  const groups = new Map<string, { readonly previous: LockFile | undefined; readonly schemas: Schema[] }>();
  const taken = new Set<string>();
  for (const project of solution.projects) {
    const { path, file } = solution.lockOf(project);
    const group = groups.get(path) ?? { previous: file, schemas: [] };
    groups.set(path, group);
    for (const source of project.sources.filter((one) => !taken.has(one))) {
      taken.add(source);
      const generated = solution.generated.get(source);
      if (generated) group.schemas.push(generated.schema);
    }
  }
  return [...groups].map(([path, { previous, schemas }]) => updated(path, previous, schemas, taken));
}

function updated(
  path: string,
  previous: LockFile | undefined,
  schemas: readonly Schema[],
  known: ReadonlySet<string>,
): LockUpdate {
  const directory = posix.dirname(path);
  try {
    const { lock, changes } = updateLock(previous?.lock, schemas, directory);
    refuseStrangers(path, changes, known);
    const text = formatLock(lock);
    const present = readIfPresent(path)?.replaceAll("\r\n", "\n");
    const empty = present === undefined && lock.types.size === 0;
    return { path, file: { path, lock }, text, differs: !empty && present !== text, changes };
  } catch (error) {
    if (error instanceof LockError) throw new ConfigurationError(error.reason, { place: { file: path } });
    throw error;
  }
}

/** A type is only gone, or moved, if this solution compiles the file that it was in, or that file is gone too. */
function refuseStrangers(path: string, changes: readonly LockChange[], known: ReadonlySet<string>): void {
  for (const { key, kind, from } of changes) {
    const gone = kind === "removed" ? key : from;
    const source = gone && sourceOf(path, gone);
    if (!source || known.has(source)) continue;
    throw new ConfigurationError(`It also numbers ${gone}, which this project does not compile.`, {
      place: { file: path },
      fix: "Run `hewn lock` with the tsconfig that references every project below the lock.",
    });
  }
}

/** The file that declares a type of a lock, where it exists. */
function sourceOf(lock: string, key: string): string | undefined {
  const file = posix.join(posix.dirname(lock), key.slice(0, key.indexOf("#")));
  return [".ts", ".tsx", ".mts", ".cts"]
    .map((extension) => file + extension)
    .find((source) => existsSync(source));
}
