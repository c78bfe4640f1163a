// Lines about refusals for a log that an attacker should not be able to fill: a few of each kind, then their number.

import { formatAddress, printable } from "../transport/index.ts";
import type { Refusal } from "./refusal.ts";

/** Lines of one kind in each period; what comes beyond is counted. */
const linesMax = 5;
const periodMs = 10_000;

interface Period {
  since: number;
  lines: number;
  untold: number;
}

export class RefusalLog {
  readonly #line: (line: string) => void;
  readonly #now: () => number;
  readonly #periods = new Map<Refusal["code"], Period>();

  constructor(line: (line: string) => void, now: () => number) {
    this.#line = line;
    this.#now = now;
  }

  /** Writes a line, or counts it for the next one of its kind. */
  tell(refusal: Refusal): void {
    const period = this.#periodOf(refusal.code);
    if (period.lines >= linesMax) {
      period.untold++;
      return;
    }
    period.lines++;
    const more = period.untold === 0 ? "" : ` (${period.untold} more like it before)`;
    period.untold = 0;
    const from = printable(formatAddress(refusal.from));
    this.#line(`hewn: refused ${from}: ${refusal.code}: ${printable(refusal.text, 400)}${more}`);
  }

  #periodOf(code: Refusal["code"]): Period {
    const now = this.#now();
    const old = this.#periods.get(code);
    if (old === undefined || now - old.since >= periodMs) {
      const fresh = { since: now, lines: 0, untold: old?.untold ?? 0 };
      this.#periods.set(code, fresh);
      return fresh;
    }
    return old;
  }
}
