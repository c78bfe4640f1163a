// What happened in a run, as lines, with a hash that every line goes into. Two runs with the same hash did the same.

import { RunningHash } from "./fnv.ts";

/** Lines kept of a run that is not asked for all of them: enough to see what led to its end. */
const keptLinesMax = 2000;

export class Trace {
  readonly #hash = new RunningHash();
  readonly #lines: string[] = [];
  readonly #keepsAll: boolean;
  #count = 0;

  /** @param keepsAll keeps every line; otherwise some thousands of the last ones, and nothing of details */
  constructor(keepsAll = false) {
    this.#keepsAll = keepsAll;
  }

  /** @param atUs virtual time in microseconds */
  add(atUs: number, line: string): void {
    const text = `${timeText(atUs)} ${line}`;
    this.#hash.add(text);
    this.#count++;
    this.#lines.push(text);
    if (!this.#keepsAll && this.#lines.length > 2 * keptLinesMax) this.#lines.splice(0, keptLinesMax);
  }

  /** What goes into the hash and is not worth a line. */
  addDetail(atUs: number, what: string): void {
    this.#hash.add(`${atUs} ${what}`);
  }

  /** Lines so far, those included that are no longer kept. */
  get count(): number {
    return this.#count;
  }

  /** Sixteen hexadecimal digits. */
  get hash(): string {
    return this.#hash.text;
  }

  /** The lines that were kept, at most the last `most` of them. */
  lines(most = Number.POSITIVE_INFINITY): readonly string[] {
    return this.#lines.slice(-Math.min(most, this.#lines.length));
  }
}

/** Milliseconds with three decimals, aligned. */
export function timeText(atUs: number): string {
  return (atUs / 1000).toFixed(3).padStart(10);
}
