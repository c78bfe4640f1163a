// What a project sees of the projects that it references: their declarations and codecs, as `tsc --build` would have
// written them. They are made in memory, so that a clean checkout, an old build and a fresh one give the same codecs.
import { realpathSync } from "node:fs";
import { posix } from "node:path";
import { codecPath } from "../codec-path.ts";

/** A project that others reference. All paths are absolute, with forward slashes. */
export interface Declaring {
  readonly sources: readonly string[];
  /** The files that the compiler would write for one source. */
  outputsOf(source: string): readonly string[];
  /** The declarations of one source; undefined when the compiler makes none. */
  declarationText(source: string): string | undefined;
  /** The text of the codec beside one source; undefined where there is none. */
  codecText(source: string): string | undefined;
}

/** What a file that is not there, or is not looked at, would be made of. */
export interface Made<P> {
  readonly project: P;
  readonly source: string;
}

/** @typeParam P how the one who asks knows a project */
export class ReferencedDeclarations<P extends Declaring = Declaring> {
  readonly #outputs = new Map<string, Made<P>>();
  readonly #outputOf = new Map<string, string>();
  /** By the files to which the codecs would be compiled. */
  readonly #codecs = new Map<string, Made<P>>();
  readonly #names = new Set<string>();
  readonly #directories = new Set<string>();

  constructor(projects: Iterable<P>) {
    for (const project of projects) this.#add(project);
  }

  #add(project: P): void {
    for (const source of project.sources) {
      const outputs = project.outputsOf(source);
      const file = outputs.find((output) => /\.d\.[mc]?ts$/.test(output));
      if (file === undefined) continue;
      this.#outputs.set(file, { project, source });
      this.#outputOf.set(source, file);
      this.#names.add(posix.basename(file));
      for (const output of outputs.filter((each) => !each.endsWith(".map"))) {
        const codec = output.endsWith("ts")
          ? codecPath(output)
          : output.replace(/\.([mc]?js)x?$/, ".codec.$1");
        this.#codecs.set(codec, { project, source });
        this.#names.add(posix.basename(codec));
      }
      for (let at = posix.dirname(file); !this.#directories.has(at); at = posix.dirname(at))
        this.#directories.add(at);
    }
  }

  /** The declaration files. */
  get files(): Iterable<string> {
    return this.#outputs.keys();
  }

  /** The declaration file that stands for a source of a referenced project. */
  outputOf(source: string): string | undefined {
    return this.#outputOf.get(source);
  }

  /** What a declaration file or a codec is made of; undefined for files that are as they are on the disk. */
  originOf(path: string): Made<P> | undefined {
    const found = this.real(path) ?? "";
    return this.#outputs.get(found) ?? this.#codecs.get(found);
  }

  /** Whether a file exists; undefined where that is for the disk to say. */
  exists(path: string): boolean | undefined {
    const found = this.real(path);
    if (found === undefined) return undefined;
    return this.#outputs.has(found) || this.read(found) !== undefined;
  }

  hasDirectory(path: string): boolean {
    return this.#directories.has(path);
  }

  /** The text of a file; undefined where that is for the disk to say. */
  read(path: string): string | undefined {
    const found = this.real(path) ?? "";
    const codec = this.#codecs.get(found);
    // As TypeScript: it declares the same functions and has the same fingerprint as what is compiled of it.
    if (codec) return codec.project.codecText(codec.source);
    const output = this.#outputs.get(found);
    return output?.project.declarationText(output.source);
  }

  /** The source of the codec that a path leads to, in whatever form it would be compiled. */
  codecSource(path: string): string | undefined {
    return this.#codecs.get(this.real(path) ?? "")?.source;
  }

  /** The file behind a path, which may lead through the links of node_modules; undefined for those of the disk. */
  real(path: string): string | undefined {
    if (this.#has(path)) return path;
    if (!this.#names.has(posix.basename(path))) return undefined;
    const real = realPath(path);
    return this.#has(real) ? real : undefined;
  }

  #has(path: string): boolean {
    return this.#outputs.has(path) || this.#codecs.has(path);
  }
}

/** Resolves the links of as much of a path as exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path).replaceAll("\\", "/");
  } catch {
    const parent = posix.dirname(path);
    return parent === path ? path : posix.join(realPath(parent), posix.basename(path));
  }
}
