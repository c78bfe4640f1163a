// How a claim, heard or made, becomes part of what this node knows, and what follows from it.

import { isAdmissible } from "./admission.ts";
import { enqueue } from "./dissemination.ts";
import { jittered } from "./draw.ts";
import { accusersMax, tombstoneMs } from "./limits.ts";
import { type Joined, join, type Member } from "./member.ts";
import { isSibling, keyOf } from "./member-id.ts";
import type { Evidence, MemberId, MemberStatus, Update } from "./messages.ts";
import { tell } from "./outbox.ts";
import { heedOwnClaim } from "./own-claim.ts";
import type { Membership } from "./state.ts";
import { isAbsent, isFinal, isReachable } from "./status.ts";
import { classify, enter, find, sizeOf } from "./table.ts";
import { note } from "./trail.ts";

/** In larger clusters, so many members look at once after somebody who is newly suspected. */
const lookersWanted = 8;

/**
 * Takes a claim in.
 *
 * @param from who told it; undefined where this node finds so itself
 * @returns whether anything that would be told on has changed
 */
export function heed(state: Membership, claim: Update, nowMs: number, from: MemberId | undefined): boolean {
  const isStale = isFinal(claim.status) && claim.ageS * 1000 >= tombstoneMs;
  if (isStale || !isAdmissible(claim)) {
    state.counters.updatesRefused++;
    return false;
  }
  if (keyOf(claim.node) === state.self.key) {
    heedOwnClaim(state, claim, nowMs, from);
    return false;
  }
  return takeIn(state, displaced(state, claim), nowMs, from, false);
}

/** Whoever had this node's address before is dead: nobody knows that better. */
function displaced({ self }: Membership, claim: Update): Update {
  if (!isSibling(claim.node, self.id) || isFinal(claim.status)) return claim;
  return { ...claim, status: "dead", evidence: "replaced", accusers: [self.id] };
}

/** What this node finds of a member. */
export function conclude(
  state: Membership,
  member: Member,
  status: MemberStatus,
  evidence: Evidence,
  nowMs: number,
): void {
  const { id: node, incarnation } = member;
  const claim = { node, status, incarnation, evidence, accusers: [state.self.id], ageS: 0 };
  takeIn(state, claim, nowMs, undefined, false);
}

/** The member that speaks, entered where it was not known; undefined where there is no room for it. */
export function introduce(state: Membership, id: MemberId, nowMs: number): Member | undefined {
  const known = find(state.table, id);
  if (known !== undefined) return known;
  const claim: Update = {
    node: id,
    status: "alive",
    incarnation: 0,
    evidence: "joined",
    accusers: [],
    ageS: 0,
  };
  if (!isAdmissible(claim)) {
    state.counters.updatesRefused++;
    return undefined;
  }
  takeIn(state, claim, nowMs, id, true);
  return find(state.table, id);
}

function takeIn(
  state: Membership,
  claim: Update,
  nowMs: number,
  from: MemberId | undefined,
  atFirstHand: boolean,
): boolean {
  const known = find(state.table, claim.node);
  const member = known ?? enter(state.table, claim.node, nowMs, atFirstHand);
  if (member === undefined) {
    state.counters.membersRefused++;
    return false;
  }
  const was = known && member.status;
  const joined = join(member, claim);
  const isNewStanding = was === undefined || joined.status || (joined.incarnation && !isFinal(member.status));
  if (isNewStanding) restand(state, member, was, claim, nowMs, from);
  const confirming = addAccusers(state, member, claim);
  const isConfirmed = confirming.length > 0;
  if (isConfirmed && !isNewStanding) noteConfirmed(member, claim, confirming, nowMs, from);
  if (joined.metadata) {
    state.effects.push({ kind: "metadataLearned", member: member.id, metadata: member.metadata! });
  }
  const isNews = isNewStanding || joined.metadata || isConfirmed || joined.incarnation;
  if (isNews) enqueue(state.queue, member.key, joined.metadata);
  return isNews && hasChanged(joined, was);
}

