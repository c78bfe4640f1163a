// The rule that the names which a codec file exports for its types differ.
import { codecNames } from "../codec-names.ts";

/** What a codec file declares for a type: its functions, and the type itself, which it imports. */
const declaredNames = (name: string): readonly string[] => [name, ...codecNames(name)];

export interface Collision {
  /** The type that comes later, which is refused. */
  readonly name: string;
  readonly other: string;
  /** The name that both would be given. */
  readonly shared: string;
}

/** The types of one file, in declared order, that cannot have codecs beside the ones before them. */
export function nameCollisions(names: readonly string[]): readonly Collision[] {
  const owners = new Map<string, string>();
  const collisions: Collision[] = [];
  for (const name of names) {
    const shared = declaredNames(name).find((each) => (owners.get(each) ?? name) !== name);
    if (shared !== undefined) collisions.push({ name, other: owners.get(shared) ?? "", shared });
    else for (const each of declaredNames(name)) owners.set(each, name);
  }
  return collisions;
}
