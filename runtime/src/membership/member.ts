// What one node knows of one member, and how claims about it are joined.
//
// The part that is told around is a product of three semilattices: the highest incarnation with the highest rank at it;
// the final status, which once there stays; the metadata of the highest revision. Each is joined by taking the larger,
// so any order, any number of repetitions and any delay of the same claims end in the same member. Nothing else may
// decide what a claim does: not who sent it, not when.

import { keyOf } from "./member-id.ts";
import type { Evidence, MemberId, MemberMetadata, MemberStatus, Update } from "./messages.ts";
import { newRoundTrip, type RoundTrip } from "./round-trip.ts";
import { isFinal, rankOf } from "./status.ts";
import type { Suspicion } from "./suspicion.ts";
import type { TrailEntry } from "./trail.ts";

/** Changed in place. What is above the line is joined, what is below is this node's own. */
export interface Member {
  readonly id: MemberId;
  readonly key: string;
  status: MemberStatus;
  incarnation: number;
  metadata: MemberMetadata | undefined;

  evidence: Evidence;
  /** Of the status that it has, the distinct ones that are known, up to `accusersMax`. */
  accusers: MemberId[];
  /** When the status was last changed; of a final one, when it was first claimed as far as is known. */
  sinceMs: number;
  /** The last sign of life that came from itself. */
  heardAtMs: number | undefined;
  /** The last answer of its pulse. */
  pulseAtMs: number | undefined;
  lagMs: number;
  /** A dial was taken and not answered. */
  silentAtMs: number | undefined;
  /** It was last told what is said of it. */
  toldAtMs: number | undefined;
  /** A full sync was last sent to it, and one was last answered. */
  syncedAtMs: number | undefined;
  repliedAtMs: number | undefined;
  readonly roundTrip: RoundTrip;
  suspicion: Suspicion | undefined;
  redialAtMs: number;
  redials: number;
  readonly trail: TrailEntry[];
}

/** A member of which nothing is claimed: less than any claim. */
export function newMember(id: MemberId, nowMs: number): Member {
  return {
    id,
    key: keyOf(id),
    status: "alive",
    incarnation: 0,
    metadata: undefined,
    evidence: "joined",
    accusers: [],
    sinceMs: nowMs,
    heardAtMs: undefined,
    pulseAtMs: undefined,
    lagMs: 0,
    silentAtMs: undefined,
    toldAtMs: undefined,
    syncedAtMs: undefined,
    repliedAtMs: undefined,
    roundTrip: newRoundTrip(),
    suspicion: undefined,
    redialAtMs: 0,
    redials: 0,
    trail: [],
  };
}

/** What a claim has changed. */
export interface Joined {
  readonly status: boolean;
  /** It raised the incarnation, at a final status too. */
  readonly incarnation: boolean;
  readonly metadata: boolean;
}

/** Joins a claim into what is known. Says nothing of accusers, who are not part of what is told apart. */
export function join(member: Member, update: Update): Joined {
  const { status, incarnation } = member;
  member.status = joinedStatus(member, update);
  member.incarnation = Math.max(incarnation, update.incarnation);
  const metadata = joinedMetadata(member.metadata, update.metadata);
  const changed = {
    status: member.status !== status,
    incarnation: member.incarnation > incarnation,
    metadata: metadata !== member.metadata,
  };
  member.metadata = metadata;
  return changed;
}

function joinedStatus(known: Member, claim: Update): MemberStatus {
  if (!isFinal(known.status) && !isFinal(claim.status) && known.incarnation !== claim.incarnation) {
    return claim.incarnation > known.incarnation ? claim.status : known.status;
  }
  return rankOf(claim.status) > rankOf(known.status) ? claim.status : known.status;
}

/** Two contents of the same revision are a forgery; all nodes choose the same one. */
export function joinedMetadata(
  known: MemberMetadata | undefined,
  claim: MemberMetadata | undefined,
): MemberMetadata | undefined {
  if (claim === undefined || claim === known) return known;
  if (known === undefined || claim.revision > known.revision) return claim;
  if (claim.revision < known.revision) return known;
  return canonical(claim) > canonical(known) ? claim : known;
}

function canonical({ name, roles, tags, actors, versions }: MemberMetadata): string {
  return JSON.stringify([name, roles, sorted(tags), actors, sorted(versions)]);
}

function sorted(words: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(words).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
