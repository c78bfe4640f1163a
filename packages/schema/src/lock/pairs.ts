// Walks two versions of a type side by side, by names, and visits the shapes that stand at the same place in both,
// whatever they are called and whether they are written there or named.

import { pairedArms } from "../array-kind.ts";
import { kindsOf } from "../kinds.ts";
import { literalText } from "../literal-text.ts";
import type { Struct, Tuple, Type, Union } from "../schema.ts";
import { mappedTuple } from "../tuple.ts";
import { armPath, fieldPath, variantPath } from "../type-path.ts";
import type { Shape } from "./shapes.ts";

/** Named types; references are keys. */
export interface NamedTypes {
  get(key: string): { readonly type: Type } | undefined;
}

/** A place in a named type. */
export interface Place {
  readonly key: string;
  readonly path: string;
}

export interface ShapePlace extends Place {
  readonly shape: Shape;
}

/** @param path from the type that the walk began at, through every name */
export type VisitPair = (before: ShapePlace, after: ShapePlace, path: string) => void;

/** Starts at the types `before` and `after`, and goes through whatever they refer to; each pair of places once. */
export function walkPairs(
  olderTypes: NamedTypes,
  before: string,
  newerTypes: NamedTypes,
  after: string,
  visit: VisitPair,
): void {
  const walk = new Walk(olderTypes, newerTypes, visit);
  walk.pair({ key: before, path: "", type: undefined }, { key: after, path: "", type: undefined }, "");
}

/** A type where it stands; no type: the named type itself. */
interface Standing extends Place {
  readonly type: Type | undefined;
}

class Walk {
  readonly #older: NamedTypes;
  readonly #newer: NamedTypes;
  readonly #visit: VisitPair;
  /** By the types themselves: each stands in one place. */
  readonly #seen = new Map<Type, Set<Type>>();

  constructor(older: NamedTypes, newer: NamedTypes, visit: VisitPair) {
    this.#older = older;
    this.#newer = newer;
    this.#visit = visit;
  }

  pair(older: Standing, newer: Standing, path: string): void {
    const [a, b] = [resolved(this.#older, older), resolved(this.#newer, newer)];
    if (a?.type === undefined || b?.type === undefined) return;
    const isMixed = a.type.kind === "mixed" || b.type.kind === "mixed";
    if (!isMixed && a.type.kind !== b.type.kind && !("element" in a.type) && !("value" in a.type)) return;
    const met = this.#seen.get(a.type) ?? new Set();
    if (met.has(b.type)) return;
    met.add(b.type);
    this.#seen.set(a.type, met);
    this.#types(a, a.type, b, b.type, path);
  }

  #types(a: Place, older: Type, b: Place, newer: Type, path: string): void {
    const inside = (from: Type, to: Type, step: string): void =>
      this.pair(stepped(a, from, step), stepped(b, to, step), path + step);
    if (older.kind === "struct" && newer.kind === "struct") return this.#structs(a, older, b, newer, path);
    if (older.kind === "union" && newer.kind === "union") return this.#unions(a, older, b, newer, path);
    if (older.kind === "choice" && newer.kind === "choice") {
      return this.#visit({ ...a, shape: older }, { ...b, shape: newer }, path);
    }
    if (older.kind === "mixed" || newer.kind === "mixed") return this.#mixed(a, older, b, newer, path);
    if ("element" in older && "element" in newer) return inside(older.element, newer.element, "[]");
    if (older.kind === "map" && newer.kind === "map") inside(older.key, newer.key, "{key}");
    if ("value" in older && "value" in newer) return inside(older.value, newer.value, "{}");
    if (older.kind === "tuple" && newer.kind === "tuple") {
      const steps = stepsOf(newer);
      for (const [step, part] of stepsOf(older)) {
        const other = steps.get(step);
        if (other !== undefined) inside(part, other, step);
      }
    }
  }

  /** A type may become an arm, and an arm the whole: what it is in JSON says which. */
  #mixed(a: Place, older: Type, b: Place, newer: Type, path: string): void {
    if (older.kind === "mixed" && newer.kind === "mixed") {
      this.#visit({ ...a, shape: older }, { ...b, shape: newer }, path);
    }
    const [was, is] = [armsOf(a, older, this.#older), armsOf(b, newer, this.#newer)];
    for (const [old, name] of pairedArms([...was.keys()], [...is.keys()])) {
      const [before, after] = [was.get(old), is.get(name)];
      if (before && after) this.pair(before, after, armPath(path, name));
    }
  }

  #structs(a: Place, older: Struct, b: Place, newer: Struct, path: string): void {
    this.#visit({ ...a, shape: older }, { ...b, shape: newer }, path);
    const fields = new Map(newer.fields.map((field) => [field.name, field]));
    for (const field of older.fields) {
      const other = fields.get(field.name);
      if (other === undefined) continue;
      const step = fieldPath("", field.name);
      this.pair(stepped(a, field.type, step), stepped(b, other.type, step), path + step);
    }
  }

  #unions(a: Place, older: Union, b: Place, newer: Union, path: string): void {
    this.#visit({ ...a, shape: older }, { ...b, shape: newer }, path);
    const variants = new Map(newer.variants.map((variant) => [literalText(variant.tag), variant]));
    for (const variant of older.variants) {
      const other = variants.get(literalText(variant.tag));
      if (other === undefined) continue;
      const step = variantPath("", variant.tag);
      this.pair(stepped(a, variant.struct, step), stepped(b, other.struct, step), path + step);
    }
  }
}

/** The arms of a mixed union where they stand; another type stands for itself. */
function armsOf(place: Place, type: Type, types: NamedTypes): ReadonlyMap<string, Standing> {
  if (type.kind === "mixed") {
    return new Map(type.arms.map((arm) => [arm.json, stepped(place, arm.type, armPath("", arm.json))]));
  }
  const [json] = kindsOf(type, (id) => types.get(id)?.type)?.json ?? [];
  return new Map(json === undefined ? [] : [[json, { ...place, type }]]);
}

/** The parts of a tuple by the steps to them. */
function stepsOf(tuple: Tuple): ReadonlyMap<string, Type> {
  const steps = new Map<string, Type>();
  mappedTuple(tuple, (part, step) => steps.set(step, part));
  return steps;
}

function stepped(place: Place, type: Type, step: string): Standing {
  return { key: place.key, path: place.path + step, type };
}

/** Goes through names and empty values, neither of which is a place of its own. */
function resolved(types: NamedTypes, standing: Standing): Standing | undefined {
  const seen = new Set<string>();
  let { key, path } = standing;
  let type = standing.type ?? types.get(key)?.type;
  while (type !== undefined && (type.kind === "ref" || type.kind === "maybe")) {
    if (type.kind === "maybe") {
      type = type.type;
      continue;
    }
    if (seen.has(type.id)) return undefined;
    seen.add(type.id);
    [key, path] = [type.id, ""];
    type = types.get(key)?.type;
  }
  return { key, path, type };
}
