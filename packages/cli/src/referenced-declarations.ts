// What a project sees of the projects that it references: their declarations and codecs, as `tsc --build` would have
// written them. They are made in memory, so that a clean checkout, an old build and a fresh one give the same codecs.
import { realpathSync } from "node:fs";
import { posix } from "node:path";
import { codecPath } from "@hewn/plugin";
import type { FileSystemHost } from "ts-morph";
import type { Compiler } from "./compiler.ts";
import { slashed } from "./paths.ts";
import type { ProjectConfig } from "./tsconfig.ts";

/** The part of a loaded project that is needed here. */
export interface Declaring {
  readonly config: ProjectConfig;
  readonly sources: readonly string[];
  /** The declarations of one source; undefined when the compiler makes none. */
  declarationText(source: string): string | undefined;
}

interface Output {
  readonly project: Declaring;
  readonly source: string;
}

/** The text of the codec beside a source of any project; undefined where there is none. */
export type CodecText = (source: string) => string | undefined;

export class ReferencedDeclarations {
  readonly #outputs = new Map<string, Output>();
  readonly #outputOf = new Map<string, string>();
  /** The sources of the codecs that would be compiled to these files. */
  readonly #codecs = new Map<string, string>();
  readonly #codecText: CodecText;
  readonly #names = new Set<string>();
  readonly #directories = new Set<string>();

  constructor(ts: Compiler, projects: Iterable<Declaring>, codecText: CodecText = () => undefined) {
    this.#codecText = codecText;
    for (const project of projects) this.#add(ts, project);
  }

  #add(ts: Compiler, project: Declaring): void {
    for (const source of project.sources) {
      const outputs = ts.getOutputFileNames(project.config.parsed, source, false).map(slashed);
      const file = outputs.find((output) => /\.d\.[mc]?ts$/.test(output));
      if (file === undefined) continue;
      this.#outputs.set(file, { project, source });
      this.#outputOf.set(source, file);
      this.#names.add(posix.basename(file));
      for (const output of outputs.filter((each) => !each.endsWith(".map"))) {
        const codec = output.endsWith("ts")
          ? codecPath(output)
          : output.replace(/\.([mc]?js)x?$/, ".codec.$1");
        this.#codecs.set(codec, source);
        this.#names.add(posix.basename(codec));
      }
      for (let at = posix.dirname(file); !this.#directories.has(at); at = posix.dirname(at))
        this.#directories.add(at);
    }
  }

  get files(): Iterable<string> {
    return this.#outputs.keys();
  }

  /** The declaration file that stands for a source of a referenced project. */
  outputOf(source: string): string | undefined {
    return this.#outputOf.get(source);
  }

  /** A file system in which the declarations and codecs exist. */
  over(real: FileSystemHost): FileSystemHost {
    const shown: Partial<FileSystemHost> = {
      fileExistsSync: (path) => {
        const found = this.#find(path);
        if (found === undefined) return real.fileExistsSync(path);
        return this.#outputs.has(found) || this.#read(found) !== undefined;
      },
      directoryExistsSync: (path) => this.#directories.has(path) || real.directoryExistsSync(path),
      readFileSync: (path, encoding) => this.#read(path) ?? real.readFileSync(path, encoding),
      realpathSync: (path) => this.#find(path) ?? real.realpathSync(path),
    };
    return new Proxy(real, {
      get(target, key) {
        const own: unknown = Reflect.get(shown, key);
        if (own !== undefined) return own;
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  #read(path: string): string | undefined {
    const found = this.#find(path) ?? "";
    const source = this.#codecs.get(found);
    // As TypeScript: it declares the same functions and has the same fingerprint as what is compiled of it.
    if (source !== undefined) return this.#codecText(source);
    const output = this.#outputs.get(found);
    return output?.project.declarationText(output.source);
  }

  #has(path: string): boolean {
    return this.#outputs.has(path) || this.#codecs.has(path);
  }

  /** The declaration file behind a path, which may lead through the links of node_modules. */
  #find(path: string): string | undefined {
    if (this.#has(path)) return path;
    if (!this.#names.has(posix.basename(path))) return undefined;
    const real = realPath(path);
    return this.#has(real) ? real : undefined;
  }
}

/** Resolves the links of as much of a path as exists. */
function realPath(path: string): string {
  try {
    return slashed(realpathSync(path));
  } catch {
    const parent = posix.dirname(path);
    return parent === path ? path : posix.join(realPath(parent), posix.basename(path));
  }
}
