// Functions that write a value as MessagePack: `writeX(w, p, value)` puts it at `p` and returns where it ended.
// Room is made once for a run of parts whose size is known beforehand; parts of unknown size make their own.
import {
  type Field,
  type Maybe,
  type Mixed,
  type Slots,
  type Struct,
  slotsOf,
  type Tuple,
  type Type,
  tupleLengths,
  type Union,
  type Variant,
} from "@hewn/schema";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { leafBytes, leafSuffix, packedSuffix } from "./leaf.ts";
import { leafArgument } from "./leaf-argument.ts";
import { literalText, quoteJson } from "./literal.ts";
import { narrowed, planOf, valueTest } from "./mixed.ts";
import { pascal } from "./names.ts";
import { attemptWrite, isScalar } from "./optimistic-write.ts";
import {
  canNarrow,
  hoistProperties,
  inProperty,
  isWithoutProperties,
  KeyTrail,
  propertyOf,
  refuseExcluded,
} from "./properties.ts";
import { isSingleByte, shortInteger } from "./short-integers.ts";
import { type Position, structText, tagText, typeText } from "./type-text.ts";
import { expectStruct } from "./weak-struct.ts";

/** An array or map header, at its longest. */
const headerBytes = 5;

/** Null where nil means absent. */
const nullMarkBytes = 3;

/** A discriminant, at its longest. */
const ordinalBytesMax = 3;

/** How much room must be made before a part is put: bytes known now, and expressions for what depends on the value. */
interface Room {
  readonly bytes: number;
  readonly dynamic: readonly string[];
  /** The part is put by a function that makes its own room, and may leave none behind. */
  readonly own: boolean;
}

export const defineWrite: DefineFunction = (file, shape, name) => {
  const parameters = [`w: ${file.code.useType("Writer")}`, "p: number", `value: ${shape.text.parameter}`];
  if (shape.deep) parameters.push("depth: number");
  const head = `${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): number`;
  file.code.block(head, () => {
    if (shape.recursive) {
      file.code.line(`if (depth === 0) throw ${file.code.use("encodeTooDeep")}();`);
      file.code.line("depth--;");
    }
    writeBody(file, shape);
  });
};

function writeBody(file: CodecFile, shape: Shape): void {
  const { type } = shape;
  switch (type.kind) {
    case "struct":
      return writeStruct(file, type, shape.name);
    case "union":
      return writeUnion(file, type, shape.name);
    case "mixed":
      return writeMixed(file, type, shape.name);
    case "array":
      if (!packedSuffix(type)) return writeSequence(file, type.element, shape.name, "array");
      break;
    case "set":
      return writeSequence(file, file.identity(type.element), shape.name, "set");
    case "tuple":
      return writeTuple(file, type, shape.name);
    case "map":
      return writeMap(file, file.identity(type.key), type.value, shape.name);
    case "record":
      return writeRecord(file, type.value, shape.name);
  }
  makeRoom(file, [roomOf(file, type, "value")]);
  file.code.line(`return ${put(file, type, "value", shape.name)};`);
}

/** An expression that puts `value` at `p` and gives the new `p`. Room must have been made where {@link roomOf} asks. */
function put(file: CodecFile, type: Type, value: string, hint: string): string {
  const resolved = file.resolve(type);
  const suffix = packedSuffix(resolved) ?? leafSuffix(resolved);
  if (suffix === "Null") return `${file.code.use("putNull")}(w, p, ${value})`;
  if (suffix) return `${file.code.use(`put${suffix}`)}(w, p, ${value}${leafArgument(file, resolved, hint)})`;
  switch (resolved.kind) {
    case "choice": {
      const index = `${file.code.use("indexOfLiteral")}(${file.valuesOf(resolved, hint)}, ${value})`;
      return `${file.code.use("putOrdinal")}(w, p, ${index})`;
    }
    case "maybe":
      return putMaybe(file, resolved, value, hint);
    default:
      return file.call("write", resolved, hint, ["w", "p", value]);
  }
}

