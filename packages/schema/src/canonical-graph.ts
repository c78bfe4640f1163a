// Lowers the types of a schema to a graph: names resolved, flags of nested maybes joined, members in wire order.
import { type CanonicalNode, type NodeIndex, plainName } from "./canonical-type.ts";
import { areTagged, type Kinds, kindsOf, rankOf } from "./kinds.ts";
import type { Maybe, Mixed, Struct, Type, Union } from "./schema.ts";
import { normalized } from "./template.ts";
import { mappedTuple } from "./tuple.ts";

/** A name that leads to no type: the analyzer's or a lock's mistake, not a user's. */
export class UnresolvedReference extends Error {
  readonly id: string;

  constructor(id: string, reason: string) {
    super(`${id} ${reason}`);
    this.name = "UnresolvedReference";
    this.id = id;
  }
}

/** What holds named types: a schema, or a lock. */
export interface Declarations {
  readonly declarations: ReadonlyMap<string, { readonly type: Type }>;
}

/** The nodes of every declaration of a schema, each type once. */
export interface CanonicalGraph {
  readonly nodes: readonly CanonicalNode[];
  /** The node of each declaration, by id. */
  readonly roots: ReadonlyMap<string, NodeIndex>;
}

/**
 * Lowers a whole schema.
 * @throws {UnresolvedReference} where a reference names no declaration, or only itself.
 */
export function canonicalGraph(schema: Declarations): CanonicalGraph {
  const lowering = new Lowering(schema.declarations);
  const roots = new Map<string, NodeIndex>();
  for (const [id, declaration] of schema.declarations) roots.set(id, lowering.node(declaration.type));
  return { nodes: lowering.finished(), roots };
}

const plainKinds: ReadonlySet<string> = new Set([
  "boolean",
  "null",
  "string",
  "bytes",
  "date",
  "actorRef",
  "typedArray",
  "integer",
  "float",
  "bigint",
]);

function isMadeOfOthers(type: Type): boolean {
  return !plainKinds.has(type.kind);
}

const byNumber = (a: number, b: number): number => a - b;

class Lowering {
  readonly #declarations: Declarations["declarations"];
  readonly #nodes: (CanonicalNode | undefined)[] = [];
  readonly #indices = new Map<Type, NodeIndex>();
  /** Types that have an index and are to be lowered. */
  readonly #waiting: { readonly index: NodeIndex; readonly type: Type }[] = [];
  /** Most of a schema is a few plain types over and over. */
  readonly #plainIndices = new Map<string, NodeIndex>();

  constructor(declarations: Declarations["declarations"]) {
    this.#declarations = declarations;
  }

