// Whether a reader of another version understood a value as its writer meant it.
import type {
  CanonicalField,
  CanonicalStruct,
  CanonicalType,
  CanonicalUnion,
  NodeIndex,
} from "../canonical-type.ts";
import { tuplePartAt } from "../tuple.ts";
import { Refused, read, withoutTail, write } from "./binary.ts";
import { readJson, Unwritable, writeJson } from "./json.ts";
import { type Fields, nodeAt, type Value, valueText } from "./value.ts";

export type Verdict = "understood" | "refused" | "misunderstood" | "unwritable";

/** Writes a value in one version and reads it in another. */
export function exchange(
  format: "binary" | "json",
  writer: CanonicalType,
  reader: CanonicalType,
  value: Value,
): Verdict {
  const through = (type: CanonicalType): Value =>
    format === "binary" ? read(type, write(writer, value)) : readJson(type, writeJson(writer, value));
  // JSON writes null for some undefined: what counts is what the writer itself would have read.
  const meant = attempt(() => through(writer));
  // A set of both null and undefined has them twice in JSON, which not even its writer takes back.
  if (meant === undefined) return "unwritable";
  const understood = attempt(() => through(reader));
  if (understood === undefined) return "refused";
  const agreement = new Agreement(format, writer, reader);
  return agreement.of(writer.root, meant.value, reader.root, understood.value)
    ? "understood"
    : "misunderstood";
}

function attempt(exchanged: () => Value): { readonly value: Value } | undefined {
  try {
    return { value: exchanged() };
  } catch (error) {
    if (error instanceof Refused || error instanceof Unwritable) return undefined;
    throw error;
  }
}

class Agreement {
  readonly #format: "binary" | "json";
  readonly #writer: CanonicalType;
  readonly #reader: CanonicalType;

  constructor(format: "binary" | "json", writer: CanonicalType, reader: CanonicalType) {
    this.#format = format;
    this.#writer = writer;
    this.#reader = reader;
  }

  of(writer: NodeIndex, meant: Value, reader: NodeIndex, understood: Value): boolean {
    const [from, to] = [nodeAt(this.#writer, writer), nodeAt(this.#reader, reader)];
    if (meant === null || meant === undefined) return meant === understood;
    if (understood === null || understood === undefined) return false;
    if (from.kind === "maybe") return this.of(from.type, meant, reader, understood);
    if (to.kind === "maybe") return this.of(writer, meant, to.type, understood);
    if (from.kind === "struct" && to.kind === "struct")
      return this.#fields(from, meant as Fields, to, understood as Fields);
    if (from.kind === "union" && to.kind === "union") {
      const [a, b] = [meant, understood] as { tag: string; fields: Fields }[];
      if (a === undefined || b === undefined || !Object.is(a.tag, b.tag)) return false;
      const struct = (type: CanonicalType, { variants }: CanonicalUnion, { tag }: { tag: string }) => {
        const variant = variants.find((each) => Object.is(each.tag, tag));
        return variant && (nodeAt(type, variant.struct) as CanonicalStruct);
      };
      const [left, right] = [struct(this.#writer, from, a), struct(this.#reader, to, b)];
      return left !== undefined && right !== undefined && this.#fields(left, a.fields, right, b.fields);
    }
    if (from.kind === "mixed") {
      const { arm, value } = meant as { arm: number; value: Value };
      return this.of(from.arms[arm]?.type ?? 0, value, reader, understood);
    }
    if (to.kind === "mixed") {
      const { arm, value } = understood as { arm: number; value: Value };
      return this.of(writer, meant, to.arms[arm]?.type ?? 0, value);
    }
    const lists = ["array", "set", "tuple", "map", "record"];
    if (lists.includes(from.kind) && lists.includes(to.kind))
      return this.#lists(writer, meant, reader, understood);
    // The text of a date says all that the date does.
    if (from.kind === "date" && to.kind === "string") return (meant as Date).toISOString() === understood;
    const texts = ["string", "template"];
    if (texts.includes(from.kind) && texts.includes(to.kind)) return meant === understood;
    return from.kind === to.kind || ("format" in from && "format" in to)
      ? valueText(meant) === valueText(understood)
      : false;
  }

  #lists(writer: NodeIndex, meant: Value, reader: NodeIndex, understood: Value): boolean {
    const tuples = [nodeAt(this.#writer, writer), nodeAt(this.#reader, reader)].every(
      ({ kind }) => kind === "tuple",
    );
    // What is absent at the end of a tuple is undefined.
    const trimmed = (value: Value): readonly Value[] =>
      tuples ? withoutTail(value as readonly Value[], 0) : (value as readonly Value[]);
    const [a, b] = [trimmed(meant), trimmed(understood)];
    if (a.length !== b.length) return false;
    const lengths = [meant, understood].map((value) => (value as readonly Value[]).length);
    const part = (type: CanonicalType, index: NodeIndex, at: number, n = 0): readonly NodeIndex[] => {
      const node = nodeAt(type, index);
      if (node.kind === "map") return [node.key, node.value];
      if (node.kind === "record") return [-1, node.value];
      if (node.kind === "tuple") return [tuplePartAt(node, at, n) ?? -1];
      return node.kind === "array" || node.kind === "set" ? [node.element] : [];
    };
    return a.every((item, at) => {
      const [left, right] = [
        part(this.#writer, writer, at, lengths[0]),
        part(this.#reader, reader, at, lengths[1]),
      ];
      const [from, to] =
        left.length === 1 ? [[item], [b[at]]] : [item as readonly Value[], b[at] as readonly Value[]];
      return left.every((own, i) => {
        const other = right[i];
        if (own === -1 || other === -1) return from[i] === to[i];
        return other !== undefined && this.of(own, from[i], other, to[i]);
      });
    });
  }

  /** A field that only one side has is nobody's misunderstanding; one that both have must have the same value. */
  #fields(from: CanonicalStruct, meant: Fields, to: CanonicalStruct, understood: Fields): boolean {
    return to.fields.every((field) => {
      const other = this.#counterpart(from, to, field);
      if (other === undefined) return true;
      return this.of(other.type, meant.get(other.name), field.type, understood.get(field.name));
    });
  }

  /** By name; by slot where a field was only renamed. A field in another slot is another field unless both are used. */
  #counterpart(
    from: CanonicalStruct,
    to: CanonicalStruct,
    field: CanonicalField,
  ): CanonicalField | undefined {
    const named = from.fields.find(({ name }) => name === field.name);
    const placed = from.fields.find(({ slot }) => slot === field.slot);
    const wentElsewhere = placed && to.fields.some(({ name }) => name === placed.name);
    if (this.#format === "json") return named ?? (wentElsewhere ? undefined : placed);
    if (named !== undefined || placed === undefined) return placed && named;
    // Its slot says something that the reader keeps elsewhere: the value has the wrong name.
    return !wentElsewhere ? placed : { ...placed, name: "\u0000 another field" };
  }
}
