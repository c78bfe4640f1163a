// A folder outside the repository with a project in it, and esbuild run on it as a user would.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type BuildOptions,
  type BuildResult,
  build,
  context,
  type Metafile,
  type OutputFile,
  type Plugin,
} from "esbuild";

const repository = join(import.meta.dirname, "../../..");

export type Files = Readonly<Record<string, string>>;

/** What a build came to: esbuild throws its failures, and tests want both in one shape. */
export interface Built extends Pick<BuildResult, "errors" | "warnings"> {
  readonly outputFiles?: readonly OutputFile[] | undefined;
  readonly metafile?: Metafile | undefined;
}

/** Bundles the runtime's sources, not what was last built of them; `#text` and `#try` as the platform's condition says. */
export const runtimeSources: Plugin = {
  name: "runtime sources",
  setup(setup) {
    const codec = join(repository, "runtime/src/codec");
    const isNode = setup.initialOptions.platform === "node";
    setup.onResolve({ filter: /^@hewn\/runtime\/codec$/ }, () => ({
      path: join(codec, "index.ts"),
      sideEffects: false,
    }));
    const files: Readonly<Record<string, string>> = { "#text": "text", "#try": "try-read" };
    setup.onResolve({ filter: /^#(text|try)$/ }, ({ path }) => {
      const file = `${files[path]}.${isNode ? "node" : "portable"}.ts`;
      return { path: join(codec, file), sideEffects: false };
    });
  },
};

/** The strictest common settings; tests replace what they are about. */
export const strictConfig = {
  compilerOptions: {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
    lib: ["es2023"],
  },
  include: ["src"],
};

export class Workspace implements Disposable {
  readonly folder: string;

  constructor(files: Files = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-bundle-")));
    symlinkSync(join(repository, "node_modules"), this.path("node_modules"), "junction");
    this.write({ "package.json": '{ "type": "module" }', "tsconfig.json": JSON.stringify(strictConfig) });
    this.write(files);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  exists(name: string): boolean {
    return existsSync(this.path(name));
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** When a file was written, in nanoseconds. */
  modified(name: string): bigint {
    return statSync(this.path(name), { bigint: true }).mtimeNs;
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  remove(name: string): void {
    rmSync(this.path(name));
  }

  options(plugin: Plugin, more: BuildOptions = {}): BuildOptions {
    return {
      absWorkingDir: this.folder,
      entryPoints: ["src/main.ts"],
      bundle: true,
      format: "esm",
      write: false,
      logLevel: "silent",
      plugins: [plugin, runtimeSources],
      ...more,
    };
  }

  async build(plugin: Plugin, more: BuildOptions = {}): Promise<Built> {
    return build(this.options(plugin, more)).catch((failure: Built) => failure);
  }

  /** esbuild's watch mode; each build is awaited, none is guessed. */
  async watch(plugin: Plugin, more: BuildOptions = {}): Promise<Watching> {
    const watching = new Watching();
    const options = this.options(plugin, more);
    const plugins = [...(options.plugins ?? []), watching.plugin];
    const running = await context({ ...options, plugins });
    watching.stop = () => running.dispose();
    await running.watch();
    return watching;
  }
}

/** The builds of a watch mode, in their order. */
export class Watching implements AsyncDisposable {
  readonly #builds: Built[] = [];
  readonly #waiting: ((built: Built) => void)[] = [];
  stop: () => Promise<void> = async () => undefined;

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get plugin(): Plugin {
    return {
      name: "watching",
      setup: (setup) => {
        setup.onEnd((built) => {
          const waiting = this.#waiting.shift();
          if (waiting) waiting(built);
          else this.#builds.push(built);
        });
      },
    };
  }

  /** The next build that was not answered yet. */
  next(deadlineMs = 15_000): Promise<Built> {
    const built = this.#builds.shift();
    if (built) return Promise.resolve(built);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no build in ${deadlineMs} ms`)), deadlineMs);
      this.#waiting.push((next) => {
        clearTimeout(late);
        resolve(next);
      });
    });
  }

  /** The first build that fits; esbuild may build twice for one change. */
  async until(fits: (built: Built) => boolean): Promise<Built> {
    for (;;) {
      const built = await this.next();
      if (fits(built)) return built;
    }
  }
}

/** The text of a bundle of one file; the errors where there is none. */
export function bundleOf(built: Built): string {
  const text = built.outputFiles?.[0]?.text;
  if (text === undefined) throw new Error(built.errors.map((error) => error.text).join("\n"));
  return text;
}
