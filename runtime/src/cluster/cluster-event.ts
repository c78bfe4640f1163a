// What a cluster tells the application of itself.

import type { Evidence, MemberId, MemberStatus } from "../membership/index.ts";
import type { SupervisionEvent } from "../supervision/index.ts";
import type { ClusterMember } from "./cluster-member.ts";
import type { DepartureWork } from "./departure.ts";

/** Something that happened, as this node sees it; `atMs` is on its clock. */
export type ClusterEvent = { readonly atMs: number } & (
  | {
      /** All members that are known, this node first: the first event, for whoever asked for a snapshot. */
      readonly kind: "members";
      readonly members: readonly ClusterMember[];
    }
  | {
      /** A member that was not known is there. Its name and tags may follow as `metadataChanged`. */
      readonly kind: "joined";
      readonly member: ClusterMember;
    }
  | {
      readonly kind: "statusChanged";
      readonly member: ClusterMember;
      /** Undefined for a member that was not known and is not alive. */
      readonly was: MemberStatus | undefined;
      readonly status: MemberStatus;
      readonly evidence: Evidence;
      readonly accusers: readonly MemberId[];
      readonly incarnation: number;
    }
  | {
      /** What a member says of itself: name, roles, tags, actors, versions. */
      readonly kind: "metadataChanged";
      readonly member: ClusterMember;
    }
  | {
      /**
       * Others declared this node dead; it is in the cluster again as another instance. What the old one had told others
       * (references to its actors, leases) is void.
       */
      readonly kind: "reborn";
      readonly was: MemberId;
      readonly self: MemberId;
      readonly evidence: Evidence;
      readonly accusers: readonly MemberId[];
    }
  /** The policy wants this side of a partition to give way: stop, or start again. */
  | { readonly kind: "standDown" }
  | {
      /**
       * What went wrong below a supervisor of this node: a restart, with its cause; a child that did not end, or waits for a
       * node; a supervisor that has given up. Starts and ends are told by the supervisor itself, because there may be many.
       */
      readonly kind: "supervision";
      readonly event: SupervisionEvent;
    }
  | {
      /** This node leaves, or makes itself empty, and has come to that phase; or it was not done in its time. */
      readonly kind: "departing";
      readonly phase: Exclude<DepartureWork, "close">;
      readonly isLate: boolean;
    }
  /** This node has left: nothing follows. */
  | { readonly kind: "left" }
  | {
      /** So many events were dropped here, because nobody took them in time: ask for the members anew. */
      readonly kind: "missed";
      readonly count: number;
    }
);

const quiet: ReadonlySet<ClusterEvent["kind"]> = /* @__PURE__ */ new Set([
  "left",
  "standDown",
  "departing",
  "supervision",
] as const);

/** Whether a child could be started, after such an event, where it could not before. */
export function changesPlaces(kind: ClusterEvent["kind"]): boolean {
  return !quiet.has(kind);
}