function putMaybe(file: CodecFile, type: Maybe, value: string, hint: string): string {
  const nil = `${file.code.use("putNil")}(w, p)`;
  const inner = put(file, type.type, value, hint);
  if (type.null && type.undefined) {
    const mark = `${file.code.use("putNullMark")}(w, p)`;
    return `${value} === undefined ? ${nil} : ${value} === null ? ${mark} : ${inner}`;
  }
  return `${value} === ${type.null ? "null" : "undefined"} ? ${nil} : ${inner}`;
}

function roomOf(file: CodecFile, type: Type, value: string): Room {
  const resolved = file.resolve(type);
  if (resolved.kind === "maybe") return roomOfMaybe(file, resolved, value);
  if (resolved.kind === "choice") return { bytes: ordinalBytes(resolved.members), dynamic: [], own: false };
  const suffix = leafSuffix(resolved);
  if (suffix === undefined || suffix === "Bigint" || suffix === "TypedArray" || suffix === "ActorRef")
    return { bytes: 0, dynamic: [], own: true };
  const bytes = leafBytes(suffix);
  if (bytes !== undefined) return { bytes, dynamic: [], own: false };
  const dynamic = `${file.code.use(suffix === "String" || suffix === "Template" ? "stringRoom" : "bytesRoom")}(${value})`;
  return { bytes: 0, dynamic: [dynamic], own: false };
}

/**
 * As {@link roomOf}, for little text instead of speed: what puts strings and numbers of eight bytes makes sure of its
 * room in any case.
 */
function madeByPut(file: CodecFile, type: Type, value: string): Room {
  const room = roomOf(file, type, value);
  return room.dynamic.length > 0 || room.bytes > 5 ? { bytes: 0, dynamic: [], own: true } : room;
}

/** The nil of a part that makes its own room is put without calling it. */
function roomOfMaybe(file: CodecFile, { type, ...may }: Maybe, value: string): Room {
  const inner = roomOf(file, type, value);
  // Room that depends on the value counts its absence already.
  if (inner.dynamic.length > 0) return inner;
  return { ...inner, bytes: Math.max(inner.bytes, may.null && may.undefined ? nullMarkBytes : 1) };
}

function ordinalBytes(members: readonly { readonly ordinal: number }[]): number {
  const last = Math.max(...members.map((member) => member.ordinal));
  return last < 128 ? 1 : last < 256 ? 2 : 3;
}

/** One line that makes room for all that follows until something makes its own. */
function makeRoom(file: CodecFile, rooms: readonly Room[], extra = 0): void {
  let bytes = extra;
  const dynamic: string[] = [];
  for (const room of rooms) {
    bytes += room.bytes;
    dynamic.push(...room.dynamic);
  }
  const terms = bytes > 0 ? [String(bytes), ...dynamic] : dynamic;
  if (terms.length > 0) file.code.line(`p = ${file.code.use("room")}(w, p, ${terms.join(" + ")});`);
}

function writeStruct(file: CodecFile, struct: Struct, hint: string): void {
  expectStruct(file, struct, "value");
  if (!isScalar(file, struct)) return writeFields(file, struct, hint, 0, []);
  attemptWrite(file, struct);
  writeFields(file, struct, hint, 0, [], madeByPut);
}

/**
 * The fields of a struct or variant behind their array header.
 * @param before how many elements stand before them in the same array (a variant's ordinal)
 * @param lead statements' text that puts those elements
 * @param room what a field needs
 */
function writeFields(
  file: CodecFile,
  struct: Struct,
  hint: string,
  before: number,
  lead: readonly string[],
  room = roomOf,
): void {
  const slots = slotsOf(struct);
  refuseExcluded(file, struct);
  const values = hoistProperties(file, struct, ["w", "p", "n", "v", "key", "value", "depth", "error"]);
  const count = countText(slots, values, before);
  const tail = count.length > 1;
  if (tail) file.code.line(`const n = ${count.join(" : ")};`);
  const header = tail
    ? `p = ${file.code.use("putArrayHeader")}(w, p, n);`
    : headerText(file, Number(count[0]));
  const names = slots.items.flatMap((field) => (field ? [field.name] : []));
  const body = (trail?: KeyTrail) =>
    writeSlots(file, slots, values, hint, before, [header, ...lead], room, trail);
  if (names.length === 0) return body();
  const trail = new KeyTrail(file, names);
  trail.guard(() => body(trail));
}

