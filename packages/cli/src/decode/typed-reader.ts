// Reads MessagePack by a schema: what a generated codec does, without generating one. It calls the runtime's own
// primitives in the order in which emitted code calls them (plugin/src/emit/binary-read.ts), so that every verdict
// (code, offset, path) is the one that the program gave.
import {
  absentFields,
  addHashed,
  addHashedEntry,
  addressText,
  decodeTooDeep,
  hashCounts,
  missingField,
  nextKind,
  type Reader,
  readArm,
  readArrayHeader,
  readBigint,
  readBoolean,
  readBounded,
  readBytes,
  readDate,
  readF32,
  readF32Array,
  readF64,
  readF64Array,
  readI8,
  readI16,
  readI32,
  readI64,
  readInt,
  readListHeader,
  readMapHeader,
  readMember,
  readNil,
  readNull,
  readNullMark,
  readNumber,
  readOrdinal,
  readRecordHeader,
  readRefAddress,
  readRestHeader,
  readSetHeader,
  readString,
  readTemplate,
  readTupleHeader,
  readTypedArray,
  readU8,
  readU16,
  readU32,
  readU64,
  setKey,
  skip,
  unknownArm,
  unknownVariant,
  within,
  wrongType,
} from "@hewn/runtime/codec";
import {
  armWords,
  type BigintFormat,
  type Choice,
  type FloatFormat,
  type IntegerFormat,
  type Literal,
  type Maybe,
  type Mixed,
  Recursion,
  type Schema,
  type Slots,
  type Struct,
  type StructCharges,
  slotsOf,
  structCharges,
  type Tuple,
  type Type,
  tupleLengths,
  tuplePartAt,
  type Union,
} from "@hewn/schema";
import { armTable } from "./arms.ts";
import { hasTextKeys } from "./text-keys.ts";
import { RecordValue, StructValue, type WireValue } from "./wire-value.ts";

const readNumeric: Readonly<
  Record<IntegerFormat | FloatFormat | BigintFormat, (r: Reader) => number | bigint>
> = {
  i8: readI8,
  i16: readI16,
  i32: readI32,
  u8: readU8,
  u16: readU16,
  u32: readU32,
  int: readInt,
  f32: readF32,
  f64: readF64,
  number: readNumber,
  i64: readI64,
  u64: readU64,
  bigint: readBigint,
};

/** What is worth knowing of a struct before many of it are read. */
interface Layout {
  readonly slots: Slots;
  /** By slot: where its field stands among the declared ones. */
  readonly places: readonly number[];
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly charges: StructCharges;
}

