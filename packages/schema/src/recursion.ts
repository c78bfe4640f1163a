// Which named types can contain themselves. Only their functions count depth: everything else nests no deeper than
// its declaration.
import type { Schema, Type } from "./schema.ts";
import { tupleParts } from "./tuple.ts";

const known = new WeakMap<Type, ReadonlySet<string>>();

/** The named types that `type` mentions, not those behind them. */
export function references(type: Type): ReadonlySet<string> {
  // Every file of a project asks it of the types that the files share.
  const before = known.get(type);
  if (before) return before;
  const found = new Set<string>();
  collectReferences(type, found);
  known.set(type, found);
  return found;
}

function collectReferences(type: Type, found: Set<string>): void {
  for (const part of parts(type)) collectReferences(part, found);
  if (type.kind === "ref") found.add(type.id);
}

/** The types that `type` is directly made of. */
export function parts(type: Type): readonly Type[] {
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
      return tupleParts(type);
    case "struct":
      return type.fields.map((field) => field.type);
    case "union":
      return type.variants.flatMap((variant) => variant.struct.fields.map((field) => field.type));
    case "mixed":
      return type.arms.map((arm) => arm.type);
    default:
      return [];
  }
}

export class Recursion {
  readonly #mentions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #recursive: ReadonlySet<string>;
  readonly #deep: ReadonlySet<string>;

  /** @param isPassed declarations that are not looked into */
  constructor(schema: Pick<Schema, "declarations">, isPassed: (id: string) => boolean = () => false) {
    const declared = [...schema.declarations.values()].filter(({ id }) => !isPassed(id));
    this.#mentions = new Map(declared.map(({ id, type }) => [id, without(references(type), isPassed)]));
    this.#recursive = cyclicNodes(this.#mentions);
    this.#deep = leadingTo(this.#recursive, this.#mentions);
  }

  /** A value of this named type can contain another value of it. */
  isRecursive(id: string): boolean {
    return this.#recursive.has(id);
  }

  /** Functions for this type must hand a depth on, because a recursive type lies within. */
  needsDepth(type: Type): boolean {
    for (const id of references(type)) if (this.#deep.has(id)) return true;
    return false;
  }
}

function without(ids: ReadonlySet<string>, isPassed: (id: string) => boolean): ReadonlySet<string> {
  return [...ids].some(isPassed) ? new Set([...ids].filter((id) => !isPassed(id))) : ids;
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** One node on the way of {@link cyclicNodes}. */
interface Visit {
  readonly node: string;
  readonly next: Iterator<string>;
  /** When it was met, and the earliest met node on the way that it leads back to. */
  readonly index: number;
  low: number;
}

/**
 * The nodes that lead back to themselves: those of every strongly connected component with an edge inside it.
 * R. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion: types nest as deep as they like.
 */
function cyclicNodes(graph: Graph): ReadonlySet<string> {
  const cyclic = new Set<string>();
  const indexes = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const enter = (node: string): Visit => {
    const index = indexes.size;
    indexes.set(node, index);
    open.push(node);
    isOpen.add(node);
    return { node, next: edgesOf(graph, node).values(), index, low: index };
  };
  const leave = ({ node, index, low }: Visit): void => {
    if (low < index) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    if (component.length === 1 && !edgesOf(graph, node).has(node)) return;
    for (const member of component) cyclic.add(member);
  };
  for (const root of graph.keys()) {
    if (indexes.has(root)) continue;
    const way = [enter(root)];
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const { value: target, done } = visit.next.next();
      if (done) {
        way.pop();
        leave(visit);
        const before = way.at(-1);
        if (before) before.low = Math.min(before.low, visit.low);
      } else if (!indexes.has(target)) way.push(enter(target));
      else if (isOpen.has(target)) visit.low = Math.min(visit.low, indexes.get(target)!);
    }
  }
  return cyclic;
}

function edgesOf(graph: Graph, node: string): ReadonlySet<string> {
  const edges = graph.get(node);
  if (!edges) throw new Error(`the schema has no declaration ${node}`);
  return edges;
}

/** The nodes from which one of `targets` can be reached; the targets themselves too. */
export function leadingTo(targets: ReadonlySet<string>, graph: Graph): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const [source, edges] of graph) {
    for (const target of edges) {
      const known = sources.get(target);
      if (known) known.push(source);
      else sources.set(target, [source]);
    }
  }
  const found = new Set(targets);
  for (const node of found) for (const source of sources.get(node) ?? []) found.add(source);
  return found;
}
