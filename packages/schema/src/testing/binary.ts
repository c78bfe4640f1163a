// MessagePack by the book of Hewn's protocol, as an interpreter over canonical types: slow, plain, and written apart
// from the code that it judges. A message stands as a tree of what its bytes say.
import type {
  CanonicalMixed,
  CanonicalNode,
  CanonicalStruct,
  CanonicalType,
  NodeIndex,
} from "../canonical-type.ts";
import { accepts as acceptsText, type Pattern } from "../template.ts";
import { tupleLengths, tuplePartAt } from "../tuple.ts";
import { type TypedArrayName, typedArrayWidths } from "../typed-array.ts";
import { type Fields, integerLimits, nodeAt, type Value, valueText } from "./value.ts";

export type Message =
  | { readonly is: "nil" }
  | { readonly is: "boolean"; readonly value: boolean }
  | { readonly is: "integer"; readonly value: bigint }
  | { readonly is: "float"; readonly value: number }
  | { readonly is: "string"; readonly value: string }
  | { readonly is: "bytes"; readonly value: Uint8Array }
  | { readonly is: "time"; readonly value: Date }
  | { readonly is: "ext"; readonly type: number; readonly value: readonly number[] | bigint | undefined }
  | { readonly is: "list"; readonly items: readonly Message[] }
  | { readonly is: "map"; readonly entries: readonly (readonly [Message, Message])[] };

/** A message that its reader refuses. */
export class Refused extends Error {}

const nil: Message = { is: "nil" };
const nullMark: Message = { is: "ext", type: 0, value: undefined };
const integer = (value: bigint): Message => ({ is: "integer", value });

/** What a program with this type writes. */
export function write(type: CanonicalType, value: Value): Message {
  return writeNode(type, type.root, value);
}

function writeNode(type: CanonicalType, index: NodeIndex, value: Value): Message {
  const node = nodeAt(type, index);
  const inner = (child: NodeIndex, each: Value): Message => writeNode(type, child, each);
  switch (node.kind) {
    case "null":
      return nil;
    case "boolean":
      return { is: "boolean", value: value as boolean };
    case "string":
    case "template":
      return { is: "string", value: value as string };
    case "bytes":
      return { is: "bytes", value: value as Uint8Array };
    case "typedArray":
      return { is: "bytes", value: Uint8Array.from(bytesOf(value)) };
    case "actorRef":
      throw new Error("random types have no handles");
    case "date":
      return { is: "time", value: value as Date };
    case "integer":
    case "bigint":
      return writeInteger(BigInt(value as number | bigint));
    case "float":
      return writeFloat(node.format, value as number);
    case "maybe":
      if (value === undefined) return nil;
      if (value === null) return node.undefined ? nullMark : nil;
      return inner(node.type, value);
    case "array": {
      const packed = packing(type, node);
      if (packed !== undefined) return { is: "ext", type: packed, value: value as readonly number[] };
      return { is: "list", items: (value as readonly Value[]).map((item) => inner(node.element, item)) };
    }
    case "set":
      return { is: "list", items: (value as readonly Value[]).map((item) => inner(node.element, item)) };
    case "tuple":
      return {
        is: "list",
        items: (value as readonly Value[]).map((item, i, all) =>
          inner(tuplePartAt(node, i, all.length) ?? 0, item),
        ),
      };
    case "map":
    case "record": {
      const key = (each: Value): Message =>
        node.kind === "map" ? inner(node.key, each) : { is: "string", value: each as string };
      const pairs = value as readonly (readonly [Value, Value])[];
      return { is: "map", entries: pairs.map(([k, v]) => [key(k), inner(node.value, v)]) };
    }
    case "choice":
      return integer(BigInt(node.members.find((member) => Object.is(member.value, value))?.ordinal ?? -1));
    case "struct":
      return { is: "list", items: writeFields(type, node, value as Fields) };
    case "union": {
      const { tag, fields } = value as { tag: Value; fields: Fields };
      const variant = node.variants.find((each) => Object.is(each.tag, tag));
      if (variant === undefined) throw new Error("a value of another type");
      const struct = nodeAt(type, variant.struct) as CanonicalStruct;
      return { is: "list", items: [integer(BigInt(variant.ordinal)), ...writeFields(type, struct, fields)] };
    }
    case "mixed": {
      const { arm, value: own } = value as { arm: number; value: Value };
      const { ordinal, type: child } = node.arms[arm] ?? { ordinal: 0, type: 0 };
      const message = inner(child, own);
      return node.tagged ? { is: "list", items: [integer(BigInt(ordinal)), message] } : message;
    }
  }
}

