// Starts the pulse of a node, for who has a cluster of its own making.

import type { Pulse } from "../../cluster/pulse.ts";
import type { PulsePlace } from "../../cluster/pulse-place.ts";
import { NodePulse, type PulseOptions } from "./node-pulse.ts";

/** A pulse that answers. */
export interface StartedPulse extends Pulse {
  readonly place: PulsePlace;
}

/**
 * Opens a port in the pulse thread of this process, which is started where there is none. Undefined, with a warning, where
 * there can be no thread.
 * @throws NetworkError when the port cannot be had
 */
export async function startPulse(options: PulseOptions): Promise<StartedPulse | undefined> {
  const pulse = new NodePulse(options);
  await pulse.started;
  return hasStarted(pulse) ? pulse : undefined;
}

function hasStarted(pulse: Pulse): pulse is StartedPulse {
  return pulse.place !== undefined;
}
