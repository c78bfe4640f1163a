// Supervisors of one process that is in no cluster.

import type { ActorSystem } from "../actors/index.ts";
import type { TreeChild, TreeSpec } from "./child.ts";
import { RunningSupervisor } from "./running-supervisor.ts";

/**
 * Starts a supervisor with its children in this process. Throws a RangeError where two children have the same name; what
 * cannot be started is told by `ready`.
 */
export function supervise<const C extends readonly TreeChild[]>(
  system: ActorSystem,
  spec: TreeSpec<C>,
): RunningSupervisor<C> {
  return new RunningSupervisor({ system }, spec).begin();
}
