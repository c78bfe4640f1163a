// Literals as JSON text, also those that JSON lacks: an enum may have the members Infinity and NaN.
import type { Literal, Tag } from "./schema.ts";

/** What stands for a literal in a canonical text or a lock. */
export type LiteralJson = string | number | boolean | { readonly number: string };

/** The JSON value of a literal. -0 is the literal 0. */
export function literalJson(value: Literal): LiteralJson {
  if (typeof value !== "number") return value;
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  return { number: String(value) };
}

/** The JSON text of a literal: equal for equal literals, different for different ones. */
export function literalText(value: Tag): string {
  return JSON.stringify(tagJson(value));
}

/** The JSON value of a tag. */
export function tagJson(value: Tag): LiteralJson | null {
  return value === null ? null : literalJson(value);
}

const nonFinite: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/** The literal that a JSON value stands for, or undefined where it stands for none. */
export function literalOfJson(json: unknown): Literal | undefined {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return json;
  if (typeof json !== "object" || json === null || !("number" in json)) return undefined;
  return typeof json.number === "string" ? nonFinite.get(json.number) : undefined;
}

/** The tag that a JSON value stands for, or undefined where it stands for none. */
export function tagOfJson(json: unknown): Tag | undefined {
  return json === null ? null : literalOfJson(json);
}
