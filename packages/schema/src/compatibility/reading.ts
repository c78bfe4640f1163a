// Walks the types of a writer and a reader side by side and gathers what the reader cannot take. Each pair of types is
// compared once: where a recursion comes back to a pair, it holds if all else holds.
import {
  type CanonicalChoice,
  type CanonicalNode,
  type CanonicalStruct,
  type CanonicalTuple,
  type CanonicalType,
  type CanonicalUnion,
  type NodeIndex,
  plainName,
} from "../canonical-type.ts";
import { type NumericFormat, takesAll } from "../number-range.ts";
import type { Template } from "../schema.ts";
import { covers, templateText } from "../template.ts";
import { tupleParts } from "../tuple.ts";
import type { CompatibilityRule, Incompatibility } from "./incompatibility.ts";
import { armsOf, compareArms } from "./mixed.ts";
import { tupleLengthFinding, tuplePairs } from "./tuples.ts";

/** Which of the two empty values a type accepts. */
export interface Empties {
  readonly null: boolean;
  readonly undefined: boolean;
}

/** Where a value stands: JSON leaves undefined out of a struct, but writes null for it elsewhere. */
export type Place = "field" | "element";

/** What one reader can fail with, before it has a format and a path. */
export interface Finding {
  readonly rule: CompatibilityRule;
  readonly message: string;
}

/** Where the formats differ. */
export interface FormatRules {
  readonly format: "binary" | "json";
  /** Whether arrays of floats are packed and so another thing than arrays of numbers. */
  readonly packs: boolean;
  empties(writer: Empties, reader: Empties, place: Place): readonly Finding[];
  mapKeys(writer: CanonicalNode, reader: CanonicalNode): readonly Finding[];
  struct(reading: Reading, writer: CanonicalStruct, reader: CanonicalStruct, path: string): void;
  union(reading: Reading, writer: CanonicalUnion, reader: CanonicalUnion, path: string): void;
  choice(writer: CanonicalChoice, reader: CanonicalChoice): readonly Finding[];
  /** Whether what is no text for the writer is text on the wire, and the reader takes it as such. */
  isText?(writer: CanonicalNode, reader: CanonicalNode): boolean;
}

/** All reasons why a reader of `reader` cannot read everything that a writer of `writer` writes. */
export function reasons(
  rules: FormatRules,
  writer: CanonicalType,
  reader: CanonicalType,
): readonly Incompatibility[] {
  const reading = new Reading(rules, writer, reader);
  reading.type(writer.root, reader.root, "", "element");
  return reading.found;
}

/** A type apart from the empty values that it accepts; no inner type where it has no others. */
interface Parts extends Empties {
  readonly inner: NodeIndex | undefined;
}

/** One walk. */
export class Reading {
  readonly found: Incompatibility[] = [];
  readonly #rules: FormatRules;
  readonly #writer: CanonicalType;
  readonly #reader: CanonicalType;
  readonly #compared = new Set<string>();

  constructor(rules: FormatRules, writer: CanonicalType, reader: CanonicalType) {
    this.#rules = rules;
    this.#writer = writer;
    this.#reader = reader;
  }

