// Where a type of the source and its entry in the lock say different things, apart from numbers.
import { pairedArms } from "../array-kind.ts";
import { literalText } from "../literal-text.ts";
import type { Mixed, Struct, Type, Union } from "../schema.ts";
import { armPath, fieldPath, variantPath } from "../type-path.ts";
import { typeLine } from "./type-json.ts";
import { typeWords } from "./type-words.ts";

/** One difference. A member is on one side only; a type is another on each. */
export interface Difference {
  readonly what: "member-added" | "member-removed" | "type-changed";
  readonly path: string;
  /** In words, as the lock has it; undefined for a member that was added. */
  readonly was: string | undefined;
  /** In words, as the source has it; undefined for a member that was removed. */
  readonly is: string | undefined;
}

/** The differences between a locked type and the type as it is; references of both are keys. */
export function differences(locked: Type, actual: Type, path = ""): readonly Difference[] {
  const inside = (was: Type, is: Type, step: string): readonly Difference[] =>
    differences(was, is, path + step);
  if (isSamePlain(locked, actual)) return [];
  if (locked.kind === "struct" && actual.kind === "struct") return ofStructs(locked, actual, path);
  if (locked.kind === "union" && actual.kind === "union" && locked.discriminant === actual.discriminant) {
    return ofUnions(locked, actual, path);
  }
  if (locked.kind === "mixed" && actual.kind === "mixed") return ofArms(locked, actual, path);
  if (locked.kind === "choice" && actual.kind === "choice") {
    const [was, is] = [locked, actual].map(({ members }) => members.map(({ value }) => literalText(value)));
    return ofMembers(was ?? [], is ?? [], (name) => `${path}<${name}>`);
  }
  if (locked.kind === "maybe" && actual.kind === "maybe" && sameFlags(locked, actual)) {
    return inside(locked.type, actual.type, "");
  }
  if (locked.kind === actual.kind && "element" in locked && "element" in actual) {
    return inside(locked.element, actual.element, "[]");
  }
  if (locked.kind === "map" && actual.kind === "map") {
    return [...inside(locked.key, actual.key, "{key}"), ...inside(locked.value, actual.value, "{}")];
  }
  if (locked.kind === "record" && actual.kind === "record") return inside(locked.value, actual.value, "{}");
  if (typeLine(locked) === typeLine(actual)) return [];
  return [{ what: "type-changed", path, was: typeWords(locked), is: typeWords(actual) }];
}

/** Most types are plain and unchanged. */
function isSamePlain(locked: Type, actual: Type): boolean {
  if (locked.kind === "ref" && actual.kind === "ref") return locked.id === actual.id;
  if (locked.kind === "typedArray" && actual.kind === "typedArray") return locked.array === actual.array;
  if ("format" in locked && "format" in actual) return locked.format === actual.format;
  return (
    locked.kind === actual.kind &&
    ["boolean", "null", "string", "bytes", "date", "actorRef"].includes(locked.kind)
  );
}

function sameFlags(
  a: { null: boolean; undefined: boolean },
  b: { null: boolean; undefined: boolean },
): boolean {
  return a.null === b.null && a.undefined === b.undefined;
}

function ofMembers(
  was: readonly string[],
  is: readonly string[],
  place: (name: string) => string,
): readonly Difference[] {
  const [before, after] = [new Set(was), new Set(is)];
  const removed = was.filter((name) => !after.has(name));
  const added = is.filter((name) => !before.has(name));
  return [
    ...removed.map(
      (name) => ({ what: "member-removed", path: place(name), was: name, is: undefined }) as const,
    ),
    ...added.map((name) => ({ what: "member-added", path: place(name), was: undefined, is: name }) as const),
  ];
}

function ofStructs(locked: Struct, actual: Struct, path: string): readonly Difference[] {
  const names = (struct: Struct): readonly string[] => struct.fields.map((field) => field.name);
  const found = [...ofMembers(names(locked), names(actual), (name) => fieldPath(path, name))];
  const fields = new Map(actual.fields.map((field) => [field.name, field]));
  for (const was of locked.fields) {
    const is = fields.get(was.name);
    if (is === undefined) continue;
    const place = fieldPath(path, was.name);
    const inner = differences(was.type, is.type, place);
    found.push(...inner);
    if (inner.length === 0 && was.optional !== is.optional) {
      const said = (optional: boolean): string => (optional ? "optional" : "not optional");
      found.push({ what: "type-changed", path: place, was: said(was.optional), is: said(is.optional) });
    }
  }
  return found;
}

function ofUnions(locked: Union, actual: Union, path: string): readonly Difference[] {
  const tags = (union: Union): readonly string[] => union.variants.map(({ tag }) => literalText(tag));
  const found = [...ofMembers(tags(locked), tags(actual), (name) => `${path}<${name}>`)];
  const variants = new Map(actual.variants.map((variant) => [literalText(variant.tag), variant]));
  for (const was of locked.variants) {
    const is = variants.get(literalText(was.tag));
    if (is !== undefined) found.push(...ofStructs(was.struct, is.struct, variantPath(path, was.tag)));
  }
  return found;
}

function ofArms(locked: Mixed, actual: Mixed, path: string): readonly Difference[] {
  const names = ({ arms }: Mixed): readonly string[] => arms.map(({ json }) => json);
  const now = new Map(pairedArms(names(locked), names(actual)));
  const old = names(locked).map((name) => now.get(name) ?? name);
  const found = [...ofMembers(old, names(actual), (name) => `${path}<${name}>`)];
  for (const was of locked.arms) {
    const is = actual.arms.find(({ json }) => json === now.get(was.json));
    if (is !== undefined) found.push(...differences(was.type, is.type, armPath(path, was.json)));
  }
  return found;
}