function hasChanged(joined: Joined, was: MemberStatus | undefined): boolean {
  return was === undefined || joined.status || joined.metadata || joined.incarnation;
}

/** Another status, or the same one at another incarnation: what was known of the old one is over. */
function restand(
  state: Membership,
  member: Member,
  was: MemberStatus | undefined,
  claim: Update,
  nowMs: number,
  from: MemberId | undefined,
): void {
  const { status, incarnation } = member;
  const { evidence, accusers } = claim;
  member.evidence = evidence;
  member.accusers = [];
  member.sinceMs = nowMs - claim.ageS * 1000;
  classify(state.table, member);
  suspectOrClear(state, member, was, nowMs, from);
  if (was === status && status === "alive") return;
  note(member.trail, { atMs: nowMs, status, incarnation, evidence, accusers, from });
  if (was === status) return;
  state.effects.push({
    kind: "statusChanged",
    member: member.id,
    was,
    status,
    incarnation,
    evidence,
    accusers,
  });
  if (was === undefined || isReachable(was) !== isReachable(status) || isFinal(was) !== isFinal(status)) {
    viewChanged(state, nowMs);
  }
  if (isAbsent(status) || isFinal(status)) redialSoon(state, member, nowMs);
  const hearsIt = member.heardAtMs !== undefined && nowMs - member.heardAtMs < state.profile.probeIntervalMs;
  if (hearsIt && from !== undefined) tell(state, member, nowMs);
}

/** A suspicion is about one incarnation, and ends with it. */
function suspectOrClear(
  state: Membership,
  member: Member,
  was: MemberStatus | undefined,
  nowMs: number,
  from: MemberId | undefined,
): void {
  if (was === "suspect" && member.status === "alive") state.counters.suspicionsRefuted++;
  if (member.status !== "suspect") {
    member.suspicion = undefined;
    return;
  }
  member.suspicion = { incarnation: member.incarnation, startedAtMs: nowMs, accusers: new Set() };
  if (from === undefined) state.counters.suspicionsRaised++;
  else if (state.random() < lookersWanted / sizeOf(state.table)) state.order.first.add(member.key);
}

/** Distinct ones, each counted once, and only such as are known: a name that nobody bears confirms nothing. Answers who is new. */
function addAccusers(
  state: Membership,
  member: Member,
  { status, incarnation, accusers }: Update,
): readonly MemberId[] {
  const isSameClaim =
    status === member.status &&
    (isFinal(status) || (status !== "alive" && incarnation === member.incarnation));
  if (!isSameClaim) return [];
  const added: MemberId[] = [];
  for (const accuser of accusers) {
    const key = keyOf(accuser);
    if (key === member.key || !isPresent(state, key)) continue;
    member.suspicion?.accusers.add(key);
    if (member.accusers.length >= accusersMax || member.accusers.some((one) => keyOf(one) === key)) continue;
    member.accusers.push(accuser);
    added.push(accuser);
  }
  return added;
}

/** Others have found the same: they stand in the trail, too. */
function noteConfirmed(
  member: Member,
  { evidence }: Update,
  accusers: readonly MemberId[],
  atMs: number,
  from: MemberId | undefined,
): void {
  const { status, incarnation, trail } = member;
  note(trail, { atMs, status, incarnation, evidence, accusers, from });
}

function isPresent(state: Membership, key: string): boolean {
  if (key === state.self.key) return true;
  const member = state.table.members.get(key);
  return member !== undefined && isReachable(member.status);
}

function viewChanged(state: Membership, nowMs: number): void {
  state.viewChangedAtMs = nowMs;
  state.nextPolicyAtMs = nowMs;
  state.stoodDown = false;
}

function redialSoon(state: Membership, member: Member, nowMs: number): void {
  if (member.status === "left" || member.id.port === 0) return;
  member.redials = 0;
  member.redialAtMs = nowMs + jittered(state.profile.redialFirstMs, state.random);
  state.nextRedialAtMs = Math.min(state.nextRedialAtMs, member.redialAtMs);
}
