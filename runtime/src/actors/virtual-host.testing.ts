// A world for tests: microtasks are real, time passes when the test says so.
import type { ActorHost } from "./host.ts";

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

export class VirtualHost implements ActorHost {
  #nowMs = 0;
  #timers: Timer[] = [];
  #yielded: (() => void)[] = [];
  readonly #random: () => number;

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  now(): number {
    return this.#nowMs;
  }

  random(): number {
    return this.#random();
  }

  schedule(run: () => void): void {
    queueMicrotask(run);
  }

  yield(run: () => void): void {
    this.#yielded.push(run);
  }

  setTimer(afterMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + afterMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.length;
  }

  /** Has everything happen that needs no time. */
  async settle(): Promise<void> {
    do {
      for (const run of this.#yielded.splice(0)) run();
      // A macrotask comes when no microtask is left.
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (this.#yielded.length > 0);
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.settle();
    for (;;) {
      const [next] = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
      await this.settle();
    }
    this.#nowMs = untilMs;
  }

  /** Time passes, and nothing else happens: what a busy process is like. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }
}
