// Frames on a socket written by hand, as the limit of what TCP in this engine gives: a length of four bytes, then the
// message. Everything of one turn of the event loop goes out in one buffer; long messages go out without a copy.
import type { Socket } from "node:net";

const batchBytes = 64 * 1024;
/** From here on a message is handed to the socket as it is. */
const longBytes = 16 * 1024;

export class FrameSender {
  readonly #socket: Socket;
  readonly #free: Uint8Array[] = [];
  #buffer = Buffer.allocUnsafeSlow(batchBytes) as Uint8Array;
  #at = 0;
  #isScheduled = false;
  readonly #flush = (): void => this.flush();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Sends `bytes[start..end)`. */
  send(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length >= longBytes) return this.#sendLong(bytes.subarray(start, end));
    const p = this.#room(4 + length);
    const buffer = this.#buffer;
    putLength(buffer, p, length);
    if (length === bytes.length) buffer.set(bytes, p + 4);
    else if (length > 64) buffer.set(bytes.subarray(start, end), p + 4);
    else for (let i = 0; i < length; i++) buffer[p + 4 + i] = bytes[start + i]!;
    this.#at = p + 4 + length;
  }

  /** Sends what `write` puts into the buffer, which has room for `most` bytes; it answers the offset behind them. */
  sendWritten(most: number, write: (target: Uint8Array, offset: number) => number): void {
    const p = this.#room(4 + most);
    this.#at = write(this.#buffer, p + 4);
    putLength(this.#buffer, p, this.#at - p - 4);
  }

  flush(): void {
    this.#isScheduled = false;
    if (this.#at === 0) return;
    const buffer = this.#buffer;
    this.#socket.write(buffer.subarray(0, this.#at), () => this.#free.push(buffer));
    this.#buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(batchBytes);
    this.#at = 0;
  }

  #room(bytes: number): number {
    if (this.#at + bytes > batchBytes) this.flush();
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      process.nextTick(this.#flush);
    }
    return this.#at;
  }

  #sendLong(bytes: Uint8Array): void {
    this.flush();
    const head = new Uint8Array(4);
    putLength(head, 0, bytes.length);
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(bytes);
    this.#socket.uncork();
  }
}

function putLength(target: Uint8Array, p: number, length: number): void {
  target[p] = length >>> 24;
  target[p + 1] = length >>> 16;
  target[p + 2] = length >>> 8;
  target[p + 3] = length;
}

/** Hands each message on where it lies in a chunk, or in a buffer of its own where it came in pieces. */
export class FrameReceiver {
  readonly #take: (bytes: Uint8Array, start: number, end: number) => void;
  /** Bytes of a length that came in pieces. */
  #lengthBytes = 0;
  #length = 0;
  #body: Uint8Array | undefined;
  #filled = 0;

  constructor(take: (bytes: Uint8Array, start: number, end: number) => void) {
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    let p = this.#body === undefined && this.#lengthBytes === 0 ? 0 : this.#resume(chunk);
    while (p + 4 <= chunk.length) {
      const length = (chunk[p]! << 24) | (chunk[p + 1]! << 16) | (chunk[p + 2]! << 8) | chunk[p + 3]!;
      if (p + 4 + length > chunk.length) {
        this.#start(length);
        p += 4;
        break;
      }
      this.#take(chunk, p + 4, p + 4 + length);
      p += 4 + length;
    }
    if (p < chunk.length) this.#resume(chunk.subarray(p));
  }

  /** Goes on with a message that came in pieces; answers how much of the chunk belonged to it. */
  #resume(chunk: Uint8Array): number {
    let p = 0;
    while (this.#body === undefined && p < chunk.length) {
      this.#length = (this.#length << 8) | chunk[p++]!;
      if (++this.#lengthBytes === 4) this.#start(this.#length);
    }
    const body = this.#body;
    if (body === undefined) return p;
    const count = Math.min(body.length - this.#filled, chunk.length - p);
    body.set(chunk.subarray(p, p + count), this.#filled);
    this.#filled += count;
    if (this.#filled === body.length) {
      this.#body = undefined;
      this.#take(body, 0, body.length);
    }
    return p + count;
  }

  #start(length: number): void {
    this.#lengthBytes = 0;
    this.#length = 0;
    this.#body = Buffer.allocUnsafeSlow(length);
    this.#filled = 0;
  }
}