export class TypedReader {
  readonly #schema: Schema;
  readonly #recursion: Recursion;
  readonly #layouts = new Map<Struct, Layout>();
  readonly #members = new Map<Choice, readonly (Literal | null)[]>();

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#recursion = new Recursion(schema);
  }

  /**
   * The value that begins at `r.offset`; leaves the reader behind it.
   * @throws DecodeError
   */
  read(r: Reader, id: string): WireValue {
    return readBounded(r, (reader, depth) => this.#value(reader, { kind: "ref", id }, depth));
  }

  #value(r: Reader, type: Type, depth: number): WireValue {
    switch (type.kind) {
      case "boolean":
        return readBoolean(r);
      case "null":
        return readNull(r);
      case "string":
        return readString(r);
      case "bytes":
        return readBytes(r);
      case "date":
        return readDate(r);
      case "actorRef":
        return addressText(readRefAddress(r));
      case "typedArray":
        return readTypedArray<WireValue & ArrayBufferView>(r, globalThis[type.array]);
      case "integer":
      case "float":
      case "bigint":
        return readNumeric[type.format](r);
      case "template":
        return readTemplate(r, type.patterns);
      case "choice":
        return readMember<Literal>(r, this.#membersOf(type));
      case "maybe":
        return this.#maybe(r, type, depth);
      case "ref":
        return this.#named(r, type.id, depth);
      case "array":
        return this.#array(r, type.element, depth);
      case "set":
        return this.#set(r, type.element, depth);
      case "map":
        return this.#map(r, type, depth);
      case "record":
        return this.#record(r, type.value, depth);
      case "tuple":
        return this.#tuple(r, type, depth);
      case "struct":
        return new StructValue(type, this.#fields(r, type, readArrayHeader(r), depth, false));
      case "union":
        return this.#union(r, type, depth);
      case "mixed":
        return this.#mixed(r, type, depth);
    }
  }

  #named(r: Reader, id: string, depth: number): WireValue {
    const { type } = this.#declaration(id);
    if (!this.#recursion.isRecursive(id)) return this.#value(r, type, depth);
    if (depth === 0) throw decodeTooDeep(r);
    return this.#value(r, type, depth - 1);
  }

  #declaration(id: string) {
    const declaration = this.#schema.declarations.get(id);
    if (declaration === undefined) throw new Error(`the schema has no declaration ${id}`);
    return declaration;
  }

  #maybe(r: Reader, type: Maybe, depth: number): WireValue {
    if (readNil(r)) return type.undefined ? undefined : null;
    if (type.undefined && type.null && readNullMark(r)) return null;
    return this.#value(r, type.type, depth);
  }

  /** The fields behind a header that announced `n` slots. */
  #fields(r: Reader, struct: Struct, n: number, depth: number, isVariant: boolean): readonly WireValue[] {
    const { slots, places, firstName, lastName, charges } = this.#layoutOf(struct, isVariant);
    const { items, required } = slots;
    if (n < required) throw within(missingField(r), nameFrom(items, n));
    const values = new Array<WireValue>(struct.fields.length).fill(undefined);
    let key = firstName;
    try {
      for (let slot = 0; slot < items.length && slot < n; slot++) {
        const field = items[slot];
        key = field?.name ?? key;
        if (field === undefined) skip(r);
        else values[places[slot]!] = this.#value(r, field.type, depth);
      }
      key = lastName;
      if (charges.always > 0) absentFields(r, charges.always);
      if (charges.absent > 0 && n < items.length) absentFields(r, Math.min(items.length - n, charges.absent));
      if (n > items.length) skip(r, n - items.length);
      return values;
    } catch (error) {
      throw key === undefined ? error : within(error, key);
    }
  }

  #union(r: Reader, union: Union, depth: number): WireValue {
    const n = readArrayHeader(r) - 1;
    if (n < 0) throw within(missingField(r), union.discriminant);
    const ordinal = readOrdinal(r);
    const variant = union.variants.find((candidate) => candidate.ordinal === ordinal);
    if (variant === undefined) throw within(unknownVariant(r, ordinal), union.discriminant);
    return new StructValue(variant.struct, this.#fields(r, variant.struct, n, depth, true), variant);
  }

  #mixed(r: Reader, mixed: Mixed, depth: number): WireValue {
    const { isTagged, binary } = armTable(this.#schema, mixed);
    const at = r.offset;
    const ordinal = isTagged ? readArm(r) : -1;
    const arm = binary.get(isTagged ? ordinal : nextKind(r));
    if (arm !== undefined) return this.#value(r, arm.type, depth);
    if (isTagged) throw unknownArm(r, ordinal, at);
    throw wrongType(
      r,
      armWords(mixed, (id) => this.#declaration(id)),
    );
  }

  #array(r: Reader, element: Type, depth: number): WireValue {
    if (element.kind === "float" && element.format === "f64") return readF64Array(r);
    if (element.kind === "float" && element.format === "f32") return readF32Array(r);
    const n = readListHeader(r);
    const items = new Array<WireValue>(n);
    each(n, (i) => {
      items[i] = this.#value(r, element, depth);
    });
    return items;
  }

  #set(r: Reader, element: Type, depth: number): WireValue {
    const items = new Set<WireValue>();
    const n = readSetHeader(r);
    const counts = hashCounts(n);
    each(n, () => {
      const at = r.offset;
      addHashed(r, items, counts, this.#value(r, element, depth), at);
    });
    return items;
  }

  #tuple(r: Reader, tuple: Tuple, depth: number): WireValue {
    const { least, most } = tupleLengths(tuple);
    const n = tuple.rest ? readRestHeader(r, least) : readTupleHeader(r, least, most);
    const items: WireValue[] = [];
    each(n, (i) => {
      items[i] = this.#value(r, tuplePartAt(tuple, i, n)!, depth);
    });
    if (n <= tuple.elements.length) while (items.length > least && items.at(-1) === undefined) items.pop();
    return items;
  }

  #map(r: Reader, { key, value }: Extract<Type, { kind: "map" }>, depth: number): WireValue {
    const items = new Map<WireValue, WireValue>();
    const isText = hasTextKeys(key, this.#schema);
    const n = readMapHeader(r);
    const counts = hashCounts(n);
    eachKey(n, (enter) => {
      const at = r.offset;
      const own = this.#value(r, key, depth);
      if (isText) enter(String(own));
      addHashedEntry(r, items, counts, own, this.#value(r, value, depth), at);
    });
    return items;
  }

  #record(r: Reader, value: Type, depth: number): WireValue {
    const items: Record<string, WireValue> = {};
    eachKey(readRecordHeader(r), (enter) => {
      const at = r.offset;
      const key = readString(r);
      enter(key);
      setKey(r, items, key, this.#value(r, value, depth), at);
    });
    return new RecordValue(items);
  }

  #layoutOf(struct: Struct, isVariant: boolean): Layout {
    const known = this.#layouts.get(struct);
    if (known !== undefined) return known;
    const layout = layoutOf(struct, isVariant);
    this.#layouts.set(struct, layout);
    return layout;
  }

  #membersOf(choice: Choice): readonly (Literal | null)[] {
    const known = this.#members.get(choice);
    if (known !== undefined) return known;
    const members: (Literal | null)[] = [];
    for (const { value, ordinal } of choice.members) {
      while (members.length < ordinal) members.push(null);
      members[ordinal] = value;
    }
    this.#members.set(choice, members);
    return members;
  }
}

function layoutOf(struct: Struct, isVariant: boolean): Layout {
  const slots = slotsOf(struct);
  const named = slots.items.filter((field) => field !== undefined);
  return {
    slots,
    places: slots.items.map((field) => (field === undefined ? -1 : struct.fields.indexOf(field))),
    firstName: named[0]?.name,
    lastName: named.at(-1)?.name,
    charges: structCharges(struct, isVariant),
  };
}

/** The first field at a slot or behind it. */
function nameFrom(items: Slots["items"], slot: number): string {
  return items.slice(slot).find((field) => field !== undefined)?.name ?? "";
}

/** Calls `body` with 0 to n - 1; an error on the way learns at which it happened. */
function each(n: number, body: (i: number) => void): void {
  let i = 0;
  try {
    for (; i < n; i++) body(i);
  } catch (error) {
    throw within(error, i);
  }
}

/** The same, where a key that `body` enters takes the place of the number. */
function eachKey(n: number, body: (enter: (key: string) => void) => void): void {
  let key: string | number = 0;
  const enter = (text: string): void => {
    key = text;
  };
  try {
    for (let i = 0; i < n; i++) {
      key = i;
      body(enter);
    }
  } catch (error) {
    throw within(error, key);
  }
}
