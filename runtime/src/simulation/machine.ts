// A machine of a simulation: it has a name, which is its host name, and runs at most one process at a time.

import type { VirtualProcess } from "./virtual-process.ts";

export interface Machine {
  readonly name: string;
  process: VirtualProcess | undefined;
  /** Processes that were started on it. */
  starts: number;
  /** Without power, or unplugged: it answers nothing, not even that nobody listens. */
  isDown: boolean;
  /** Every dial is refused, as by a full backlog or a firewall, while its process lives. */
  refusesDials: boolean;
  /** Its streams give their readers pieces of at most so many bytes. */
  pieceBytesMax: number;
  /** How fast its processes read from each stream. */
  readBytesPerMs: number;
  /** The last port that was given out to a dial or a listener that asked for any. */
  lastPort: number;
}

const firstEphemeralPort = 32_768;

export function newMachine(name: string): Machine {
  return {
    name,
    process: undefined,
    starts: 0,
    isDown: false,
    refusesDials: false,
    pieceBytesMax: Number.POSITIVE_INFINITY,
    readBytesPerMs: Number.POSITIVE_INFINITY,
    lastPort: firstEphemeralPort,
  };
}
