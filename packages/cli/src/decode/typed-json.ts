// The JSON text of what was read, by the same schema: exactly what `stringifyX` makes of the value that `decodeX`
// gives, written with the runtime's own primitives.
import {
  jsonBigint,
  jsonBytes,
  jsonDate,
  jsonF32,
  jsonF64,
  jsonI64,
  jsonKey,
  jsonString,
  jsonTypedArray,
  jsonU64,
} from "@hewn/runtime/codec";
import {
  type Field,
  type Literal,
  type Schema,
  type Tag,
  type Type,
  tuplePartAt,
  type Union,
} from "@hewn/schema";
import { armOf } from "./arms.ts";
import { hasTextKeys } from "./text-keys.ts";
import type { RecordValue, StructValue, WireValue } from "./wire-value.ts";

export class TypedJson {
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** @throws RangeError when the text is longer than a string can be */
  text(id: string, value: WireValue): string {
    return this.#text({ kind: "ref", id }, value);
  }

  #text(type: Type, value: WireValue): string {
    switch (type.kind) {
      case "boolean":
      case "null":
      case "integer":
        return String(value);
      case "string":
      case "template":
        return jsonString(value as string);
      case "bytes":
        return jsonBytes(value as Uint8Array);
      case "typedArray":
        return jsonTypedArray(value as ArrayBufferView, globalThis[type.array]);
      case "actorRef":
        return jsonString(value as string);
      case "date":
        return jsonDate(value as Date);
      case "float":
        return (type.format === "f32" ? jsonF32 : jsonF64)(value as number);
      case "bigint":
        return bigintText[type.format](value as bigint);
      case "choice":
        return literalText(value as Literal);
      case "maybe":
        return value === undefined || value === null ? "null" : this.#text(type.type, value);
      case "ref":
        return this.#text(this.#declared(type.id), value);
      case "array":
      case "set":
        return this.#list([...(value as Iterable<WireValue>)], () => type.element);
      case "tuple":
        return this.#list(value as readonly WireValue[], (i, n) => tuplePartAt(type, i, n)!);
      case "map":
        return this.#map(type.key, type.value, value as ReadonlyMap<WireValue, WireValue>);
      case "record":
        return this.#record(type.value, value as RecordValue);
      case "struct":
        return this.#object(value as StructValue);
      case "union":
        return this.#object(value as StructValue, type);
      case "mixed":
        return this.#text(armOf(this.#schema, type, value)!.type, value);
    }
  }

  #declared(id: string): Type {
    const declaration = this.#schema.declarations.get(id);
    if (declaration === undefined) throw new Error(`the schema has no declaration ${id}`);
    return declaration.type;
  }

  #list(items: readonly WireValue[], typeOf: (index: number, n: number) => Type): string {
    return `[${Array.from(items, (item, i) => this.#text(typeOf(i, items.length), item)).join()}]`;
  }

  #map(key: Type, value: Type, entries: ReadonlyMap<WireValue, WireValue>): string {
    const parts: string[] = [];
    const isObject = hasTextKeys(key, this.#schema);
    for (const [own, item] of entries) {
      const texts = [this.#text(key, own), this.#text(value, item)] as const;
      parts.push(isObject ? texts.join(":") : `[${texts.join()}]`);
    }
    return isObject ? `{${parts.join()}}` : `[${parts.join()}]`;
  }

  #record(value: Type, { entries }: RecordValue): string {
    const parts = Object.keys(entries).map((key) => `${jsonKey(key)}:${this.#text(value, entries[key])}`);
    return `{${parts.join()}}`;
  }

  #object({ struct, fields, variant }: StructValue, union?: Union): string {
    const parts = struct.fields.map((field, i) => this.#property(field, fields[i]));
    if (union !== undefined && variant !== undefined) {
      const tag = `${JSON.stringify(union.discriminant)}:${literalText(variant.tag)}`;
      parts.splice(variant.tagPosition, 0, tag);
    }
    return `{${parts.filter((part) => part !== "").join()}}`;
  }

  /** Empty for what is left out. */
  #property({ name, type }: Field, value: WireValue): string {
    if (value === undefined && type.kind === "maybe") return "";
    return `${JSON.stringify(name)}:${this.#text(type, value)}`;
  }
}

const bigintText = { i64: jsonI64, u64: jsonU64, bigint: jsonBigint } as const;

function literalText(value: Tag): string {
  return JSON.stringify(value);
}
