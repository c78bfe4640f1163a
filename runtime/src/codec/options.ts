// What a caller may choose for one call of a codec.
import { depthCeiling, depthMax } from "./limits.ts";

export interface EncodeOptions {
  /** Return bytes with a buffer of their own instead of a view on a shared slab. Default false. */
  readonly copy?: boolean;
  /** How many values of a recursive type may stand in one another. Default 128, at most 1000. */
  readonly depthMax?: number;
}

export interface DecodeOptions {
  /** How many values of a recursive type may stand in one another. Default 128, at most 1000. */
  readonly depthMax?: number;
  /**
   * Bytes of heap that the values of a message may take, by a count that is never too low. Default 56 for each byte of
   * a MessagePack message, at least 1 MiB. In JSON only byte strings, typed arrays, sets, maps and what no text mentions
   * are counted, with 36 for each character. Raise it only for messages whose sender you trust.
   */
  readonly heapMax?: number;
  /** Where the handles in the message lead. Without it what is sent to them is `notSent: unbound`. */
  readonly refs?: RefPorts;
}

/** Whoever knows the way to the actors that messages speak of. */
export interface RefPorts {
  /** What a handle sends by: a port of `@hewn/runtime/actors`. Without a node the address is of whoever wrote it. */
  portTo(address: { readonly node?: string; readonly id: number; readonly actor: string }): object;
}

export interface CloneOptions {
  /** How many values of a recursive type may stand in one another. Default 128, at most 1000. */
  readonly depthMax?: number;
}

/** The depth that options ask for, as a whole number within the bounds. */
export function chosenDepth(options: { readonly depthMax?: number } | undefined): number {
  const depth = options?.depthMax;
  if (depth === undefined) return depthMax;
  return depth >= 0 ? Math.min(Math.floor(depth), depthCeiling) : 0;
}

/** The heap that options ask for; what is no number of bytes asks for nothing. */
export function chosenHeap(options: DecodeOptions | undefined, budget: number): number {
  const heap = options?.heapMax;
  if (heap === undefined) return budget;
  return heap >= 0 ? heap : 0;
}
