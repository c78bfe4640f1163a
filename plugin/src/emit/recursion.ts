// Which named types can contain themselves. Only their functions count depth: everything else nests no deeper than
// its declaration.
import type { Schema, Type } from "@hewn/schema";

/** The named types that `type` mentions, not those behind them. */
export function references(type: Type, found: Set<string> = new Set()): Set<string> {
  for (const part of parts(type)) references(part, found);
  if (type.kind === "ref") found.add(type.id);
  return found;
}

/** The types that `type` is directly made of. */
function parts(type: Type): readonly Type[] {
  switch (type.kind) {
    case "array":
    case "set":
      return [type.element];
    case "map":
      return [type.key, type.value];
    case "record":
      return [type.value];
    case "maybe":
      return [type.type];
    case "tuple":
      return type.elements;
    case "struct":
      return type.fields.map((field) => field.type);
    case "union":
      return type.variants.flatMap((variant) => variant.struct.fields.map((field) => field.type));
    default:
      return [];
  }
}

export class Recursion {
  readonly #reached = new Map<string, ReadonlySet<string>>();
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** A value of this named type can contain another value of it. */
  isRecursive(id: string): boolean {
    return this.#reach(id).has(id);
  }

  /** Functions for this type must hand a depth on, because a recursive type lies within. */
  needsDepth(type: Type): boolean {
    for (const id of references(type)) {
      if (this.isRecursive(id)) return true;
      for (const inner of this.#reach(id)) if (this.isRecursive(inner)) return true;
    }
    return false;
  }

  /** Every named type that can be met inside a value of `id`; `id` itself only if it is recursive. */
  #reach(id: string): ReadonlySet<string> {
    const known = this.#reached.get(id);
    if (known) return known;
    const reached = new Set<string>();
    const pending = [id];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const declaration = this.#schema.declarations.get(next);
      if (!declaration) throw new Error(`schema of ${this.#schema.file} has no declaration ${next}`);
      for (const reference of references(declaration.type)) {
        if (reached.has(reference)) continue;
        reached.add(reference);
        pending.push(reference);
      }
    }
    this.#reached.set(id, reached);
    return reached;
  }
}