function writeInteger(value: bigint): Message {
  const fits = value >= integerLimits.i64[0] && value <= integerLimits.u64[1];
  return fits ? integer(value) : { is: "ext", type: 1, value };
}

function writeFloat(format: string, value: number): Message {
  const asInteger = format === "number" && Number.isSafeInteger(value) && !Object.is(value, -0);
  return asInteger ? integer(BigInt(value)) : { is: "float", value };
}

function packing(type: CanonicalType, node: { readonly element: NodeIndex }): number | undefined {
  const element = nodeAt(type, node.element);
  if (element.kind !== "float" || element.format === "number") return undefined;
  return element.format === "f64" ? 2 : 3;
}

function writeFields(type: CanonicalType, struct: CanonicalStruct, fields: Fields): readonly Message[] {
  const items: Message[] = [];
  for (const { name, slot, type: own } of struct.fields) {
    while (items.length < slot) items.push(nil);
    items.push(writeNode(type, own, fields.get(name)));
  }
  const present = struct.fields.filter(
    (field) => fields.has(field.name) || !accepts(type, field.type).undefined,
  );
  return items.slice(0, 1 + Math.max(-1, ...present.map((field) => field.slot)));
}

function accepts(type: CanonicalType, index: NodeIndex): { null: boolean; undefined: boolean } {
  const node = nodeAt(type, index);
  if (node.kind === "maybe") return node;
  return { null: node.kind === "null", undefined: false };
}

/**
 * What a program with this type makes of a message.
 * @throws {Refused}
 */
export function read(type: CanonicalType, message: Message): Value {
  return readNode(type, type.root, message);
}

function expect<K extends Message["is"]>(message: Message, is: K): Extract<Message, { is: K }> {
  if (message.is !== is) throw new Refused(`expected ${is}, found ${message.is}`);
  return message as Extract<Message, { is: K }>;
}

function readNode(type: CanonicalType, index: NodeIndex, message: Message): Value {
  const node = nodeAt(type, index);
  const inner = (child: NodeIndex, each: Message): Value => readNode(type, child, each);
  switch (node.kind) {
    case "null":
      expect(message, "nil");
      return null;
    case "boolean":
    case "string":
    case "bytes":
      return expect(message, node.kind).value;
    case "template":
      return textOf(node.patterns, expect(message, "string").value);
    case "typedArray":
      return arrayOf(node.array, expect(message, "bytes").value);
    case "actorRef":
      throw new Error("random types have no handles");
    case "date":
      return expect(message, "time").value;
    case "integer":
    case "bigint":
      return readInteger(node, message);
    case "float":
      return readFloat(node.format, message);
    case "maybe":
      if (message.is === "nil") return node.undefined ? undefined : null;
      if (message.is === "ext" && message.type === 0 && node.null && node.undefined) return null;
      return inner(node.type, message);
    case "array": {
      const packed = packing(type, node);
      if (packed === undefined) return expect(message, "list").items.map((item) => inner(node.element, item));
      const ext = expect(message, "ext");
      if (ext.type !== packed) throw new Refused("packed otherwise");
      return ext.value as readonly number[];
    }
    case "set":
      return distinct(expect(message, "list").items.map((item) => inner(node.element, item)));
    case "tuple": {
      const { items } = expect(message, "list");
      const { least, most } = tupleLengths(node);
      if (items.length < least || items.length > most) throw new Refused("length");
      const values = items.map((item, i) => inner(tuplePartAt(node, i, items.length) ?? 0, item));
      return values.length > node.elements.length ? values : withoutTail(values, least);
    }
    case "map":
    case "record":
      return readEntries(type, node, expect(message, "map").entries);
    case "choice": {
      const { value } = expect(message, "integer");
      const member = node.members.find(({ ordinal }) => BigInt(ordinal) === value);
      if (member === undefined) throw new Refused("unknown member");
      return member.value;
    }
    case "struct":
      return readFields(type, node, expect(message, "list").items);
    case "union": {
      const [first, ...rest] = expect(message, "list").items;
      const ordinal = expect(first ?? nil, "integer").value;
      const variant = node.variants.find((each) => BigInt(each.ordinal) === ordinal);
      if (variant === undefined) throw new Refused("unknown variant");
      return {
        tag: variant.tag,
        fields: readFields(type, nodeAt(type, variant.struct) as CanonicalStruct, rest),
      };
    }
    case "mixed":
      return readArm(type, node, message);
  }
}

