// All members that a node knows of beside itself, within bounds.

import { membersMax, tombstoneMs, tombstonesMax } from "./limits.ts";
import { type Member, newMember } from "./member.ts";
import { keyOf } from "./member-id.ts";
import type { MemberId } from "./messages.ts";
import { isAbsent, isFinal, isReachable } from "./status.ts";

/** Changed in place, by the functions of this file alone. */
export interface Table {
  readonly members: Map<string, Member>;
  /** Those that are not final. */
  living: number;
  /** Final ones, the oldest first. */
  readonly tombstones: Set<string>;
  readonly suspects: Set<Member>;
  /** Given up by the detector, and refutable. */
  readonly absent: Set<Member>;
}

export function newTable(): Table {
  return { members: new Map(), living: 0, tombstones: new Set(), suspects: new Set(), absent: new Set() };
}

export function find(table: Table, id: MemberId): Member | undefined {
  return table.members.get(keyOf(id));
}

/** Members with whom this node works: neither absent nor final. */
export function reachable(table: Table): Member[] {
  return [...table.members.values()].filter(({ status }) => isReachable(status));
}

/** The cluster's size, this node counted. */
export function sizeOf(table: Table): number {
  return table.living + 1;
}

/** What {@link newMember} makes, entered; undefined where the table is full. */
export function enter(table: Table, id: MemberId, nowMs: number, atFirstHand: boolean): Member | undefined {
  if (table.living >= membersMax && !(atFirstHand && displace(table))) return undefined;
  const member = newMember(id, nowMs);
  table.members.set(member.key, member);
  table.living++;
  return member;
}

/** Room for one who is there: of those who were only ever spoken of, the one that was entered last goes. */
function displace(table: Table): boolean {
  let last: Member | undefined;
  for (const member of table.members.values()) {
    if (!isFinal(member.status) && member.heardAtMs === undefined) last = member;
  }
  if (last === undefined) return false;
  remove(table, last);
  return true;
}

function remove(table: Table, member: Member): void {
  table.members.delete(member.key);
  if (!table.tombstones.delete(member.key)) table.living--;
  table.suspects.delete(member);
  table.absent.delete(member);
}

/** To be called when a member's status has changed; keeps the bound on tombstones. */
export function classify(table: Table, member: Member): void {
  toggle(table.suspects, member, member.status === "suspect");
  toggle(table.absent, member, isAbsent(member.status));
  if (!isFinal(member.status) || table.tombstones.has(member.key)) return;
  table.living--;
  table.tombstones.add(member.key);
  if (table.tombstones.size > tombstonesMax) forget(table, table.tombstones.values().next().value);
}

function forget(table: Table, key: string | undefined): void {
  const member = key === undefined ? undefined : table.members.get(key);
  if (member !== undefined) remove(table, member);
}

/** Forgets what has been final for a day. */
export function expire(table: Table, nowMs: number): void {
  for (const key of table.tombstones) {
    const member = table.members.get(key);
    if (member !== undefined && nowMs - member.sinceMs >= tombstoneMs) remove(table, member);
  }
}

function toggle(set: Set<Member>, member: Member, isIn: boolean): void {
  if (isIn) set.add(member);
  else set.delete(member);
}
