// Lines about refusals for a log that an attacker should not be able to fill: a few of each kind, and at
// the end of a period the number of the others.

import { formatAddress, printable } from "../transport/index.ts";
import type { Refusal } from "./refusal.ts";

/** Lines of one kind in each period; what comes beyond is counted. */
const linesMax = 5;
const periodMs = 10_000;

/** What a log needs of the world. */
export interface LogClock {
  setTimer(afterMs: number, run: () => void): void;
}

interface Period {
  lines: number;
  untold: number;
}

export class RefusalLog {
  readonly #line: (line: string) => void;
  readonly #clock: LogClock;
  /** Those that have begun and are not over. */
  readonly #periods = new Map<Refusal["code"], Period>();

  constructor(line: (line: string) => void, clock: LogClock) {
    this.#line = line;
    this.#clock = clock;
  }

  /** Writes a line, or counts it for the end of the period. */
  tell(refusal: Refusal): void {
    const period = this.#periods.get(refusal.code) ?? this.#begin(refusal.code);
    if (period.lines >= linesMax) {
      period.untold++;
      return;
    }
    period.lines++;
    const from = printable(formatAddress(refusal.from));
    this.#line(`hewn: refused ${from}: ${refusal.code}: ${printable(refusal.text, 400)}`);
  }

  #begin(code: Refusal["code"]): Period {
    const period: Period = { lines: 0, untold: 0 };
    this.#periods.set(code, period);
    this.#clock.setTimer(periodMs, () => {
      this.#periods.delete(code);
      if (period.untold > 0)
        this.#line(`hewn: refused ${period.untold} more in ${periodMs / 1000} s: ${code}`);
    });
    return period;
  }
}
