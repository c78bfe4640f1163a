// What a player has of the simulated node that it is on.

import type { SimulatedNode } from "@hewn/runtime/simulation";

export interface Stage extends Pick<SimulatedNode, "nowMs" | "observe" | "sometimes"> {
  /** The process's name, `a#2`. */
  readonly process: string;
  /** Makes a name that nothing else has in the run. */
  unique(text: string): string;
}
