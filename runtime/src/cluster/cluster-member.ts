// A member of the cluster as this node sees it: a plain value, made anew whenever somebody asks.

import type { Evidence, MemberId, MemberMetadata, MemberStatus } from "../membership/index.ts";

/** Times are on the clock of this node: see `Cluster.nowMs`. */
export interface ClusterMember extends Omit<MemberMetadata, "revision"> {
  readonly id: MemberId;
  /** This node. */
  readonly isSelf: boolean;
  readonly status: MemberStatus;
  /** Raised by the member alone, each time that it refutes what is said of it. */
  readonly incarnation: number;
  /** Why it has its status. */
  readonly evidence: Evidence;
  /** Who found it so. */
  readonly accusers: readonly MemberId[];
  /** Since when it has its status; of a final one, when it was first claimed. Undefined for this node. */
  readonly sinceMs: number | undefined;
  /** The last sign of life from itself; undefined where there was none, as of one that is only spoken of. */
  readonly heardAtMs: number | undefined;
  /** Smoothed; undefined where none was measured. */
  readonly roundTripMs: number | undefined;
  /** How late its event loop is, as its pulse thread said last; 0 where it said nothing. */
  readonly lagMs: number;
  /** This node has a connection to it. Of this node itself: true. */
  readonly isConnected: boolean;
}
