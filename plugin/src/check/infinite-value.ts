// The rule that some finite value of each type exists: `interface Self { readonly self: Self }` has none.
import type { Tuple, Type } from "@hewn/schema";

export interface Endless {
  /** The types of which no finite value exists. */
  readonly empty: ReadonlySet<string>;
  /** Those among them that need a value of themselves before they can have one, and not only one of another such type. */
  readonly endless: ReadonlySet<string>;
}

/**
 * Judges types by id; what is missing counts as fine.
 * @param known types that were judged before and have no value
 */
export function endlessTypes(
  types: ReadonlyMap<string, Type>,
  known: ReadonlySet<string> = new Set(),
): Endless {
  const empty = valuelessTypes(types, known);
  const endless = [...empty].filter((id) => types.has(id) && needsItself(types, empty, id));
  return { empty, endless: new Set(endless) };
}

/** What is left when every type has been crossed out of which a finite value can be made. */
function valuelessTypes(types: ReadonlyMap<string, Type>, known: ReadonlySet<string>): ReadonlySet<string> {
  const empty = new Set([...known, ...types.keys()]);
  const users = new Map<string, string[]>();
  for (const [id, type] of types) {
    for (const need of needsOf(type)) {
      const list = users.get(need) ?? [];
      users.set(need, list);
      list.push(id);
    }
  }
  const queue = [...types.keys()];
  for (const id of queue) {
    const type = types.get(id);
    if (!type || !empty.has(id) || !hasValue(type, empty)) continue;
    empty.delete(id);
    queue.push(...(users.get(id) ?? []));
  }
  return empty;
}

/** Whether a value can be made if the types in `empty` have none. */
function hasValue(type: Type, empty: ReadonlySet<string>): boolean {
  switch (type.kind) {
    case "ref":
      return !empty.has(type.id);
    case "struct":
      return type.fields.every((field) => hasValue(field.type, empty));
    case "union":
      return type.variants.some(({ struct }) => hasValue(struct, empty));
    case "mixed":
      return type.arms.some((arm) => hasValue(arm.type, empty));
    case "tuple":
      return neededOf(type).every((element) => hasValue(element, empty));
    default:
      return true;
  }
}

function neededOf({ elements, required, trailing = [] }: Tuple): readonly Type[] {
  return [...elements.slice(0, required), ...trailing];
}

/** The types of which a value may need one: what arrays, maps and optional parts hold may be left out. */
function needsOf(type: Type): readonly string[] {
  switch (type.kind) {
    case "ref":
      return [type.id];
    case "struct":
      return type.fields.flatMap((field) => needsOf(field.type));
    case "union":
      return type.variants.flatMap(({ struct }) => needsOf(struct));
    case "mixed":
      return type.arms.flatMap((arm) => needsOf(arm.type));
    case "tuple":
      return neededOf(type).flatMap(needsOf);
    default:
      return [];
  }
}

function needsItself(types: ReadonlyMap<string, Type>, empty: ReadonlySet<string>, id: string): boolean {
  const seen = new Set<string>();
  const queue = [id];
  for (const each of queue) {
    const type = types.get(each);
    for (const need of type ? needsOf(type) : []) {
      if (need === id) return true;
      if (!empty.has(need) || seen.has(need)) continue;
      seen.add(need);
      queue.push(need);
    }
  }
  return false;
}
