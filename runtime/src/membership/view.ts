// What hosts show: the members as this node sees them, as plain values.

import type { Counters } from "./counters.ts";
import type { Member } from "./member.ts";
import { keyOf } from "./member-id.ts";
import type { Evidence, MemberId, MemberMetadata, MemberStatus } from "./messages.ts";
import { claimOfSelf } from "./outbox.ts";
import type { Membership } from "./state.ts";
import { find } from "./table.ts";
import type { TrailEntry } from "./trail.ts";

/** A member as one node sees it, times on that node's clock. */
export interface MemberView {
  readonly id: MemberId;
  readonly isSelf: boolean;
  readonly status: MemberStatus;
  readonly incarnation: number;
  readonly evidence: Evidence;
  readonly accusers: readonly MemberId[];
  /** Undefined where nobody has told yet. */
  readonly metadata: MemberMetadata | undefined;
  readonly sinceMs: number | undefined;
  readonly heardAtMs: number | undefined;
  /** Undefined where none was measured. */
  readonly roundTripMs: number | undefined;
  /** Of its loop, as its pulse said last. */
  readonly lagMs: number;
}

/** All that are known, this node first, final ones too. */
export function membersOf(state: Membership): MemberView[] {
  return [selfOf(state), ...[...state.table.members.values()].map(viewOf)];
}

/** One of them; undefined for who is not known. */
export function memberOf(state: Membership, id: MemberId): MemberView | undefined {
  if (keyOf(id) === state.self.key) return selfOf(state);
  const member = find(state.table, id);
  return member && viewOf(member);
}

function selfOf(state: Membership): MemberView {
  const { node: id, accusers, metadata, status, incarnation, evidence } = claimOfSelf(state, true);
  return {
    id,
    isSelf: true,
    status,
    incarnation,
    evidence,
    accusers,
    metadata,
    sinceMs: undefined,
    heardAtMs: undefined,
    roundTripMs: undefined,
    lagMs: 0,
  };
}

function viewOf(member: Member): MemberView {
  return {
    id: member.id,
    isSelf: false,
    status: member.status,
    incarnation: member.incarnation,
    evidence: member.evidence,
    accusers: [...member.accusers],
    metadata: member.metadata,
    sinceMs: member.sinceMs,
    heardAtMs: member.heardAtMs,
    roundTripMs: member.roundTrip.meanMs,
    lagMs: member.lagMs,
  };
}

/** The last claims about a member, oldest first: who suspected it, when, on what evidence. */
export function whyOf(state: Membership, id: MemberId): readonly TrailEntry[] {
  return [...(find(state.table, id)?.trail ?? [])];
}

/** Totals since the start. */
export function countersOf({ counters }: Membership): Readonly<Counters> {
  return { ...counters };
}
