// Types as JSON in a lock. Slots and ordinals are keys of their own object, one a line, in ascending order, reserved
// ones among them, so that a change of a type is a change of the lines that are about it:
//   "string", "i32", "Int16Array", ...            { "ref": "src/place#Place" }
//   { "template": [["auto"], ["", "number", "px"]] }      texts, between them placeholders
//   { "array": T }  { "set": T }  { "record": T } { "map": [K, V] }
//   { "maybe": T, "accepts": "null" | "undefined" | "both" }
//   { "tuple": [T, ...], "required": 1 }  { "tuple": [T, ...], "required": 1, "rest": T, "trailing": [T, ...] }
//   { "choice": { "0": "low", "1": "high", "2": { "reserved": "mid" } } }
//   { "struct": { "0": { "name": "id", "type": "string" }, "1": { "name": "note", "optional": true, "type": T },
//                 "2": { "reserved": "price" } } }       an optional field accepts undefined beside T
//   { "mixed": { "0": { "json": "string", "type": "string" }, "1": { "reserved": "array of 2" } } }
//   { "union": { "0": { "tag": "circle", "struct": { ... } }, "1": { "reserved": "square" } }, "discriminant": "kind" }
import { tagJson, tagOfJson } from "../literal-text.ts";
import type { Choice, Mixed, Struct, Tag, Type, Union } from "../schema.ts";
import { mappedTuple, type TupleShape } from "../tuple.ts";
import { armPath, fieldPath, variantPath } from "../type-path.ts";
import { type Json, lineOfJson } from "./json-text.ts";
import type { LockedType } from "./lock.ts";

type Reserved = LockedType["reserved"];

const nothingReserved: Reserved = new Map();

/** A type in one line, as a lock writes it, without reserved members. */
export function typeLine(type: Type): string {
  return lineOfJson(typeJson(type, nothingReserved));
}

/** The JSON of a locked type. */
export function typeJson(type: Type, reserved: Reserved, path = ""): Json {
  const inside = (inner: Type, step: string): Json => typeJson(inner, reserved, path + step);
  switch (type.kind) {
    case "integer":
    case "float":
    case "bigint":
      return type.format;
    case "template":
      return new Map([["template", type.patterns]]);
    case "typedArray":
      return type.array;
    case "ref":
      return new Map([["ref", type.id]]);
    case "array":
    case "set":
      return new Map([[type.kind, inside(type.element, "[]")]]);
    case "record":
      return new Map([["record", inside(type.value, "{}")]]);
    case "map":
      return new Map([["map", [inside(type.key, "{key}"), inside(type.value, "{}")]]]);
    case "maybe":
      return new Map([
        ["maybe", inside(type.type, "")],
        ["accepts", acceptsOf(type)],
      ]);
    case "tuple":
      return new Map<string, Json>([
        ["tuple", type.elements.map((element, index) => inside(element, `[${index}]`))],
        ["required", type.required],
        ...restPairs(mappedTuple(type, inside)),
      ]);
    case "choice":
      return new Map([["choice", choiceJson(type, reserved, path)]]);
    case "struct":
      return new Map([["struct", structJson(type, reserved, path)]]);
    case "union":
      return new Map([
        ["union", unionJson(type, reserved, path)],
        ["discriminant", type.discriminant],
      ]);
    case "mixed":
      return new Map([["mixed", mixedJson(type, reserved, path)]]);
    default:
      return type.kind;
  }
}

function restPairs({ rest, trailing }: TupleShape<Json>): readonly (readonly [string, Json])[] {
  if (rest === undefined) return [];
  return [["rest", rest], ...(trailing ? ([["trailing", trailing]] as const) : [])];
}

function acceptsOf(type: { readonly null: boolean; readonly undefined: boolean }): string {
  if (type.null && type.undefined) return "both";
  return type.null ? "null" : "undefined";
}

/** Members by number, with the reserved ones in their places. */
function table(
  live: readonly (readonly [number, Json])[],
  reserved: readonly (readonly [number, Json])[],
): Json {
  const gone = reserved.map(([number, name]) => [number, new Map([["reserved", name]])] as const);
  const rows = [...live, ...gone].sort(([a], [b]) => a - b);
  return new Map(rows.map(([number, row]) => [String(number), row]));
}

function structJson(struct: Struct, reserved: Reserved, path: string): Json {
  const rows = struct.fields.map(({ slot, name, optional, type }) => {
    const row = new Map<string, Json>([["name", name]]);
    if (optional) row.set("optional", true);
    row.set("type", typeJson(optional ? withoutUndefined(type) : type, reserved, fieldPath(path, name)));
    return [slot, row] as const;
  });
  return table(rows, [...(reserved.get(path) ?? [])]);
}

/** An optional field accepts undefined, which need not be said twice. */
function withoutUndefined(type: Type): Type {
  if (type.kind !== "maybe" || !type.undefined) return type;
  return type.null ? { ...type, undefined: false } : type.type;
}

function unionJson(union: Union, reserved: Reserved, path: string): Json {
  const rows = union.variants.map(({ ordinal, tag, struct }) => {
    const fields = structJson(struct, reserved, variantPath(path, tag));
    return [
      ordinal,
      new Map<string, Json>([
        ["tag", jsonOfLiteral(tag)],
        ["struct", fields],
      ]),
    ] as const;
  });
  return table(rows, reservedLiterals(reserved, path));
}

function mixedJson(mixed: Mixed, reserved: Reserved, path: string): Json {
  const rows = mixed.arms.map(({ ordinal, json, type }) => {
    const inner = typeJson(type, reserved, armPath(path, json));
    return [
      ordinal,
      new Map<string, Json>([
        ["json", json],
        ["type", inner],
      ]),
    ] as const;
  });
  return table(rows, [...(reserved.get(path) ?? [])]);
}

function choiceJson(choice: Choice, reserved: Reserved, path: string): Json {
  const rows = choice.members.map(({ ordinal, value }) => [ordinal, jsonOfLiteral(value)] as const);
  return table(rows, reservedLiterals(reserved, path));
}

function reservedLiterals(reserved: Reserved, path: string): readonly (readonly [number, Json])[] {
  return [...(reserved.get(path) ?? [])].map(([number, text]) => {
    const literal = tagOfJson(JSON.parse(text));
    return [number, literal === undefined ? text : jsonOfLiteral(literal)];
  });
}

function jsonOfLiteral(value: Tag): Json {
  const json = tagJson(value);
  return typeof json === "object" && json !== null ? new Map([["number", json.number]]) : json;
}
