// Which types' messages are tried before a reader is made for them. Measured on the types of fixtures/bench: all gain
// but those with structs of small integers, which have an attempt of their own, and packed floats.
import { type Struct, slotsOf, structCharges, type Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { countLeaves, leavesMax } from "./json-attempt-rule.ts";
import { packedSuffix } from "./leaf.ts";
import { oncePerName } from "./once-per-name.ts";
import { isReadAhead } from "./optimistic-read.ts";

/** What a header of one byte holds; of a variant one is the ordinal. */
const slotsMax = 15;

/** Ordinals of one byte. */
const ordinalMax = 127;

/** Whether there is an attempt at a named type, by itself and as a part of others. */
export const isTried = oncePerName((file, id) => {
  const reference: Type = { kind: "ref", id };
  if (file.needsDepth(reference) || !isTriable(file, file.declaration(id).type)) return false;
  // What fails at the first looks for the others, too.
  const { strings, others } = countLeaves(file, reference);
  return strings + others <= leavesMax;
});

/** Whether there is a function for every part of a type. */
function isTriable(file: CodecFile, type: Type): boolean {
  switch (type.kind) {
    case "boolean":
    case "null":
    case "string":
    case "integer":
    case "float":
    case "bigint":
      return true;
    case "choice":
      return type.members.every(({ ordinal }) => ordinal <= ordinalMax);
    case "maybe":
      return type.null !== type.undefined && isTriable(file, type.type);
    case "array":
      return packedSuffix(file.resolve(type)) === undefined && isTriable(file, type.element);
    case "struct":
      return !isReadAhead(file, type) && isTriableStruct(file, type, false);
    case "union":
      return type.variants.every(
        ({ struct, ordinal }) => ordinal <= ordinalMax && isTriableStruct(file, struct, true),
      );
    case "ref":
      return isTriableName(file, type.id);
    default:
      return false;
  }
}

/** Of what is charged for beyond what the bytes pay, only the careful reader keeps count: a message may be refused for it. */
function isTriableStruct(file: CodecFile, struct: Struct, isVariant: boolean): boolean {
  const { items } = slotsOf(struct);
  const { always, absent } = structCharges(struct, isVariant);
  if (items.length > (isVariant ? slotsMax - 1 : slotsMax) || items.includes(undefined)) return false;
  if (always > 0 || absent > 0 || (struct.absent ?? []).length > 0) return false;
  return struct.fields.every(({ type }) => isTriable(file, type));
}

/** Another file has a function for each of its roots that is tried, and for no other; what packages ship may have none. */
const isTriableName = oncePerName((file, id) => {
  const { codec, origin, scope, type } = file.declaration(id);
  if (codec !== undefined) return false;
  return scope === "wire" && origin.file !== file.schema.file ? isTried(file, id) : isTriable(file, type);
});
