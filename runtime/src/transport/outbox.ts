// Messages that cannot go at once: those too long for a frame, and those behind them of the same pair. Pairs take turns,
// a chunk or a message each; within a pair nothing overtakes.

import { chunkBytes, waitingMessageBytes } from "./limits.ts";

/** What goes out next. `body` is a window on the message. */
export type Piece =
  | { readonly kind: "message"; readonly body: Uint8Array }
  | {
      readonly kind: "chunkBegin";
      readonly stream: number;
      readonly total: number;
      readonly body: Uint8Array;
    }
  | { readonly kind: "chunk" | "chunkEnd"; readonly stream: number; readonly body: Uint8Array };

/** What the receiver puts together at a time. */
export interface AssemblyLimits {
  readonly assembliesMax: number;
  readonly assembledBytesMax: number;
}

/** A pair with something to send. */
interface Line {
  readonly pair: number;
  readonly bodies: Uint8Array[];
  /** Of the first body: bytes that have gone, and its stream once it has begun. */
  gone: number;
  stream: number;
}

export class Outbox {
  /** Bytes that wait, with what it costs to keep them. */
  cost = 0;
  /** Messages that have not gone out whole. */
  messages = 0;

  readonly #limits: AssemblyLimits;
  /** In the order of their turns. */
  readonly #lines = new Map<number, Line>();
  #begun = 0;
  #begunBytes = 0;
  #lastStream = 0;

  constructor(limits: AssemblyLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.messages === 0;
  }

  /** Something of this pair waits, so that what follows it has to wait too. */
  has(pair: number): boolean {
    return this.#lines.has(pair);
  }

  /** `body` is kept as it is and must not change. */
  push(pair: number, body: Uint8Array): void {
    const line = this.#lines.get(pair);
    if (line === undefined) this.#lines.set(pair, { pair, bodies: [body], gone: 0, stream: 0 });
    else line.bodies.push(body);
    this.cost += body.length + waitingMessageBytes;
    this.messages++;
  }

  /** Takes the next piece; undefined where nothing waits. */
  next(): Piece | undefined {
    for (const line of this.#lines.values()) {
      const body = line.bodies[0]!;
      if (body.length > chunkBytes && line.gone === 0 && !this.#mayBegin(body)) continue;
      const piece = this.#take(line, body);
      this.#lines.delete(line.pair);
      if (line.bodies.length > 0) this.#lines.set(line.pair, line);
      return piece;
    }
    return undefined;
  }

  /** One may always begin, so that a receiver that puts little together is sent long messages one by one. */
  #mayBegin(body: Uint8Array): boolean {
    const { assembliesMax, assembledBytesMax } = this.#limits;
    if (this.#begun === 0) return true;
    return this.#begun < assembliesMax && this.#begunBytes + body.length <= assembledBytesMax;
  }

  #take(line: Line, body: Uint8Array): Piece {
    if (body.length <= chunkBytes) {
      this.#finish(line, body);
      return { kind: "message", body };
    }
    const part = body.subarray(line.gone, line.gone + chunkBytes);
    if (line.gone === 0) return this.#begin(line, body, part);
    line.gone += part.length;
    if (line.gone < body.length) return { kind: "chunk", stream: line.stream, body: part };
    this.#begun--;
    this.#begunBytes -= body.length;
    this.#finish(line, body);
    return { kind: "chunkEnd", stream: line.stream, body: part };
  }

  #begin(line: Line, body: Uint8Array, part: Uint8Array): Piece {
    this.#lastStream = (this.#lastStream + 1) >>> 0;
    line.stream = this.#lastStream;
    line.gone = part.length;
    this.#begun++;
    this.#begunBytes += body.length;
    return { kind: "chunkBegin", stream: line.stream, total: body.length, body: part };
  }

  #finish(line: Line, body: Uint8Array): void {
    this.cost -= body.length + waitingMessageBytes;
    this.messages--;
    line.bodies.shift();
    line.gone = 0;
  }
}
