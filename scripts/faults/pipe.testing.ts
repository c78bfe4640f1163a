// One direction of a stream through the fault proxy: bytes wait here for their time, in order, the end behind them.
import { once } from "node:events";
import type { Socket } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Faults } from "./faults.testing.ts";

/** What may wait before the source is no longer read: a full link, not an endless one. */
const waitingBytesMax = 1024 * 1024;
/** A throttled chunk goes in pieces of so many milliseconds. */
const throttleStepMs = 10;

interface Waiting {
  /** Undefined: the end. */
  readonly bytes: Buffer | undefined;
  readonly dueMs: number;
}

export class Pipe {
  /** Bytes that have gone on. */
  passed = 0;
  /** Bytes that are gone. */
  discarded = 0;

  readonly #from: Socket;
  readonly #to: Socket;
  #faults: Faults;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #isRunning = false;
  /** Whoever waits for other faults. */
  #changed: () => void = () => {};

  constructor(from: Socket, to: Socket, faults: Faults) {
    this.#from = from;
    this.#to = to;
    this.#faults = faults;
    from.on("data", (bytes) => this.#take(bytes));
    from.on("end", () => this.#put(undefined));
    for (const socket of [from, to]) socket.once("close", () => this.#changed());
  }

  set faults(faults: Faults) {
    this.#faults = faults;
    this.#changed();
  }

  /** Whether it has a hole where bytes are missing: nothing may follow them. */
  get isBroken(): boolean {
    return this.discarded > 0;
  }

  #take(bytes: Buffer): void {
    if (this.#faults.passage === "discard" || this.isBroken) {
      this.discarded += bytes.length;
      return;
    }
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= waitingBytesMax) this.#from.pause();
    this.#put(bytes);
  }

  #put(bytes: Buffer | undefined): void {
    this.#waiting.push({ bytes, dueMs: performance.now() + this.#faults.delayMs });
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#pass(next);
    }
    this.#isRunning = false;
  }

  async #pass({ bytes, dueMs }: Waiting): Promise<void> {
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await setTimeout(waitMs);
    while (this.#faults.passage === "hold" && !this.#to.destroyed) await this.#change();
    if (bytes === undefined) return this.#passEnd();
    if (this.#faults.passage === "discard") this.discarded += bytes.length;
    else await this.#write(bytes);
    this.#waitingBytes -= bytes.length;
    if (this.#waitingBytes < waitingBytesMax && !this.#from.destroyed) this.#from.resume();
  }

  #passEnd(): void {
    if (this.#to.destroyed) this.#from.destroy();
    else if (this.#faults.passage === "forward" && !this.isBroken) this.#to.end();
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#to.destroyed; ) {
      const { singleBytes, bytesPerSecond } = this.#faults;
      const isThrottled = bytesPerSecond !== Infinity;
      const step = isThrottled ? Math.ceil((bytesPerSecond * throttleStepMs) / 1000) : bytes.length;
      const end = at + (singleBytes ? 1 : step);
      const piece = bytes.subarray(at, end);
      if (!this.#to.write(piece)) await this.#drained();
      this.passed += piece.length;
      at = end;
      if (isThrottled) await setTimeout((1000 * piece.length) / bytesPerSecond);
      // One turn later, so that the system sends them one by one.
      else if (singleBytes) await setImmediate();
    }
  }

  async #drained(): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const isOver = once(this.#to, "close", { signal }).catch(() => {});
    await Promise.race([once(this.#to, "drain", { signal }).catch(() => {}), isOver]);
    controller.abort();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
