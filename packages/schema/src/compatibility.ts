// What a reader of one version makes of what a writer of another version wrote. The table, for MessagePack; "new reads
// old" is the left column where a change goes from the left type to the right one:
//
//   change                                        new reads old   old reads new
//   field added, optional                         yes             yes (skips it)
//   field added, required                         no              yes
//   field removed, was optional                   yes (skips it)  yes
//   field removed, was required                   yes             no
//   field made optional, or T to T | undefined    yes             no
//   T to T | null                                 yes             no
//   T | null to a?: T | null, and back            no: null is nil alone and an ext of length 0 beside undefined
//   integer made wider (u8 to u16, i32, i64, ...) yes             no
//   f32 to f64 or number                          yes             no
//   f64 to number, and back                       yes             yes
//   integer within 24 bits to f32, 53 to f64      yes             no
//   literal or variant added                      yes             no
//   ordinal given to another literal              no              no
//   readonly f64[] to readonly number[]           no: packed      no
//   set to array                                  yes             no: an array may repeat
//   record to map with string keys                yes             no: a record has no key __proto__
//   tuple: optional element added at the end      yes             no
//   tuple to array                                yes, if every element is readable as one of the array
//   any other change of kind                      no              no
//
// JSON goes by names where MessagePack goes by slots and ordinals, keeps null and undefined apart in a struct, packs no
// array, and has no key __proto__ anywhere. Rules that hold for one format only say so.
import type { CanonicalType } from "./canonical-type.ts";
import { binaryReading } from "./compatibility/binary.ts";
import { type Incompatibility, merged } from "./compatibility/incompatibility.ts";
import { jsonReading } from "./compatibility/json.ts";

export interface Comparison {
  /** Why a program with the newer type cannot read everything that one with the older type writes. */
  readonly newReadsOld: readonly Incompatibility[];
  /** Why a program with the older type cannot read everything that one with the newer type writes. */
  readonly oldReadsNew: readonly Incompatibility[];
}

/** Compares two versions of a type, both ways and for both formats. No reason: compatible. */
export function compare(older: CanonicalType, newer: CanonicalType): Comparison {
  return {
    newReadsOld: merged(binaryReading(older, newer), jsonReading(older, newer)),
    oldReadsNew: merged(binaryReading(newer, older), jsonReading(newer, older)),
  };
}
