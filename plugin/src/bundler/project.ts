// A project that outlives a build: one configuration, its parsed files, and the program made of them. A build that
// follows another makes a new program of the files that it kept and parses only what changed.
import { dirname } from "node:path";
import type ts from "typescript";
import { codecPath, isCodecPath } from "../codec-path.ts";
import { programWithCodecs } from "../program-with-codecs.ts";
import { declarationText } from "../references/declaration-text.ts";
import { type Declaring, ReferencedDeclarations } from "../references/referenced-declarations.ts";
import { isCandidate } from "../tspc/generation.ts";
import { isGenerated } from "./codec-file.ts";
import { codecImport, codecSpecifier } from "./codec-import.ts";
import type { ProjectConfig } from "./project-config.ts";
import { SourceFiles } from "./source-files.ts";

/** Paths that were looked for and are not there; a build may change when they appear. */
export interface Missing {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** What a project has to ask others for. */
export interface Surroundings {
  /** The projects that it references, directly and through others, as they are in this build. */
  referencedBy(project: Project): readonly Project[];
  /** The text of the codec beside one of its sources; undefined where there is none. */
  codecText(project: Project, source: string): string | undefined;
}

export class Project implements Declaring {
  readonly #ts: typeof ts;
  readonly #surroundings: Surroundings;
  readonly #files: SourceFiles;
  readonly #requested = new Set<string>();
  readonly #host: ts.CompilerHost;
  #config: ProjectConfig;
  /** By importing file: what its unresolved imports looked for. */
  readonly #missing = new Map<string, { files: Set<string>; directories: Set<string> }>();
  #resolutions: ts.ModuleResolutionCache | undefined;
  /** By importing file: what its imports were resolved to. */
  readonly #resolved = new Map<string, string>();
  #referenced: ReferencedDeclarations<Project> | undefined;
  #program: ts.Program | undefined;
  #whole: { readonly without: ts.Program; readonly program: ts.Program } | undefined;
  /** By source, of {@link Project.#program}. */
  readonly #declarations = new Map<string, string>();
  #isAtWork = false;
  /** Counts the changes that may matter to any type. */
  #reach = 0;
  #fresh = false;

  constructor(compiler: typeof ts, config: ProjectConfig, surroundings: Surroundings) {
    this.#ts = compiler;
    this.#config = config;
    this.#surroundings = surroundings;
    this.#files = new SourceFiles(compiler, (name) => this.#references().read(name));
    this.#host = this.#createHost();
  }

  get config(): ProjectConfig {
    return this.#config;
  }

  get sources(): readonly string[] {
    return this.#config.fileNames.filter((file) => /\.[mc]?tsx?$/.test(file) && !isCodecPath(file));
  }

  outputsOf(source: string): readonly string[] {
    return this.#config.outputsOf(source);
  }

  codecText(source: string): string | undefined {
    return this.#surroundings.codecText(this, source);
  }

  declarationText(source: string): string | undefined {
    // Projects that reference each other in a circle are nothing that could be built.
    if (this.#isAtWork) return undefined;
    const program = this.program();
    const made = this.#declarations.get(source) ?? declarationText(program, source);
    if (made !== undefined) this.#declarations.set(source, made);
    return made;
  }

  /** The files of installed packages and of referenced projects, as they are now. */
  get packages(): ts.ModuleResolutionHost {
    return this.#host;
  }

  /**
   * The next program compares its files with the disk.
   * @param config the same configuration, read again: the files that it names may be others
   */
  expire(config: ProjectConfig): void {
    this.#config = config;
    this.#referenced = undefined;
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
    if (this.#program && this.#fresh) return this.#program;
    this.#isAtWork = true;
    try {
      if (!this.#program || !this.#isUnchanged(this.#program)) {
        this.#program = this.#createProgram();
        this.#declarations.clear();
      }
    } finally {
      this.#isAtWork = false;
    }
    this.#fresh = true;
    return this.#program;
  }

  /** The same program with the codecs of its sources, which it does without otherwise. */
  programWithCodecs(): ts.Program {
    const program = this.program();
    if (this.#whole?.without === program) return this.#whole.program;
    const own = program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile && isCandidate(program, file));
    const codecs = own.flatMap(({ fileName }) => {
      const text = this.codecText(fileName);
      return text === undefined ? [] : [[codecPath(fileName), text] as const];
    });
    const { resolveModuleNameLiterals: _leavesCodecsOut, ...host } = this.#host;
    this.#whole = { without: program, program: programWithCodecs(this.#ts, program, new Map(codecs), host) };
    return this.#whole.program;
  }

  /** The source in a referenced project whose codec a specifier leads to, once it is compiled. */
  codecSource(specifier: string, importer: string): string | undefined {
    if (this.#config.references.length === 0) return undefined;
    const { resolveModuleName, ModuleKind } = this.#ts;
    const { options } = this.#config;
    const found = resolveModuleName(
      specifier,
      importer,
      options,
      this.#host,
      undefined,
      undefined,
      ModuleKind.ESNext,
    );
    const path = found.resolvedModule?.resolvedFileName;
    return path === undefined ? undefined : this.#references().codecSource(path);
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
        return [parsed ?? this.#host.readFile(file), this.#resolved.get(file)];
      }),
    ];
  }

  /** The files of the disk that some files are made of: themselves, or all of the project that declares them. */
  filesBehind(files: readonly string[]): readonly string[] {
    const made = files.flatMap((file) => this.#references().originOf(file)?.project ?? []);
    const declaring = new Set(made.flatMap((each) => [each, ...this.#surroundings.referencedBy(each)]));
    const behind = [...declaring].flatMap((each) => [...each.config.files, ...each.ownFiles()]);
    return [...new Set([...files.filter((file) => !this.#references().originOf(file)), ...behind])];
  }

  /** The files of the last program that belong to the user and not to a library, as far as they are on the disk. */
  ownFiles(): readonly string[] {
    const names = this.#program?.getSourceFiles().map(({ fileName }) => fileName) ?? [];
    return names.filter((name) => !name.includes("/node_modules/") && !this.#references().originOf(name));
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
    // Nothing is written; declarations are made for projects that reference this one.
    const options = { ...this.#config.options, noEmit: false, noEmitOnError: false };
    const before = this.#program;
    this.#missing.clear();
    this.#resolutions = this.#ts.createModuleResolutionCache(
      this.#host.getCurrentDirectory(),
      this.#host.getCanonicalFileName,
      options,
    );
    const rootNames = this.#roots();
    const program = this.#ts.createProgram({ rootNames, options, host: this.#host });
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
    const disk = compiler.createCompilerHost(this.#config.options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (path) => this.#references().exists(path) ?? disk.fileExists(path),
      readFile: (path) => this.#references().read(path) ?? disk.readFile(path),
      directoryExists: (path) => this.#references().hasDirectory(path) || compiler.sys.directoryExists(path),
      realpath: (path) => this.#references().real(path) ?? compiler.sys.realpath?.(path) ?? path,
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

  #references(): ReferencedDeclarations<Project> {
    this.#referenced ??= new ReferencedDeclarations(this.#surroundings.referencedBy(this));
    return this.#referenced;
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
    if (this.#references().codecSource(path) !== undefined || (isCodecPath(path) && isGenerated(path)))
      return { resolvedModule: undefined };
    const output = this.#references().outputOf(path);
    if (output === undefined || !found.resolvedModule) return found;
    const { Extension } = this.#ts;
    return {
      resolvedModule: { ...found.resolvedModule, resolvedFileName: output, extension: Extension.Dts },
    };
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
