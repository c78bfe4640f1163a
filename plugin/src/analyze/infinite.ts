// Reports the named types of which no finite value exists.
import type { Type } from "@hewn/schema";
import { endlessTypes } from "../check/infinite-value.ts";
import type { Entity } from "./entity.ts";
import { refsOf } from "./refs.ts";
import type { Walk } from "./walk.ts";

interface Judged {
  /** With everything that they reach. */
  readonly entities: Set<Entity>;
  /** Ids of types without a finite value. */
  empty: ReadonlySet<string>;
}

const judgedBefore = new WeakMap<Walk, Judged>();

/** Adds the problem to each entity that the roots reach and that holds itself without an end. */
export function refuseInfiniteValues(walk: Walk, roots: readonly Entity[]): void {
  const judged = judgedBefore.get(walk) ?? { entities: new Set(), empty: new Set() };
  judgedBefore.set(walk, judged);
  const reached = new Set(roots.filter((root) => !judged.entities.has(root)));
  for (const entity of reached)
    for (const { target } of entity.edges) if (!judged.entities.has(target)) reached.add(target);
  const types = new Map<string, Type>();
  for (const { id, lowered } of reached) if (lowered) addTypes(walk, types, id, lowered);
  const { endless, empty } = endlessTypes(types, judged.empty);
  // What is lowered later can lead anywhere.
  if ([...reached].every((entity) => walk.isSettled(entity))) {
    for (const entity of reached) judged.entities.add(entity);
    judged.empty = empty;
  }
  for (const { id, problems, node } of reached) {
    const isKnown = problems.some(({ title }) => title === "infinite-value");
    const place = [...placesOf(walk, id, types)].find((each) => endless.has(each));
    if (place === undefined || isKnown) continue;
    // The id of a nameless type is that of the named one around it and the path to it; of an arm it may be another one.
    const text = place.startsWith(id) ? place.slice(id.length) : "";
    problems.push({ title: "infinite-value", steps: text === "" ? [] : [{ text }], node, values: {} });
  }
}

/** A type and the nameless types inside it that have declarations of their own. */
function addTypes({ locals }: Walk, types: Map<string, Type>, id: string, type: Type): void {
  const queue: [string, Type][] = [[id, type]];
  for (const [each, shape] of queue) {
    if (types.has(each)) continue;
    types.set(each, shape);
    for (const ref of refsOf(shape)) {
      const local = locals.get(ref);
      if (local) queue.push([ref, local.type]);
    }
  }
}

/** A type itself, then the nameless ones inside it. */
function placesOf({ locals }: Walk, id: string, types: ReadonlyMap<string, Type>): ReadonlySet<string> {
  const places = new Set([id]);
  for (const each of places) {
    const type = types.get(each);
    for (const ref of type ? refsOf(type) : []) if (locals.has(ref)) places.add(ref);
  }
  return places;
}
