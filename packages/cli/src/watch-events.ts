// File events of a zone, gathered into batches: an editor's save or a branch switch is one batch.
import { type FSWatcher, watch as watchPaths } from "chokidar";
import { slashed } from "./paths.ts";
import type { WatchZone } from "./watch-zone.ts";

export interface Batch {
  readonly edited: readonly string[];
  /** Files that came or went. */
  readonly moved: readonly string[];
}

/**
 * Saves that come closer together than this are one batch. Longer than the 50 ms for which chokidar drops further
 * changes of a file it has just reported, so that what it dropped is on the disk when the batch is read.
 */
const settleMs = 60;

export class WatchEvents {
  readonly #watcher: FSWatcher;
  readonly #seen = new Map<string, "edited" | "moved">();
  readonly #ready: Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(zone: WatchZone) {
    this.#watcher = watchPaths([...zone.roots], {
      ignoreInitial: true,
      ignored: (path, stats) => zone.ignores(slashed(path), stats?.isFile()),
    });
    this.#ready = new Promise((resolve) => this.#watcher.once("ready", resolve));
    for (const [event, kind] of [
      ["change", "edited"],
      ["add", "moved"],
      ["unlink", "moved"],
    ] as const)
      this.#watcher.on(event, (path) => this.#note(slashed(path), kind));
  }

  /** Resolves when every later event will be seen. */
  ready(): Promise<void> {
    return this.#ready;
  }

  add(files: readonly string[]): void {
    if (files.length > 0) this.#watcher.add([...files]);
  }

  /** The next batch; undefined once the watch is closed. */
  async next(): Promise<Batch | undefined> {
    while (!this.#closed && (this.#seen.size === 0 || this.#timer))
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#closed) return undefined;
    const files = [...this.#seen];
    this.#seen.clear();
    const of = (kind: string) => files.filter(([, seen]) => seen === kind).map(([file]) => file);
    return { edited: of("edited"), moved: of("moved") };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#wake?.();
    await this.#watcher.close();
  }

  #note(file: string, kind: "edited" | "moved"): void {
    if (this.#seen.get(file) !== "moved") this.#seen.set(file, kind);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, settleMs);
  }
}
