// Paths inside a type, as they stand in a lock and in reasons.
import { literalText } from "./literal-text.ts";
import type { Tag } from "./schema.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The path of a field: `.name`, or `["odd name"]`. */
export function fieldPath(path: string, name: string): string {
  return identifier.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

/** The path of a variant: `<"circle">`. */
export function variantPath(path: string, tag: Tag): string {
  return `${path}<${literalText(tag)}>`;
}

/** The path of an arm of a mixed union: `<string>`, `<array of 2>`. */
export function armPath(path: string, json: string): string {
  return `${path}<${json}>`;
}
