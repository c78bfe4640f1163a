// The canonical text of a type: JSON, the same for every program, machine and TypeScript version in which the type
// looks the same on the wire. The grammar, where a type T is one of
//   "boolean" "null" "string" "bytes" "date" "actorRef", the names of numeric formats ("i32", "f64", "bigint", ...) and those of
//   typed arrays: "Int16Array", "Float64Array", ...
//   ["template", [text, placeholder, text, ...], ...]         patterns by their JSON; one of a single text is a literal
//   ["array", T]  ["set", T]  ["map", K, V]  ["record", V]
//   ["maybe", "null" | "undefined" | "both", T]
//   ["tuple", how many are required, T, ...]
//   ["rest", how many are required, how many lead, T, ..., the rest, T, ...]
//   ["choice", [ordinal, literal], ...]                      by ordinal
//   ["struct", [slot, name, 0 | 1 if optional, T], ...]      by slot
//   ["union", discriminant, [ordinal, tag, struct], ...]     by ordinal; a tag is a literal or null
//   ["mixed", T, ...]                                        by kind: boolean, number, string, array, object
//   ["tagged", [ordinal, T], ...]                            a mixed union whose arms are numbered, by ordinal
//   n: the n-th of the lists above, counted from 0 as they open; containers of plain types are not counted.
import {
  type CanonicalGraph,
  canonicalGraph,
  type Declarations,
  UnresolvedReference,
} from "./canonical-graph.ts";
import { isContainer, isPlain, type Piece, piecesOf } from "./canonical-pieces.ts";
import { type CanonicalNode, type CanonicalType, childrenOf, type NodeIndex } from "./canonical-type.ts";
import { classesOf } from "./minimise.ts";
import { mappedTuple } from "./tuple.ts";

/** Raised whenever the same text begins to mean other bytes; it is part of the text and so of each fingerprint. */
export const canonicalVersion = 1;

/**
 * The graph of a type of a schema, minimised.
 * @throws {UnresolvedReference} where `id` or something it reaches is not declared.
 */
export function canonicalType(schema: Declarations, id: string): CanonicalType {
  const { graph, classes } = graphOf(schema);
  const root = graph.roots.get(id);
  if (root === undefined) throw new UnresolvedReference(id, "is not declared in the schema");
  return quotient(graph.nodes, classes, root);
}

/**
 * The canonical text of a type of a schema.
 * @throws {UnresolvedReference} where `id` or something it reaches is not declared.
 */
export function canonicalText(schema: Declarations, id: string): string {
  return textOf(canonicalType(schema, id));
}

/** The canonical text of a minimised graph. */
export function textOf(type: CanonicalType): string {
  return `[${canonicalVersion},${new Writing(type.nodes).text(type.root)}]`;
}

/** Merges the nodes of each class; of what remains, keeps what `root` reaches, numbered as it is reached. */
export function quotient(
  nodes: readonly CanonicalNode[],
  classes: readonly number[],
  root: NodeIndex,
): CanonicalType {
  const reached = new Map<number, NodeIndex>();
  const order: NodeIndex[] = [];
  // Depth first, without recursion: graphs of types may be deep.
  const next: NodeIndex[] = [root];
  for (let index = next.pop(); index !== undefined; index = next.pop()) {
    const own = classes[index] ?? -1;
    if (reached.has(own)) continue;
    reached.set(own, order.push(index) - 1);
    next.push(...[...childrenOf(at(nodes, index))].reverse());
  }
  const moved = (index: NodeIndex): NodeIndex => reached.get(classes[index] ?? -1) ?? 0;
  return { root: 0, nodes: order.map((index) => withChildren(at(nodes, index), moved)) };
}

interface Prepared {
  readonly graph: CanonicalGraph;
  readonly classes: readonly number[];
}

// A schema never changes once made, and every one of its types is asked for.
const prepared = new WeakMap<Declarations["declarations"], Prepared>();

function graphOf(schema: Declarations): Prepared {
  const known = prepared.get(schema.declarations);
  if (known !== undefined) return known;
  const graph = canonicalGraph(schema);
  const made = { graph, classes: classesOf(graph.nodes) };
  prepared.set(schema.declarations, made);
  return made;
}

function at(nodes: readonly CanonicalNode[], index: NodeIndex): CanonicalNode {
  const node = nodes[index];
  if (node === undefined) throw new RangeError(`no node ${index} in a graph of ${nodes.length}`);
  return node;
}

function withChildren(node: CanonicalNode, moved: (index: NodeIndex) => NodeIndex): CanonicalNode {
  switch (node.kind) {
    case "array":
    case "set":
      return { kind: node.kind, element: moved(node.element) };
    case "map":
      return { kind: "map", key: moved(node.key), value: moved(node.value) };
    case "record":
      return { kind: "record", value: moved(node.value) };
    case "maybe":
      return { ...node, type: moved(node.type) };
    case "tuple":
      return { kind: "tuple", ...mappedTuple(node, moved) };
    case "struct":
      return { ...node, fields: node.fields.map((field) => ({ ...field, type: moved(field.type) })) };
    case "union":
      return {
        ...node,
        variants: node.variants.map((variant) => ({ ...variant, struct: moved(variant.struct) })),
      };
    case "mixed":
      return { ...node, arms: node.arms.map((arm) => ({ ...arm, type: moved(arm.type) })) };
    default:
      return node;
  }
}

/** Writes types without recursion: graphs of types may be deep. */
class Writing {
  readonly #nodes: readonly CanonicalNode[];
  readonly #numbers = new Map<NodeIndex, number>();

  constructor(nodes: readonly CanonicalNode[]) {
    this.#nodes = nodes;
  }

  text(root: NodeIndex): string {
    const texts: string[] = [];
    const next: Piece[] = [root];
    for (let piece = next.pop(); piece !== undefined; piece = next.pop()) {
      if (typeof piece === "string") texts.push(piece);
      else next.push(...this.#pieces(piece).reverse());
    }
    return texts.join("");
  }

  #pieces(index: NodeIndex): Piece[] {
    const node = at(this.#nodes, index);
    if (isPlain(node)) return piecesOf(node);
    const children = childrenOf(node);
    const flat = isContainer(node) && children.every((child) => isPlain(at(this.#nodes, child)));
    if (!flat) {
      const known = this.#numbers.get(index);
      if (known !== undefined) return [String(known)];
      this.#numbers.set(index, this.#numbers.size);
    }
    return piecesOf(node);
  }
}
