// What MessagePack asks: fields go by slot, variants and literals by ordinal, and nil means what the reader's type says.
import type { CanonicalChoice, CanonicalStruct, CanonicalType, CanonicalUnion } from "../canonical-type.ts";
import { literalText } from "../literal-text.ts";
import { fieldPath, variantPath } from "../type-path.ts";
import type { Incompatibility } from "./incompatibility.ts";
import { type Empties, type Finding, type FormatRules, type Reading, reasons } from "./reading.ts";

/** Why a reader of `reader` cannot read all MessagePack that a writer of `writer` writes. */
export function binaryReading(writer: CanonicalType, reader: CanonicalType): readonly Incompatibility[] {
  return reasons(binaryRules, writer, reader);
}

const binaryRules: FormatRules = {
  format: "binary",
  packs: true,
  empties,
  mapKeys: () => [],
  struct,
  union,
  choice,
};

/** Undefined is nil. Null is nil too, but where the type also has undefined an extension of no bytes. */
function empties(writer: Empties, reader: Empties): readonly Finding[] {
  const found: Finding[] = [];
  if (writer.undefined && !reader.undefined) {
    found.push({ rule: "undefined", message: "the writer may send undefined, the reader does not take it" });
  }
  if (writer.null && !reader.null) {
    found.push({ rule: "null", message: "the writer may send null, the reader does not take it" });
  }
  if (writer.null && reader.null && writer.undefined !== reader.undefined) {
    found.push({
      rule: "null-encoding",
      message: "null beside undefined is written in another way than null alone",
    });
  }
  return found;
}

function struct(reading: Reading, writer: CanonicalStruct, reader: CanonicalStruct, path: string): void {
  const sent = new Map(writer.fields.map((field) => [field.slot, field]));
  const sentNames = new Set(writer.fields.map((field) => field.name));
  const takenNames = new Set(reader.fields.map((field) => field.name));
  for (const field of reader.fields) {
    const place = fieldPath(path, field.name);
    const from = sent.get(field.slot);
    if (from === undefined) {
      if (!reading.readerMayMiss(field.type)) reading.add(place, [missing]);
      continue;
    }
    const renamed = from.name !== field.name;
    if (renamed && (sentNames.has(field.name) || takenNames.has(from.name))) {
      reading.add(place, [moved(field.slot, from.name, field.name)]);
    }
    reading.type(from.type, field.type, place, "field");
  }
}

const missing: Finding = {
  rule: "field-missing",
  message: "the reader requires it, the writer does not have it",
};

function moved(slot: number, sent: string, taken: string): Finding {
  return { rule: "field-moved", message: `slot ${slot} is ${sent} for the writer, ${taken} for the reader` };
}

function union(reading: Reading, writer: CanonicalUnion, reader: CanonicalUnion, path: string): void {
  const taken = new Map(reader.variants.map((variant) => [variant.ordinal, variant]));
  for (const variant of writer.variants) {
    const place = variantPath(path, variant.tag);
    const to = taken.get(variant.ordinal);
    if (to === undefined) {
      reading.add(place, [
        { rule: "variant-unknown", message: "the writer may send it, the reader does not know it" },
      ]);
    } else if (literalText(to.tag) !== literalText(variant.tag)) {
      reading.add(place, [reused(variant.ordinal, literalText(variant.tag), literalText(to.tag))]);
    } else {
      reading.type(variant.struct, to.struct, place, "element");
    }
  }
}

function choice(writer: CanonicalChoice, reader: CanonicalChoice): readonly Finding[] {
  const taken = new Map(reader.members.map((member) => [member.ordinal, literalText(member.value)]));
  return writer.members.flatMap((member): readonly Finding[] => {
    const [sent, to] = [literalText(member.value), taken.get(member.ordinal)];
    if (to === undefined) {
      return [
        { rule: "literal-unknown", message: `the writer may send ${sent}, the reader does not know it` },
      ];
    }
    return to === sent ? [] : [reused(member.ordinal, sent, to)];
  });
}

function reused(ordinal: number, sent: string, taken: string): Finding {
  return {
    rule: "ordinal-reused",
    message: `ordinal ${ordinal} is ${sent} for the writer, ${taken} for the reader`,
  };
}