/** The header of an array of `count` elements; up to 15 it is one byte. */
function headerText(file: CodecFile, count: number): string {
  if (count > 15) return `p = ${file.code.use("putArrayHeader")}(w, p, ${count});`;
  return `w.bytes[p++] = 0x${(0x90 | count).toString(16)};`;
}

/** The number of elements: how far the last present field reaches. */
function countText(slots: Slots, values: ReadonlyMap<Field, string>, before: number): string[] {
  const arms: string[] = [];
  for (let slot = slots.items.length - 1; slot >= slots.required; slot--) {
    const field = slots.items[slot];
    if (field) arms.push(`${values.get(field)} !== undefined ? ${before + slot + 1}`);
  }
  return [...arms, String(before + slots.required)];
}

function writeSlots(
  file: CodecFile,
  slots: Slots,
  values: ReadonlyMap<Field, string>,
  hint: string,
  before: number,
  lead: readonly string[],
  room: typeof roomOf,
  trail?: KeyTrail,
): void {
  const { code } = file;
  const valueOf = (field: Field) => values.get(field)!;
  const rooms = slots.items.map((field) => (field ? room(file, field.type, valueOf(field)) : gapRoom));
  /** Room for the parts from `slot` on, up to the first whose function makes its own. */
  const openRun = (slot: number, extra: number) => {
    const end = rooms.findIndex(({ own }, index) => own && index >= slot);
    makeRoom(file, rooms.slice(slot, end < 0 ? rooms.length : end + 1), extra);
  };
  if (slots.items.some((field, slot) => slot < slots.required && isShort(file, field)))
    code.line("let v: number;");
  openRun(0, headerBytes + (before > 0 ? ordinalBytesMax : 0));
  for (const line of lead) code.line(line);
  for (const [slot, field] of slots.items.entries()) {
    if (rooms[slot - 1]?.own) openRun(slot, 0);
    if (field) trail?.at(field.name);
    const isRequired = slot < slots.required;
    if (isRequired && isShort(file, field)) {
      putShort(file, field, valueOf(field));
      continue;
    }
    const text = field
      ? put(file, field.type, valueOf(field), partHint(hint, field.name))
      : `${code.use("putNil")}(w, p)`;
    code.line(isRequired ? `p = ${text};` : `if (n > ${before + slot}) p = ${text};`);
  }
  code.line("return p;");
}

function isShort(file: CodecFile, field: Field | undefined): field is Field {
  return field !== undefined && shortInteger(file.resolve(field.type)) !== undefined;
}

function putShort(file: CodecFile, field: Field, value: string): void {
  const { code } = file;
  code.line(`v = ${value};`);
  code.line(`if (${isSingleByte(shortInteger(file.resolve(field.type))!, "v")}) w.bytes[p++] = v;`);
  code.line(`else p = ${put(file, field.type, "v", "")};`);
}

const gapRoom: Room = { bytes: 1, dynamic: [], own: false };

export function partHint(hint: string, part: string): string {
  return hint + pascal(part);
}

function writeUnion(file: CodecFile, union: Union, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectObject")}(value);`);
  const narrows = canNarrow(union.discriminant);
  code.block(`switch (${propertyOf(file, "value", union.discriminant)})`, () => {
    for (const variant of union.variants) {
      const tag = tagText(variant, file.names);
      const label = tag === literalText(variant.tag) ? tag : `${literalText(variant.tag)} as ${tag}`;
      code.line(`case ${label}:`);
      code.indented(() => code.line(`return ${writeVariantCall(file, variant, hint, narrows)};`));
    }
    code.line("default:");
    code.indented(() =>
      code.line(`throw ${inProperty(file, `${code.use("unknownTag")}()`, union.discriminant)};`),
    );
  });
}

