// A project and all that it references, and one pass over them: generate, compare with the disk, find orphans.
import type { Diagnostic, Generated } from "@hewn/plugin";
import { type Mode, settleCodec, settleOrphan } from "./codec-files.ts";
import type { CompilerLibrary } from "./compiler.ts";
import type { CodecFile } from "./file-status.ts";
import { generateFiles } from "./generation.ts";
import { LoadedProject } from "./loaded-project.ts";
import { findOrphans } from "./orphans.ts";
import type { Progress } from "./progress.ts";
import { type ProjectLock, readProjectLock } from "./project-lock.ts";
import { readProjects, type Warning } from "./tsconfig.ts";

export class Solution {
  readonly projects: readonly LoadedProject[];
  readonly lock: ProjectLock;
  /** What was found in the configuration and does not matter to hewn. */
  readonly warnings: readonly Warning[];
  readonly #progress: Progress;
  readonly #generated = new Map<string, Generated>();
  readonly #untagged = new Set<string>();

  /** @throws ConfigurationError when a tsconfig or the lock cannot be read. */
  constructor(library: CompilerLibrary, tsconfig: string, progress: Progress) {
    const configs = readProjects(library.ts, tsconfig);
    this.#progress = progress;
    this.warnings = configs.flatMap((config) => config.warnings);
    this.lock = readProjectLock(tsconfig);
    this.projects = configs.map((config) => {
      progress.step(`loading ${config.file}`);
      return new LoadedProject(library, config);
    });
  }

  /** What the core says of each tagged file, by source. */
  get generated(): ReadonlyMap<string, Generated> {
    return this.#generated;
  }

  /** Runs the core over the sources that `concerned` picks (all of them without it), each file once. */
  analyze(concerned?: (project: LoadedProject) => readonly string[]): readonly string[] {
    const done = new Set<string>();
    for (const project of this.projects) {
      const files = (concerned?.(project) ?? project.sources).filter((file) => !done.has(file));
      const found = generateFiles(project, files, this.lock.options, this.#progress);
      for (const file of files) {
        this.#generated.delete(file);
        this.#untagged.delete(file);
        done.add(file);
      }
      for (const [file, generated] of found.generated) this.#generated.set(file, generated);
      for (const file of found.untagged) this.#untagged.add(file);
    }
    return [...done];
  }

  /** Compares what {@link analyze} found with the disk. */
  settle(mode: Mode): readonly CodecFile[] {
    const needed = [...this.#generated.values()].map(({ codec, source, text }): CodecFile => {
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
    const all = [...this.#generated.values()].flatMap((generated) => generated.diagnostics);
    return all.sort((a, b) =>
      a.span.file === b.span.file ? a.span.start - b.span.start : a.span.file < b.span.file ? -1 : 1,
    );
  }
}
