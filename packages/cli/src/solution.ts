// A project and all that it references, and one pass over them: generate, compare with the disk, find orphans.
import {
  type ActorCalls,
  allReferenced,
  type Diagnostic,
  type Generated,
  ReferencedDeclarations,
} from "@hewn/plugin";
import type { LockFile } from "@hewn/schema";
import { type Callers, callDiagnostics, callsBetween } from "./calls.ts";
import { type Mode, settleCodec, settleOrphan } from "./codec-files.ts";
import type { Compiler, CompilerLibrary } from "./compiler.ts";
import type { CodecFile } from "./file-status.ts";
import { generateFiles } from "./generation.ts";
import { LoadedProject } from "./loaded-project.ts";
import { findOrphans } from "./orphans.ts";
import { slashed } from "./paths.ts";
import type { Progress } from "./progress.ts";
import { type ProjectLock, projectLock } from "./project-lock.ts";
import { type ProjectConfig, readProjects, type Warning } from "./tsconfig.ts";

export class Solution {
  readonly projects: readonly LoadedProject[];
  /** What was found in the configuration and does not matter to hewn. */
  readonly warnings: readonly Warning[];
  readonly #progress: Progress;
  readonly #generated = new Map<string, Generated>();
  readonly #untagged = new Set<string>();
  /** About the places where actors are spawned and sent to. */
  #calls: readonly Diagnostic[] = [];
  readonly #locks: Map<string, ProjectLock>;

  /** @throws ConfigurationError when a tsconfig or the lock cannot be read. */
  constructor(library: CompilerLibrary, tsconfig: string, progress: Progress) {
    const configs = readProjects(library.ts, tsconfig);
    this.#progress = progress;
    this.warnings = configs.flatMap((config) => config.warnings);
    const loaded = new Map<string, LoadedProject>();
    for (const config of configs) {
      progress.step("loading", config.file);
      const declarations = new ReferencedDeclarations(referencedBy(library.ts, config, loaded));
      loaded.set(
        config.file,
        new LoadedProject(library, config, declarations, (source) => this.#codecText(source)),
      );
    }
    this.projects = [...loaded.values()];
    this.#locks = new Map(configs.map(({ file }) => [file, projectLock(file, tsconfig)]));
  }

  /** The lock that governs a project of this solution. */
  lockOf({ config }: LoadedProject): ProjectLock {
    const lock = this.#locks.get(config.file);
    if (!lock) throw new Error(`no project ${config.file} in this solution`);
    return lock;
  }

  /** Takes other locks than those on the disk, by path; a lock that is missing here is no lock. */
  useLocks(files: ReadonlyMap<string, LockFile>): void {
    for (const [config, { path }] of this.#locks) this.#locks.set(config, { path, file: files.get(path) });
  }

  /** What the core says of each tagged file, by source. */
  get generated(): ReadonlyMap<string, Generated> {
    return this.#generated;
  }

  /** Runs the core over all sources. */
  analyze(): void {
    this.#run(
      ({ sources }) => sources,
      (project) => this.lockOf(project).file,
    );
  }

  /** The same, with the types numbered as they are declared, whatever their lock says. */
  analyzeUnlocked(): void {
    this.#run(
      ({ sources }) => sources,
      () => undefined,
    );
  }

  /** Reads edited files again and runs the core over the sources that they concern. */
  refresh(edited: readonly string[]): void {
    const changed = new Map(this.projects.map((project) => [project, project.refresh(edited)]));
    const shipped = new Set(edited.filter((file) => !this.projects.some((project) => project.has(file))));
    this.#run(
      (project) => [
        ...new Set([
          ...project.affectedBy(changed.get(project) ?? []),
          ...project.sources.filter((source) => this.#dependsOn(source, shipped)),
        ]),
      ],
      (project) => this.lockOf(project).file,
    );
  }

