// Why a value is not of a wire type, without an error being thrown.
import { pathSegment } from "./error-path.ts";
import { prepend } from "./path-text.ts";

/** Where a value differs from its declared type. */
export interface Mismatch {
  /** The way from the type at the top to the value: `Order.items[3].qty`. */
  readonly path: string;
  /** What the declared type asks for there. */
  readonly expected: string;
}

/** A mismatch of the value at hand. */
export function mismatch(expected: string): Mismatch {
  return { path: "", expected };
}

/** The same mismatch, seen from one level further out; `undefined` stays what it is. */
export function inside(found: Mismatch | undefined, key: string | number): Mismatch | undefined {
  return found && further(found, pathSegment(key));
}

/** As {@link inside}, for a property whose name is an identifier: nothing of it has to be quoted. */
export function insideField(found: Mismatch | undefined, name: string): Mismatch | undefined {
  return found && further(found, "." + name);
}

function further({ path, expected }: Mismatch, segment: string): Mismatch {
  return { path: prepend(segment, path), expected };
}

/** The same mismatch with the name of the type at the top. */
export function rooted(root: string, found: Mismatch | undefined): Mismatch | undefined {
  return found && { path: root + found.path, expected: found.expected };
}
