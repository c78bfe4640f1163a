// What a reader must make of a JSON text, by docs/protocol.md: the value, or that it refuses the text. Written from the
// description on top of JSON.parse; limits of depth are not its business.
import { tupleLengths, tuplePartAt } from "@hewn/schema";
import {
  bounded,
  dateAt,
  fitting,
  refuse,
  typedArray,
  unique,
  uniqueKeys,
  type Verdict,
  verdict,
} from "./reference-decode.testing.ts";
import {
  bare,
  isOfLength,
  isTextual,
  kindOf,
  type NumberName,
  type Shape,
  type ShapeField,
} from "./shape.testing.ts";

export function referenceParse(shape: Shape, text: string): Verdict {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return verdict(() => converted(shape, json));
}

function converted(shape: Shape, json: unknown): unknown {
  const type = bare(shape);
  switch (type.kind) {
    case "boolean":
      return typeof json === "boolean" ? json : refuse();
    case "null":
      return json === null ? null : refuse();
    case "string":
      return wellFormed(json);
    case "bytes":
      return bytes(json);
    case "template":
      return fitting(type.patterns, wellFormed(json));
    case "date":
      return date(wellFormed(json));
    case "typed array":
      return typedArray(type.name, bytes(json));
    case "number":
      return float(json);
    case "bigint":
      return bigint(json);
    case "named number":
      return namedNumber(type.name, json);
    case "choice":
      return type.values.find((value) => value === json) ?? refuse();
    case "maybe":
      if (json === null) return type.null ? null : undefined;
      return converted(type.type, json);
    case "array":
      return array(json).map((item) => converted(type.element, item));
    case "set":
      return unique(array(json).map((item) => converted(type.element, item)));
    case "map":
      return map(type.key, type.value, json);
    case "record":
      if (Object.hasOwn(object(json), "__proto__")) refuse();
      return Object.fromEntries(textEntries(type.element, json));
    case "tuple":
      return tuple(type, array(json));
    case "struct":
      return struct(type.fields, object(json));
    case "mixed":
      return mixed(type.arms, json);
    case "union": {
      const tag = ownOf(object(json), type.discriminant);
      const variant = type.variants.find((each) => each.tag === tag) ?? refuse();
      return { [type.discriminant]: variant.tag, ...struct(variant.fields, object(json)) };
    }
  }
}

/** The arm that has such JSON; words for numbers that are not finite are strings where an arm has strings. */
function mixed(arms: readonly Shape[], json: unknown): unknown {
  const is = Array.isArray(json) ? "array" : json === null ? "null" : typeof json;
  const arm = arms.find((each) => {
    const type = bare(each);
    return jsonKindsOf(each).includes(is) && (type.kind !== "tuple" || isOfLength(type, json));
  });
  const float = arms.find((each) => isFloat(each) && is === "string" && !arms.some(isTextual));
  return converted(arm ?? float ?? refuse(), json);
}

function jsonKindsOf(arm: Shape): readonly string[] {
  const { is } = kindOf(arm);
  if (is === "bigint") return ["number", "string"];
  if (is === "bytes") return ["string"];
  return is === "set" || is === "map" ? ["array"] : [is];
}

function isFloat(arm: Shape): boolean {
  const type = bare(arm);
  return type.kind === "number" || (type.kind === "named number" && type.name.startsWith("f"));
}

function wellFormed(json: unknown): string {
  return typeof json === "string" && !/\p{Surrogate}/u.test(json) ? json : refuse();
}

/** Base64 has one spelling: what Buffer would write. */
function bytes(json: unknown): Uint8Array {
  const read = Buffer.from(wellFormed(json), "base64");
  return read.toString("base64") === json ? new Uint8Array(read) : refuse();
}

const dateTime =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})0{0,6})?(?:Z|([+-])(\d\d):(\d\d))$/i;

