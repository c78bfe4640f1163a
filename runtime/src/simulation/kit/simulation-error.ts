// What a simulation throws: what went wrong, in which seed, what led to it, and how to see it again.

import type { Failure } from "../simulation.ts";

const shownLines = 40;

export class SimulationError extends Error {
  override readonly name = "SimulationError";
  /** The seed that failed. */
  readonly seed: number;
  /** Which rule was broken: `script`, `crashed`, `thrown`, `realIo`, `endless`, `start`, `repeatable`. */
  readonly rule: string;
  /** The end of the trace. */
  readonly trace: readonly string[];

  constructor(
    seed: number,
    { rule, text }: Failure,
    trace: readonly string[],
    passed: number,
    cause?: unknown,
  ) {
    const before = passed === 0 ? "" : ` (${passed} ${passed === 1 ? "seed" : "seeds"} before it passed)`;
    const lines = [
      `seed ${seed}: ${rule}: ${text}`,
      `To see it again: simulate({ seed: ${seed} }), or HEWN_SEED=${seed} in the environment.${before}`,
      "What happened last, in milliseconds:",
      ...trace.slice(-shownLines),
    ];
    super(lines.join("\n"), cause === undefined ? {} : { cause });
    this.seed = seed;
    this.rule = rule;
    this.trace = trace;
  }
}
