// A running watch, as a test sees it: lines that come, with a deadline.
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

const deadlineMs = 20_000;

export class Watched {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: string[] = [];
  readonly #ended: Promise<number | null>;
  #rest = "";
  #wake: () => void = () => {};
  #code: number | null | undefined;

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    this.#ended = new Promise((resolve) =>
      child.once("close", (code) => {
        this.#code = code;
        this.#wake();
        resolve(code);
      }),
    );
  }

  /** Takes lines off until one matches, and answers it. */
  async line(pattern: RegExp): Promise<string> {
    const passed: string[] = [];
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
        if (pattern.test(line)) return line;
        passed.push(line);
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || this.#code !== undefined)
        throw new Error(`no line like ${pattern} (exit code ${this.#code}) among:\n${passed.join("\n")}`);
      await this.#more(leftMs);
    }
  }

  /** Ctrl-C; answers the exit code and all lines that were not taken. */
  async interrupt(): Promise<{ readonly code: number | null; readonly left: readonly string[] }> {
    this.#child.kill("SIGINT");
    return { code: await this.#ended, left: this.#lines };
  }

  /** Freezes it, thaws it, or asks it to end. */
  signal(signal: "SIGSTOP" | "SIGCONT" | "SIGTERM" | "SIGINT"): void {
    this.#child.kill(signal);
  }

  /** The exit code; null where a signal has ended it. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** At once; also for a test that failed half-way. */
  async kill(): Promise<void> {
    if (this.#code === undefined) this.#child.kill("SIGKILL");
    await this.#ended;
  }

  #more(leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    this.#lines.push(...lines);
    this.#wake();
  }
}
