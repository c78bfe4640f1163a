// A project that outlives a build: one configuration, its parsed files, and the program made of them. A build that
// follows another makes a new program of the files that it kept and parses only what changed.
import type ts from "typescript";
import { isCodecPath } from "../codec-path.ts";
import type { ProjectConfig } from "./project-config.ts";
import { SourceFiles } from "./source-files.ts";

/** Paths that were looked for and are not there; a build may change when they appear. */
export interface Missing {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

export class Project {
  readonly #ts: typeof ts;
  readonly #files: SourceFiles;
  readonly #requested = new Set<string>();
  readonly #host: ts.CompilerHost;
  #config: ProjectConfig;
  /** By importing file: what its unresolved imports looked for. */
  readonly #missing = new Map<string, { files: Set<string>; directories: Set<string> }>();
  #resolutions: ts.ModuleResolutionCache | undefined;
  #program: ts.Program | undefined;
  #fresh = false;

  constructor(compiler: typeof ts, config: ProjectConfig) {
    this.#ts = compiler;
    this.#config = config;
    this.#files = new SourceFiles(compiler);
    this.#host = this.#createHost();
  }

  get config(): ProjectConfig {
    return this.#config;
  }

  /**
   * The next program compares its files with the disk.
   * @param config the same configuration, read again: the files that it names may be others
   */
  expire(config: ProjectConfig): void {
    this.#config = config;
    this.#files.expire();
    this.#fresh = false;
  }

  /** Announces that a program with `source` will be asked for, so that one program can serve several sources. */
  request(source: string): void {
    this.#requested.add(source);
    if (!this.#program?.getSourceFile(source)) this.#fresh = false;
  }

  /** A program of the configured and the requested files, as the disk is now. */
  program(): ts.Program {
    if (!this.#program || !(this.#fresh || this.#isUnchanged(this.#program))) {
      this.#program = this.#createProgram();
    }
    this.#fresh = true;
    return this.#program;
  }

  /** The files of the last program that belong to the user and not to a library. */
  ownFiles(): readonly string[] {
    const names = this.#program?.getSourceFiles().map(({ fileName }) => fileName) ?? [];
    return names.filter((name) => !name.includes("/node_modules/"));
  }

  /** What the unresolved imports of these files looked for. */
  missingFrom(files: Iterable<string>): Missing {
    const all = { files: new Set<string>(), directories: new Set<string>() };
    for (const file of files) {
      const missing = this.#missing.get(file);
      for (const path of missing?.files ?? []) all.files.add(path);
      for (const path of missing?.directories ?? []) all.directories.add(path);
    }
    return { files: [...all.files], directories: [...all.directories] };
  }

  /** Codecs only repeat what their sources say, and checking them is dear: they take part where they are imported. */
  #roots(): string[] {
    return [...new Set([...this.#config.fileNames.filter((file) => !isCodecPath(file)), ...this.#requested])];
  }

  #createProgram(): ts.Program {
    const { options, references: projectReferences } = this.#config;
    this.#missing.clear();
    this.#resolutions = this.#ts.createModuleResolutionCache(
      this.#host.getCurrentDirectory(),
      this.#host.getCanonicalFileName,
      options,
    );
    return this.#ts.createProgram({ rootNames: this.#roots(), options, projectReferences, host: this.#host });
  }

  #isUnchanged(program: ts.Program): boolean {
    const { sys } = this.#ts;
    const { files, directories } = this.missingFrom(this.#missing.keys());
    return (
      program.getSourceFiles().every((file) => this.#files.isCurrent(file)) &&
      this.#roots().every((root) => program.getSourceFile(root) || !sys.fileExists(root)) &&
      !files.some((file) => sys.fileExists(file)) &&
      !directories.some((directory) => sys.directoryExists(directory))
    );
  }

  #createHost(): ts.CompilerHost {
    const compiler = this.#ts;
    const host: ts.CompilerHost = {
      ...compiler.createCompilerHost(this.#config.options),
      // What tsc does: tags are found in comments, and parsing them all costs memory for nothing.
      jsDocParsingMode: compiler.JSDocParsingMode.ParseForTypeErrors,
      getSourceFile: (name, how) => {
        return this.#files.get(name, typeof how === "object" ? how : { languageVersion: how });
      },
      writeFile: () => undefined,
      resolveModuleNameLiterals: (literals, importer, redirect, settings, file) =>
        literals.map((literal) => {
          const mode = compiler.getModeForUsageLocation(file, literal, settings);
          const { text } = literal;
          const found = compiler.resolveModuleName(
            text,
            importer,
            settings,
            host,
            this.#resolutions,
            redirect,
            mode,
          );
          if (!found.resolvedModule) this.#noteMissing(text, importer, settings, mode);
          return found;
        }),
    };
    return host;
  }

  #noteMissing(name: string, importer: string, options: ts.CompilerOptions, mode: ts.ResolutionMode): void {
    const { sys, resolveModuleName } = this.#ts;
    const kept = this.#missing.get(importer);
    const { files, directories } = kept ?? { files: new Set(), directories: new Set() };
    function noting(exists: (path: string) => boolean, absent: Set<string>) {
      return (path: string): boolean => {
        const there = exists(path);
        if (!there && !path.includes("/node_modules/")) absent.add(path);
        return there;
      };
    }
    const host: ts.ModuleResolutionHost = {
      readFile: sys.readFile,
      fileExists: noting(sys.fileExists, files),
      directoryExists: noting(sys.directoryExists, directories),
    };
    resolveModuleName(name, importer, options, host, undefined, undefined, mode);
    this.#missing.set(importer, { files, directories });
  }
}