  /** Takes other texts for some sources than those on the disk, and runs the core over what they concern. */
  retext(texts: ReadonlyMap<string, string>): void {
    const changed = new Map(this.projects.map((project) => [project, project.retext(texts)]));
    this.#run(
      (project) => project.affectedBy(changed.get(project) ?? []),
      (project) => this.lockOf(project).file,
    );
  }

  /** Compares what {@link analyze} found with the disk. */
  settle(mode: Mode): readonly CodecFile[] {
    const made = [...this.#generated.values()].filter(({ hasCodec }) => hasCodec);
    const needed = made.map(({ codec, source, text }): CodecFile => {
      return { codec, source, status: settleCodec(codec, text, mode) };
    });
    const codecs = new Set(needed.map((file) => file.codec));
    const listed = this.projects.flatMap((project) => project.config.fileNames);
    const orphans = findOrphans(listed, this.#untagged, codecs).map(({ codec, source }): CodecFile => {
      return { codec, source, status: settleOrphan(codec, mode) };
    });
    return [...needed, ...orphans].sort((a, b) => (a.codec < b.codec ? -1 : 1));
  }

  get diagnostics(): readonly Diagnostic[] {
    const declared = [...this.#generated.values()].flatMap((generated) => generated.diagnostics);
    const all = [...declared, ...this.#calls];
    return all.sort((a, b) =>
      a.span.file === b.span.file ? a.span.start - b.span.start : a.span.file < b.span.file ? -1 : 1,
    );
  }

  /** Who starts and sends to whom, in all projects. */
  get actorCalls(): ActorCalls {
    const found = this.#callers().map((callers) => callsBetween(callers, this.#generated));
    return {
      actors: found.flatMap(({ actors }) => actors),
      calls: found.flatMap(({ calls }) => calls),
    };
  }

  #dependsOn(source: string, files: ReadonlySet<string>): boolean {
    return this.#generated.get(source)?.dependencies.some((file) => files.has(file)) ?? false;
  }

  #codecText(source: string): string | undefined {
    const made = this.#generated.get(source);
    return made?.hasCodec ? made.text : undefined;
  }

  /** The sources of each project that no project before it has. */
  #callers(): readonly Callers[] {
    const done = new Set<string>();
    return this.projects.flatMap((project) => {
      const sources = project.sources.filter((file) => !done.has(file));
      for (const file of sources) done.add(file);
      const [first] = sources;
      const handed = first === undefined ? undefined : project.handed(first);
      return handed ? [{ handed, sources }] : [];
    });
  }

  /** Each file once, for the first project that has it. */
  #run(
    filesOf: (project: LoadedProject) => readonly string[],
    lockOf: (project: LoadedProject) => LockFile | undefined,
  ): void {
    const done = new Set<string>();
    for (const project of this.projects) {
      const files = filesOf(project).filter((file) => !done.has(file));
      const options = { lock: lockOf(project), packages: project.packages };
      const found = generateFiles(project, files, options, this.#progress);
      for (const file of files) {
        this.#generated.delete(file);
        this.#untagged.delete(file);
        done.add(file);
      }
      for (const [file, generated] of found.generated) this.#generated.set(file, generated);
      for (const file of found.untagged) this.#untagged.add(file);
    }
    this.#calls = this.#callers().flatMap((callers) => callDiagnostics(callers, this.#generated));
  }
}

/** The projects that one references, directly and through others; all of them are loaded by then. */
function referencedBy(
  ts: Compiler,
  config: ProjectConfig,
  loaded: ReadonlyMap<string, LoadedProject>,
): readonly LoadedProject[] {
  const referencesOf = ({ parsed }: ProjectConfig): readonly ProjectConfig[] =>
    (parsed.projectReferences ?? []).flatMap(
      (reference) => loaded.get(slashed(ts.resolveProjectReferencePath(reference)))?.config ?? [],
    );
  return allReferenced(config, referencesOf).flatMap(({ file }) => loaded.get(file) ?? []);
}
