// What JSON asks: fields go by name, variants by their tag, literals by themselves.
import type {
  CanonicalChoice,
  CanonicalField,
  CanonicalNode,
  CanonicalStruct,
  CanonicalType,
  CanonicalUnion,
} from "../canonical-type.ts";
import { literalText } from "../literal-text.ts";
import { fieldPath, variantPath } from "../type-path.ts";
import type { Incompatibility } from "./incompatibility.ts";
import {
  type Empties,
  type Finding,
  type FormatRules,
  type Place,
  type Reading,
  reasons,
} from "./reading.ts";

/** Why a reader of `reader` cannot read all JSON that a writer of `writer` writes. */
export function jsonReading(writer: CanonicalType, reader: CanonicalType): readonly Incompatibility[] {
  return reasons(jsonRules, writer, reader);
}

const jsonRules: FormatRules = {
  format: "json",
  packs: false,
  empties,
  mapKeys,
  struct,
  union,
  choice,
  isText,
};

/** A struct leaves undefined out and so keeps it apart from null; elsewhere both are written as null. */
function empties(writer: Empties, reader: Empties, place: Place): readonly Finding[] {
  const found: Finding[] = [];
  if (writer.undefined && !reader.undefined) {
    found.push({ rule: "undefined", message: "the writer may send undefined, the reader does not take it" });
  }
  if (writer.null && !reader.null) {
    found.push({ rule: "null", message: "the writer may send null, the reader does not take it" });
  }
  if (place === "element" && writer.undefined && !writer.null && reader.undefined && reader.null) {
    found.push({
      rule: "null-encoding",
      message: "undefined is written as null here, which the reader takes as null",
    });
  }
  return found;
}

/** A date is written as text. */
function isText(writer: CanonicalNode, reader: CanonicalNode): boolean {
  return writer.kind === "date" && reader.kind === "string";
}

/** Maps with string keys are objects, others are lists of pairs. */
function mapKeys(writer: CanonicalNode, reader: CanonicalNode): readonly Finding[] {
  if ((writer.kind === "string") === (reader.kind === "string")) return [];
  return [
    { rule: "map-keys", message: "a map with string keys is an object, one with other keys a list of pairs" },
  ];
}

function struct(reading: Reading, writer: CanonicalStruct, reader: CanonicalStruct, path: string): void {
  const sent = new Map(writer.fields.map((field) => [field.name, field]));
  const takenNames = new Set(reader.fields.map((field) => field.name));
  for (const field of reader.fields) {
    const place = fieldPath(path, field.name);
    const from = sent.get(field.name);
    if (from !== undefined) {
      reading.type(from.type, field.type, place, "field");
      continue;
    }
    const before = writer.fields.find((other) => other.slot === field.slot && !takenNames.has(other.name));
    if (before !== undefined) reading.add(place, [renamed(before, field)]);
    else if (!reading.readerMayMiss(field.type)) reading.add(place, [missing]);
  }
}

const missing: Finding = {
  rule: "field-missing",
  message: "the reader requires it, the writer does not have it",
};

function renamed(from: CanonicalField, to: CanonicalField): Finding {
  return {
    rule: "field-renamed",
    message: `slot ${to.slot} is named ${from.name} by the writer, ${to.name} by the reader`,
  };
}

function union(reading: Reading, writer: CanonicalUnion, reader: CanonicalUnion, path: string): void {
  if (writer.discriminant !== reader.discriminant) {
    const message = `the discriminant is ${writer.discriminant} for the writer, ${reader.discriminant} for the reader`;
    reading.add(path, [{ rule: "discriminant-renamed", message }]);
  }
  const taken = new Map(reader.variants.map((variant) => [literalText(variant.tag), variant]));
  for (const variant of writer.variants) {
    const place = variantPath(path, variant.tag);
    const to = taken.get(literalText(variant.tag));
    if (to !== undefined) reading.type(variant.struct, to.struct, place, "element");
    else {
      reading.add(place, [
        { rule: "variant-unknown", message: "the writer may send it, the reader does not know it" },
      ]);
    }
  }
}

function choice(writer: CanonicalChoice, reader: CanonicalChoice): readonly Finding[] {
  const taken = new Set(reader.members.map((member) => literalText(member.value)));
  return writer.members.flatMap((member): readonly Finding[] => {
    const sent = literalText(member.value);
    if (taken.has(sent)) return [];
    return [{ rule: "literal-unknown", message: `the writer may send ${sent}, the reader does not know it` }];
  });
}
