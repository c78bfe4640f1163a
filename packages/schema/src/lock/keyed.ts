// The named types of one or more schemas under the keys of a lock, with what only the source knows left out.
import type { Field, Schema, Type } from "../schema.ts";
import { mappedTuple } from "../tuple.ts";
import { keysOf } from "./key.ts";
import { LockError } from "./lock-error.ts";
import type { Unnumbered } from "./numbering.ts";
import { mapType } from "./shapes.ts";

export interface KeyedTypes {
  readonly types: ReadonlyMap<string, Unnumbered>;
  /** Keys of the types that are tagged in the files of the schemas, sorted. */
  readonly tagged: readonly string[];
}

/**
 * Gathers the types of schemas.
 * @throws {LockError} where two tagged types have the same key: `a.ts` beside `a.mts`.
 */
export function keyedTypes(directory: string, schemas: readonly Schema[]): KeyedTypes {
  const types = new Map<string, Unnumbered>();
  const tagged = new Map<string, string>();
  for (const schema of schemas) {
    const keys = keysOf(directory, schema);
    const reference = (id: string): string => keys.get(id) ?? id;
    for (const [id, { type }] of schema.declarations) {
      const key = reference(id);
      if (!types.has(key)) types.set(key, { type: mapType(type, { reference }) });
    }
    for (const id of schema.roots) {
      const key = reference(id);
      const other = tagged.get(key);
      if (other !== undefined && other !== schema.file) {
        throw new LockError(undefined, `${other} and ${schema.file} both have a type ${JSON.stringify(key)}`);
      }
      tagged.set(key, schema.file);
    }
  }
  return { types: sortedByKey(types), tagged: [...tagged.keys()].sort() };
}

/** In the order of a lock. */
export function sortedByKey<T>(entries: Iterable<readonly [string, T]>): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A type as a lock holds it: members by number, and nothing of how the source spells them. */
export function lockable(type: Type): Type {
  const bare = (inner: Type): Type => lockable(inner);
  switch (type.kind) {
    case "array":
    case "set":
      return { kind: type.kind, element: bare(type.element) };
    case "map":
      return { kind: "map", key: bare(type.key), value: bare(type.value) };
    case "record":
      return { kind: "record", value: bare(type.value) };
    case "maybe":
      return { ...type, type: bare(type.type) };
    case "tuple":
      return { kind: "tuple", ...mappedTuple(type, bare) };
    case "choice": {
      const members = type.members.map(({ value, ordinal }) => ({ value, ordinal }));
      return { kind: "choice", members: members.sort((a, b) => a.ordinal - b.ordinal) };
    }
    case "struct":
      return { kind: "struct", fields: lockableFields(type.fields) };
    case "union": {
      const variants = type.variants.map(({ tag, ordinal, struct }) => {
        const fields = lockableFields(struct.fields);
        return { tag, ordinal, struct: { kind: "struct" as const, fields }, tagPosition: 0 };
      });
      variants.sort((a, b) => a.ordinal - b.ordinal);
      return { kind: "union", discriminant: type.discriminant, variants };
    }
    case "mixed": {
      const arms = type.arms.map((arm) => ({ ...arm, type: bare(arm.type) }));
      return { kind: "mixed", arms: arms.sort((a, b) => a.ordinal - b.ordinal) };
    }
    case "actorRef":
      return { kind: "actorRef" };
    default:
      return type;
  }
}

function lockableFields(fields: readonly Field[]): readonly Field[] {
  const all = fields.map(({ name, slot, type, optional }) => ({
    name,
    slot,
    type: lockable(type),
    optional,
  }));
  return all.sort((a, b) => a.slot - b.slot);
}
