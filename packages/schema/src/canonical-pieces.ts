// How one node of a type's graph is spelled in the canonical text; the grammar stands in canonical.ts.
import {
  type CanonicalNode,
  type CanonicalTuple,
  childrenOf,
  type NodeIndex,
  plainName,
} from "./canonical-type.ts";
import { literalJson, tagJson } from "./literal-text.ts";
import { tupleParts } from "./tuple.ts";

/** A part of a text: JSON as it is, or a type by its node. */
export type Piece = string | NodeIndex;

/** The text of a node, with its children in place. */
export function piecesOf(node: CanonicalNode): Piece[] {
  return isPlain(node) ? [JSON.stringify(plainName(node))] : listOf(headOf(node), membersOf(node));
}

/** `["head", member, ...]`. */
function listOf(head: readonly unknown[], members: readonly (readonly Piece[])[]): Piece[] {
  const pieces: Piece[] = [JSON.stringify(head).slice(0, -1)];
  for (const member of members) pieces.push(",", ...member);
  pieces.push("]");
  return pieces;
}

/** What stands in the list of a type before its members. */
function headOf(node: CanonicalNode): readonly unknown[] {
  switch (node.kind) {
    case "maybe":
      return ["maybe", flagsOf(node)];
    case "tuple":
      return tupleHead(node);
    case "template":
      return ["template", ...node.patterns];
    case "choice":
      return ["choice", ...node.members.map(({ ordinal, value }) => [ordinal, literalJson(value)])];
    case "union":
      return ["union", node.discriminant];
    case "mixed":
      return [node.tagged ? "tagged" : "mixed"];
    default:
      return [node.kind];
  }
}

function membersOf(node: CanonicalNode): readonly (readonly Piece[])[] {
  switch (node.kind) {
    case "tuple":
      return tupleParts(node).map((part) => [part]);
    case "struct":
      return node.fields.map(({ slot, name, optional, type }) =>
        listOf([slot, name, optional ? 1 : 0], [[type]]),
      );
    case "union":
      return node.variants.map(({ ordinal, tag, struct }) => listOf([ordinal, tagJson(tag)], [[struct]]));
    case "mixed":
      return node.arms.map(({ ordinal, type }) => (node.tagged ? listOf([ordinal], [[type]]) : [type]));
    default:
      return childrenOf(node).map((child) => [child]);
  }
}

function tupleHead({ required, elements, rest }: CanonicalTuple): readonly (string | number)[] {
  return rest === undefined ? ["tuple", required] : ["rest", required, elements.length];
}

/** A type that is a name alone. */
export function isPlain(node: CanonicalNode): boolean {
  return (
    childrenOf(node).length === 0 && !["choice", "struct", "union", "tuple", "template"].includes(node.kind)
  );
}

export function isContainer(node: CanonicalNode): boolean {
  return ["array", "set", "map", "record", "maybe"].includes(node.kind);
}

function flagsOf(node: { readonly null: boolean; readonly undefined: boolean }): string {
  if (node.null && node.undefined) return "both";
  return node.null ? "null" : "undefined";
}
