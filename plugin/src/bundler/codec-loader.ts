// Makes the codecs of a bundle, whatever the bundler: finds the project of a source, runs the core on it, brings the
// file on disk up to date and says which files to watch. Knows builds, because what was read lasts for one.
import { dirname, join, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LockFile } from "@hewn/schema";
import type ts from "typescript";
import { judgeCalls } from "../analyze/calls/program-calls.ts";
import { codecPath } from "../codec-path.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Generated, generate } from "../generate.ts";
import { findLock } from "../lock-file.ts";
import { lockFileName, UnreadableLock } from "../lock-text.ts";
import { readIfPresent, writeCodec } from "./codec-file.ts";
import { loadCompiler, usableCompiler } from "./compiler-module.ts";
import type { Project } from "./project.ts";
import { Projects } from "./projects.ts";
import { type SilentRefusal, silentRefusal } from "./silent-refusal.ts";

export type Generate = typeof generate;

export interface LoaderOptions {
  /** Absolute; the project is searched for a compiler from here. */
  readonly directory: string;
  /** Absolute; without it the tsconfig.json nearest to each source counts. */
  readonly tsconfig: string | undefined;
  /** The compiler to use; without it one is loaded when the first codec is asked for. */
  readonly typescript: typeof ts | undefined;
}

export interface LoadedCodec {
  /** What the codec file says now; undefined where the source has no wire type. */
  readonly text: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Set where types were refused for reasons that `diagnostics` do not tell. */
  readonly refusal?: SilentRefusal | undefined;
  /** What is wrong with the project itself; told once a build. */
  readonly configErrors: readonly ts.Diagnostic[];
  /** What ended the making of this codec; not a fault of the source's types. */
  readonly failure?: unknown;
  /** Absolute; also files that are missing and would matter if they appeared. */
  readonly watchFiles: readonly string[];
  readonly watchDirectories: readonly string[];
  /** The text of a file as the compiler read it. */
  readonly textOf: (file: string) => string | undefined;
}

export class CodecLoader {
  readonly #generate: Generate;
  readonly #options: LoaderOptions;
  #compiler: typeof ts | undefined;
  #projects: Projects | undefined;
  /** Whether a codec of this build is about actors: without any, nothing can be spawned or sent to. */
  #knowsActors = false;
  /** The projects whose configuration errors were told in this build. */
  readonly #told = new Set<Project>();
  /** By directory: the lock that was read last, and the one of this build. */
  readonly #locks = new Map<string, ProjectLock>();
  readonly #locksOfBuild = new Map<string, ProjectLock>();
  /** By source. */
  readonly #makings = new Map<string, Making>();
  /** By source: what to watch if its next making fails before it is known. */
  readonly #watched = new Map<string, readonly string[]>();

  constructor(generate: Generate, options: LoaderOptions) {
    this.#generate = generate;
    this.#options = options;
  }

  /** A build begins: files are compared with the disk again. */
  begin(): void {
    this.#told.clear();
    this.#knowsActors = false;
    this.#locksOfBuild.clear();
    this.#projects?.expire();
  }

  /** The compiler in use. @throws CompilerMissing */
  compiler(): typeof ts {
    const { typescript, directory } = this.#options;
    this.#compiler ??= typescript ? usableCompiler(typescript) : loadCompiler(directory);
    return this.#compiler;
  }

  /** Makes the codec of a source file that exists. Never throws: see {@link LoadedCodec.failure}. */
  async load(source: string): Promise<LoadedCodec> {
    let project: Project | undefined;
    try {
      const compiler = this.compiler();
      project = this.#projectOf(source);
      project.request(source);
      // Lets the other requests of this turn in, so that one program serves them all.
      await nextTurn();
      return this.#make(compiler, project, source);
    } catch (failure) {
      const known = this.#watched.get(source) ?? project?.ownFiles() ?? [source];
      const watchFiles = [...known, ...(failure instanceof UnreadableLock ? [failure.path] : [])];
      const nothing = { diagnostics: [], configErrors: [], watchDirectories: [], textOf: () => undefined };
      return { text: undefined, failure, watchFiles, ...nothing };
    }
  }

