// Which types' JSON texts are attempted in our own form before JSON.parse sees them, and which are left to it. Measured
// on the types of fixtures/bench: numbers, booleans, literals and short strings gain; strings alone and arrays of floats
// do not.
import { type Literal, mayBeAbsent, ofFiniteTypes, type Struct, type Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { isCharged } from "./json-heap.ts";
import { oncePerName } from "./once-per-name.ts";

/** More literals than this are not tried one by one. */
const membersMax = 32;

/** At most so many strings for each other value. */
const stringsMax = 3;

/**
 * At most so many values, those of each name as often as it is mentioned: an attempt that fails at the first looks for
 * the others, too. Types that mention the next one twice have 2^n of them.
 */
export const leavesMax = 1000;

/** Whether the texts of a root are attempted. */
export const isAttempted = oncePerName((file, id) => {
  const reference: Type = { kind: "ref", id };
  if (file.needsDepth(reference) || isCharged(file, reference)) return false;
  if (!isReadable(file, file.declaration(id).type)) return false;
  const { strings, others } = countLeaves(file, reference);
  return strings <= stringsMax * others && strings + others <= leavesMax;
});

/** Whether there is a function for every part of a type. */
function isReadable(file: CodecFile, type: Type): boolean {
  switch (type.kind) {
    case "boolean":
    case "null":
    case "string":
    case "integer":
    case "float":
    case "bigint":
      return true;
    case "choice":
      return type.members.length <= membersMax && type.members.every(({ value }) => isPiece(value));
    case "maybe":
      return isReadable(file, type.type);
    case "array":
      return file.resolve(type.element).kind !== "float" && isReadable(file, type.element);
    case "struct":
      return isReadableStruct(file, type) && type.fields[0] !== undefined && !mayBeAbsent(type.fields[0]);
    case "union":
      return type.variants.every(
        (variant) => variant.tagPosition === 0 && isReadableStruct(file, variant.struct),
      );
    case "ref":
      return isReadableName(file, type.id);
    default:
      return false;
  }
}

function isReadableStruct(file: CodecFile, { fields, absent = [] }: Struct): boolean {
  return absent.length === 0 && fields.every((field) => isReadable(file, field.type));
}

/** Another file has a function for each of its roots that is attempted, and for no other. */
const isReadableName = oncePerName((file, id) => {
  const { codec, origin, scope, type } = file.declaration(id);
  if (codec !== undefined) return false;
  return scope === "wire" && origin.file !== file.schema.file
    ? isAttempted(file, id)
    : isReadable(file, type);
});

/** Of at least four characters in JSON, and such that no other begins with it. */
function isPiece(value: Literal): boolean {
  return typeof value === "boolean" || (typeof value === "string" && value.length >= 2);
}

interface Leaves {
  readonly strings: number;
  readonly others: number;
}

/** On every way that leads to them: how often they are in a value, not how many are declared. */
export function countLeaves({ schema }: CodecFile, type: Type): Leaves {
  return leavesOf(type, (id) => leavesOfName(schema.declarations, id));
}

const leavesOfName = ofFiniteTypes(leavesOf);

function leavesOf(type: Type, named: (id: string) => Leaves): Leaves {
  switch (type.kind) {
    case "string":
      return { strings: 1, others: 0 };
    case "maybe":
      return leavesOf(type.type, named);
    case "array":
      return leavesOf(type.element, named);
    case "struct":
      return sum(type.fields.map((field) => leavesOf(field.type, named)));
    case "union":
      return sum(type.variants.map(({ struct }) => sum([tag, leavesOf(struct, named)])));
    case "ref":
      return named(type.id);
    default:
      return { strings: 0, others: 1 };
  }
}

const tag: Leaves = { strings: 0, others: 1 };

function sum(leaves: readonly Leaves[]): Leaves {
  return leaves.reduce(
    (all, one) => ({
      strings: all.strings + one.strings,
      others: all.others + one.others,
    }),
    { strings: 0, others: 0 },
  );
}
