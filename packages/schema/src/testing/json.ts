// JSON by the book of Hewn's protocol, as an interpreter over canonical types, written apart from the code that it
// judges. Objects are maps, so that no key is special.
import type {
  CanonicalNode,
  CanonicalStruct,
  CanonicalTuple,
  CanonicalType,
  NodeIndex,
} from "../canonical-type.ts";
import { tupleLengths, tuplePartAt } from "../tuple.ts";
import { arrayOf, bytesOf, distinct, Refused, textOf, withoutTail } from "./binary.ts";
import { type Fields, integerLimits, nodeAt, type Value } from "./value.ts";

export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/** A value that the JSON format cannot carry. */
export class Unwritable extends Error {}

/**
 * What a program with this type writes.
 * @throws {Unwritable}
 */
export function writeJson(type: CanonicalType, value: Value): Json {
  return writeNode(type, type.root, value);
}

function writeNode(type: CanonicalType, index: NodeIndex, value: Value): Json {
  const node = nodeAt(type, index);
  switch (node.kind) {
    case "null":
      return null;
    case "boolean":
    case "string":
    case "template":
      return value as boolean | string;
    case "choice":
      return typeof value === "number" ? numberJson(value) : (value as boolean | string);
    case "bytes":
      return `base64 ${(value as Uint8Array).join()}`;
    case "typedArray":
      return `base64 ${bytesOf(value).join()}`;
    case "actorRef":
      throw new Error("random types have no handles");
    case "date":
      return (value as Date).toISOString();
    case "integer":
    case "float":
      return numberJson(value as number);
    case "bigint": {
      const number = Number(value as bigint);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    case "maybe":
      return value === undefined || value === null ? null : writeNode(type, node.type, value);
    case "array":
    case "set":
      return (value as readonly Value[]).map((item) => writeNode(type, node.element, item));
    case "tuple":
      return (value as readonly Value[]).map((item, i, all) =>
        writeNode(type, tuplePartAt(node, i, all.length) ?? 0, item),
      );
    case "map":
    case "record":
      return writeEntries(type, node, value as readonly (readonly [Value, Value])[]);
    case "struct":
      return new Map(writeFields(type, node, value as Fields));
    case "union": {
      const { tag, fields } = value as { tag: string; fields: Fields };
      const variant = node.variants.find((each) => Object.is(each.tag, tag));
      if (variant === undefined) throw new Error("a value of another type");
      const struct = nodeAt(type, variant.struct) as CanonicalStruct;
      return new Map<string, Json>([[node.discriminant, tag], ...writeFields(type, struct, fields)]);
    }
    case "mixed":
      return writeArm(type, node, value as { arm: number; value: Value });
  }
}

type Mixed = Extract<CanonicalNode, { kind: "mixed" }>;

/** What a number that is not finite would be read as, where there are strings, is another arm. */
function writeArm(type: CanonicalType, node: Mixed, { arm, value }: { arm: number; value: Value }): Json {
  const json = writeNode(type, node.arms[arm]?.type ?? 0, value);
  const isTold = node.arms.findIndex((each) => mayBe(type, node, each.type, json)) === arm;
  if (!isTold) throw new Unwritable();
  return json;
}

function mayBe(type: CanonicalType, mixed: Mixed, index: NodeIndex, json: Json): boolean {
  const node = nodeAt(type, index);
  const is = json instanceof Map ? "object" : Array.isArray(json) ? "array" : typeof json;
  switch (node.kind) {
    case "boolean":
    case "string":
      return is === node.kind;
    case "template":
    case "bytes":
    case "typedArray":
    case "date":
      return is === "string";
    case "integer":
      return is === "number";
    case "float": {
      const others = mixed.arms.filter((each) => each.type !== index);
      return (
        is === "number" || (is === "string" && !others.some((each) => mayBe(type, mixed, each.type, json)))
      );
    }
    case "bigint":
      return is === "number" || is === "string";
    case "choice":
      return node.members.some(({ value }) => typeof value === is);
    case "struct":
    case "union":
    case "record":
      return is === "object";
    case "map":
      return is === (isObject(type, node) ? "object" : "array");
    case "tuple": {
      const others = mixed.arms.filter((each) => nodeAt(type, each.type).kind === "tuple").length > 1;
      const { least, most } = tupleLengths(node);
      return Array.isArray(json) && (!others || (json.length >= least && json.length <= most));
    }
    default:
      return is === "array";
  }
}

function numberJson(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}

function isObject(type: CanonicalType, node: Extract<CanonicalNode, { kind: "map" | "record" }>): boolean {
  return node.kind === "record" || nodeAt(type, node.key).kind === "string";
}

function writeEntries(
  type: CanonicalType,
  node: Extract<CanonicalNode, { kind: "map" | "record" }>,
  pairs: readonly (readonly [Value, Value])[],
): Json {
  const value = (each: Value): Json => writeNode(type, node.value, each);
  if (isObject(type, node)) {
    if (pairs.some(([key]) => key === "__proto__")) throw new Unwritable();
    return new Map(pairs.map(([key, each]) => [key as string, value(each)]));
  }
  const key = node.kind === "map" ? node.key : 0;
  return pairs.map(([own, each]) => [writeNode(type, key, own), value(each)]);
}

function* writeFields(
  type: CanonicalType,
  struct: CanonicalStruct,
  fields: Fields,
): Iterable<[string, Json]> {
  for (const { name, type: own } of struct.fields) {
    const value = fields.get(name);
    const isAbsent = value === undefined && acceptsUndefined(type, own);
    if (!isAbsent) yield [name, writeNode(type, own, value)];
  }
}

function acceptsUndefined(type: CanonicalType, index: NodeIndex): boolean {
  const node = nodeAt(type, index);
  return node.kind === "maybe" && node.undefined;
}

/**
 * What a program with this type makes of JSON.
 * @throws {Refused}
 */
export function readJson(type: CanonicalType, json: Json): Value {
  return readNode(type, type.root, json);
}

function readNode(type: CanonicalType, index: NodeIndex, json: Json): Value {
  const node = nodeAt(type, index);
  const list = (): readonly Json[] => {
    if (!Array.isArray(json)) throw new Refused("no list");
    return json as readonly Json[];
  };
  switch (node.kind) {
    case "null":
      if (json !== null) throw new Refused("no null");
      return null;
    case "boolean":
    case "string":
      if (typeof json !== node.kind) throw new Refused(`no ${node.kind}`);
      return json as boolean | string;
    case "bytes":
      return readBytes(json);
    case "template":
      if (typeof json !== "string") throw new Refused("no string");
      return textOf(node.patterns, json);
    case "typedArray":
      return arrayOf(node.array, readBytes(json) as Uint8Array);
    case "actorRef":
      throw new Error("random types have no handles");
    case "date":
      return readDate(json);
    case "integer":
    case "bigint":
      return readInteger(node, json);
    case "float":
      return readFloat(node.format, json);
    case "choice": {
      const member = node.members.find(
        ({ value }) => (typeof value === "number" ? numberJson(value) : value) === json,
      );
      if (member === undefined) throw new Refused("unknown member");
      return member.value;
    }
    case "maybe":
      if (json === null) return node.null ? null : undefined;
      return readNode(type, node.type, json);
    case "array":
      return list().map((item) => readNode(type, node.element, item));
    case "set":
      return distinct(list().map((item) => readNode(type, node.element, item)));
    case "tuple":
      return readTuple(type, node, list());
    case "map":
    case "record":
      return readEntries(type, node, json);
    case "struct":
      return readFields(type, node, objectOf(json));
    case "union": {
      const object = objectOf(json);
      const variant = node.variants.find(({ tag }) => tag === object.get(node.discriminant));
      if (variant === undefined) throw new Refused("unknown variant");
      return {
        tag: variant.tag,
        fields: readFields(type, nodeAt(type, variant.struct) as CanonicalStruct, object),
      };
    }
    case "mixed": {
      const arm = node.arms.findIndex((each) => mayBe(type, node, each.type, json));
      if (arm < 0) throw new Refused("no such arm");
      return { arm, value: readNode(type, node.arms[arm]?.type ?? 0, json) };
    }
  }
}

function readTuple(type: CanonicalType, node: CanonicalTuple, items: readonly Json[]): Value {
  const { least, most } = tupleLengths(node);
  if (items.length < least || items.length > most) throw new Refused("length");
  const values = items.map((item, i) => readNode(type, tuplePartAt(node, i, items.length) ?? 0, item));
  return values.length > node.elements.length ? values : withoutTail(values, least);
}

function objectOf(json: Json): ReadonlyMap<string, Json> {
  if (json instanceof Map) return json;
  throw new Refused("no object");
}

function readBytes(json: Json): Value {
  if (typeof json !== "string" || !json.startsWith("base64 ")) throw new Refused("no base64");
  const numbers = json.slice(7);
  return Uint8Array.from(numbers === "" ? [] : numbers.split(",").map(Number));
}

function readDate(json: Json): Value {
  if (typeof json !== "string" || !/^(?:[+-]\d\d)?\d{4}-.*Z$/.test(json)) throw new Refused("no date");
  return new Date(json);
}

function readInteger(node: Extract<CanonicalNode, { kind: "integer" | "bigint" }>, json: Json): Value {
  const digits = node.kind === "bigint" && typeof json === "string" && /^-?\d+$/.test(json);
  if (!digits && !Number.isSafeInteger(json)) throw new Refused("no integer");
  const value = BigInt(json as string | number);
  const [least, most] = integerLimits[node.format];
  if (node.format !== "bigint" && (value < least || value > most)) throw new Refused("range");
  return node.kind === "bigint" ? value : Number(value);
}

function readFloat(format: string, json: Json): Value {
  const named = typeof json === "string" && ["NaN", "Infinity", "-Infinity"].includes(json);
  if (typeof json !== "number" && !named) throw new Refused("no number");
  const value = Number(json);
  const rounded = format === "f32" ? Math.fround(value) : value;
  if (Number.isFinite(value) && !Number.isFinite(rounded)) throw new Refused("range");
  return rounded;
}

function readEntries(
  type: CanonicalType,
  node: Extract<CanonicalNode, { kind: "map" | "record" }>,
  json: Json,
): Value {
  if (isObject(type, node))
    return [...objectOf(json)].map(([key, each]) => [key, readNode(type, node.value, each)]);
  if (!Array.isArray(json)) throw new Refused("no pairs");
  const key = node.kind === "map" ? node.key : 0;
  const pairs = (json as readonly (readonly Json[])[]).map((pair): readonly [Value, Value] => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new Refused("no pair");
    return [readNode(type, key, pair[0] ?? null), readNode(type, node.value, pair[1] ?? null)];
  });
  distinct(pairs.map(([own]) => own));
  return pairs;
}

function readFields(type: CanonicalType, struct: CanonicalStruct, object: ReadonlyMap<string, Json>): Fields {
  const fields = new Map<string, Value>();
  for (const { name, type: own } of struct.fields) {
    const json = object.get(name);
    if (json === undefined && !acceptsUndefined(type, own)) throw new Refused(`missing ${name}`);
    if (json === undefined) continue;
    // A field that may be absent is absent rather than null.
    const node = nodeAt(type, own);
    if (json === null && node.kind === "maybe" && !node.null) throw new Refused("null");
    fields.set(name, readNode(type, own, json));
  }
  return fields;
}
