// The log of a real process: a line for each observation, in the order of their happening there. Written at once, so that
// nothing is missing of a process that is killed.
import { appendFileSync, readFileSync } from "node:fs";
import type { Observation } from "@hewn/runtime/simulation";

export interface Entry {
  /** Who saw it. */
  readonly process: string;
  /** Rises by one within a process. */
  readonly order: number;
  /** Milliseconds by the clock of the machine that it runs on: for people, and where nothing else says what came first. */
  readonly atMs: number;
  readonly observation: Observation;
}

export class EventLog {
  readonly #file: string;
  readonly #process: string;
  #order = 0;

  constructor(file: string, process: string) {
    this.#file = file;
    this.#process = process;
  }

  write(observation: Observation): void {
    const atMs = performance.timeOrigin + performance.now();
    const entry: Entry = { process: this.#process, order: this.#order++, atMs, observation };
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}

/** @throws Error where a line is missing: a log with a gap proves nothing */
export function readLog(file: string): readonly Entry[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const entries = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Entry);
  const gap = entries.findIndex(({ order }, index) => order !== index);
  if (gap >= 0) throw new Error(`${file}: entry ${gap} is missing`);
  return entries;
}
