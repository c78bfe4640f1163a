// What a node's share in a cluster needs of the world beside what its transport needs.

import type { Host } from "../transport/index.ts";
import type { Pulse } from "./pulse.ts";

export interface ClusterHost extends Host {
  /** 64 random bits that nobody can guess: the name of a start of this node. */
  newInstance(): bigint;
  /** The node's second thread; absent where there is none, and blocked loops count as unreachable. */
  readonly pulse?: Pulse;
  /** Collision-resistant, and the same function at all nodes. */
  digest(text: string): string;
}
