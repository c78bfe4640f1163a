// A project that outlives a build: one configuration, its parsed files, and the program made of them. A build that
// follows another makes a new program of the files that it kept and parses only what changed.
import { dirname } from "node:path";
import type ts from "typescript";
import { isCodecPath } from "../codec-path.ts";
import { isGenerated } from "./codec-file.ts";
import { codecImport, codecSpecifier } from "./codec-import.ts";
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
  /** By importing file: what its imports were resolved to. */
  readonly #resolved = new Map<string, string>();
  #program: ts.Program | undefined;
  /** Counts the changes that may matter to any type. */
  #reach = 0;
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

  /** The files of installed packages, as they are now. */
  get packages(): ts.ModuleResolutionHost {
    return this.#host;
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

  /**
   * What a codec made of these files depends on, as a list of things to compare: it is made anew when any differs.
   * A change in other files counts only if it can reach types without being imported.
   */
  stampOf(files: readonly string[]): readonly unknown[] {
    const program = this.program();
    return [
      this,
      this.#reach,
      ...files.flatMap((file) => {
        const parsed = program.getSourceFile(file);
        // What is no part of the program, such as the script of a codec that a package ships, is told by its text.
        return [parsed ?? this.#ts.sys.readFile(file), this.#resolved.get(file)];
      }),
    ];
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
    const before = this.#program;
    this.#missing.clear();
    this.#resolutions = this.#ts.createModuleResolutionCache(
      this.#host.getCurrentDirectory(),
      this.#host.getCanonicalFileName,
      options,
    );
    const rootNames = this.#roots();
    const program = this.#ts.createProgram({ rootNames, options, projectReferences, host: this.#host });
    if (before && changesReach(this.#ts, before, program)) this.#reach += 1;
    return program;
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
      resolveModuleNameLiterals: (literals, importer, redirect, settings, file) => {
        const found = literals.map((literal) => {
          const mode = compiler.getModeForUsageLocation(file, literal, settings);
          return this.#resolve(literal.text, importer, settings, redirect, mode);
        });
        this.#resolved.set(
          importer,
          found.map(({ resolvedModule }) => resolvedModule?.resolvedFileName).join("\n"),
        );
        return found;
      },
    };
    return host;
  }

  /**
   * Generated codecs are left out: they say nothing that their sources do not say, and parsing them would cost more
   * than all the rest.
   */
  #resolve(
    name: string,
    importer: string,
    options: ts.CompilerOptions,
    redirect: ts.ResolvedProjectReference | undefined,
    mode: ts.ResolutionMode,
  ): ts.ResolvedModuleWithFailedLookupLocations {
    const { resolveModuleName, sys } = this.#ts;
    const found = resolveModuleName(name, importer, options, this.#host, this.#resolutions, redirect, mode);
    const path = found.resolvedModule?.resolvedFileName;
    if (path === undefined) {
      const willBeMade =
        codecSpecifier.test(name) && codecImport(name, dirname(importer), sys.fileExists).found;
      if (!willBeMade) this.#noteMissing(name, importer, options, mode);
      return found;
    }
    return isCodecPath(path) && isGenerated(path) ? { resolvedModule: undefined } : found;
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

/** Whether files differ that types can depend on without importing them: libraries, scripts and augmentations. */
function changesReach(compiler: typeof ts, before: ts.Program, after: ts.Program): boolean {
  const old = new Set(before.getSourceFiles());
  const added = after.getSourceFiles().filter((file) => !old.delete(file));
  return [...old, ...added].some((file) => {
    const isLibrary = file.hasNoDefaultLib || file.fileName.includes("/node_modules/");
    return isLibrary || !compiler.isExternalModule(file) || /\bdeclare\s+(?:module|global)\b/.test(file.text);
  });
}
