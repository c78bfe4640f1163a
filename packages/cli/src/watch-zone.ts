// Which paths a watch listens to: the directories whose new files belong to the projects, and single files besides.
// Watchers are pointed at directories only: editors replace files, and a file that is not there cannot be watched.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import type { ProjectConfig } from "./tsconfig.ts";

const skipped = /\/(?:node_modules|\.git)(?:\/|$)/;
const interesting = /\.(?:[mc]?tsx?|json)$/;

export class WatchZone {
  /** Everything below these belongs, except outputs and packages. */
  readonly #trees: readonly string[];
  /** The files in these belong. */
  readonly #folders: ReadonlySet<string>;
  /** These belong wherever they are. */
  readonly #files = new Set<string>();
  readonly #outputs: readonly string[];
  /** Directories in which, or on the way to which, something belongs. */
  readonly #ways = new Set<string>();

  /** @param files configuration, the lock, sources that are listed one by one */
  constructor(projects: readonly ProjectConfig[], files: Iterable<string>) {
    const directories = projects.flatMap((project) => [...project.wildcardDirectories]);
    this.#trees = directories.filter(([, deep]) => deep).map(([directory]) => directory);
    this.#folders = new Set(directories.map(([directory]) => directory));
    this.#outputs = projects
      .flatMap(({ options }) => [options.outDir, options.declarationDir])
      .filter((directory) => directory !== undefined);
    for (const directory of this.#folders) this.#addWayTo(directory);
    this.add(files);
  }

  /** The directories to watch, with all that they contain and {@link ignores} lets pass. */
  get roots(): readonly string[] {
    const directories = [...this.#folders, ...[...this.#files].map(posix.dirname)].map(nearestDirectory);
    return withoutNested(directories);
  }

  /** Adds single files; returns the directories that have to be watched for them in addition. */
  add(files: Iterable<string>): readonly string[] {
    const added = [...files].filter((file) => !this.#covers(file) && !this.#files.has(file));
    for (const file of added) {
      this.#files.add(file);
      this.#addWayTo(posix.dirname(file));
    }
    return withoutNested(added.map((file) => nearestDirectory(posix.dirname(file))));
  }

  /** Whether nothing at or below `path` belongs. Without `isFile` it is not known what `path` is. */
  ignores(path: string, isFile?: boolean): boolean {
    if (this.#files.has(path)) return false;
    const matters = (isFile !== false && this.#covers(path)) || (isFile !== true && this.#leadsInside(path));
    return !matters;
  }

  #covers(file: string): boolean {
    if (!interesting.test(file) || this.#isExcluded(file)) return false;
    return this.#folders.has(posix.dirname(file)) || isWithin(file, this.#trees);
  }

  #leadsInside(directory: string): boolean {
    return this.#ways.has(directory) || (isWithin(directory, this.#trees) && !this.#isExcluded(directory));
  }

  #isExcluded(path: string): boolean {
    return skipped.test(path) || isWithin(`${path}/`, this.#outputs);
  }

  #addWayTo(directory: string): void {
    for (let step = directory; !this.#ways.has(step); step = posix.dirname(step)) this.#ways.add(step);
  }
}

function isWithin(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => path.startsWith(`${directory}/`));
}

function withoutNested(directories: readonly string[]): readonly string[] {
  const all = [...new Set(directories)];
  return all.filter((directory) => !isWithin(directory, all));
}

/** The directory, or the nearest one above it that exists. */
function nearestDirectory(directory: string): string {
  const parent = posix.dirname(directory);
  return existsSync(directory) || parent === directory ? directory : nearestDirectory(parent);
}
