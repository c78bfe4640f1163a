// The logs of all processes of a test, and what the rules say of them together.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Entry, readLog } from "./event-log.testing.ts";
import { verdicts } from "./merged-logs.testing.ts";

export class Histories {
  readonly #folder = mkdtempSync(join(tmpdir(), "hewn-logs-"));
  readonly #files: string[] = [];
  readonly #dead: string[] = [];

  /** A file for the log of one more process. */
  file(): string {
    const file = join(this.#folder, `${this.#files.length}.jsonl`);
    this.#files.push(file);
    return file;
  }

  /** The process with this log did not live to account for anything. */
  died(file: string): void {
    this.#dead.push(file);
  }

  /** What is wrong with all that happened, and how much that was. To be asked once everybody is gone. */
  judge(): { readonly wrong: readonly string[]; readonly entries: number } {
    const logs = this.#files.filter((file) => existsSync(file)).map(readLog);
    const deaths = this.#dead.flatMap((file) => deathOf(readLog(file)));
    return { wrong: verdicts([...logs, deaths]), entries: logs.flat().length };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function deathOf(log: readonly Entry[]): readonly Entry[] {
  const last = log.at(-1);
  if (last === undefined) return [];
  return [{ ...last, order: 0, observation: { kind: "died", process: last.process } }];
}
