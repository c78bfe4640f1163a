// What a demo leaves behind when it ends, in whatever way: nothing. Its folder and its processes live here.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

const root = join(import.meta.dirname, "../..");

/** Milliseconds after which a process of the demo counts as hung. */
const deadlineMs = 60_000;

export interface Ended {
  readonly code: number | null;
  /** Both output streams, as they came. */
  readonly output: string;
}

/** A process that runs. */
export interface Running {
  /** The first line of its output that matches; rejects if the process ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  signal(signal: NodeJS.Signals): void;
}

export class Stage {
  /** A temporary folder with a copy of the application, in which `@hewn/*` resolves to this repository. */
  readonly folder: string;
  readonly #children = new Set<ChildProcess>();

  /** @param app a folder; what was generated or compiled in it is not copied */
  constructor(app: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-demo-")));
    process.once("exit", () => this.#clear());
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => process.exit(128 + constants.signals[signal]));
    }
    const made = /\.codec\.ts$|^(?:dist|node_modules)$/;
    cpSync(app, this.folder, { recursive: true, filter: (source) => !made.test(basename(source)) });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"), "junction");
  }

  /** Starts a Node process in the folder. `onLine` sees its output as it comes; `env` is added to its environment. */
  start(
    args: readonly string[],
    onLine: (line: string) => void = () => {},
    env: Readonly<Record<string, string>> = {},
  ): Running {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    this.#children.add(child);
    const timer = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
    const lines = new Lines(onLine);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => lines.add(line));
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        clearTimeout(timer);
        this.#children.delete(child);
        lines.end();
        resolve({ code, output: lines.text });
      });
    });
    return { line: (pattern) => lines.find(pattern), ended, signal: (signal) => void child.kill(signal) };
  }

  #clear(): void {
    for (const child of this.#children) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Output that comes line by line, and those who wait for one. */
class Lines {
  text = "";
  readonly #onLine: (line: string) => void;
  #waiting: { pattern: RegExp; found: (match: RegExpExecArray) => void; failed: (error: Error) => void }[] =
    [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(line: string): void {
    this.text += `${line}\n`;
    this.#onLine(line);
    this.#waiting = this.#waiting.filter(({ pattern, found }) => {
      const match = pattern.exec(stripVTControlCharacters(line));
      if (match !== null) found(match);
      return match === null;
    });
  }

  find(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((found, failed) => this.#waiting.push({ pattern, found, failed }));
  }

  end(): void {
    for (const { pattern, failed } of this.#waiting) {
      failed(new Error(`a process ended without a line like ${pattern}:\n${this.text}`));
    }
  }
}
