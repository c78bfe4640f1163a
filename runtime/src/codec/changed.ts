// The error for a value that is not the same at every look, which only getters, proxies and their like can do.
import { type EncodeError, encodeError } from "./encode-error.ts";

/** More or less was written for a value than had been promised for it. */
export function changed(): EncodeError {
  return encodeError("changed", "changed while it was encoded");
}
