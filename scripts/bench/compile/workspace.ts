// A folder in which the generated project lies, ready to be compiled in every way that is measured.
import {
  globSync,
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
import { generatedProject, type ProjectSize } from "./generated-project.ts";

const root = join(import.meta.dirname, "../../..");

/** Of packages, and of ts-patch the compiler that it has patched: that is made once, and is not the plugin's doing. */
const linked = ["@hewn", "typescript", "ts-patch", ".cache/ts-patch"];

const plugin = { transform: "@hewn/plugin/transformer", transformProgram: true };

/** What compiles the project: all its files with the plugin and without it, or its sources alone. */
const configs = {
  "tsconfig.json": { compilerOptions: { plugins: [plugin] } },
  "tsconfig.plain.json": {},
  "tsconfig.sources.json": { exclude: ["src/**/*.codec.ts"] },
};

const compilerOptions = {
  module: "nodenext",
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  types: [],
  rootDir: "src",
  noEmit: true,
};

export type Config = keyof typeof configs;

export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-bench-compile-")));
  /** The sources, relative to the folder. */
  readonly sources: readonly string[];
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.remove();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };

  constructor(size: ProjectSize) {
    process.once("SIGINT", this.#onSignal);
    process.once("SIGTERM", this.#onSignal);
    const texts = [...generatedProject(size)].map(([name, text]) => [`src/${name}`, text] as const);
    this.sources = texts.map(([name]) => name);
    for (const [name, text] of texts) this.write(name, text);
    this.write("package.json", '{"type":"module"}');
    for (const [name, { compilerOptions: more = {}, ...rest }] of Object.entries<Settings>(configs)) {
      const config = { compilerOptions: { ...compilerOptions, ...more }, include: ["src"], ...rest };
      this.write(name, JSON.stringify(config, undefined, 2));
    }
    for (const name of linked) this.#link(name);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** The codecs that are there, by their absolute names. */
  codecs(): readonly string[] {
    return globSync(this.path("src/**/*.codec.ts"));
  }

  /** Takes away everything that a compile has left: what follows is a first compile. */
  clean(): void {
    for (const codec of this.codecs()) rmSync(codec);
    rmSync(this.path("node_modules/.cache/hewn"), { recursive: true, force: true });
  }

  /** Adds a field to the first interface of a source; the next edit takes it away again. */
  edit(source: string): void {
    const text = readFileSync(this.path(source), "utf8");
    const field = "  readonly editedField?: string;\n";
    const edited = text.includes(field)
      ? text.replace(field, "")
      : text.replace(/^(export interface \w+ \{\n)/m, `$1${field}`);
    this.write(source, edited);
  }

  remove(): void {
    process.off("SIGINT", this.#onSignal);
    process.off("SIGTERM", this.#onSignal);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #link(name: string): void {
    const [from, to] = [join(root, "node_modules", name), this.path(join("node_modules", name))];
    mkdirSync(from, { recursive: true });
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to, "dir");
  }
}

interface Settings {
  readonly compilerOptions?: object;
  readonly exclude?: readonly string[];
}
