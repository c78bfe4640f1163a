// Types in words short enough for a sentence: as TypeScript would write them, objects by the names of their fields.
import { literalText } from "../literal-text.ts";
import type { Tuple, Type } from "../schema.ts";
import { templateText } from "../template.ts";

/** A type, much as a programmer would write it. */
export function typeWords(type: Type): string {
  switch (type.kind) {
    case "integer":
    case "float":
    case "bigint":
      return type.format;
    case "bytes":
      return "Uint8Array";
    case "template":
      return templateText(type.patterns);
    case "typedArray":
      return type.array;
    case "date":
    case "actorRef":
      return "Date";
    case "ref":
      return type.id.slice(type.id.indexOf("#") + 1);
    case "array":
      return ["maybe", "choice", "mixed"].includes(type.element.kind)
        ? `readonly (${typeWords(type.element)})[]`
        : `readonly ${typeWords(type.element)}[]`;
    case "set":
      return `ReadonlySet<${typeWords(type.element)}>`;
    case "map":
      return `ReadonlyMap<${typeWords(type.key)}, ${typeWords(type.value)}>`;
    case "record":
      return `Readonly<Record<string, ${typeWords(type.value)}>>`;
    case "maybe":
      return [
        typeWords(type.type),
        ...(type.null ? ["null"] : []),
        ...(type.undefined ? ["undefined"] : []),
      ].join(" | ");
    case "tuple":
      return tupleWords(type);
    case "choice":
      return type.members.map(({ value }) => literalText(value)).join(" | ");
    case "struct":
      return type.fields.length === 0 ? "{}" : `{ ${type.fields.map(({ name }) => name).join(", ")} }`;
    case "union":
      return `a union by ${type.discriminant} of ${type.variants.map(({ tag }) => literalText(tag)).join(" | ")}`;
    case "mixed":
      return type.arms.map((arm) => typeWords(arm.type)).join(" | ");
    default:
      return type.kind;
  }
}

function tupleWords({ elements, required, rest, trailing = [] }: Tuple): string {
  const leading = elements.map((element, i) => typeWords(element) + (i < required ? "" : "?"));
  const more = rest ? [`...${typeWords({ kind: "array", element: rest }).replace(/^readonly /, "")}`] : [];
  return `readonly [${[...leading, ...more, ...trailing.map(typeWords)].join(", ")}]`;
}
