// A project in memory: its sources parsed, its program ready for the core, kept up to date under edits.
import { declarationText, type ReferencedDeclarations } from "@hewn/plugin";
import type { ts as bundled, FileSystemHost, Project } from "ts-morph";
import type typescript from "typescript";
import type { Handed } from "./compiler.ts";
import { type CompilerLibrary, handOver } from "./compiler.ts";
import { withDeclarations } from "./declared-files.ts";
import { ImportGraph } from "./import-graph.ts";
import { slashed } from "./paths.ts";
import { isGenerated, resolution } from "./resolution.ts";
import type { ProjectConfig } from "./tsconfig.ts";

export class LoadedProject {
  readonly config: ProjectConfig;
  /** The files that tsconfig lists and that can hold wire types: no declarations, no generated codecs. */
  readonly sources: readonly string[];
  readonly codecText: (source: string) => string | undefined;
  readonly #library: CompilerLibrary;
  readonly #project: Project;
  readonly #files: FileSystemHost;
  readonly #graph = new ImportGraph();
  /** Declarations of referenced projects that this one may see. */
  readonly #referenced: readonly string[];
  readonly #declarations = new Map<string, string>();

  /**
   * @param referenced the declarations of the projects that this one references
   * @param codecText the text of the codec beside one of {@link sources}; undefined where there is none
   */
  constructor(
    library: CompilerLibrary,
    config: ProjectConfig,
    referenced: ReferencedDeclarations,
    codecText: (source: string) => string | undefined,
  ) {
    this.config = config;
    this.codecText = codecText;
    this.#library = library;
    this.#referenced = [...referenced.files];
    this.#files = withDeclarations(new library.Project().getFileSystem(), referenced);
    this.#project = new library.Project({
      // Nothing but declarations is ever emitted, and those whether or not the compiler is content.
      compilerOptions: { ...config.options, noEmit: false, noEmitOnError: false },
      fileSystem: this.#files,
      resolutionHost: resolution(library.ts, this.#graph, referenced),
    });
    const files = config.fileNames.filter((file) => library.ts.sys.fileExists(file) && !isGenerated(file));
    for (const file of files) this.#project.addSourceFileAtPath(file);
    this.sources = files.filter((file) => /\.[mc]?tsx?$/.test(file));
  }

  /** What the core takes to look at one of {@link sources}; undefined when the program does not have it. */
  handed(file: string): Handed | undefined {
    const program = this.#project.getProgram().compilerObject;
    const source = program.getSourceFile(file);
    return source && handOver(this.#library.ts, program, source);
  }

  /** The files of installed packages and of referenced projects, for the core. */
  get packages(): typescript.ModuleResolutionHost {
    const files = this.#files;
    return {
      fileExists: (path) => files.fileExistsSync(path),
      readFile: (path) => (files.fileExistsSync(path) ? files.readFileSync(path, "utf8") : undefined),
      directoryExists: (path) => files.directoryExistsSync(path),
      realpath: (path) => files.realpathSync(path),
      getCurrentDirectory: () => files.getCurrentDirectory(),
    };
  }

  /** Whether an edit of this file can show up in the program. */
  has(file: string): boolean {
    return this.#project.getSourceFile(file) !== undefined;
  }

  /**
   * Reads edited files again, and the declarations of referenced projects. Files that came or went need the project
   * to be loaded anew.
   * @returns the files whose text changed
   */
  refresh(edited: readonly string[]): readonly string[] {
    this.#declarations.clear();
    const { FileSystemRefreshResult } = this.#library;
    return [...edited, ...this.#referenced].filter(
      (file) =>
        this.#project.getSourceFile(file)?.refreshFromFileSystemSync() === FileSystemRefreshResult.Updated,
    );
  }

  /**
   * Takes other texts for some files than those on the disk.
   * @returns the files whose text changed, here or in what referenced projects declare
   */
  retext(texts: ReadonlyMap<string, string>): readonly string[] {
    const changed = [...texts].filter(([file, text]) => {
      const source = this.#project.getSourceFile(file);
      if (!source || source.compilerNode.text === text) return false;
      // Not `replaceWithText`, which writes line ends of its own choice.
      this.#project.createSourceFile(file, text, { overwrite: true });
      return true;
    });
    return [...changed.map(([file]) => file), ...this.refresh([])];
  }

  /** The text of a source as the program has it, without a byte order mark. */
  textOf(file: string): string | undefined {
    return this.#project.getSourceFile(file)?.compilerNode.text;
  }

  /** The files that the compiler would write for one source. */
  outputsOf(source: string): readonly string[] {
    return this.#library.ts.getOutputFileNames(this.config.parsed, source, false).map(slashed);
  }

  /** The declarations of one source; undefined when the compiler makes none. */
  declarationText(source: string): string | undefined {
    const known = this.#declarations.get(source);
    if (known !== undefined) return known;
    const handed = this.handed(source);
    const made = handed && declarationText(handed.program, source);
    if (made !== undefined) this.#declarations.set(source, made);
    return made;
  }

  /** The sources whose codec an edit of `files` can change. */
  affectedBy(files: readonly string[]): readonly string[] {
    if (files.some((file) => this.#reachesEverywhere(file))) return this.sources;
    const affected = this.#graph.affectedBy(files);
    return this.sources.filter((source) => affected.has(source));
  }

  /** Global declarations and augmentations change types without being imported. */
  #reachesEverywhere(file: string): boolean {
    const node = this.#project.getSourceFile(file)?.compilerNode;
    if (!node) return false;
    return (
      !this.#library.ts.isExternalModule(node) ||
      node.statements.some((statement) => this.#augments(statement))
    );
  }

  #augments(statement: bundled.Statement): boolean {
    const { ts } = this.#library;
    if (!ts.isModuleDeclaration(statement)) return false;
    return ts.isStringLiteral(statement.name) || (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
  }
}
