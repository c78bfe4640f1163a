// Exactly what emitted code may import, and the types that its users meet. Free functions throughout: a bundle holds
// those that the types in it need.

export {
  beginTry,
  endTry,
  tryArray,
  tryBigint,
  tryBoolean,
  tryF32,
  tryF64,
  tryFailed,
  tryFields,
  tryI8,
  tryI16,
  tryI32,
  tryI64,
  tryInt,
  tryMember,
  tryNil,
  tryNull,
  tryNumber,
  trySomeFields,
  tryString,
  tryU8,
  tryU16,
  tryU32,
  tryU64,
  tryVariant,
} from "#try";
export { nextKind, putArm, readArm, unknownArm } from "./arms.ts";
export { type ArrayType, isArrayOf, type OwnArray } from "./array-type.ts";
export { putBoolean, readBoolean } from "./boolean.ts";
export { bytesRoom, type OwnBytes, putBytes, readBytes } from "./bytes.ts";
export { changed } from "./changed.ts";
export {
  checkBigint,
  checkBoolean,
  checkBytes,
  checkDate,
  checkF32,
  checkF32Exact,
  checkF64,
  checkI8,
  checkI16,
  checkI32,
  checkI64,
  checkInt,
  checkKey,
  checkLiteral,
  checkNull,
  checkNumber,
  checkString,
  checkTemplate,
  checkTypedArray,
  checkU8,
  checkU16,
  checkU32,
  checkU64,
} from "./checks.ts";
export { indexOfLiteral, putOrdinal, readMember, readOrdinal } from "./choice.ts";
export {
  cloneValue,
  copyArray,
  copyBytes,
  copyDate,
  copyMap,
  copyRecord,
  copySet,
  copyTypedArray,
  putKey,
} from "./clone.ts";
export type { Codec, Compatibility } from "./codec.ts";
export { addElement, addEntry, addHashed, addHashedEntry, setKey } from "./collections.ts";
export {
  advance,
  putArrayHeader,
  putMapHeader,
  readArrayHeader,
  readListHeader,
  readMapHeader,
  readRecordHeader,
  readRestHeader,
  readSetHeader,
  readTupleHeader,
} from "./containers.ts";
export { isDate } from "./date-time.ts";
export type { DecodeErrorCode } from "./decode-error.ts";
export { DecodeError, decodeErrorCodes } from "./decode-error.ts";
export { defineOwn } from "./define-own.ts";
export type { EncodeErrorCode } from "./encode-error.ts";
export { badValue, EncodeError, encodeErrorCodes, withinType } from "./encode-error.ts";
export {
  expectAbsent,
  expectArray,
  expectFinite,
  expectMap,
  expectObject,
  expectSet,
  expectTuple,
  isObject,
  own,
  recordKeys,
  unknownTag,
} from "./expect.ts";
export { hashCounts } from "./hash-flooding.ts";
export { absentFields } from "./heap.ts";
export { isBytes } from "./is-bytes.ts";
export { isArray, isMap, isPlain, isRecord, isSet } from "./is-collection.ts";
export { parseJson, stringifyJson } from "./json.ts";
export {
  after,
  attemptArray,
  attemptEnd,
  attemptFailed,
  isNext,
  type JsonCursor,
  type JsonPiece,
  jsonPieces,
  parseJsonOwn,
} from "./json-attempt.ts";
export { attemptBigint, attemptI64, attemptU64 } from "./json-attempt-bigints.ts";
export { attemptF32, attemptF64, attemptNumber } from "./json-attempt-floats.ts";
export {
  attemptBoolean,
  attemptI8,
  attemptI16,
  attemptI32,
  attemptInt,
  attemptLiteral,
  attemptNull,
  attemptString,
  attemptU8,
  attemptU16,
  attemptU32,
  isNextNull,
} from "./json-attempt-values.ts";
export { jsonToBytes, parseJsonBytes } from "./json-bytes.ts";
export {
  fromJsonAddElement,
  fromJsonAddEntry,
  fromJsonAddHashed,
  fromJsonAddHashedEntry,
  fromJsonArray,
  fromJsonElements,
  fromJsonEntries,
  fromJsonKeys,
  fromJsonMapKeys,
  fromJsonObject,
  fromJsonSetKey,
  fromJsonTuple,
} from "./json-collections.ts";
export { fromJsonDate, jsonDate } from "./json-dates.ts";
export { fromJsonUnknownVariant, jsonWrongType } from "./json-error.ts";
export { jsonF64Array, jsonF64Fields } from "./json-floats.ts";
export { fromJsonCharge, parseJsonCounted } from "./json-heap.ts";
export {
  jsonAsBytes,
  jsonByBytes,
  jsonTexts,
  putArrayEnd,
  putConstant,
  putElement,
  putJsonBoolean,
  putJsonString,
  putJsonText,
  putObjectEnd,
} from "./json-put.ts";
export { putJsonI64, putJsonU64 } from "./json-put-bigints.ts";
export {
  putJsonF64,
  putJsonI8,
  putJsonI16,
  putJsonI32,
  putJsonInt,
  putJsonU8,
  putJsonU16,
  putJsonU32,
} from "./json-put-numbers.ts";
export { fromJsonTemplate, jsonTemplate } from "./json-templates.ts";
export {
  jsonBigint,
  jsonBoolean,
  jsonBytes,
  jsonF32,
  jsonF32Exact,
  jsonF64,
  jsonI8,
  jsonI16,
  jsonI32,
  jsonI64,
  jsonInt,
  jsonKey,
  jsonLiteral,
  jsonNull,
  jsonNumber,
  jsonString,
  jsonU8,
  jsonU16,
  jsonU32,
  jsonU64,
} from "./json-text.ts";
export { fromJsonTypedArray, jsonTypedArray } from "./json-typed-arrays.ts";
export {
  fromJsonBigint,
  fromJsonBoolean,
  fromJsonBytes,
  fromJsonF32,
  fromJsonF64,
  fromJsonI8,
  fromJsonI16,
  fromJsonI32,
  fromJsonI64,
  fromJsonInt,
  fromJsonLiteral,
  fromJsonNull,
  fromJsonNumber,
  fromJsonString,
  fromJsonU8,
  fromJsonU16,
  fromJsonU32,
  fromJsonU64,
} from "./json-value.ts";
export { depthMax } from "./limits.ts";
export type { Mismatch } from "./mismatch.ts";
export { inside, insideField, mismatch, rooted } from "./mismatch.ts";
export type { Mutable } from "./mutable.ts";
export { putNil, putNull, putNullMark, readNil, readNull, readNullMark } from "./nil.ts";
export type { CloneOptions, DecodeOptions, EncodeOptions, RefPorts } from "./options.ts";
export { putF32Array, putF64Array, readF32Array, readF64Array } from "./packed-floats.ts";
export { readBigint, readI64, readU64 } from "./read-bigints.ts";
export { readDate } from "./read-dates.ts";
export { readF32, readF64, readNumber } from "./read-floats.ts";
export { readI8, readI16, readI32, readInt, readU8, readU16, readU32 } from "./read-integers.ts";
export { readString } from "./read-strings.ts";
export type { Reader } from "./reader.ts";
export { beginDecode, endDecode, fail, wrongType } from "./reader.ts";
export { addressText, type RefAddress, readRefAddress } from "./refs.ts";
export { skip } from "./skip.ts";
export {
  encodeBounded,
  fromJsonBounded,
  mismatchBounded,
  readBounded,
  writeBounded,
} from "./stack-end.ts";
export {
  decodeTooDeep,
  encodeTooDeep,
  fromJsonTooDeep,
  missingField,
  unknownVariant,
} from "./structure.ts";
export type { Template } from "./template.ts";
export { putTemplate, readTemplate } from "./templates.ts";
export { putTypedArray, readTypedArray } from "./typed-arrays.ts";
export { within, withinField } from "./wire-error.ts";
export { isI64, isU64, putBigint, putI64, putSigned, putU64, putUnsigned } from "./write-bigints.ts";
export { putDate } from "./write-dates.ts";
export { putDouble, putF32, putF32Exact, putF64, putNumber } from "./write-floats.ts";
export { putI8, putI16, putI32, putInt, putSafe, putU8, putU16, putU32 } from "./write-integers.ts";
export { putString, putText, stringRoom } from "./write-strings.ts";
export type { Writer } from "./writer.ts";
export { beginEncode, beginEncodeInto, endEncode, endEncodeInto, room } from "./writer.ts";
export { wrongValue } from "./wrong-value.ts";