function readArm(type: CanonicalType, { tagged, arms }: CanonicalMixed, message: Message): Value {
  if (!tagged) {
    const arm = arms.findIndex((each) => mayBegin(type, each.type, message));
    return { arm, value: readNode(type, arms[arm]?.type ?? refused(), message) };
  }
  const { items } = expect(message, "list");
  const ordinal = expect(items[0] ?? nil, "integer").value;
  const arm = arms.findIndex((each) => BigInt(each.ordinal) === ordinal);
  if (items.length !== 2) throw new Refused("length");
  return { arm, value: readNode(type, arms[arm]?.type ?? refused(), items[1] ?? nil) };
}

function refused(): never {
  throw new Refused("no such arm");
}

/** Whether a message looks like one of a type, by what a reader can see without reading on. */
function mayBegin(type: CanonicalType, index: NodeIndex, message: Message): boolean {
  const node = nodeAt(type, index);
  const isNumber = message.is === "integer" || message.is === "float";
  switch (node.kind) {
    case "template":
      return message.is === "string";
    case "boolean":
    case "string":
    case "bytes":
      return message.is === node.kind;
    case "typedArray":
      return message.is === "bytes";
    case "date":
      return message.is === "time";
    case "integer":
    case "float":
    case "choice":
      return isNumber;
    case "bigint":
      return isNumber || (node.format === "bigint" && message.is === "ext" && message.type === 1);
    case "map":
    case "record":
      return message.is === "map";
    case "array": {
      const packed = packing(type, node);
      return packed === undefined ? message.is === "list" : message.is === "ext" && message.type === packed;
    }
    default:
      return message.is === "list";
  }
}

/** @throws {Refused} where no pattern accepts the text */
export function textOf(patterns: readonly Pattern[], text: string): string {
  if (!acceptsText(patterns, text)) throw new Refused("no such text");
  return text;
}

/** The bytes of a typed array. */
export function bytesOf(value: Value): readonly number[] {
  return (value as { readonly bytes: readonly number[] }).bytes;
}

/** @throws {Refused} where the bytes are no whole number of elements */
export function arrayOf(array: TypedArrayName, bytes: Uint8Array): Value {
  if (bytes.length % typedArrayWidths[array] !== 0) throw new Refused("length");
  return { array, bytes: [...bytes] };
}

/** A tuple's absent elements at the end are not there. */
export function withoutTail(values: readonly Value[], required: number): readonly Value[] {
  let length = values.length;
  while (length > required && values[length - 1] === undefined) length--;
  return values.slice(0, length);
}

/** @throws {Refused} where two are the same: only what a JavaScript set takes for the same can be */
export function distinct(values: readonly Value[]): readonly Value[] {
  const plain = values.filter((value) => typeof value !== "object" || value === null);
  const texts = plain.map((value) => `${typeof value} ${valueText(value)}`);
  if (new Set(texts).size < texts.length) throw new Refused("duplicate");
  return values;
}

function readInteger(node: Extract<CanonicalNode, { kind: "integer" | "bigint" }>, message: Message): Value {
  const big = message.is === "ext" && message.type === 1 && node.format === "bigint";
  const value = big ? (message.value as bigint) : expect(message, "integer").value;
  const [least, most] = integerLimits[node.format];
  if (node.format !== "bigint" && (value < least || value > most)) throw new Refused("range");
  return node.kind === "bigint" ? value : Number(value);
}

function readFloat(format: string, message: Message): Value {
  const value = message.is === "integer" ? Number(message.value) : expect(message, "float").value;
  if (message.is === "integer" && BigInt(value) !== message.value) throw new Refused("inexact");
  if (format === "f32" && !Object.is(Math.fround(value), value)) throw new Refused("inexact");
  return value;
}

function readEntries(
  type: CanonicalType,
  node: Extract<CanonicalNode, { kind: "map" | "record" }>,
  entries: readonly (readonly [Message, Message])[],
): Value {
  const pairs = entries.map(([key, value]): readonly [Value, Value] => [
    node.kind === "map" ? readNode(type, node.key, key) : recordKey(expect(key, "string").value),
    readNode(type, node.value, value),
  ]);
  distinct(pairs.map(([key]) => key));
  return pairs;
}

function recordKey(key: string): string {
  if (key === "__proto__") throw new Refused("unsafe key");
  return key;
}

function readFields(type: CanonicalType, struct: CanonicalStruct, items: readonly Message[]): Fields {
  const fields = new Map<string, Value>();
  for (const { name, slot, type: own } of struct.fields) {
    const item = items[slot];
    if (item === undefined && !accepts(type, own).undefined) throw new Refused(`missing ${name}`);
    const value = item === undefined ? undefined : readNode(type, own, item);
    if (value !== undefined) fields.set(name, value);
  }
  return fields;
}
