// Under what conditions a result was measured: it goes with the figures wherever they go.
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import type { BenchOptions, BenchResult } from "./result.ts";

export interface Machine {
  /** Model of the first core. */
  readonly cpu: string;
  /** How many cores this process may use. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** Kernel, its version and the architecture. */
  readonly os: string;
}

export interface Conditions {
  /** The day on which it began, in UTC: 2026-01-31. */
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly isQuick: boolean;
  /** The build for browsers, without Node's own buffers. */
  readonly portable: boolean;
  /** Names of the only rows that were asked for; all of them when empty. */
  readonly only: readonly string[];
}

export type RecordedResult = BenchResult & Conditions;

export function conditionsOf({ rounds, isQuick, portable, only }: BenchOptions): Conditions {
  const date = new Date().toISOString().slice(0, 10);
  return { date, machine: machine(), rounds, isQuick, portable, only };
}

function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    os: `${type()} ${release()} ${arch()}`,
  };
}