function writeVariantCall(file: CodecFile, variant: Variant, hint: string, narrows: boolean): string {
  const { code } = file;
  const name = code.name(`write${hint}${pascal(String(variant.tag)) || "Variant"}`);
  const deep = variant.struct.fields.some((field) => file.needsDepth(field.type));
  const lead = ordinalText(file, variant.ordinal);
  const empty = isWithoutProperties(variant.struct);
  const type = structText(variant.struct, file.names, "parameter");
  const argument = narrows ? "value" : `value as ${type}`;
  file.later(() => {
    const parameters = [`w: ${code.useType("Writer")}`, "p: number"];
    if (!empty) parameters.push(`value: ${type}`);
    if (deep) parameters.push("depth: number");
    code.block(`function ${name}(${parameters.join(", ")}): number`, () => {
      writeFields(file, variant.struct, `${hint}${pascal(String(variant.tag))}`, 1, [lead]);
    });
  });
  return `${name}(${["w", "p", ...(empty ? [] : [argument]), ...(deep ? ["depth"] : [])].join(", ")})`;
}

/** Up to 127 an ordinal is one byte. */
function ordinalText(file: CodecFile, ordinal: number): string {
  if (ordinal > 127) return `p = ${file.code.use("putOrdinal")}(w, p, ${ordinal});`;
  return `w.bytes[p++] = ${ordinal};`;
}

/** Each arm is put as it is where arms differ in kind, else behind its ordinal. */
function writeMixed(file: CodecFile, mixed: Mixed, hint: string): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  for (const arm of plan.arms) {
    const value = narrowed(file, plan.objects, arm, "value", "parameter");
    code.block(`if (${valueTest(file, arm, "value")})`, () => {
      if (plan.tagged) code.line(`p = ${code.use("putArm")}(w, p, ${arm.ordinal});`);
      makeRoom(file, [roomOf(file, arm.type, "value")]);
      code.line(`return ${put(file, arm.type, value, partHint(hint, arm.json[0] ?? ""))};`);
    });
  }
  code.line(`throw ${code.use("wrongValue")}(${quoteJson(plan.expected)}, value);`);
}

/** Elements of an array or set. */
function writeSequence(file: CodecFile, element: Type, hint: string, kind: "array" | "set"): void {
  const { code } = file;
  code.line(`${code.use(kind === "array" ? "expectArray" : "expectSet")}(value);`);
  code.line(`const n = value.${kind === "array" ? "length" : "size"};`);
  const room = roomOf(file, element, "item");
  const fixed = !room.own && room.dynamic.length === 0;
  const total = fixed ? `${headerBytes} + ${room.bytes} * n` : String(headerBytes);
  code.line(`p = ${code.use("room")}(w, p, ${total});`);
  code.line(`p = ${code.use("putArrayHeader")}(w, p, n);`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    const body = () => {
      if (kind === "array") code.line(`const item = value[i]${assertion(file, element)};`);
      if (!fixed) makeRoom(file, [room]);
      code.line(`p = ${put(file, element, "item", partHint(hint, "item"))};`);
      if (kind === "set") code.line("i++;");
    };
    code.block(kind === "array" ? "for (; i < n; i++)" : "for (const item of value)", body);
  });
  if (kind === "set") code.line(`if (i !== n) throw ${code.use("changed")}();`);
  code.line("return p;");
}

/** `noUncheckedIndexedAccess` adds `undefined` to what an index gives; an element type that has it keeps it. */
export function assertion(file: CodecFile, element: Type): string {
  const resolved = file.resolve(element);
  const hasUndefined = resolved.kind === "maybe" && resolved.undefined;
  return hasUndefined ? "" : "!";
}

export function guardIndex(file: CodecFile, key: string, body: () => void): void {
  const { code } = file;
  code.block("try", body, "} catch (error) {");
  code.indented(() => code.line(`throw ${code.use("within")}(error, ${key});`));
  code.line("}");
}

function writeTuple(file: CodecFile, tuple: Tuple, hint: string): void {
  const { code } = file;
  const { elements, required, trailing = [] } = tuple;
  const { least, most } = tupleLengths(tuple);
  expectTuple(file, tuple);
  code.line(`p = ${code.use("room")}(w, p, ${headerBytes});`);
  code.line(`p = ${code.use("putArrayHeader")}(w, p, ${least < most ? "n" : least});`);
  code.line("let i = 0;");
  const putItem = (type: Type, item: string, read: string) => {
    code.line(`const ${item} = ${read};`);
    makeRoom(file, [roomOf(file, type, item)]);
    code.line(`p = ${put(file, type, item, partHint(hint, item))};`);
  };
  guardIndex(file, "i", () => {
    elements.forEach((element, index) => {
      const statements = () => {
        if (index > 0) code.line(`i = ${index};`);
        putItem(element, `item${index}`, `value[${index}]`);
      };
      if (index < required) statements();
      else code.block(`if (n > ${index})`, statements);
    });
    forRest(file, tuple, (rest) => putItem(rest, "item", castIndex(file, rest, "value[i]", "parameter")));
    trailing.forEach((element, index) => {
      code.line(`i = n - ${trailing.length - index};`);
      putItem(element, `last${index}`, castIndex(file, element, "value[i]", "parameter"));
    });
  });
  code.line("return p;");
}

