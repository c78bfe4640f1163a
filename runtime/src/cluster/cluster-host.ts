// What a node's share in a cluster needs of the world beside what its transport needs.

import type { ActorHost } from "../actors/index.ts";
import type { Host } from "../transport/index.ts";
import type { Pulse } from "./pulse.ts";

export interface ClusterHost extends Host {
  /** 64 random bits that nobody can guess: the name of a start of this node. */
  newInstance(): bigint;
  /** The node's second thread; absent where there is none, and blocked loops count as unreachable. */
  readonly pulse?: Pulse;
  /** What actors need of the world, where they have a way of their own to it. Default: what is made of this. */
  readonly actors?: ActorHost;
  /** Ends the process, as a program does that cannot go on. Absent where there is none to end. */
  exit?(code: number): void;
  /** Collision-resistant, and the same function at all nodes. */
  digest(text: string): string;
}
