// Which paths a watch listens to: the directories whose new files belong to the projects, and single files besides.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import type { ProjectConfig } from "./tsconfig.ts";

const skipped = /\/(?:node_modules|\.git)(?:\/|$)/;
const interesting = /\.(?:[mc]?tsx?|json)$|\/wire\.lock$/;

export class WatchZone {
  readonly #trees: readonly string[];
  readonly #folders: ReadonlySet<string>;
  readonly #files: Set<string>;
  readonly #outputs: readonly string[];

  /** @param files watched wherever they are: configuration, the lock, dependencies outside the directories */
  constructor(projects: readonly ProjectConfig[], files: Iterable<string>) {
    const directories = projects.flatMap((project) => [...project.wildcardDirectories]);
    this.#trees = directories.filter(([, deep]) => deep).map(([directory]) => directory);
    this.#folders = new Set(directories.map(([directory]) => directory));
    this.#files = new Set(files);
    this.#outputs = projects
      .flatMap(({ options }) => [options.outDir, options.declarationDir])
      .filter((directory) => directory !== undefined);
  }

  /** What the watcher is pointed at; for a directory that does not exist yet, the nearest one above it. */
  get roots(): readonly string[] {
    return [...new Set([...[...this.#folders].map(nearestDirectory), ...this.#files])];
  }

  /** Adds files; returns those that no directory covers and that were not known. */
  add(files: Iterable<string>): readonly string[] {
    const added = [...files].filter((file) => !this.#covers(file) && !this.#files.has(file));
    for (const file of added) this.#files.add(file);
    return added;
  }

  /** Whether nothing at or below `path` matters. Without `isFile` it is not known what `path` is. */
  ignores(path: string, isFile?: boolean): boolean {
    if (this.#files.has(path)) return false;
    const matters = (isFile !== false && this.#covers(path)) || (isFile !== true && this.#leadsInside(path));
    return !matters;
  }

  #covers(file: string): boolean {
    if (!interesting.test(file) || this.#isExcluded(file)) return false;
    return this.#folders.has(file.slice(0, file.lastIndexOf("/"))) || isWithin(file, this.#trees);
  }

  #leadsInside(directory: string): boolean {
    if (this.#isExcluded(directory)) return false;
    return (
      isWithin(`${directory}/`, this.#trees) ||
      [...this.#folders].some((folder) => isWithin(`${folder}/`, [directory]))
    );
  }

  #isExcluded(path: string): boolean {
    return skipped.test(path) || isWithin(`${path}/`, this.#outputs);
  }
}

function isWithin(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => path.startsWith(`${directory}/`));
}

function nearestDirectory(directory: string): string {
  const parent = posix.dirname(directory);
  return existsSync(directory) || parent === directory ? directory : nearestDirectory(parent);
}