/** A loop over the elements of a tuple's rest, of which there are as many as `n` and the fixed ends leave. */
export function forRest(file: CodecFile, tuple: Tuple, body: (rest: Type) => void): void {
  const { elements, rest, trailing } = tuple;
  if (!rest) return;
  const end = trailing ? `n - ${trailing.length}` : "n";
  file.code.block(`for (i = ${elements.length}; i < ${end}; i++)`, () => body(rest));
}

/** What stands at a computed index of a tuple is to TypeScript any of its elements. */
export function castIndex(file: CodecFile, type: Type, read: string, position: Position): string {
  return `${read} as ${typeText(type, file.names, position)}`;
}

/**
 * Emits the check of how many elements a tuple has. Where that varies `n` says how many are present: those behind the
 * last present one are left out. The length is asked for once, for a proxy could answer otherwise the second time.
 */
export function expectTuple({ code }: CodecFile, tuple: Tuple, value = "value"): void {
  const { elements, required, rest } = tuple;
  const { least, most } = tupleLengths(tuple);
  const call = `${code.use("expectTuple")}(${value}, ${least}, ${most})`;
  const present = elements
    .map((_, index) => `${value}[${index}] !== undefined ? ${index + 1} : `)
    .slice(required)
    .reverse();
  if (rest && present.length === 0) return code.line(`const n = ${call};`);
  code.line(`${rest ? "const length = " : ""}${call};`);
  if (rest) present.unshift(`length > ${elements.length} ? length : `);
  if (least < most) code.line(`const n = ${present.join("")}${required};`);
}

function writeMap(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectMap")}(value);`);
  code.line(`p = ${code.use("room")}(w, p, ${headerBytes});`);
  code.line("let left = value.size;");
  code.line(`p = ${code.use("putMapHeader")}(w, p, left);`);
  forEntries(file, key, () => {
    code.line("left--;");
    makeRoom(file, [roomOf(file, key, "name")]);
    code.line(`p = ${put(file, key, "name", partHint(hint, "key"))};`);
    makeRoom(file, [roomOf(file, value, "item")]);
    code.line(`p = ${put(file, value, "item", partHint(hint, "value"))};`);
  });
  code.line(`if (left !== 0) throw ${code.use("changed")}();`);
  code.line("return p;");
}

/** A loop over a map's `name`s and `item`s. An error's path has the name where that is a string, else the position. */
export function forEntries(file: CodecFile, key: Type, body: () => void): void {
  const { code } = file;
  const named = file.resolve(key).kind === "string";
  code.line(named ? 'let key = "";' : "let i = 0;");
  guardIndex(file, named ? "key" : "i", () => {
    code.block("for (const [name, item] of value)", () => {
      if (named) code.line("key = name;");
      body();
      if (!named) code.line("i++;");
    });
  });
}

function writeRecord(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.line(`const keys = ${code.use("recordKeys")}(value);`);
  code.line(`p = ${code.use("room")}(w, p, ${headerBytes});`);
  code.line(`p = ${code.use("putMapHeader")}(w, p, keys.length);`);
  code.line('let key = "";');
  guardIndex(file, "key", () => {
    code.block("for (key of keys)", () => {
      code.line(`const item = value[key]${assertion(file, value)};`);
      code.line(
        `p = ${code.use("putString")}(w, ${code.use("room")}(w, p, ${code.use("stringRoom")}(key)), key);`,
      );
      makeRoom(file, [roomOf(file, value, "item")]);
      code.line(`p = ${put(file, value, "item", partHint(hint, "value"))};`);
    });
  });
  code.line("return p;");
}
