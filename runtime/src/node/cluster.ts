// The name by which programs know a cluster: the type of what they have, and how to be in one.

import type { Cluster as AnyCluster } from "../cluster/index.ts";
import { joinCluster } from "./join-cluster.ts";

/** A node's share in a cluster, on whatever host. */
export type Cluster = AnyCluster;

export const Cluster = {
  /**
   * Starts a node, which listens and finds the others by itself, see `Cluster.events`. Fulfilled when its pulse thread, which
   * starts alongside, answers too: from then on a program that blocks is known to be only that.
   * @throws NetworkError when the address cannot be had, or leaves this machine without protection; and where a secret, a
   * certificate or a combination of options is of no use; TypeError where a seed or an address is none; RangeError where a
   * name, role, tag, version, a profile or the number of seeds is out of bounds
   */
  join: joinCluster,
} as const;
