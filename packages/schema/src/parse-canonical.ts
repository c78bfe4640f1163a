// Reads a canonical text back as a graph. Strict: a text that canonical.ts would have written otherwise is refused, so
// equal fingerprints and equal graphs stay the same thing.
import { canonicalVersion, quotient, textOf } from "./canonical.ts";
import type {
  CanonicalField,
  CanonicalMixed,
  CanonicalNode,
  CanonicalType,
  CanonicalVariant,
  NodeIndex,
} from "./canonical-type.ts";
import { areTagged, clashOf, kindsOfNode, rankOf } from "./kinds.ts";
import { literalOfJson, tagOfJson } from "./literal-text.ts";
import { classesOf } from "./minimise.ts";
import type { Literal, Member, Tag } from "./schema.ts";
import { isPattern, type Pattern } from "./template.ts";
import { typedArrayNames } from "./typed-array.ts";

/** A text that is no canonical text, and why. */
export class CanonicalError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`not a canonical text: ${reason}`);
    this.name = "CanonicalError";
    this.reason = reason;
  }
}

/**
 * The minimised graph of a canonical text.
 * @throws {CanonicalError} on anything that {@link textOf} does not write.
 */
export function parseCanonical(text: string): CanonicalType {
  const json = jsonOf(text);
  if (!Array.isArray(json) || json.length !== 2) throw new CanonicalError("it is not [version, type]");
  if (json[0] !== canonicalVersion) throw new CanonicalError(`version ${String(json[0])} is not known`);
  const reading = new Reading();
  const root = reading.node(json[1]);
  const nodes = reading.finished();
  const type = quotient(nodes, classesOf(nodes), root);
  if (textOf(type) !== text) throw new CanonicalError("the same type is written otherwise");
  return type;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CanonicalError(error instanceof Error ? error.message : String(error));
  }
}

const plain: ReadonlyMap<string, CanonicalNode> = new Map<string, CanonicalNode>([
  ...(["boolean", "null", "string", "bytes", "date", "actorRef"] as const).map(
    (kind) => [kind, { kind }] as const,
  ),
  ...(["i8", "i16", "i32", "u8", "u16", "u32", "int"] as const).map(
    (format) => [format, { kind: "integer", format }] as const,
  ),
  ...(["f32", "f64", "number"] as const).map((format) => [format, { kind: "float", format }] as const),
  ...typedArrayNames.map((array) => [array, { kind: "typedArray", array }] as const),
  ...(["i64", "u64", "bigint"] as const).map((format) => [format, { kind: "bigint", format }] as const),
]);

/** The node that a plain type's name stands for in canonical texts and locks, if it is one. */
export function plainNode(name: string): CanonicalNode | undefined {
  return plain.get(name);
}

const containers: ReadonlySet<unknown> = new Set(["array", "set", "map", "record", "maybe"]);

class Reading {
  readonly #nodes: (CanonicalNode | undefined)[] = [];
  /** Known as a list opens: a type may name the list that it stands in. */
  readonly #kinds: unknown[] = [];
  /** The nodes that a number can name, as their lists open. */
  readonly #numbered: NodeIndex[] = [];

  finished(): readonly CanonicalNode[] {
    const nodes = this.#nodes.filter((node) => node !== undefined);
    for (const node of nodes) if (node.kind === "mixed") checkArms(node, nodes);
    return nodes;
  }

  node(json: unknown): NodeIndex {
    if (typeof json === "string") return this.#plain(json);
    if (typeof json === "number") {
      const known = this.#numbered[json];
      if (known === undefined) throw new CanonicalError(`${json} names no list that opened before it`);
      return known;
    }
    if (!Array.isArray(json)) throw new CanonicalError(`${JSON.stringify(json)} is not a type`);
    const [kind, ...rest] = json as readonly unknown[];
    const index = this.#nodes.push(undefined) - 1;
    this.#kinds.push(kind);
    const flat = containers.has(kind) && rest.every((part) => typeof part === "string");
    if (!flat) this.#numbered.push(index);
    this.#nodes[index] = this.#list(kind, rest);
    return index;
  }

