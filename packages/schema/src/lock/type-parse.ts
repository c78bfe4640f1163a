// Reads the types of a lock; type-json.ts says how they are written.
import { isArrayKind } from "../array-kind.ts";
import { literalOfJson, literalText, tagOfJson } from "../literal-text.ts";
import { plainNode } from "../parse-canonical.ts";
import type { Arm, Field, JsonKind, Literal, Member, Struct, Tag, Tuple, Type, Variant } from "../schema.ts";
import { isPattern, type Pattern } from "../template.ts";
import { armPath, fieldPath, variantPath } from "../type-path.ts";
import type { Located } from "./json-parse.ts";
import { LockError } from "./lock-error.ts";

type Pairs = ReadonlyMap<string, Located>;

/** The reserved members that were met on the way, by path. */
export type ReservedSoFar = Map<string, ReadonlyMap<number, string>>;

const kinds: ReadonlySet<string> = new Set([
  "ref",
  "array",
  "set",
  "record",
  "map",
  "maybe",
  "tuple",
  "template",
  "choice",
  "struct",
  "union",
  "mixed",
]);

/** What stands beside the kind. */
const secondKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ["maybe", ["accepts"]],
  ["tuple", ["required", "rest", "trailing"]],
  ["union", ["discriminant"]],
]);

/** @throws {LockError} on anything that is not a type. */
export function parseType(json: Located, reserved: ReservedSoFar, path = ""): Type {
  const { value, line } = json;
  if (typeof value === "string") return plainType(value, line);
  const pairs = objectOf(json, "a type");
  const inside = (inner: Located | undefined, step: string): Type =>
    parseType(inner ?? missing(line, "a type"), reserved, path + step);
  const kind = [...pairs.keys()].find((key) => kinds.has(key)) ?? missing(line, "a type");
  const body = pairs.get(kind) ?? missing(line, "a type");
  const second = (key: string): Located => pairs.get(key) ?? missing(line, JSON.stringify(key));
  only(pairs, [kind, ...(secondKeys.get(kind) ?? [])], line);
  switch (kind) {
    case "ref":
      return { kind, id: textOf(body, "a reference") };
    case "array":
    case "set":
      return { kind, element: inside(body, "[]") };
    case "record":
      return { kind, value: inside(body, "{}") };
    case "map": {
      const [key, entry, more] = listOf(body, "a map");
      if (more !== undefined)
        throw new LockError(more.line, "a map has one type for keys and one for values");
      return { kind, key: inside(key, "{key}"), value: inside(entry, "{}") };
    }
    case "maybe":
      return parseMaybe(inside(body, ""), second("accepts"));
    case "tuple": {
      const elements = listOf(body, "a tuple").map((element, index) => inside(element, `[${index}]`));
      const required = countOf(second("required"), elements.length);
      return { kind, elements, required, ...parseRest(pairs, inside) };
    }
    case "template":
      return { kind, patterns: listOf(body, "a template").map(parsePattern) };
    case "choice":
      return { kind, members: parseChoice(body, reserved, path) };
    case "struct":
      return parseStruct(body, reserved, path);
    case "union": {
      const variants = parseVariants(body, reserved, path);
      return { kind, discriminant: textOf(second("discriminant"), "a discriminant"), variants };
    }
    case "mixed":
      return { kind, arms: parseArms(body, reserved, path) };
    default:
      throw new LockError(line, "a type is expected here");
  }
}

function plainType(name: string, line: number): Type {
  const node = plainNode(name);
  if (node === undefined) throw new LockError(line, `${JSON.stringify(name)} is not the name of a type`);
  // Plain nodes hold no other nodes, and so are types as they are.
  return node as Type;
}

function only(pairs: Pairs, known: readonly string[], line: number): void {
  const other = [...pairs.keys()].find((key) => !known.includes(key));
  if (other !== undefined) throw new LockError(line, `${JSON.stringify(other)} does not belong here`);
}

function missing(line: number, what: string): never {
  throw new LockError(line, `${what} is missing`);
}

/** The keys and values of an object. */
export function objectOf({ value, line }: Located, what: string): Pairs {
  if (value instanceof Map) return value;
  throw new LockError(line, `${what} is expected here`);
}

function listOf({ value, line }: Located, what: string): readonly Located[] {
  if (Array.isArray(value)) return value as readonly Located[];
  throw new LockError(line, `${what} is a list`);
}

/** A string. */
export function textOf({ value, line }: Located, what: string): string {
  if (typeof value === "string") return value;
  throw new LockError(line, `${what} is a string`);
}

function countOf({ value, line }: Located, most: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw new LockError(line, `a number from 0 to ${most} is expected here`);
}

function parsePattern(json: Located): Pattern {
  const pattern = listOf(json, "a pattern").map((part) => part.value);
  if (isPattern(pattern)) return pattern;
  throw new LockError(json.line, "a pattern has texts and between them placeholders");
}

function parseMaybe(type: Type, accepts: Located): Type {
  const { value } = accepts;
  if (value !== "null" && value !== "undefined" && value !== "both") {
    throw new LockError(accepts.line, 'a maybe accepts "null", "undefined" or "both"');
  }
  return { kind: "maybe", type, null: value !== "undefined", undefined: value !== "null" };
}

