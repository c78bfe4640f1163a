// Which types are written as JSON by functions that put bytes, and where their texts are made of those bytes, too.
import { mayBeAbsent, type Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { countLeaves } from "./json-attempt-rule.ts";
import { isAllFloats } from "./json-write.ts";
import { packedSuffix } from "./leaf.ts";
import { oncePerName } from "./once-per-name.ts";

/** Whether a type has functions that put its JSON; of the others the text is put. */
export function isPut(file: CodecFile, type: Type): boolean {
  if (file.needsDepth(type)) return false;
  switch (type.kind) {
    case "struct":
      return type.fields[0] !== undefined && !mayBeAbsent(type.fields[0]) && !isAllFloats(file, type);
    case "union":
      return type.variants.every(({ tagPosition }) => tagPosition === 0);
    case "array":
      return packedSuffix(type) !== "F64Array";
    case "ref": {
      const { codec, origin, scope, type: declared } = file.declaration(type.id);
      const isElsewhere = codec !== undefined || (scope === "wire" && origin.file !== file.schema.file);
      return !isElsewhere && isPut(file, declared);
    }
    default:
      return false;
  }
}

/**
 * Whether texts of a type are made of its bytes: where there may be many objects in it, mostly of numbers. Joined ones
 * would be made of hundreds of pieces; for short texts, and for strings, joining is faster.
 */
export function isByBytes(file: CodecFile, type: Type): boolean {
  if (!isPut(file, type) || !isLong(file, type)) return false;
  const { strings, others } = countLeaves(file, type);
  return 2 * strings <= others;
}

function isLong(file: CodecFile, type: Type): boolean {
  switch (type.kind) {
    case "struct":
      return type.fields.some((field) => isLong(file, field.type));
    case "union":
      return type.variants.some(({ struct }) => isLong(file, struct));
    case "maybe":
      return isLong(file, type.type);
    case "array":
      return isObject(file, type.element) || isLong(file, type.element);
    case "ref":
      return isPut(file, type) && isLongName(file, type.id);
    default:
      return false;
  }
}

const isLongName = oncePerName((file, id) => isLong(file, file.declaration(id).type));

function isObject(file: CodecFile, type: Type): boolean {
  if (type.kind === "ref") return isObject(file, file.declaration(type.id).type);
  return (type.kind === "struct" || type.kind === "union") && isPut(file, type);
}