  #plain(name: string): NodeIndex {
    const node = plain.get(name);
    if (node === undefined) throw new CanonicalError(`${JSON.stringify(name)} is not the name of a type`);
    this.#kinds.push(node.kind);
    return this.#nodes.push(node) - 1;
  }

  #list(kind: unknown, rest: readonly unknown[]): CanonicalNode {
    switch (kind) {
      case "array":
      case "set":
        return { kind, element: this.node(exactly(kind, rest, 1)[0]) };
      case "record":
        return { kind, value: this.node(exactly(kind, rest, 1)[0]) };
      case "map":
        return { kind, key: this.node(exactly(kind, rest, 2)[0]), value: this.node(rest[1]) };
      case "maybe":
        return this.#maybe(exactly(kind, rest, 2));
      case "tuple":
        return this.#tuple(rest);
      case "rest":
        return this.#restTuple(rest);
      case "choice":
        return { kind, members: ascending(rest.map(memberOf), (member) => member.ordinal, "ordinals") };
      case "template":
        return { kind, patterns: rest.map(patternOf) };
      case "struct":
        return {
          kind,
          fields: ascending(
            rest.map((field) => this.#field(field)),
            (field) => field.slot,
            "slots",
          ),
        };
      case "union":
        return this.#union(rest);
      case "mixed":
        return this.#mixed(
          rest.map((type, ordinal) => [ordinal, type]),
          false,
        );
      case "tagged":
        return this.#mixed(rest, true);
      default:
        throw new CanonicalError(`${JSON.stringify(kind)} is not a kind of type`);
    }
  }

  #maybe([flags, type]: readonly unknown[]): CanonicalNode {
    if (flags !== "null" && flags !== "undefined" && flags !== "both") {
      throw new CanonicalError(`a maybe accepts null, undefined or both, not ${JSON.stringify(flags)}`);
    }
    const inner = this.node(type);
    const kind = this.#kinds[inner];
    if (kind === "maybe" || (kind === "null" && flags !== "both")) {
      throw new CanonicalError(`a maybe of a ${kind} is written otherwise`);
    }
    return { kind: "maybe", type: inner, null: flags !== "undefined", undefined: flags !== "null" };
  }

  #tuple([required, ...elements]: readonly unknown[]): CanonicalNode {
    if (!isCount(required) || required > elements.length)
      throw new CanonicalError("a tuple requires more than it has");
    return { kind: "tuple", elements: elements.map((element) => this.node(element)), required };
  }

  #restTuple([required, leading, ...parts]: readonly unknown[]): CanonicalNode {
    if (!isCount(required) || !isCount(leading) || required > leading || parts.length <= leading)
      throw new CanonicalError("a tuple with a rest has more parts than lead");
    if (required < leading && parts.length > leading + 1)
      throw new CanonicalError("no element is optional before a rest that others follow");
    const nodes = parts.map((part) => this.node(part));
    const [rest = 0, ...trailing] = nodes.slice(leading);
    const elements = nodes.slice(0, leading);
    const ends = trailing.length > 0 ? { trailing } : {};
    return { kind: "tuple", elements, required, rest, ...ends };
  }

  #field(json: unknown): CanonicalField {
    const [slot, name, optional, type] = exactly("field", json, 4);
    if (!isCount(slot)) throw new CanonicalError(`${JSON.stringify(slot)} is not a slot`);
    if (typeof name !== "string") throw new CanonicalError(`${JSON.stringify(name)} is not a field's name`);
    if (optional !== 0 && optional !== 1) throw new CanonicalError("a field is optional, 1, or not, 0");
    return { slot, name, optional: optional === 1, type: this.node(type) };
  }

  #union([discriminant, ...variants]: readonly unknown[]): CanonicalNode {
    if (typeof discriminant !== "string") throw new CanonicalError("a union names its discriminant");
    const read = variants.map((variant) => this.#variant(variant));
    return {
      kind: "union",
      discriminant,
      variants: ascending(read, (variant) => variant.ordinal, "ordinals"),
    };
  }

  #mixed(arms: readonly unknown[], tagged: boolean): CanonicalNode {
    const read = arms.map((json) => {
      const [ordinal, type] = exactly("arm", json, 2);
      return { ordinal: ordinalOf(ordinal), type: this.node(type) };
    });
    return { kind: "mixed", tagged, arms: ascending(read, (arm) => arm.ordinal, "ordinals") };
  }

  #variant(json: unknown): CanonicalVariant {
    const [ordinal, tag, type] = exactly("variant", json, 3);
    const [own, literal] = [ordinalOf(ordinal), tagOf(tag)];
    const struct = this.node(type);
    if (this.#kinds[struct] !== "struct") throw new CanonicalError("a variant is a struct");
    return { ordinal: own, tag: literal, struct };
  }
}

/** What tells the arms apart follows from what they are. */
function checkArms({ arms, tagged }: CanonicalMixed, nodes: readonly CanonicalNode[]): void {
  const isArm = arms.every(({ type }) => !["mixed", "maybe", "null"].includes(nodes[type]?.kind ?? "null"));
  if (arms.length < 2 || !isArm) throw new CanonicalError("a mixed union has two arms of one kind each");
  const kinds = arms.map((arm) => kindsOfNode({ root: arm.type, nodes }, arm.type));
  if (kinds.some((own, index) => kinds.slice(0, index).some((other) => clashOf(own, other))))
    throw new CanonicalError("the arms of a mixed union differ in kind");
  if (areTagged(kinds) !== tagged)
    throw new CanonicalError("arms are numbered where they share a kind, and only there");
  if (!tagged) ascending(kinds, rankOf, "kinds");
}

function exactly(kind: string, json: unknown, count: number): readonly unknown[] {
  if (Array.isArray(json) && json.length === count) return json;
  throw new CanonicalError(`a ${kind} of ${count} parts is written as ${JSON.stringify(json)}`);
}

function isCount(json: unknown): json is number {
  return typeof json === "number" && Number.isSafeInteger(json) && json >= 0;
}

function ordinalOf(json: unknown): number {
  if (!isCount(json)) throw new CanonicalError(`${JSON.stringify(json)} is not an ordinal`);
  return json;
}

function literalOf(json: unknown): Literal {
  const literal = literalOfJson(json);
  if (literal === undefined) throw new CanonicalError(`${JSON.stringify(json)} is not a literal`);
  return literal;
}

function tagOf(json: unknown): Tag {
  const tag = tagOfJson(json);
  if (tag === undefined) throw new CanonicalError(`${JSON.stringify(json)} is not a tag`);
  return tag;
}

function memberOf(json: unknown): Member {
  const [ordinal, value] = exactly("member", json, 2);
  return { ordinal: ordinalOf(ordinal), value: literalOf(value) };
}

function patternOf(json: unknown): Pattern {
  if (isPattern(json)) return json;
  throw new CanonicalError(`${JSON.stringify(json)} is not a pattern`);
}

function ascending<T>(items: readonly T[], number: (item: T) => number, what: string): readonly T[] {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before !== undefined && number(before) >= number(item))
      throw new CanonicalError(`${what} do not ascend`);
  }
  return items;
}
