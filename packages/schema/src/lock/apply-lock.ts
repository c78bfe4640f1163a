// Numbers the types of one file by the lock, and finds where the lock no longer says what the file says. The numbers of
// what is not in the lock are those that `updateLock` would give it, as far as one file can tell.
import { fingerprintOf } from "../fingerprint.ts";
import type { Schema } from "../schema.ts";
import { type Difference, differences } from "./difference.ts";
import { directoryOf, keyPrefix, keysOf } from "./key.ts";
import { keyedTypes, lockable } from "./keyed.ts";
import type { LockedType, LockFile } from "./lock.ts";
import { type Numbered, numberTypes } from "./numbering.ts";
import { mapType, membersOf, type Numbering, referencesOf, type Shape, shapesOf } from "./shapes.ts";

/** One way in which a lock is behind its source. Every one is mended by writing the lock anew. */
export interface LockProblem {
  /** `type-added`, `type-removed`: the lock lacks or still has the type. The others: see {@link Difference}. */
  readonly rule: "type-added" | "type-removed" | Difference["what"];
  /** The tagged type of the file that is concerned: by its exported name; undefined where it is gone. */
  readonly type: string | undefined;
  /** The entry of the lock: of that type, or of one that it reaches. */
  readonly key: string;
  /** Within the entry: `.items[].quantity`; empty for the whole of it. */
  readonly path: string;
  /** One sentence without an end: `'Order.items' is "i32" in wire.lock, "i64" in the source`. */
  readonly message: string;
}

export interface AppliedLock {
  /** The schema with the lock's numbers; members stay in declared order. */
  readonly schema: Schema;
  readonly problems: readonly LockProblem[];
}

/** Gives the types of a schema the numbers of a lock. */
export function applyLock(schema: Schema, file: LockFile): AppliedLock {
  const directory = directoryOf(file.path);
  const { types } = keyedTypes(directory, [schema]);
  const keys = keysOf(directory, schema);
  const tagged = taggedKeys(schema, keys);
  const numbered = numberTypes({ lock: file.lock, types, tagged, moved: new Map() });
  const locked = renumbered(schema, keys, numbered);
  return { schema: locked, problems: new Inspection(locked, file, keys, numbered).problems() };
}

/** Every tagged type, also those of other files: places in any of them tell what an untagged type was. */
function taggedKeys(schema: Schema, keys: ReadonlyMap<string, string>): readonly string[] {
  const wire = [...schema.declarations.values()].filter(({ scope }) => scope === "wire");
  return wire.map(({ id }) => keys.get(id) ?? id).sort();
}

function renumbered(
  schema: Schema,
  keys: ReadonlyMap<string, string>,
  numbered: ReadonlyMap<string, Numbered>,
): Schema {
  const declarations = [...schema.declarations].map(([id, declaration]) => {
    const shapes = shapesOf(numbered.get(keys.get(id) ?? id)?.type ?? declaration.type);
    const numbers: Numbering = (_, path) => numbersOf(shapes.get(path));
    return [id, { ...declaration, type: mapType(declaration.type, { numbers }) }] as const;
  });
  return { ...schema, declarations: new Map(declarations) };
}

function numbersOf(shape: Shape | undefined): ReadonlyMap<string, number> {
  return new Map(shape === undefined ? [] : membersOf(shape).map(({ name, number }) => [name, number]));
}

/** Compares a numbered schema with its lock. */
class Inspection {
  readonly #schema: Schema;
  readonly #file: LockFile;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #numbered: ReadonlyMap<string, Numbered>;
  readonly #seen = new Set<string>();

  constructor(
    schema: Schema,
    file: LockFile,
    keys: ReadonlyMap<string, string>,
    numbered: ReadonlyMap<string, Numbered>,
  ) {
    this.#schema = schema;
    this.#file = file;
    this.#keys = keys;
    this.#numbered = numbered;
  }

  problems(): readonly LockProblem[] {
    return [...this.#schema.roots.flatMap((id) => this.#ofRoot(id)), ...this.#removed()];
  }

  #ofRoot(id: string): readonly LockProblem[] {
    const name = this.#schema.declarations.get(id)?.name ?? id;
    const found = this.#reached(id).flatMap((reached) => this.#ofDeclaration(reached, name));
    const key = this.#key(id);
    const version = this.#file.lock.types.get(key)?.version;
    if (found.length > 0 || version?.fingerprint === fingerprintOf(this.#schema, id)) return found;
    const message = `'${name}' reaches a type that is not as wire.lock has it`;
    return [{ rule: "type-changed", type: name, key, path: "", message }];
  }

  #key(id: string): string {
    return this.#keys.get(id) ?? id;
  }

  /** A tagged type and the untagged ones that it reaches; other tagged types answer for themselves. */
  #reached(root: string): readonly string[] {
    const reached = new Set([root]);
    for (const id of reached) {
      const type = this.#schema.declarations.get(id)?.type;
      for (const next of type === undefined ? [] : referencesOf(type)) {
        if (this.#schema.declarations.get(next)?.scope !== "wire") reached.add(next);
      }
    }
    return [...reached];
  }

  #ofDeclaration(id: string, root: string): readonly LockProblem[] {
    const key = this.#key(id);
    if (this.#seen.has(key)) return [];
    this.#seen.add(key);
    const name = this.#schema.declarations.get(id)?.name ?? id;
    const locked = this.#file.lock.types.get(key);
    const isNew = locked === undefined || (this.#schema.roots.includes(id) && locked.version === undefined);
    if (isNew) {
      return [{ rule: "type-added", type: root, key, path: "", message: `'${name}' is not in wire.lock` }];
    }
    const type = this.#numbered.get(key)?.type;
    if (type === undefined) return [];
    return differences(locked.type, lockable(type)).map((difference) => ({
      rule: difference.what,
      type: root,
      key,
      path: difference.path,
      message: sentence(name, difference),
    }));
  }

  /** Types that the lock has in this file and the file has not. Those that were refused may come back as they were. */
  #removed(): readonly LockProblem[] {
    const prefix = keyPrefix(directoryOf(this.#file.path), this.#schema.file);
    const present = new Set(this.#schema.roots.map((id) => this.#key(id)));
    for (const name of this.#schema.refused) present.add(prefix + name);
    const isGone = ([key, { version }]: readonly [string, LockedType]): boolean =>
      version !== undefined && key.startsWith(prefix) && !present.has(key);
    return [...this.#file.lock.types].filter(isGone).map(([key]) => ({
      rule: "type-removed",
      type: undefined,
      key,
      path: "",
      message: `'${key.slice(prefix.length)}' is in wire.lock, and no tagged type of the file any more`,
    }));
  }
}

function sentence(name: string, { what, path, was, is }: Difference): string {
  const subject = `'${name}${path}'`;
  if (what === "member-added") return `${subject} is not in wire.lock`;
  if (what === "member-removed") return `${subject} is in wire.lock, and not in the source`;
  return `${subject} is ${was} in wire.lock, ${is} in the source`;
}
