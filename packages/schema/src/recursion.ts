// Which named types can contain themselves. Only their functions count depth: everything else nests no deeper than
// its declaration.
import { finiteType } from "./finite-types.ts";
import type { Schema, Type } from "./schema.ts";
import { references } from "./type-parts.ts";

interface Cycles {
  /** The types that contain themselves. */
  readonly recursive: ReadonlySet<string>;
  /** Those and what leads to them. */
  readonly deep: ReadonlySet<string>;
}

export class Recursion {
  readonly #schema: Pick<Schema, "declarations">;
  readonly #isPassed: (id: string) => boolean;
  /** Worked out for the first type that does not end. */
  #found: Cycles | undefined;

  /** @param isPassed declarations that are not looked into */
  constructor(schema: Pick<Schema, "declarations">, isPassed: (id: string) => boolean = () => false) {
    this.#schema = schema;
    this.#isPassed = isPassed;
  }

  /** A value of this named type can contain another value of it. */
  isRecursive(id: string): boolean {
    return !this.#ends(id) && this.#cycles().recursive.has(id);
  }

  /** Functions for this type must hand a depth on, because a recursive type lies within. */
  needsDepth(type: Type): boolean {
    for (const id of references(type)) if (!this.#ends(id) && this.#cycles().deep.has(id)) return true;
    return false;
  }

  #ends(id: string): boolean {
    return finiteType(this.#schema.declarations, id) !== undefined;
  }

  #cycles(): Cycles {
    if (this.#found) return this.#found;
    const isPassed = this.#isPassed;
    const declared = [...this.#schema.declarations.values()].filter(({ id }) => !isPassed(id));
    const mentions = new Map(declared.map(({ id, type }) => [id, without(references(type), isPassed)]));
    const recursive = cyclicNodes(mentions);
    this.#found = { recursive, deep: leadingTo(recursive, mentions) };
    return this.#found;
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
