// What every command is given besides its options.
import type { Terminal } from "./terminal.ts";

export interface Context {
  readonly terminal: Terminal;
  /** The working directory; reports name files from here. */
  readonly directory: string;
  /** How a path is shown. */
  readonly shown: (file: string) => string;
  /** Milliseconds since the command started, whole. */
  readonly elapsedMs: () => number;
}

/** Options that several commands share. */
export interface CommonOptions {
  readonly project?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
