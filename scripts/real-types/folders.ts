// Temporary folders that are gone when the process is, however it ends.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

export class Folders implements Disposable {
  readonly #folders: string[] = [];
  readonly #keep: boolean;
  readonly #say: (text: string) => void;

  constructor(keep: boolean, say: (text: string) => void) {
    this.#keep = keep;
    this.#say = say;
    process.once("exit", () => this[Symbol.dispose]());
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => process.exit(128 + constants.signals[signal]));
    }
  }

  make(): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "hewn-real-types-")));
    this.#folders.push(folder);
    return folder;
  }

  [Symbol.dispose](): void {
    for (const folder of this.#folders.splice(0)) {
      if (this.#keep) this.#say(`kept ${folder}`);
      else rmSync(folder, { recursive: true, force: true });
    }
  }
}
