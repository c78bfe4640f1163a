// A project in a directory of its own, and the built `hewn` run in it as a user would.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { Watched } from "./watched.ts";

const repository = join(import.meta.dirname, "../../../..");
/** The built command. */
export const main = join(repository, "packages/cli/dist/main.js");

/** The compiler that this repository builds with. */
export const tsc = join(repository, "node_modules/typescript/bin/tsc");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What most tests compile with. */
export const tsconfig = JSON.stringify({
  compilerOptions: { target: "es2022", lib: ["es2022"], module: "nodenext", strict: true, outDir: "dist" },
  include: ["src"],
});

export class TempProject {
  readonly directory: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), "hewn-cli-")));
    mkdirSync(join(this.directory, "node_modules/@hewn"), { recursive: true });
    symlinkSync(join(repository, "runtime"), join(this.directory, "node_modules/@hewn/runtime"), "dir");
    this.write("package.json", JSON.stringify({ type: "module" }));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  /** Removes the directory. */
  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  path(file: string): string {
    return join(this.directory, file);
  }

  write(file: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  exists(file: string): boolean {
    return existsSync(this.path(file));
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  /** Makes `link` lead to `target`, as workspaces do. */
  link(target: string, link: string): void {
    this.linkOut(this.path(target), link);
  }

  /** Makes `link` lead to a folder outside of the project. */
  linkOut(target: string, link: string): void {
    mkdirSync(dirname(this.path(link)), { recursive: true });
    symlinkSync(target, this.path(link), "dir");
  }

  /** Runs one command of hewn to its end. */
  hewn(...args: readonly string[]): Promise<Run> {
    return this.hewnWith({}, ...args);
  }

  /** The same with more environment. */
  hewnWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
    return ended(this.#spawn(env, [main, ...args]));
  }

  /** The same, with something on stdin. */
  hewnFed(input: string | Uint8Array, ...args: readonly string[]): Promise<Run> {
    return ended(this.#spawn({}, [main, ...args], input));
  }

  /** Runs another script to its end. */
  run(script: string, ...args: readonly string[]): Promise<Run> {
    return ended(this.#spawn({}, [script, ...args]));
  }

  /** Starts a command that goes on until it is interrupted. */
  watch(...args: readonly string[]): Watched {
    return new Watched(this.#spawn({}, [main, "generate", "--watch", ...args]));
  }

  /** The same for any command that goes on, with more environment. */
  start(env: Readonly<Record<string, string>>, ...args: readonly string[]): Watched {
    return this.startWithin([], env, ...args);
  }

  /** The same, started by a command that starts it somewhere else than here. */
  startWithin(
    within: readonly string[],
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Watched {
    return new Watched(this.#spawn(env, [main, ...args], "", within));
  }

  #spawn(
    env: Readonly<Record<string, string>>,
    args: readonly string[],
    input: string | Uint8Array = "",
    within: readonly string[] = [],
  ) {
    const { FORCE_COLOR: _, ...inherited } = process.env;
    const [program = "", ...rest] = [...within, process.execPath, ...args];
    const child = spawn(program, rest, {
      cwd: this.directory,
      env: { ...inherited, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // A command that does not want all of it closes the pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    return child;
  }
}

/** Whether work becomes long enough to tell of it is the machine's matter, and no test's. */
const progressLine = /^hewn: (?:loading|\d+ of \d+ files:) .*\n/gm;

function ended(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const stderr = output.stderr.replaceAll(progressLine, "");
      resolve({ code, stdout: output.stdout, stderr });
    });
  });
}

/** Runs `work` in a project of these files, and removes it afterwards. */
export async function inProject(
  files: Readonly<Record<string, string>>,
  work: (project: TempProject) => Promise<void>,
): Promise<void> {
  const project = new TempProject({ "tsconfig.json": tsconfig, ...files });
  try {
    await work(project);
  } finally {
    project.dispose();
  }
}
