// A process that takes lines on its standard input and answers each with a line: the same for Node and for Erlang.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** No turn takes as long, and what hangs shall be told instead of waited for. */
const answerDeadlineMs = 60_000;

export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #command: string;
  #errors = "";
  #over: Error | undefined;
  readonly #lines: string[] = [];
  #wake: () => void = () => {};

  constructor([program, ...args]: readonly string[], cwd: string) {
    this.#command = `${program} ${args.join(" ")}`;
    this.#child = spawn(program!, args, { cwd, stdio: "pipe" });
    this.#child.stderr.on("data", (text) => {
      this.#errors = (this.#errors + String(text)).slice(-2000);
    });
    this.#child.stdin.on("error", () => {});
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    this.#child.once("error", (error) => this.#end(error.message));
    this.#child.once("close", (code) => this.#end(`ended with ${code}`));
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  /** @throws Error with the last words of a process that ended, or does not answer */
  async ask(line: string): Promise<string> {
    this.#child.stdin.write(`${line}\n`);
    return this.next();
  }

  /** The next line that it says. */
  async next(): Promise<string> {
    const timer = setTimeout(() => this.#end("does not answer"), answerDeadlineMs);
    try {
      while (this.#lines.length === 0) {
        if (this.#over !== undefined) throw this.#over;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      return this.#lines.shift()!;
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    this.#child.stdin.destroy();
    this.#child.kill();
  }

  #end(what: string): void {
    this.#over ??= new Error(`${this.#command} ${what}\n${this.#errors}`.trimEnd());
    this.#wake();
  }
}
