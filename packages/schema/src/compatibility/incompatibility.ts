// What stands in the way of reading another version's messages.
import type { Format } from "../schema.ts";

/** The wire formats that a reason holds for. */
export type WireFormat = Format | "both";

/** Each way in which a reader can fail a writer. */
export type CompatibilityRule =
  /** The types differ in kind: a string where the reader takes a struct. */
  | "kind"
  /** The reader takes fewer numbers than the writer sends. */
  | "number-range"
  /** One side packs its floats, the other does not, or in another width. */
  | "packed-array"
  /** The writer may send null. */
  | "null"
  /** The writer may send or leave out undefined. */
  | "undefined"
  /** Both accept null, but beside undefined it is written in another way. */
  | "null-encoding"
  /** The reader requires a field that the writer does not have. */
  | "field-missing"
  /** A slot holds a field that the other side keeps in another slot. */
  | "field-moved"
  /** A slot has another name on the other side: nothing to MessagePack, everything to JSON. */
  | "field-renamed"
  /** The discriminant has another name on the other side. */
  | "discriminant-renamed"
  /** The writer sends a variant that the reader does not know. */
  | "variant-unknown"
  /** The writer sends values of an arm that the reader does not have. */
  | "arm-unknown"
  /** One side numbers the arms of a mixed union, the other does not. */
  | "arm-encoding"
  /** The writer's numbers that are not finite are strings, which the reader takes for another arm. */
  | "not-finite"
  /** The writer sends a literal that the reader does not know. */
  | "literal-unknown"
  /** The writer sends texts that the reader's template does not have. */
  | "template"
  /** An ordinal stands for another variant, arm or literal on the other side. */
  | "ordinal-reused"
  /** The writer's tuples may be shorter or longer than the reader takes. */
  | "tuple-length"
  /** An array may repeat an element, a set may not. */
  | "duplicates"
  /** A map may have a key that a record may not have, or keys that JSON writes in another way. */
  | "map-keys";

export interface Incompatibility {
  readonly rule: CompatibilityRule;
  readonly format: WireFormat;
  /** From the type: `.items[].quantity`, `<"circle">.radius`; empty for the type itself. */
  readonly path: string;
  /** One clause, without the path: `the reader takes u8, the writer sends i32`. */
  readonly message: string;
}

/** Joins the reasons of the two formats; a reason that holds for both is said once. */
export function merged(
  binary: readonly Incompatibility[],
  json: readonly Incompatibility[],
): readonly Incompatibility[] {
  const same = (a: Incompatibility) => (b: Incompatibility) =>
    a.rule === b.rule && a.path === b.path && a.message === b.message;
  const both = binary.map((reason) =>
    json.some(same(reason)) ? { ...reason, format: "both" as const } : reason,
  );
  return [...both, ...json.filter((reason) => !binary.some(same(reason)))];
}
