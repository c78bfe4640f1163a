// What a player has of the simulated node that it is on.

import type { RefIdentity } from "@hewn/runtime/actors";
import type { SimulatedNode } from "@hewn/runtime/simulation";

export interface Stage extends Pick<SimulatedNode, "nowMs" | "observe" | "sometimes" | "fail"> {
  /** The process's name, `a#2`. */
  readonly process: string;
  /** Which of the streams to the actor's node is the one that is open, counted from the first; 0 for none. */
  streamTo(ref: RefIdentity): number;
  /** Runs what tells somebody something, and looks itself at what becomes of that: a report of it is no loss of its own. */
  telling<T>(run: () => T): T;
  /** Makes a name that nothing else has in the run. */
  unique(text: string): string;
}
