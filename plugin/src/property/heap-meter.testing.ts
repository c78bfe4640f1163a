// What the engine really takes for what a function makes, measured in a thread of its own: in a test's process each
// collection would go through the heap of a compiler.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A call of what the module exports. */
export interface MeterCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Bytes that the result holds, of heap and buffers; or the code of the error that was thrown instead. */
export type Measured = { readonly taken: number } | { readonly refused: string };

/** Measures what the functions of one module make. One call at a time. */
export class HeapMeter {
  readonly #thread: Worker;

  /** `module`: where it is, as a URL. */
  constructor(module: string) {
    this.#thread = new Worker(new URL("./heap-meter.worker.testing.ts", import.meta.url), {
      workerData: module,
    });
  }

  async measure(name: string, ...args: readonly unknown[]): Promise<Measured> {
    const answer = once(this.#thread, "message");
    this.#thread.postMessage({ name, args } satisfies MeterCall);
    const [measured] = (await answer) as [Measured];
    return measured;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread.terminate();
  }
}
