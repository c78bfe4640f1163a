// A type's codec as a value: what the runtime needs to carry messages of a type that it does not know.
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** What holds between this version of a type and another one: each reads the other, or one direction only. */
export type Compatibility = "both" | "reads" | "writes";

/** The binary codec of `T`. */
export interface Codec<T> {
  readonly name: string;
  /** Equal for equal wire forms of the type. */
  readonly fingerprint: string;
  /** Fingerprints of other versions of the type that this one can talk to. */
  readonly compatible?: Readonly<Record<string, Compatibility>>;
  /** Writes `value` from `p` on and returns where it ends; makes its own room. `depth`: levels left for recursion. */
  readonly write: (w: Writer, p: number, value: T, depth: number) => number;
  /** Reads a value. `depth`: levels left for recursion. */
  readonly read: (r: Reader, depth: number) => T;
  /**
   * A copy that shares with `value` only what is immutable; absent where the whole type is, so that a receiver near by
   * can be handed `value` itself. `depth`: levels left for recursion. Throws an EncodeError.
   */
  readonly clone?: (value: T, depth: number) => T;
}
