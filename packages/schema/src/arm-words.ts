// The arms of a mixed union in the words of an error: what was expected where none of them stands.
import { arrayKindOf } from "./array-kind.ts";
import type { Arm, Declaration, Mixed, Type } from "./schema.ts";
import { shownLiteral } from "./shown-literal.ts";
import { tupleLengths } from "./tuple.ts";

/** How many literals an error lists. */
const listedMax = 4;

/** `string or i32`, `"auto" or Point`. @param declared what a reference stands for */
export function armWords(mixed: Mixed, declared: (id: string) => Declaration): string {
  return mixed.arms.map((arm) => armWord(mixed, arm, declared)).join(" or ");
}

/** The word for one of the arms. */
export function armWord({ arms }: Mixed, { type }: Arm, declared: (id: string) => Declaration): string {
  const tuples = arms.filter((arm) => arm.type.kind === "tuple").length;
  return type.kind === "tuple" && tuples > 1 ? arrayKindOf(tupleLengths(type)) : wordOf(type, declared);
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