/** What follows the leading elements of a tuple. */
function parseRest(
  pairs: Pairs,
  inside: (part: Located, step: string) => Type,
): Pick<Tuple, "rest" | "trailing"> {
  const [rest, trailing] = [pairs.get("rest"), pairs.get("trailing")];
  if (rest === undefined && trailing !== undefined)
    throw new LockError(trailing.line, "nothing trails without a rest");
  if (rest === undefined) return {};
  const parts = trailing === undefined ? [] : listOf(trailing, "what trails a rest");
  const last = parts.map((part, index) => inside(part, `[${index - parts.length}]`));
  return { rest: inside(rest, "[...]"), ...(last.length > 0 ? { trailing: last } : {}) };
}

interface Row {
  readonly number: number;
  readonly json: Located;
}

/** The members of a shape by number; what is reserved goes aside. */
function rowsOf(
  json: Located,
  reserved: ReservedSoFar,
  path: string,
  reservedName: (name: Located) => string,
): readonly Row[] {
  const gone = new Map<number, string>();
  const rows: Row[] = [];
  for (const [key, row] of objectOf(json, "an object of members by number")) {
    if (!/^(?:0|[1-9]\d{0,8})$/.test(key))
      throw new LockError(row.line, `${JSON.stringify(key)} is not a number`);
    const name = row.value instanceof Map ? (row.value as Pairs).get("reserved") : undefined;
    if (name === undefined) rows.push({ number: Number(key), json: row });
    else gone.set(Number(key), reservedName(name));
  }
  if (gone.size > 0) reserved.set(path, new Map([...gone].sort(([a], [b]) => a - b)));
  return rows.sort((a, b) => a.number - b.number);
}

function parseStruct(json: Located, reserved: ReservedSoFar, path: string): Struct {
  const rows = rowsOf(json, reserved, path, (name) => textOf(name, "a field's name"));
  const names = new Set<string>();
  const fields = rows.map((row): Field => {
    const field = parseField(row, reserved, path);
    if (names.has(field.name)) throw new LockError(row.json.line, `the field ${field.name} has two slots`);
    names.add(field.name);
    return field;
  });
  return { kind: "struct", fields };
}

function parseField({ number, json }: Row, reserved: ReservedSoFar, path: string): Field {
  const pairs = objectOf(json, "a field");
  only(pairs, ["name", "optional", "type"], json.line);
  const name = textOf(pairs.get("name") ?? missing(json.line, '"name"'), "a field's name");
  const optional = pairs.get("optional")?.value ?? false;
  if (typeof optional !== "boolean") throw new LockError(json.line, '"optional" is true or false');
  const type = parseType(pairs.get("type") ?? missing(json.line, '"type"'), reserved, fieldPath(path, name));
  return { name, slot: number, type: optional ? orUndefined(type) : type, optional };
}

function orUndefined(type: Type): Type {
  if (type.kind === "maybe") return { ...type, undefined: true };
  return { kind: "maybe", type, null: false, undefined: true };
}

function literalAt(located: Located): Literal {
  const literal = literalOfJson(plainJson(located));
  if (literal === undefined) throw new LockError(located.line, "a literal is expected here");
  return literal;
}

function tagAt(located: Located): Tag {
  const tag = tagOfJson(plainJson(located));
  if (tag === undefined) throw new LockError(located.line, "a literal or null is expected here");
  return tag;
}

function plainJson({ value }: Located): unknown {
  return value instanceof Map ? { number: (value as Pairs).get("number")?.value } : value;
}

function once<T extends Tag>(literal: T, seen: Set<string>, line: number): T {
  const text = literalText(literal);
  if (seen.has(text)) throw new LockError(line, `${text} has two ordinals`);
  seen.add(text);
  return literal;
}

function parseChoice(json: Located, reserved: ReservedSoFar, path: string): readonly Member[] {
  const rows = rowsOf(json, reserved, path, (name) => literalText(literalAt(name)));
  const seen = new Set<string>();
  return rows.map((row) => ({ value: once(literalAt(row.json), seen, row.json.line), ordinal: row.number }));
}

function parseVariants(json: Located, reserved: ReservedSoFar, path: string): readonly Variant[] {
  const rows = rowsOf(json, reserved, path, (name) => literalText(tagAt(name)));
  const seen = new Set<string>();
  return rows.map(({ number, json: row }) => {
    const pairs = objectOf(row, "a variant");
    const tag = once(tagAt(pairs.get("tag") ?? missing(row.line, '"tag"')), seen, row.line);
    only(pairs, ["tag", "struct"], row.line);
    const struct = pairs.get("struct") ?? missing(row.line, '"struct"');
    return {
      tag,
      ordinal: number,
      struct: parseStruct(struct, reserved, variantPath(path, tag)),
      tagPosition: 0,
    };
  });
}

const jsonKinds: readonly JsonKind[] = ["null", "boolean", "number", "string", "object"];

function parseArms(body: Located, reserved: ReservedSoFar, path: string): readonly Arm[] {
  const rows = rowsOf(body, reserved, path, (name) => jsonKindAt(name));
  const seen = new Set<string>();
  return rows.map(({ number, json: row }) => {
    const pairs = objectOf(row, "an arm");
    only(pairs, ["json", "type"], row.line);
    const json = jsonKindAt(pairs.get("json") ?? missing(row.line, '"json"'));
    once(json, seen, row.line);
    const type = parseType(pairs.get("type") ?? missing(row.line, '"type"'), reserved, armPath(path, json));
    return { json, ordinal: number, type };
  });
}

function jsonKindAt(located: Located): JsonKind {
  const text = textOf(located, "a kind of JSON values");
  const kind = isArrayKind(text) ? text : jsonKinds.find((each) => each === text);
  if (kind === undefined)
    throw new LockError(located.line, `${JSON.stringify(text)} is no kind of JSON values`);
  return kind;
}