  /** What is wrong where actors are spawned and sent to in some files of the bundle, once its codecs are loaded. */
  callDiagnostics(files: Iterable<string>): Pick<LoadedCodec, "diagnostics" | "textOf"> {
    if (!this.#knowsActors) return { diagnostics: [], textOf: () => undefined };
    const compiler = this.compiler();
    const projects = new Map([...files].map((name) => [name, this.#projectOf(name)]));
    // So that one program serves them all.
    for (const [name, project] of projects) project.request(name);
    const programs = new Set([...projects.values()].map((project) => project.programWithCodecs()));
    const diagnostics = [...projects].flatMap(([name, project]) => {
      const program = project.programWithCodecs();
      const file = program.getSourceFile(name);
      return file ? judgeCalls(compiler, program, file) : [];
    });
    const textIn = (program: ts.Program, path: string) => program.getSourceFile(path)?.text;
    const textOf = (path: string) => [...programs].flatMap((program) => textIn(program, path) ?? [])[0];
    return { diagnostics, textOf };
  }

  /**
   * The source in a referenced project whose codec a specifier leads to, whether or not that project was built.
   * Undefined where it leads elsewhere.
   */
  referencedSource(specifier: string, importer: string): string | undefined {
    try {
      return this.#projectOf(importer).codecSource(specifier, importer);
    } catch {
      // Whatever it is, loading the importer's codec has said it, or will.
      return undefined;
    }
  }

  /** @throws CompilerMissing */
  #projectOf(source: string): Project {
    const compiler = this.compiler();
    this.#projects ??= new Projects(compiler, (project, file) => {
      const { lock } = this.#lockOf(project, file);
      const { made } = this.#madeOf(compiler, project, file, lock);
      return made?.hasCodec ? made.text : undefined;
    });
    return this.#projects.find(source, this.#options.tsconfig);
  }

  #make(compiler: typeof ts, project: Project, source: string): LoadedCodec {
    const { lock, lockFiles } = this.#lockOf(project, source);
    const { made, refusal, inputs } = this.#madeOf(compiler, project, source, lock);
    const missing = project.missingFrom(inputs);
    const isAboutActors = made?.text.includes('"@hewn/runtime/actors"') ?? false;
    this.#knowsActors ||= isAboutActors;
    const watchFiles = [
      ...project.filesBehind(inputs),
      codecPath(source),
      ...missing.files,
      ...project.config.files,
      ...lockFiles,
      // What is said of calls depends on types that the codec itself does not depend on.
      ...(isAboutActors ? project.ownFiles() : []),
    ];
    this.#watched.set(source, watchFiles);
    const loaded = {
      text: made?.text,
      diagnostics: made?.diagnostics ?? [],
      refusal,
      configErrors: this.#told.has(project) ? [] : project.config.errors,
      watchFiles,
      watchDirectories: missing.directories,
      textOf: (path: string) => project.program().getSourceFile(path)?.text,
    };
    this.#told.add(project);
    return { ...loaded, ...(made?.hasCodec && this.#write(made)) };
  }

  /** What the core makes of a source, or made of it before if nothing that it depends on has changed. */
  #madeOf(compiler: typeof ts, project: Project, source: string, lock: LockFile | undefined): Making {
    const kept = this.#makings.get(source);
    if (kept && sameItems(kept.stamp, [lock, ...project.stampOf(kept.inputs)])) return kept;
    const program = project.program();
    const packages = project.packages;
    const make = (file: ts.SourceFile) => this.#generate(compiler, program, file, { lock, packages });
    const file = program.getSourceFile(source);
    const made = file && make(file);
    const inputs = [...new Set([source, ...(made?.dependencies ?? [])])];
    const refusal = made && silentRefusal(compiler, program, made, make);
    const making = { made, refusal, inputs, stamp: [lock, ...project.stampOf(inputs)] };
    this.#makings.set(source, making);
    return making;
  }

  /** The lock of a project, read once a build, and where one was looked for. */
  #lockOf(project: Project, source: string): ProjectLock {
    const directory = dirname(project.config.path ?? source);
    const known = this.#locksOfBuild.get(directory) ?? projectLock(directory, this.#locks.get(directory));
    this.#locksOfBuild.set(directory, known);
    this.#locks.set(directory, known);
    return known;
  }

  #write(made: Generated): { readonly failure?: unknown } {
    try {
      writeCodec(made.codec, made.text);
      return {};
    } catch (failure) {
      return { failure };
    }
  }
}

/** What was made of one source, and what it was made of. */
interface Making {
  readonly made: Generated | undefined;
  readonly refusal: SilentRefusal | undefined;
  readonly inputs: readonly string[];
  readonly stamp: readonly unknown[];
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

interface ProjectLock {
  readonly lock: LockFile | undefined;
  readonly text: string | undefined;
  /** The lock, and the nearer places where one would count instead. */
  readonly lockFiles: readonly string[];
}

/** @param before answered again where the lock says what it said */
function projectLock(directory: string, before: ProjectLock | undefined): ProjectLock {
  const lock = findLock(directory);
  const text = lock && readIfPresent(lock.path);
  if (before && before.lock?.path === lock?.path && before.text === text) return before;
  const lockFiles: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    const file = join(at, lockFileName).replaceAll(sep, "/");
    lockFiles.push(file);
    if (file === lock?.path || at === dirname(at)) return { lock, text, lockFiles };
  }
}
