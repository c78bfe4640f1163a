// Passes over values that the reader's type does not know, of any kind and any depth, without recursion.
import { kindHere, readHead } from "./head.ts";
import { arrayKind, extKind, mapKind, strKind } from "./kinds.ts";
import { type Reader, truncated } from "./reader.ts";

/**
 * Passes over `n` values. Text in them is not checked.
 * @throws DecodeError when they are cut short or hold the reserved byte
 */
export function skip(r: Reader, n = 1): void {
  // Values still to pass over; those inside of a container count once its header has been read.
  for (let left = n; left > 0; left--) {
    const at = r.offset;
    const kind = kindHere(r);
    const length = readHead(r, kind, "a value");
    if (kind === mapKind) left += 2 * length;
    else if (kind === arrayKind) left += length;
    // An extension has its type before its bytes.
    else if (kind >= strKind) r.offset += kind === extKind ? length + 1 : length;
    // Behind this one there must be at least one byte for each value.
    if (left - 1 > r.end - r.offset) throw truncated(r, at);
  }
}
