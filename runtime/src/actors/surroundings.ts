// What a cell needs of its context.
import type { StopReason } from "./hooks.ts";

/** What a cell has beside itself, and takes along when it ends. */
export interface Surroundings {
  /** The child that was started last, of those that have not ended. */
  readonly lastChild: { end(reason: StopReason): void } | undefined;
  /** Stops the timers and what was watched. */
  close(): void;
  /** Runs the hook. */
  stopping(reason: StopReason): unknown;
}