  add(path: string, findings: readonly Finding[]): void {
    for (const finding of findings) {
      // What one arm sends may be what several arms do not take.
      const isKnown = this.found.some(
        (each) => each.path === path && each.rule === finding.rule && each.message === finding.message,
      );
      if (!isKnown) this.found.push({ ...finding, format: this.#rules.format, path });
    }
  }

  type(writer: NodeIndex, reader: NodeIndex, path: string, place: Place): void {
    const sent = partsOf(this.#writer, writer);
    const taken = partsOf(this.#reader, reader);
    this.add(path, this.#rules.empties(sent, taken, place));
    if (sent.inner === undefined) return;
    const from = nodeAt(this.#writer, sent.inner);
    if (taken.inner === undefined) {
      this.add(path, [{ rule: "kind", message: `the writer sends ${nameOf(from)}, the reader takes none` }]);
      return;
    }
    const pair = `${sent.inner} ${taken.inner}`;
    if (this.#compared.has(pair)) return;
    this.#compared.add(pair);
    const to = nodeAt(this.#reader, taken.inner);
    if (from.kind !== "mixed" && to.kind !== "mixed") return this.#inner(from, to, path);
    const arms = [armsOf(this.#writer, sent.inner, from), armsOf(this.#reader, taken.inner, to)] as const;
    compareArms(this, this.#rules.format, ...arms, path);
  }

  /** Whether a reader may leave this type's field out. */
  readerMayMiss(type: NodeIndex): boolean {
    return partsOf(this.#reader, type).undefined;
  }

  #inner(from: CanonicalNode, to: CanonicalNode, path: string): void {
    if ("format" in from && "format" in to) return this.add(path, numbers(from.format, to.format));
    if (from.kind === "choice" && to.kind === "choice") return this.add(path, this.#rules.choice(from, to));
    if (from.kind === "struct" && to.kind === "struct") return this.#rules.struct(this, from, to, path);
    if (from.kind === "union" && to.kind === "union") return this.#rules.union(this, from, to, path);
    if (isKeyed(from) && isKeyed(to)) return this.#keyed(from, to, path);
    if (isList(from) && isList(to)) return this.#list(from, to, path);
    if (this.#rules.isText?.(from, to)) return;
    if (isText(from) && to.kind === "template") return this.add(path, templates(from, to));
    if (from.kind === "template" && to.kind === "string") return;
    const differ = from.kind === "typedArray" && to.kind === "typedArray" && from.array !== to.array;
    if (from.kind !== to.kind || differ) this.add(path, [differs(from, to)]);
  }

  #keyed(from: Keyed, to: Keyed, path: string): void {
    const key = (node: Keyed, type: CanonicalType): CanonicalNode =>
      node.kind === "map" ? nodeAt(type, node.key) : { kind: "string" };
    const [sent, taken] = [key(from, this.#writer), key(to, this.#reader)];
    if (from.kind === "map" && to.kind === "map") {
      this.add(path, this.#rules.mapKeys(sent, taken));
      this.#repeats(from.key, to.key, path, "keys of a map");
      this.type(from.key, to.key, `${path}{key}`, "element");
    } else if (sent.kind !== "string" || taken.kind !== "string") {
      this.add(path, [differs(from, to)]);
    } else if (from.kind === "map" && to.kind === "record" && this.#rules.format === "binary") {
      this.add(path, [{ rule: "map-keys", message: "a map may have the key __proto__, a record may not" }]);
    }
    this.type(from.value, to.value, `${path}{}`, "element");
  }

  #list(from: List, to: List, path: string): void {
    if (from.kind === "tuple" && to.kind === "tuple") return this.#tuples(from, to, path);
    if (to.kind === "tuple") return this.add(path, [differs(from, to)]);
    if (to.kind === "set" && from.kind !== "set") {
      return this.add(path, [
        { rule: "duplicates", message: `${nameOf(from)} may repeat an element, a set may not` },
      ]);
    }
    if (this.#rules.packs) {
      const [sent, taken] = [packedAs(from, this.#writer), packedAs(to, this.#reader)];
      if (sent !== taken) {
        const said = (packed: string | undefined): string =>
          packed ? `packed ${packed}` : "an array of values";
        return this.add(path, [
          {
            rule: "packed-array",
            message: `the writer sends ${said(sent)}, the reader takes ${said(taken)}`,
          },
        ]);
      }
    }
    if (
      from.kind === "set" &&
      to.kind === "set" &&
      this.#repeats(from.element, to.element, path, "elements of a set")
    )
      return;
    for (const element of from.kind === "tuple" ? tupleParts(from) : [from.element]) {
      this.type(element, to.element, `${path}[]`, "element");
    }
  }

  /** Dates are told apart by what they are, texts by what they say. */
  #repeats(from: NodeIndex, to: NodeIndex, path: string, what: string): boolean {
    const repeats = this.#becomeText(from, to);
    const message = `two dates of one time are two ${what}, their texts are one`;
    if (repeats) this.add(path, [{ rule: "duplicates", message }]);
    return repeats;
  }

  #becomeText(from: NodeIndex, to: NodeIndex): boolean {
    const [sent, taken] = [partsOf(this.#writer, from).inner, partsOf(this.#reader, to).inner];
    if (sent === undefined || taken === undefined) return false;
    const [own, other] = [armNodes(this.#writer, sent), armNodes(this.#reader, taken)];
    return own.some((node) => other.some((each) => this.#rules.isText?.(node, each)));
  }

  #tuples(from: CanonicalTuple, to: CanonicalTuple, path: string): void {
    const found = tupleLengthFinding(from, to);
    if (found) this.add(path, [found]);
    for (const [step, sent, taken] of tuplePairs(from, to)) this.type(sent, taken, path + step, "element");
  }
}

type Keyed = Extract<CanonicalNode, { kind: "map" | "record" }>;
type List = Extract<CanonicalNode, { kind: "array" | "set" | "tuple" }>;

/** The arms of a mixed union; any other node by itself. */
function armNodes(type: CanonicalType, index: NodeIndex): readonly CanonicalNode[] {
  const node = nodeAt(type, index);
  return node.kind === "mixed" ? node.arms.map((arm) => nodeAt(type, arm.type)) : [node];
}

function isKeyed(node: CanonicalNode): node is Keyed {
  return node.kind === "map" || node.kind === "record";
}

function isList(node: CanonicalNode): node is List {
  return node.kind === "array" || node.kind === "set" || node.kind === "tuple";
}

function packedAs(node: List, type: CanonicalType): string | undefined {
  if (node.kind !== "array") return undefined;
  const element = nodeAt(type, node.element);
  return element.kind === "float" && element.format !== "number" ? element.format : undefined;
}

function numbers(writer: NumericFormat, reader: NumericFormat): readonly Finding[] {
  if (takesAll(reader, writer)) return [];
  return [{ rule: "number-range", message: `the writer sends ${writer}, the reader takes ${reader}` }];
}

type Text = Extract<CanonicalNode, { kind: "string" | "template" }>;

function isText(node: CanonicalNode): node is Text {
  return node.kind === "string" || node.kind === "template";
}

function templates(from: Text, to: Template): readonly Finding[] {
  if (from.kind === "template" && covers(to.patterns, from.patterns)) return [];
  return [{ rule: "template", message: `the writer sends ${nameOf(from)}, the reader takes ${nameOf(to)}` }];
}

function differs(from: CanonicalNode, to: CanonicalNode): Finding {
  return { rule: "kind", message: `the writer sends ${nameOf(from)}, the reader takes ${nameOf(to)}` };
}

function nodeAt(type: CanonicalType, index: NodeIndex): CanonicalNode {
  const node = type.nodes[index];
  if (node === undefined) throw new RangeError(`no node ${index} in a graph of ${type.nodes.length}`);
  return node;
}

function partsOf(type: CanonicalType, index: NodeIndex): Parts {
  const node = nodeAt(type, index);
  if (node.kind === "null") return { inner: undefined, null: true, undefined: false };
  if (node.kind !== "maybe") return { inner: index, null: false, undefined: false };
  const inner = nodeAt(type, node.type).kind === "null" ? undefined : node.type;
  return { inner, null: node.null, undefined: node.undefined };
}

const names: Readonly<Partial<Record<CanonicalNode["kind"], string>>> = {
  boolean: "a boolean",
  string: "a string",
  date: "a date",
  array: "an array",
  set: "a set",
  map: "a map",
  record: "a record",
  tuple: "a tuple",
  choice: "a literal",
  struct: "an object",
  union: "a union",
  mixed: "a union of several kinds",
};

function nameOf(node: CanonicalNode): string {
  if (node.kind === "template") return templateText(node.patterns);
  return names[node.kind] ?? plainName(node);
}
