// What goes out, and the news that rides on it.

import { take } from "./dissemination.ts";
import type { Member } from "./member.ts";
import type { MemberId, MembershipMessage, Update } from "./messages.ts";
import { transmitsMax } from "./profile.ts";
import type { Membership } from "./state.ts";
import { isFinal } from "./status.ts";
import { find, sizeOf } from "./table.ts";

/** What this node says of a member, or of itself. */
export function claimOf(state: Membership, key: string, withMetadata: boolean, nowMs: number) {
  if (key === state.self.key) return claimOfSelf(state, withMetadata);
  const member = state.table.members.get(key);
  return member && claimOfMember(member, withMetadata, nowMs);
}

/** What this node says of itself. */
export function claimOfSelf({ self }: Membership, withMetadata: boolean): Update {
  const { id, status, incarnation, metadata } = self;
  const evidence = status === "left" ? "goodbye" : incarnation > 0 ? "refuted" : "joined";
  const claim: Update = { node: id, status, incarnation, evidence, accusers: [], ageS: 0 };
  return withMetadata ? { ...claim, metadata } : claim;
}

/** What this node says of a member. */
export function claimOfMember(member: Member, withMetadata: boolean, nowMs: number): Update {
  const { id, status, incarnation, evidence, accusers, sinceMs, metadata } = member;
  const ageS = isFinal(status) ? Math.max(0, Math.floor((nowMs - sinceMs) / 1000)) : 0;
  const claim: Update = { node: id, status, incarnation, evidence, accusers: [...accusers], ageS };
  return withMetadata && metadata !== undefined ? { ...claim, metadata } : claim;
}

/**
 * Sends a message with what the receiver is said to be, where that is not alive, so that it can refute at once
 * (Lifeguard's buddy system, section IV.C), and with as much other news as fits.
 */
export function send(
  state: Membership,
  to: MemberId,
  nowMs: number,
  make: (updates: Update[]) => MembershipMessage,
): void {
  const updates = [...accusation(state, to, nowMs), ...news(state, nowMs)];
  sendAsIs(state, to, make(updates));
}

/** Sends a message with the updates that it has. */
export function sendAsIs(state: Membership, to: MemberId, message: MembershipMessage): void {
  state.counters.messagesSent++;
  state.effects.push({ kind: "send", to, message });
}

function accusation(state: Membership, to: MemberId, nowMs: number): Update[] {
  const member = find(state.table, to);
  if (member === undefined || member.status === "alive") return [];
  member.toldAtMs = nowMs;
  return [claimOfMember(member, false, nowMs)];
}

function news(state: Membership, nowMs: number): Update[] {
  const { queue, profile, table } = state;
  return take(
    queue,
    (key, withMetadata) => claimOf(state, key, withMetadata, nowMs),
    profile.gossipBytesMax,
    transmitsMax(profile, sizeOf(table)),
  );
}

/** Tells a member that is there what is said of it, unless it has just been told. */
export function tell(state: Membership, member: Member, nowMs: number): void {
  if (member.status === "alive") return;
  if (member.toldAtMs !== undefined && nowMs - member.toldAtMs < state.profile.probeTimeoutMs) return;
  member.toldAtMs = nowMs;
  sendAsIs(state, member.id, { kind: "gossip", updates: [claimOfMember(member, false, nowMs)] });
}
