// What a wire type is, apart from any compiler: its schema, canonical text, fingerprint, lock and compatibility.
export { canonicalText, canonicalType, textOf } from "./canonical.ts";
export { type Declarations, UnresolvedReference } from "./canonical-graph.ts";
export type * from "./canonical-type.ts";
export type { CompatibilityRule, Incompatibility, WireFormat } from "./compatibility/incompatibility.ts";
export { type Comparison, compare } from "./compatibility.ts";
export { fingerprint } from "./fingerprint.ts";
export { CanonicalError, parseCanonical } from "./parse-canonical.ts";
export type * from "./schema.ts";
