// Where a bundle's size counts no message is tried: it would take a tenth of a codec's bytes. The names are those of
// try-read.node.ts, and none of the functions behind them is called.
import type * as Tried from "./try-read.node.ts";

export const beginTry: typeof Tried.beginTry = () => false;
export const endTry: typeof Tried.endTry = beginTry as typeof Tried.endTry;
export const tryArray: typeof Tried.tryArray = beginTry as never;
export const tryBigint: typeof Tried.tryBigint = beginTry as never;
export const tryBoolean: typeof Tried.tryBoolean = beginTry as never;
export const tryF32: typeof Tried.tryF32 = beginTry as never;
export const tryF64: typeof Tried.tryF64 = beginTry as never;
export const tryFailed: typeof Tried.tryFailed = beginTry as never;
export const tryFields: typeof Tried.tryFields = beginTry as never;
export const tryI8: typeof Tried.tryI8 = beginTry as never;
export const tryI16: typeof Tried.tryI16 = beginTry as never;
export const tryI32: typeof Tried.tryI32 = beginTry as never;
export const tryI64: typeof Tried.tryI64 = beginTry as never;
export const tryInt: typeof Tried.tryInt = beginTry as never;
export const tryMember: typeof Tried.tryMember = beginTry as never;
export const tryNil: typeof Tried.tryNil = beginTry as never;
export const tryNull: typeof Tried.tryNull = beginTry as never;
export const tryNumber: typeof Tried.tryNumber = beginTry as never;
export const trySomeFields: typeof Tried.trySomeFields = beginTry as never;
export const tryString: typeof Tried.tryString = beginTry as never;
export const tryU8: typeof Tried.tryU8 = beginTry as never;
export const tryU16: typeof Tried.tryU16 = beginTry as never;
export const tryU32: typeof Tried.tryU32 = beginTry as never;
export const tryU64: typeof Tried.tryU64 = beginTry as never;
export const tryVariant: typeof Tried.tryVariant = beginTry as never;
