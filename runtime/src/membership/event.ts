// What membership is told, and what it wants done.

import type { Place } from "./member-id.ts";
import type { Evidence, MemberId, MemberMetadata, MemberStatus, MembershipMessage } from "./messages.ts";

/** What a member says of itself, before it has a revision. */
export type Metadata = Omit<MemberMetadata, "revision">;

/**
 * What a dial of a member's address came to.
 *
 * - `refused`: nobody listens there.
 * - `replaced`: another instance answers there.
 * - `silent`: taken and not answered.
 * - `unreachable`: no way to it, or anything else that proves nothing.
 */
export type Verdict = "refused" | "replaced" | "silent" | "unreachable";

/** Something that happened. Each carries the time on a clock that only goes forward. */
export type Event = { readonly nowMs: number } & (
  | { readonly kind: "started" }
  /** The time that `wakeAtMs` gave has come, or is past. */
  | { readonly kind: "woke" }
  /** From a peer whose name is authenticated. */
  | { readonly kind: "received"; readonly from: MemberId; readonly message: MembershipMessage }
  /**
   * Bytes of any kind came from it, now or at `atMs`. To be told so once in a tenth of a probe interval is enough, as long
   * as it is before `woke`.
   */
  | { readonly kind: "heard"; readonly from: MemberId; readonly atMs?: number }
  /** Its pulse answered, and says how late its main loop is. */
  | { readonly kind: "pulsed"; readonly from: MemberId; readonly lagMs: number }
  /** A handshake with it is done: this node dialled it, at `dialled`, or was dialled. */
  | { readonly kind: "reached"; readonly peer: MemberId; readonly dialled?: Place }
  /** A dial that was begun to reach just this member failed. */
  | { readonly kind: "dialFailed"; readonly about: MemberId; readonly verdict: Verdict }
  /** This node answered its own dial. */
  | { readonly kind: "reachedSelf"; readonly dialled: Place }
  /** This node's own loop was late by so much, as its pulse thread measures. */
  | { readonly kind: "stalled"; readonly lagMs: number }
  | { readonly kind: "metadataChanged"; readonly metadata: Metadata }
  /** Further addresses to join by. */
  | { readonly kind: "joinRequested"; readonly seeds: readonly Place[] }
  | { readonly kind: "leaveRequested" }
  /** As the effect `rebirth` asked: this node is another instance from here on. */
  | { readonly kind: "reborn"; readonly instance: bigint }
);

/** What is to be done, in this order. */
export type Effect =
  | { readonly kind: "send"; readonly to: MemberId; readonly message: MembershipMessage }
  /** `reached`, `reachedSelf` or, where `about` is given, `dialFailed` is to follow. */
  | { readonly kind: "dial"; readonly place: Place; readonly about: MemberId | undefined }
  /** It has not answered in time: if it has a pulse, that is to be asked, and `pulsed` may follow. */
  | { readonly kind: "askPulse"; readonly of: MemberId }
  /** To be shown to the application. `was` is undefined for a member that was not known. */
  | {
      readonly kind: "statusChanged";
      readonly member: MemberId;
      readonly was: MemberStatus | undefined;
      readonly status: MemberStatus;
      readonly incarnation: number;
      readonly evidence: Evidence;
      readonly accusers: readonly MemberId[];
    }
  | { readonly kind: "metadataLearned"; readonly member: MemberId; readonly metadata: MemberMetadata }
  /** This node was declared dead: it takes a new instance, tells its application, and reports `reborn`. */
  | { readonly kind: "rebirth"; readonly evidence: Evidence; readonly accusers: readonly MemberId[] }
  /** The policy wants this side of a partition to give way: the application stops, or restarts. */
  | { readonly kind: "standDown" }
  /** The goodbye is told: the process may end. */
  | { readonly kind: "left" };
