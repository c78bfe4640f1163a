// What a bench is asked and what it answers.
import type { Row } from "./row.ts";

export interface BenchOptions {
  /** Names of rows; all of them when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly sampleMs: number;
  /** Shows that everything runs, and proves nothing. */
  readonly isQuick: boolean;
  /** Measures the build without Node's own buffers. */
  readonly portable: boolean;
  /** The engine that the contestants run on. */
  readonly node: string;
  /** Progress, for people. */
  readonly say: (text: string) => void;
}

export interface BenchResult {
  readonly bench: string;
  /** Version of the engine. */
  readonly node: string;
  readonly rows: readonly Row[];
}
