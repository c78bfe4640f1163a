// How a test wants its simulated cluster.

import type { ActorReport } from "../../actors/index.ts";
import type { Cluster, ClusterOptions } from "../../cluster/index.ts";

export interface SimulateOptions
  extends Pick<ClusterOptions, "actors" | "types" | "deathEvidence" | "policy"> {
  /** A whole number from 0 to 2^53 - 1. It decides all that chance decides. Default: 1. */
  readonly seed?: number;
  /** Runs so many seeds from `seed` on, one after the other, until one fails. Default: 1. */
  readonly seeds?: number;
  /** How many nodes, called `a`, `b`, …, or their names: small letters and digits. Default: 3. At most 26 by number. */
  readonly nodes?: number | readonly string[];
  /** By name of the node. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** Runs in each process when it has joined: what an application's own `start(cluster)` does. */
  readonly start?: (cluster: Cluster, name: string) => void | Promise<void>;
  /** By default `local`, with which failures are found in a second or two. */
  readonly profile?: ClusterOptions["profile"];
  /** Whether an actor that crashes fails the run, or which crash does not. Default: false, each does. */
  readonly mayCrash?: boolean | ((report: ActorReport) => boolean);
  /** Virtual time after which the script counts as hung. Default: ten minutes. */
  readonly limitMs?: number;
  /** Runs each seed twice, and fails where the second run did something else. */
  readonly checks?: boolean;
}

/** What came of the runs. */
export interface Simulations {
  /** How many runs there were, those of `checks` not counted. */
  readonly runs: number;
  /** The same for the same seeds, as long as the code is the same. */
  readonly hash: string;
  readonly events: number;
  readonly simulatedMs: number;
  /** The end of the last run's trace: at least its last 2000 lines. */
  readonly trace: readonly string[];
}
