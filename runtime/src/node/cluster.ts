// The name by which programs know a cluster: the type of what they have, and how to be in one.

import type { Cluster as AnyCluster } from "../cluster/index.ts";
import { joinCluster } from "./join-cluster.ts";

/** A node's share in a cluster, on whatever host. */
export type Cluster = AnyCluster;

export const Cluster = {
  /** See {@link joinCluster}. */
  join: joinCluster,
} as const;
