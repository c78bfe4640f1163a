// What others say of this node: refuted where it can be, by an incarnation that only this node raises; where it cannot,
// this node is another instance from then on.

import { enqueue } from "./dissemination.ts";
import type { Metadata } from "./event.ts";
import { incarnationMax, rebirthFirstMs, rebirthLongestMs } from "./limits.ts";
import { adjust } from "./local-health.ts";
import { joinedMetadata } from "./member.ts";
import type { Evidence, MemberId, MemberMetadata, Update } from "./messages.ts";
import { claimOfSelf, sendAsIs } from "./outbox.ts";
import { type Membership, newSelf } from "./state.ts";
import { isFinal } from "./status.ts";

const revisionMax = 2 ** 32 - 1;

/** @param from who says so */
export function heedOwnClaim(
  state: Membership,
  claim: Update,
  nowMs: number,
  from: MemberId | undefined,
): void {
  const { self, counters } = state;
  if (self.status === "left" || state.fence !== undefined) return;
  if (claim.incarnation > self.incarnation || claim.status === "left") counters.forgeries++;
  if (isFinal(claim.status)) {
    fence(state, claim.evidence, claim.accusers, nowMs);
    return;
  }
  if (claim.metadata !== undefined) defend(state, claim.metadata, nowMs);
  const isAccused = claim.incarnation >= self.incarnation && claim.status !== "alive";
  if (claim.incarnation > self.incarnation || isAccused) refute(state, claim, nowMs, from);
}

/** SWIM, section 4.2. To be accused is a sign of bad local health (Lifeguard, section IV.A). */
function refute(state: Membership, claim: Update, nowMs: number, from: MemberId | undefined): void {
  const { self, counters, health } = state;
  if (claim.incarnation >= incarnationMax) {
    fence(state, claim.evidence, claim.accusers, nowMs);
    return;
  }
  self.incarnation = claim.incarnation + 1;
  if (claim.status !== "alive") {
    counters.selfRefuted++;
    adjust(health, 1);
  }
  enqueue(state.queue, self.key, false);
  if (from !== undefined) {
    sendAsIs(state, from, { kind: "gossip", updates: [claimOfSelf(state, false)] });
  }
}

/** Somebody else wrote what only this node may write: its own goes out under a revision above that. */
function defend(state: Membership, claimed: MemberMetadata, nowMs: number): void {
  const { self, counters } = state;
  if (claimed.revision < self.metadata.revision) return;
  const isOurs = claimed.revision === self.metadata.revision && isSame(claimed, self.metadata);
  if (isOurs) return;
  counters.forgeries++;
  if (claimed.revision >= revisionMax) {
    fence(state, "replaced", [], nowMs);
    return;
  }
  self.metadata = { ...self.metadata, revision: claimed.revision + 1 };
  enqueue(state.queue, self.key, true);
}

function isSame(a: MemberMetadata, b: MemberMetadata): boolean {
  return joinedMetadata(a, b) === a && joinedMetadata(b, a) === b;
}

/** Final is final: this instance falls silent, and asks for another, not more often than its backoff allows. */
function fence(state: Membership, evidence: Evidence, accusers: readonly MemberId[], nowMs: number): void {
  if (state.fence !== undefined) return;
  state.round = undefined;
  state.relays.clear();
  const last = state.rebornAtMs;
  const isSoon = last !== undefined && nowMs - last < 2 * rebirthLongestMs;
  state.rebirthWaitMs = isSoon
    ? Math.min(rebirthLongestMs, Math.max(rebirthFirstMs, 2 * state.rebirthWaitMs))
    : 0;
  const rebirthAtMs = last === undefined ? nowMs : Math.max(nowMs, last + state.rebirthWaitMs);
  state.fence = { rebirthAtMs, effect: { kind: "rebirth", evidence, accusers }, isAsked: false };
}

/** Asks for the rebirth that is due. */
export function askForRebirth(state: Membership, nowMs: number): void {
  const { fence } = state;
  if (fence === undefined || fence.isAsked || nowMs < fence.rebirthAtMs) return;
  fence.isAsked = true;
  state.effects.push(fence.effect);
}

/** Becomes another instance; returns the name of the one that is over. */
export function beReborn(state: Membership, instance: bigint, nowMs: number): MemberId {
  const { id, metadata } = state.self;
  state.self = newSelf({ ...id, instance }, metadata);
  state.fence = undefined;
  state.rebornAtMs = nowMs;
  state.counters.rebirths++;
  state.order.first.delete(state.self.key);
  enqueue(state.queue, state.self.key, true);
  return id;
}

/** Throws a RangeError where it is out of bounds. */
export function changeMetadata(state: Membership, metadata: Metadata): void {
  const { self, queue } = state;
  self.metadata = newSelf(self.id, metadata, self.metadata.revision + 1).metadata;
  enqueue(queue, self.key, true);
}
