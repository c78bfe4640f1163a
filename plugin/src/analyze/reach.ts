// Which named types one reaches, and over which edges: in an order that does not depend on what the checker saw first.
import type ts from "typescript";
import { lacksFormat, missingFormat, type TaggedType } from "../check/missing-format.ts";
import { compareTexts } from "../diagnostic/order.ts";
import { type Edge, type Entity, isAboutMutability, type Problem, type Step } from "./entity.ts";

export interface Reached {
  readonly entity: Entity;
  /** Whence, and over which edge; undefined for the root. */
  readonly over: { readonly from: Reached; readonly edge: Edge } | undefined;
  /** As a part of what is copied: there it may be mutable. A tagged type has a rule of its own. */
  readonly copied: boolean;
  /** The tagged type whose codec it is a part of. */
  readonly within: Entity;
}

/**
 * What a type reaches, breadth first; untagged types once more where a copied type and another one reach them, or types
 * with codecs of other formats.
 */
export function reachedFrom(root: Entity, enters: (edge: Edge) => boolean): readonly Reached[] {
  const reached: Reached[] = [];
  const seen = new Map<string, Set<Entity>>();
  const add = (entity: Entity, over: Reached["over"]): void => {
    const inherited = over !== undefined && (over.from.copied || over.edge.copied);
    const copied = entity.mode === undefined ? inherited : entity.mode === "copy";
    const within = over === undefined || entity.formats !== undefined ? entity : over.from.within;
    const key = `${copied} ${within.formats}`;
    const known = seen.get(key) ?? new Set();
    seen.set(key, known);
    if (!known.has(entity)) reached.push({ entity, over, copied, within });
    known.add(entity);
  };
  add(root, undefined);
  for (const from of reached) {
    for (const edge of orderedEdges(from.entity)) if (enters(edge)) add(edge.target, { from, edge });
  }
  return reached;
}

const ordered = new WeakMap<Entity, readonly Edge[]>();

/** Edges are only ever added: as many as before are those of before. */
function orderedEdges(entity: Entity): readonly Edge[] {
  const known = ordered.get(entity);
  if (known?.length === entity.edges.length) return known;
  const edges = [...entity.edges].sort(compareEdges);
  ordered.set(entity, edges);
  return edges;
}

/** From the type where the search began to the one that was reached. */
function edgesTo(reached: Reached): readonly Edge[] {
  const edges: Edge[] = [];
  for (let { over } = reached; over; over = over.from.over) edges.unshift(over.edge);
  return edges;
}

export function stepsTo(reached: Reached): readonly Step[] {
  return edgesTo(reached).flatMap(({ steps }) => steps);
}

/** The types written on the way, the nearest first: uses of names, and what aliases stand for. */
export function usesTo(reached: Reached): readonly ts.TypeNode[] {
  const uses: (ts.TypeNode | undefined)[] = [];
  for (let at: Reached | undefined = reached; at; at = at.over?.from)
    uses.push(at.entity.written, at.over?.edge.written);
  return uses.flatMap((each) => each ?? []);
}

export function problemsOf({ entity, copied, within }: Reached): readonly Problem[] {
  const own = copied ? entity.problems.filter((problem) => !isAboutMutability(problem)) : entity.problems;
  const unserved = missingFormats(entity, within);
  return unserved.length === 0 ? own : [...own, ...unserved];
}

/** The tagged types next to a type whose codecs lack a format that the codec around it needs. */
function missingFormats(entity: Entity, within: Entity): readonly Problem[] {
  const user = tagged(within);
  if (!user) return [];
  return entity.edges.flatMap(({ target, steps, written }): readonly Problem[] => {
    const used = tagged(target);
    if (!used || !lacksFormat(used.formats, user.formats)) return [];
    return [
      { title: "missing-format", steps, node: target.node, values: missingFormat(used, user), written },
    ];
  });
}

/** Undefined for a type without a codec, and for one of whose tag nobody knows what it asks for. */
function tagged({ name, mode, formats }: Entity): TaggedType | undefined {
  if (mode === undefined || formats === undefined || formats === "unclear") return undefined;
  return { name, mode, formats };
}

/** Edges stand in declared order, but for the arms of a union, which the checker lists as it met them. */
function compareEdges(a: Edge, b: Edge): number {
  const first = positionOf(a);
  const second = positionOf(b);
  if (first !== second) return first - second;
  const [one, other] = [a, b].map(
    ({ steps, target }) => `${steps.map(({ text }) => text).join("")} ${target.id}`,
  );
  return compareTexts(one ?? "", other ?? "");
}

function positionOf({ steps }: Edge): number {
  return steps.find(({ node }) => node)?.node?.pos ?? -1;
}
