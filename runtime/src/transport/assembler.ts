// Puts messages together that come in chunks. What it keeps is bounded before it is kept, and grows with what has
// arrived, never with what was declared.

import { readLength } from "./frame.ts";
import { bodyFirstBytes } from "./limits.ts";
import type { AssemblyLimits } from "./outbox.ts";
import { giveBuffer, takeBuffer } from "./spare-buffers.ts";

/** Bytes in front of the chunk's own: its stream, and in the first one the total. */
export const chunkHeadBytes = 4;
export const chunkBeginHeadBytes = 8;

interface Assembly {
  bytes: Uint8Array;
  have: number;
  readonly total: number;
}

/** Why a chunk cannot be taken: a sentence for the go-away. */
export type ChunkFault = string;

export class Assembler {
  /** The message that the last chunk made whole: `bytes[0..end)`. Whoever takes it gives the buffer back. */
  whole: { readonly bytes: Uint8Array; readonly end: number } | undefined;

  readonly #limits: AssemblyLimits & { readonly messageLengthMax: number };
  readonly #assemblies = new Map<number, Assembly>();
  /** Totals of all that is being put together. */
  #declared = 0;

  constructor(limits: AssemblyLimits & { readonly messageLengthMax: number }) {
    this.#limits = limits;
  }

  /** Bytes of memory kept for what is not whole. */
  get heldBytes(): number {
    let sum = 0;
    for (const { bytes } of this.#assemblies.values()) sum += bytes.length;
    return sum;
  }

  /** Takes the body of a `chunkBegin` frame, `frame[start..end)`. */
  begin(frame: Uint8Array, start: number, end: number): ChunkFault | undefined {
    this.whole = undefined;
    if (end - start <= chunkBeginHeadBytes) return "a first chunk without bytes";
    const stream = readLength(frame, start);
    const total = readLength(frame, start + 4);
    if (end - start - chunkBeginHeadBytes >= total)
      return `stream ${stream} begins with all of its ${total} bytes`;
    const fault = this.#admit(stream, total);
    if (fault !== undefined) return fault;
    const assembly: Assembly = { bytes: new Uint8Array(0), have: 0, total };
    this.#assemblies.set(stream, assembly);
    this.#declared += total;
    this.#append(stream, assembly, frame.subarray(start + chunkBeginHeadBytes, end));
    return undefined;
  }

  /** Takes the body of a `chunk` frame, or with `isLast` of a `chunkEnd`. */
  more(frame: Uint8Array, start: number, end: number, isLast: boolean): ChunkFault | undefined {
    this.whole = undefined;
    const bytes = end - start - chunkHeadBytes;
    if (bytes <= 0) return "a chunk without bytes";
    const stream = readLength(frame, start);
    const assembly = this.#assemblies.get(stream);
    if (assembly === undefined) return `a chunk of stream ${stream}, which has not begun`;
    if ((assembly.have + bytes === assembly.total) !== isLast) {
      const { have, total } = assembly;
      return `${isLast ? "the last" : "a"} chunk of stream ${stream} with byte ${have + bytes} of ${total}`;
    }
    this.#append(stream, assembly, frame.subarray(start + chunkHeadBytes, end));
    return undefined;
  }

  #admit(stream: number, total: number): ChunkFault | undefined {
    const { messageLengthMax, assembliesMax, assembledBytesMax } = this.#limits;
    if (total > messageLengthMax) return `a message of ${total} bytes where ${messageLengthMax} are taken`;
    if (this.#assemblies.has(stream)) return `stream ${stream} began twice`;
    if (this.#assemblies.size >= assembliesMax) return `more than ${assembliesMax} messages at a time`;
    // One is always taken, as long as a message may be.
    if (this.#declared + total > assembledBytesMax && this.#declared > 0) {
      return `more than ${assembledBytesMax} bytes of messages at a time`;
    }
    return undefined;
  }

  #append(stream: number, assembly: Assembly, part: Uint8Array): void {
    const have = assembly.have + part.length;
    makeRoom(assembly, have);
    assembly.bytes.set(part, assembly.have);
    assembly.have = have;
    if (have < assembly.total) return;
    this.#assemblies.delete(stream);
    this.#declared -= assembly.total;
    this.whole = { bytes: assembly.bytes, end: have };
  }
}

/** Doubling, so that each byte is moved at most twice on average; no more than twice what has arrived. */
function makeRoom(assembly: Assembly, need: number): void {
  if (need <= assembly.bytes.length) return;
  const size = Math.min(assembly.total, Math.max(need, bodyFirstBytes, 2 * assembly.bytes.length));
  const grown = takeBuffer(size);
  grown.set(assembly.bytes.subarray(0, assembly.have));
  giveBuffer(assembly.bytes);
  assembly.bytes = grown;
}
