// The arms of a mixed union in the words of an error: what was expected where none of them stands.
import type { Declaration, Literal, Mixed, Type } from "./schema.ts";

/** How many literals an error lists, and how much of each. */
const listedMax = 4;
const shownMax = 64;

/** `string or i32`, `"auto" or Point`. @param declared what a reference stands for */
export function armWords({ arms }: Mixed, declared: (id: string) => Declaration): string {
  return arms.map((arm) => wordOf(arm.type, declared)).join(" or ");
}

function wordOf(type: Type, declared: (id: string) => Declaration): string {
  switch (type.kind) {
    case "ref": {
      const { name, type: inner } = declared(type.id);
      return inner.kind === "choice" ? wordOf(inner, declared) : name;
    }
    case "choice":
      if (type.members.length > listedMax) return "a literal";
      return type.members.map(({ value }) => shownLiteral(value)).join(" or ");
    case "set":
      return "a Set";
    case "map":
      return "a Map";
    case "tuple":
      return "array";
    case "record":
    case "struct":
    case "union":
      return "object";
    case "typedArray":
      return type.array;
    default:
      return "format" in type ? type.format : type.kind;
  }
}

/** A literal, shortened, and escaped so that a terminal or a log shows it and does not obey it. */
function shownLiteral(value: Literal): string {
  if (typeof value !== "string") return String(value);
  const shown = value.length > shownMax ? `${value.slice(0, shownMax)}…` : value;
  return JSON.stringify(shown).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
