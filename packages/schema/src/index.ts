// What a wire type is, apart from any compiler: its schema, canonical text, fingerprint, lock and compatibility.
export { armWord, armWords } from "./arm-words.ts";
export { type ArrayKind, arrayKindOf, arrayLengthsOf, type Lengths, overlap } from "./array-kind.ts";
export { canonicalText, canonicalType, textOf } from "./canonical.ts";
export { type Declarations, UnresolvedReference } from "./canonical-graph.ts";
export type * from "./canonical-type.ts";
export type { CompatibilityRule, Incompatibility, WireFormat } from "./compatibility/incompatibility.ts";
export { type Comparison, compare } from "./compatibility.ts";
export { fingerprint, fingerprintOf } from "./fingerprint.ts";
export { ofFiniteTypes } from "./finite-types.ts";
export { immutabilityOf } from "./immutability.ts";
export {
  areTagged,
  askedKindsOf,
  type BinaryKind,
  type Clash,
  clashOf,
  type JavaScriptKind,
  jsonKindsOf,
  type Kinds,
  kindsOf,
} from "./kinds.ts";
export { type AppliedLock, applyLock, type LockProblem } from "./lock/apply-lock.ts";
export type { LockChange, LockChangeKind, LockReason, MemberChange } from "./lock/classify.ts";
export { lockKey } from "./lock/key.ts";
export {
  type Direction,
  emptyLock,
  type Lock,
  type LockedType,
  type LockedVersion,
  type LockFile,
  lineOf,
} from "./lock/lock.ts";
export { LockError } from "./lock/lock-error.ts";
export { formatLock, parseLock } from "./lock/lock-text.ts";
export { mapType, type TypeMapping } from "./lock/shapes.ts";
export { type UpdatedLock, updateLock } from "./lock/update-lock.ts";
export { CanonicalError, parseCanonical } from "./parse-canonical.ts";
export {
  constructionOf,
  type MethodMessages,
  messagesOf,
  type ProtocolFingerprints,
  protocolFingerprints,
  protocolType,
} from "./protocol.ts";
export { Recursion } from "./recursion.ts";
export type * from "./schema.ts";
export { shownLiteral } from "./shown-literal.ts";
export { mayBeAbsent, type Slots, type StructCharges, slotsOf, structCharges } from "./slots.ts";
export {
  accepts,
  covers,
  normalized as normalizedPatterns,
  type Pattern,
  templateText,
} from "./template.ts";
export { mappedTuple, type TupleShape, tupleLengths, tuplePartAt, tupleParts } from "./tuple.ts";
export { parts } from "./type-parts.ts";
export { type TypedArrayName, typedArrayNames, typedArrayWidths } from "./typed-array.ts";
