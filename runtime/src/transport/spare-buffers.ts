// Buffers for what arrives in pieces. Each piece of traffic needs one for a moment; large ones made anew each time would
// keep the collector of garbage busier than everything else.

import { bodyFirstBytes } from "./limits.ts";

/** What is shorter gets a buffer of its own size. */
const worthwhileBytes = 16 * 1024;
const sparesMax = 8;
const spares: Uint8Array[] = [];

/** A buffer to collect `bytes` in: of that length, or a longer one, whose contents mean nothing. */
export function takeBuffer(bytes: number): Uint8Array {
  if (bytes < worthwhileBytes || bytes > bodyFirstBytes) return new Uint8Array(bytes);
  return spares.pop() ?? new Uint8Array(bodyFirstBytes);
}

/** Nobody looks at it any more. */
export function giveBuffer(buffer: Uint8Array): void {
  if (buffer.length === bodyFirstBytes && spares.length < sparesMax) spares.push(buffer);
}