  finished(): readonly CanonicalNode[] {
    for (const { index, type } of this.#waiting) this.#nodes[index] = this.#lowered(type);
    this.#waiting.length = 0;
    return this.#nodes.filter((node) => node !== undefined);
  }

  node(named: Type): NodeIndex {
    const type = resolved(this.#declarations, named);
    if (!isMadeOfOthers(type)) return this.#plain(type);
    const known = this.#indices.get(type);
    if (known !== undefined) return known;
    // Taken before it is lowered, so that a recursive type finds itself; not lowered inside another, because graphs of
    // types may be deep.
    const index = this.#nodes.push(undefined) - 1;
    this.#indices.set(type, index);
    this.#waiting.push({ index, type });
    return index;
  }

  #plain(type: Type): NodeIndex {
    const name = plainName(type);
    const known = this.#plainIndices.get(name);
    if (known !== undefined) return known;
    const index = this.#nodes.push(this.#lowered(type)) - 1;
    this.#plainIndices.set(name, index);
    return index;
  }

  #lowered(type: Type): CanonicalNode {
    return loweredNode(this.#declarations, type, (child) => this.node(child));
  }
}

/** What a name stands for in the end. */
function resolved(declarations: Declarations["declarations"], type: Type): Type {
  if (type.kind !== "ref") return type;
  const seen = new Set<string>();
  let current: Type = type;
  while (current.kind === "ref") {
    if (seen.has(current.id)) throw new UnresolvedReference(current.id, "refers to itself only");
    seen.add(current.id);
    const declaration = declarations.get(current.id);
    if (declaration === undefined) throw new UnresolvedReference(current.id, "is not declared in the schema");
    current = declaration.type;
  }
  return current;
}

/** Gives a type that another one is made of its index. */
type IndexOf = (child: Type) => NodeIndex;

/**
 * Lowers one type that is no reference.
 * @param indexOf is asked for the children in the order in which they are declared
 */
export function loweredNode(
  declarations: Declarations["declarations"],
  type: Type,
  indexOf: IndexOf,
): CanonicalNode {
  switch (type.kind) {
    case "array":
    case "set":
      return { kind: type.kind, element: indexOf(type.element) };
    case "map":
      return { kind: "map", key: indexOf(type.key), value: indexOf(type.value) };
    case "record":
      return { kind: "record", value: indexOf(type.value) };
    case "tuple":
      return { kind: "tuple", ...mappedTuple(type, (part) => indexOf(part)) };
    case "choice": {
      const members = type.members.map(({ value, ordinal }) => ({ value, ordinal }));
      return { kind: "choice", members: members.sort((a, b) => byNumber(a.ordinal, b.ordinal)) };
    }
    case "maybe":
      return loweredMaybe(declarations, type, indexOf);
    case "struct":
      return loweredStruct(type, indexOf);
    case "union":
      return loweredUnion(type, indexOf);
    case "template":
      return { kind: "template", patterns: normalized(type.patterns) };
    case "typedArray":
      return { kind: "typedArray", array: type.array };
    case "mixed":
      return loweredMixed(declarations, type, indexOf);
    case "integer":
      return { kind: "integer", format: type.format };
    case "float":
      return { kind: "float", format: type.format };
    case "bigint":
      return { kind: "bigint", format: type.format };
    case "ref":
      throw new UnresolvedReference(type.id, "was not resolved");
    default:
      return { kind: type.kind };
  }
}

/** `(T | null) | undefined` through names is one maybe with both flags; `null` inside is a flag as well. */
function loweredMaybe(
  declarations: Declarations["declarations"],
  type: Maybe,
  indexOf: IndexOf,
): CanonicalNode {
  const accepts = { null: type.null, undefined: type.undefined };
  const seen = new Set<Type>();
  let inner = resolved(declarations, type.type);
  for (; inner.kind === "maybe"; inner = resolved(declarations, inner.type)) {
    if (seen.has(inner)) throw new UnresolvedReference("a type", "is only itself, null or undefined");
    seen.add(inner);
    accepts.null ||= inner.null;
    accepts.undefined ||= inner.undefined;
  }
  if (inner.kind === "null" && !accepts.undefined) return { kind: "null" };
  // A name is handed on as it is.
  const child = type.type.kind === "ref" && seen.size === 0 ? type.type : inner;
  return {
    kind: "maybe",
    type: indexOf(child),
    null: accepts.null || inner.kind === "null",
    undefined: accepts.undefined,
  };
}

function loweredStruct(type: Struct, indexOf: IndexOf): CanonicalNode {
  const fields = type.fields.map((field) => ({
    name: field.name,
    slot: field.slot,
    optional: field.optional,
    type: indexOf(field.type),
  }));
  return { kind: "struct", fields: fields.sort((a, b) => byNumber(a.slot, b.slot)) };
}

function loweredMixed(
  declarations: Declarations["declarations"],
  { arms }: Mixed,
  indexOf: IndexOf,
): CanonicalNode {
  const declared = (id: string): Type | undefined => declarations.get(id)?.type;
  const all = arms.map((arm) => ({ ...arm, kinds: definedKinds(arm.type, declared) }));
  const tagged = areTagged(all.map(({ kinds }) => kinds));
  const number = (arm: (typeof all)[number]): number => (tagged ? arm.ordinal : rankOf(arm.kinds));
  const lowered = all
    .sort((a, b) => byNumber(number(a), number(b)))
    .map(({ ordinal, type }, position) => ({
      ordinal: tagged ? ordinal : position,
      type: indexOf(type),
    }));
  return { kind: "mixed", tagged, arms: lowered };
}

function definedKinds(type: Type, declared: (id: string) => Type | undefined): Kinds {
  const kinds = kindsOf(type, declared);
  if (kinds === undefined)
    throw new UnresolvedReference("an arm of a union", "is not declared in the schema");
  return kinds;
}

function loweredUnion(type: Union, indexOf: IndexOf): CanonicalNode {
  const variants = type.variants.map((variant) => ({
    tag: variant.tag,
    ordinal: variant.ordinal,
    struct: indexOf(variant.struct),
  }));
  return {
    kind: "union",
    discriminant: type.discriminant,
    variants: variants.sort((a, b) => byNumber(a.ordinal, b.ordinal)),
  };
}
