// A type with everything it reaches, as a graph of what matters on the wire: no names of types, no files, no declared
// order. Two types whose values look alike in every message have equal graphs once minimised (see minimise.ts).
import type {
  BigintFormat,
  FloatFormat,
  IntegerFormat,
  Member,
  Tag,
  Template,
  Type,
  TypedArray,
} from "./schema.ts";
import { tupleParts } from "./tuple.ts";

/** The position of a node in {@link CanonicalType.nodes}. */
export type NodeIndex = number;

export interface CanonicalField {
  readonly name: string;
  readonly slot: number;
  /** The key may be absent; then the field's type accepts `undefined`. */
  readonly optional: boolean;
  readonly type: NodeIndex;
}

export interface CanonicalVariant {
  readonly tag: Tag;
  readonly ordinal: number;
  /** Always a struct. */
  readonly struct: NodeIndex;
}

export interface CanonicalStruct {
  readonly kind: "struct";
  /** By slot. */
  readonly fields: readonly CanonicalField[];
}

export interface CanonicalUnion {
  readonly kind: "union";
  readonly discriminant: string;
  /** By ordinal. */
  readonly variants: readonly CanonicalVariant[];
}

export interface CanonicalArm {
  readonly ordinal: number;
  /** Neither a maybe nor mixed. */
  readonly type: NodeIndex;
}

export interface CanonicalMixed {
  readonly kind: "mixed";
  /** Each arm is written behind its ordinal; else ordinals are positions and nowhere on the wire. */
  readonly tagged: boolean;
  /** By ordinal; without them by what the arms are in JSON. */
  readonly arms: readonly CanonicalArm[];
}

export interface CanonicalChoice {
  readonly kind: "choice";
  /** By ordinal. */
  readonly members: readonly Member[];
}

export interface CanonicalMaybe {
  readonly kind: "maybe";
  /** Never a maybe; the node `null` only where both flags are set: `null | undefined`. */
  readonly type: NodeIndex;
  readonly null: boolean;
  readonly undefined: boolean;
}

export interface CanonicalTuple {
  readonly kind: "tuple";
  readonly elements: readonly NodeIndex[];
  readonly required: number;
  readonly rest?: NodeIndex;
  readonly trailing?: readonly NodeIndex[];
}

/** One node; the kinds are those of the schema, without `ref`. */
export type CanonicalNode =
  | { readonly kind: "boolean" | "null" | "string" | "bytes" | "date" | "actorRef" }
  | TypedArray
  | Template
  | { readonly kind: "integer"; readonly format: IntegerFormat }
  | { readonly kind: "float"; readonly format: FloatFormat }
  | { readonly kind: "bigint"; readonly format: BigintFormat }
  | { readonly kind: "array"; readonly element: NodeIndex }
  | { readonly kind: "set"; readonly element: NodeIndex }
  | { readonly kind: "map"; readonly key: NodeIndex; readonly value: NodeIndex }
  | { readonly kind: "record"; readonly value: NodeIndex }
  | CanonicalChoice
  | CanonicalMaybe
  | CanonicalTuple
  | CanonicalStruct
  | CanonicalUnion
  | CanonicalMixed;

/** The name of a plain type in texts. */
export function plainName(plain: CanonicalNode | Type): string {
  if (plain.kind === "typedArray") return plain.array;
  return "format" in plain ? plain.format : plain.kind;
}

/** A graph of nodes, with the node that stands for the type itself. */
export interface CanonicalType {
  readonly root: NodeIndex;
  readonly nodes: readonly CanonicalNode[];
}

/** The nodes that a node names, in canonical order. */
export function childrenOf(node: CanonicalNode): readonly NodeIndex[] {
  switch (node.kind) {
    case "array":
    case "set":
      return [node.element];
    case "map":
      return [node.key, node.value];
    case "record":
      return [node.value];
    case "maybe":
      return [node.type];
    case "tuple":
      return tupleParts(node);
    case "struct":
      return node.fields.map((field) => field.type);
    case "union":
      return node.variants.map((variant) => variant.struct);
    case "mixed":
      return node.arms.map((arm) => arm.type);
    default:
      return [];
  }
}