/** RFC 3339 with a zone; days are counted here, and not by the engine. */
function date(text: string): Date {
  const found = dateTime.exec(text) ?? refuse();
  const at = (index: number) => Number(found[index] ?? 0);
  const [year, month, day, hour, minute, second] = [at(1), at(2), at(3), at(4), at(5), at(6)];
  if (text.startsWith("-000000") || hour > 23 || minute > 59 || second > 59 || at(9) > 23 || at(10) > 59)
    refuse();
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) refuse();
  const zone = (at(9) * 60 + at(10)) * (found[8] === "-" ? -1 : 1);
  const minutes = (daysBefore(year, month) + day - 1) * 1440 + hour * 60 + minute - zone;
  return dateAt(BigInt((minutes * 60 + second) * 1000 + Number((found[7] ?? "").padEnd(3, "0"))));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970 to the beginning of a month. */
function daysBefore(year: number, month: number): number {
  const last = year - 1;
  const leaps = Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) - 477;
  let days = (year - 1970) * 365 + leaps;
  for (let each = 1; each < month; each++) days += daysIn(year, each);
  return days;
}

function float(json: unknown): number {
  const words: Readonly<Record<string, number>> = { NaN, Infinity, "-Infinity": -Infinity };
  if (typeof json === "string" && Object.hasOwn(words, json)) return words[json] ?? refuse();
  return typeof json === "number" && Number.isFinite(json) ? json : refuse();
}

/** Digits as BigInt writes them, or a number without a loss. */
function bigint(json: unknown): bigint {
  if (typeof json === "number") return Number.isSafeInteger(json) ? BigInt(json) : refuse();
  if (typeof json !== "string" || !/^(?:0|-?[1-9]\d{0,5000})$/.test(json)) return refuse();
  const value = BigInt(json);
  return BigInt.asIntN(16_384, value) === value ? value : refuse();
}

function namedNumber(name: NumberName, json: unknown): number | bigint {
  if (name === "i64" || name === "u64") return bounded(name, bigint(json));
  if (name === "f64") return float(json);
  if (name === "f32") {
    const value = float(json);
    return Number.isFinite(value) && !Number.isFinite(Math.fround(value)) ? refuse() : Math.fround(value);
  }
  return Number.isInteger(json) ? bounded(name, BigInt(json as number)) : refuse();
}

function array(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : refuse();
}

type Json = Readonly<Record<string, unknown>>;

function object(json: unknown): Json {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Json) : refuse();
}

function ownOf(json: Json, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

function textEntries(value: Shape, json: unknown): [string, unknown][] {
  return Object.entries(object(json)).map(([key, item]) => [wellFormed(key), converted(value, item)]);
}

function map(key: Shape, value: Shape, json: unknown): Map<unknown, unknown> {
  if (bare(key).kind === "string") return new Map(textEntries(value, json));
  return uniqueKeys(
    array(json).map((pair) => {
      const [k, v, ...more] = array(pair);
      if (array(pair).length < 2 || more.length > 0) refuse();
      return [converted(key, k), converted(value, v)];
    }),
  );
}

function tuple(type: Extract<Shape, { kind: "tuple" }>, found: readonly unknown[]): unknown[] {
  const { least, most } = tupleLengths(type);
  if (found.length < least || found.length > most) refuse();
  const values: unknown[] = [];
  for (const [index, tree] of found.entries()) {
    const element = tuplePartAt(type, index, found.length) ?? refuse();
    // An optional element that is absent is a hole, unless others follow.
    const isOptional = index >= type.required && index < type.elements.length;
    if (isOptional && tree === null) {
      if (found.length > type.elements.length) values[index] = undefined;
    } else values[index] = converted(element, tree);
  }
  return values;
}

/** JSON has no undefined: an absent key stands for it, and null only where the type has null. */
function struct(fields: readonly ShapeField[], json: Json): object {
  const made: [string, unknown][] = [];
  for (const { name, shape, optional } of fields) {
    const type = bare(shape);
    const mayBeAbsent = optional || (type.kind === "maybe" && type.undefined);
    const found = ownOf(json, name);
    const value =
      found === undefined ? (mayBeAbsent ? undefined : refuse()) : field(shape, mayBeAbsent, found);
    if (value !== undefined || !optional) made.push([name, value]);
  }
  return Object.fromEntries(made);
}

function field(shape: Shape, mayBeAbsent: boolean, found: unknown): unknown {
  const type = bare(shape);
  const isNone = mayBeAbsent && found === null && type.kind === "maybe" && !type.null;
  return converted(isNone ? type.type : shape, found);
}
