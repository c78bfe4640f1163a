// Parsed files, kept from one build to the next: a rebuild parses only what changed on disk. Binding is kept with
// them, so a program made of kept files costs its checker alone.
import { statSync } from "node:fs";
import type ts from "typescript";

interface Kept {
  readonly file: ts.SourceFile;
  mtimeMs: number;
  bytes: number;
  /** When the text was read. */
  readMs: number;
  /** The generation in which the file was last compared with the disk. */
  generation: number;
}

/** The text of a file that is made in memory; undefined for those of the disk. */
export type MadeText = (name: string) => string | undefined;

/** File systems round times of change: a file changed this shortly before it was read may change again unseen. */
const settledMs = 3000;

export class SourceFiles {
  readonly #ts: typeof ts;
  readonly #made: MadeText;
  readonly #kept = new Map<string, Kept>();
  #generation = 0;

  constructor(compiler: typeof ts, made: MadeText) {
    this.#ts = compiler;
    this.#made = made;
  }

  /** From here on every file is compared with the disk again, once. */
  expire(): void {
    this.#generation += 1;
  }

  /** The same object as before as long as the text is the same; undefined where there is no such file. */
  get(name: string, options: ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const kept = this.#kept.get(name);
    const fits = kept && kept.file.impliedNodeFormat === options.impliedNodeFormat;
    return fits && this.isCurrent(kept.file) ? kept.file : this.#parse(name, options);
  }

  /** Whether a file that {@link get} answered still says what the disk says. */
  isCurrent(file: ts.SourceFile): boolean {
    const kept = this.#kept.get(file.fileName);
    if (kept?.file !== file) return false;
    if (kept.generation === this.#generation) return true;
    const made = this.#made(file.fileName);
    const isCurrent = made === undefined ? this.#isOnDisk(kept) : made === file.text;
    if (isCurrent) kept.generation = this.#generation;
    return isCurrent;
  }

  #isOnDisk(kept: Kept): boolean {
    const { file } = kept;
    const stat = statSync(file.fileName, { throwIfNoEntry: false });
    if (!stat) return false;
    const untouched = stat.mtimeMs === kept.mtimeMs && stat.size === kept.bytes;
    if (!untouched || kept.readMs - kept.mtimeMs <= settledMs) {
      const readMs = Date.now();
      if (this.#ts.sys.readFile(file.fileName) !== file.text) return false;
      kept.readMs = readMs;
      kept.mtimeMs = stat.mtimeMs;
      kept.bytes = stat.size;
    }
    return true;
  }

  #parse(name: string, options: ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const readMs = Date.now();
    const made = this.#made(name);
    const stat = made === undefined ? statSync(name, { throwIfNoEntry: false }) : undefined;
    const text = made ?? (stat?.isFile() ? this.#ts.sys.readFile(name) : undefined);
    if (text === undefined) {
      this.#kept.delete(name);
      return undefined;
    }
    const file = this.#ts.createSourceFile(name, text, options, false);
    const { mtimeMs, size: bytes } = stat ?? { mtimeMs: 0, size: 0 };
    this.#kept.set(name, { file, mtimeMs, bytes, readMs, generation: this.#generation });
    return file;
  }
}
