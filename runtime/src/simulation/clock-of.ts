// Clocks of machines agree on nothing: neither on the time nor quite on how fast it passes.

import type { Machine } from "./machine.ts";
import type { Simulation } from "./simulation.ts";
import type { ProcessClock } from "./virtual-process.ts";

/** The clock of the next process of a machine, as chance will have it: faster or slower by at most `drift`. */
export function clockOf(simulation: Simulation, { name, starts }: Machine, drift = 0.01): ProcessClock {
  const random = simulation.random.stream(`clock ${name} ${starts}`);
  return { startMs: random.below(1_000_000), rate: 1 - drift + random.fraction() * 2 * drift };
}
