// A project in a temporary folder on which tests run the real tspc: what is not checked by spawning it is not known.
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");
const tspcPath = join(root, "node_modules/ts-patch/bin/tspc.js");

/** Milliseconds until a compile, or one step of a watch, counts as hung. */
const deadline = 150_000;

/** Milliseconds for a test that spawns several compiles, on a machine that does other things too. */
export const timeout = 180_000;

export type Files = Readonly<Record<string, string>>;

export interface Compiled {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly output: string;
}

/** A tsconfig.json with strict options, our plugin, and `options` over both; `rest` are its other top-level keys. */
export function tsconfig(options: object = {}, rest: object = { include: ["src"] }): string {
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    strict: true,
    types: [],
    rootDir: "src",
    outDir: "dist",
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    plugins: [{ transform: "@hewn/plugin/transformer", transformProgram: true }],
    ...options,
  };
  return JSON.stringify({ compilerOptions, ...rest });
}

export class TestProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-tspc-")));
  readonly #running = new Set<ChildProcess>();

  constructor(files: Files) {
    // Its own folder, so that what is cached there stays here; but ts-patch's cache of the patched compiler is shared.
    for (const name of ["@hewn", "typescript", "ts-patch", ".cache/ts-patch"]) {
      const [from, to] = [join(root, "node_modules", name), this.path(join("node_modules", name))];
      mkdirSync(from, { recursive: true });
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to, "dir");
    }
    this.write({ "package.json": '{"type":"module"}', ...files });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  edit(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (!text.includes(from)) throw new Error(`${name} does not contain ${from}`);
    this.write({ [name]: text.replace(from, () => to) });
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  /** When the file was last written: milliseconds. */
  modified(name: string): number {
    return statSync(this.path(name)).mtimeMs;
  }

  /** All files of a folder, sorted, relative to it. */
  list(folder: string): readonly string[] {
    if (!this.has(folder)) return [];
    return readdirSync(this.path(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path(folder).length + 1))
      .sort();
  }

  /** Runs tspc to its end. */
  compile(...args: readonly string[]): Promise<Compiled> {
    return this.run(tspcPath, ...args);
  }

  /** Runs a script under Node to its end. */
  async run(script: string, ...args: readonly string[]): Promise<Compiled> {
    const session = new Session(this.#spawn(script, args));
    const code = await session.ended();
    return { code, output: session.output };
  }

  /** Starts a tspc that watches. */
  watch(...args: readonly string[]): Session {
    return new Session(this.#spawn(tspcPath, args));
  }

  #spawn(script: string, args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1", NODE_OPTIONS: "" },
    });
    this.#running.add(child);
    child.once("exit", () => this.#running.delete(child));
    return child;
  }

  /** Ends what still runs and removes the folder. */
  async close(): Promise<void> {
    await Promise.all([...this.#running].map((child) => ended(child, () => child.kill())));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function ended(child: ChildProcess, ask: () => void): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("close", resolve);
    ask();
  });
}

/** A running tspc and what it has said so far. */
export class Session {
  output = "";
  readonly #closed: Promise<number | null>;
  readonly #heard = new EventEmitter();
  #taken = 0;

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        this.#heard.emit("output");
      });
    }
    this.#closed = ended(child, () => {});
  }

  ended(): Promise<number | null> {
    return this.#beforeDeadline(this.#closed, "the end");
  }

  /** Waits for a match in what was said since the last match, and answers everything up to its end. */
  async said(pattern: RegExp): Promise<string> {
    const closed = this.#closed.then(() => "closed" as const);
    for (;;) {
      const fresh = this.output.slice(this.#taken);
      const match = pattern.exec(fresh);
      if (match !== null) {
        const text = fresh.slice(0, match.index + match[0].length);
        this.#taken += text.length;
        return text;
      }
      const news = once(this.#heard, "output");
      const state = await this.#beforeDeadline(Promise.race([news, closed]), String(pattern));
      if (state === "closed") throw new Error(`ended before ${pattern}:\n${this.output}`);
    }
  }

  /** How often the output matches so far. */
  count(pattern: RegExp): number {
    return [...this.output.matchAll(new RegExp(pattern, "g"))].length;
  }

  async #beforeDeadline<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`waited in vain for ${what}:\n${this.output}`)), deadline);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A tagged type over a chain of two files without tags, and an importer of its codec. */
export const sensorFiles: Files = {
  "src/meta.ts": "export interface Meta { readonly label: string }\n",
  "src/geo.ts":
    'import type { Meta } from "./meta.js";\nexport interface Geo { readonly lat: number; readonly meta: Meta }\n',
  "src/sensor.ts":
    'import type { Geo } from "./geo.js";\n\n/** @wire */\nexport interface Reading {\n  readonly id: string;\n  readonly geo: Geo;\n}\n',
  "src/main.ts":
    'import { encodeReading } from "./sensor.codec.js";\n\nexport const bytes: Uint8Array = encodeReading({ id: "a", geo: { lat: 1, meta: { label: "x" } } });\n',
};
