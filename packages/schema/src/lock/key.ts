// The names of types in a lock: the same on every machine, whatever stands above the project's directory.
import type { Declaration, Origin, Schema } from "../schema.ts";

const extension = /(?:\.d)?\.[cm]?[jt]sx?$/;
const packages = "/node_modules/";

/** What an id is made of: string literals, in which anything may stand, and the names of files up to their `#`. */
const partsOfId = /"(?:[^"\\]|\\.)*"|(?:[A-Za-z]:)?\/[^"]*?(?:\.d)?\.[cm]?[jt]sx?#/g;

/**
 * The key of a tagged or exported type.
 * @param lock anything with the absolute path of the lock file
 */
export function lockKey(lock: { readonly path: string }, origin: Origin): string {
  return keyOfOrigin(directoryOf(lock.path), origin);
}

/** The directory that a lock's keys are relative to. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** `src/order#`, in front of the key of each type that a file declares. */
export function keyPrefix(directory: string, file: string): string {
  // A package has its place in node_modules, wherever that is hoisted to.
  const inPackages = file.lastIndexOf(packages);
  const path = inPackages < 0 ? relative(directory, file) : file.slice(inPackages + 1);
  return `${path.replace(extension, "")}#`;
}

/** The keys of all declarations of a schema, by id. */
export function keysOf(directory: string, schema: Pick<Schema, "declarations">): ReadonlyMap<string, string> {
  return new Map([...schema.declarations.values()].map((each) => [each.id, keyOf(directory, each)]));
}

/** The id of a generic instance holds the ids of its arguments, of files that the schema need not mention elsewhere. */
function keyOf(directory: string, { id, scope, origin }: Declaration): string {
  if (scope !== "local") return keyOfOrigin(directory, origin);
  return id.replace(partsOfId, (part) =>
    part.startsWith('"') ? part : keyPrefix(directory, part.slice(0, -1)),
  );
}

function keyOfOrigin(directory: string, { file, name }: Origin): string {
  return keyPrefix(directory, file) + name;
}

function relative(directory: string, file: string): string {
  const [from, to] = [directory.split("/"), file.split("/")];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  // Another drive has no relative path.
  if (common === 0) return file;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}
