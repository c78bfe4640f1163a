// Whom to dial: seeds, until each has led to a member; members that were given up, because both sides of a healed
// partition have to meet; the dead for a day, because they may have been declared so wrongly, or come again.

import { jittered } from "./draw.ts";
import { redialForMs, redialsAtOnceMax } from "./limits.ts";
import type { Member } from "./member.ts";
import { type Place, samePlace } from "./member-id.ts";
import type { MemberId } from "./messages.ts";
import type { Membership, Seed } from "./state.ts";
import { isAbsent, isReachable } from "./status.ts";

/** Does what is due. */
export function redialDue(state: Membership, nowMs: number): void {
  for (const seed of state.seeds) {
    if (nowMs >= seed.dialAtMs) dialSeed(state, seed, nowMs);
  }
  if (nowMs < nextRedialsAtMs(state)) return;
  state.nextRedialAtMs = Infinity;
  // After a flood of members there are a thousand dead: how often they are looked through, and dialled, is bounded.
  state.redialsFromMs = nowMs + state.profile.gossipIntervalMs;
  const all = candidates(state, nowMs);
  const waiting = all.filter(({ redialAtMs }) => nowMs >= redialAtMs).sort(byUrgency);
  for (const member of waiting.slice(0, redialsAtOnceMax)) redial(state, member, nowMs);
  for (const { redialAtMs } of all) state.nextRedialAtMs = Math.min(state.nextRedialAtMs, redialAtMs);
}

/** When something is due next. */
export function redialAtMs(state: Membership): number {
  return state.seeds.reduce((atMs, seed) => Math.min(atMs, seed.dialAtMs), nextRedialsAtMs(state));
}

function nextRedialsAtMs({ nextRedialAtMs, redialsFromMs }: Membership): number {
  return Math.max(nextRedialAtMs, redialsFromMs);
}

/** A seed that has led to a member is looked at again, but not dialled while that is there. */
function dialSeed(state: Membership, seed: Seed, nowMs: number): void {
  const known = seed.key === undefined ? undefined : state.table.members.get(seed.key);
  const isThere = (known !== undefined && isReachable(known.status)) || isAnybodyAt(state, seed.place);
  if (isThere) seed.dials = 0;
  else state.effects.push({ kind: "dial", place: seed.place, about: undefined });
  seed.dialAtMs = nowMs + waitMs(state, isThere ? Infinity : seed.dials);
  seed.dials++;
}

/** Who may be there before who is dead, and who has waited longest first: nobody waits for ever. */
function byUrgency(one: Member, other: Member): number {
  const absentFirst = Number(isAbsent(other.status)) - Number(isAbsent(one.status));
  return absentFirst || one.redialAtMs - other.redialAtMs;
}

function waitMs({ profile, random }: Membership, dials: number): number {
  return jittered(
    Math.min(profile.redialLongestMs, profile.redialFirstMs * 2 ** Math.min(dials, 30)),
    random,
  );
}

function isAnybodyAt({ table }: Membership, place: Place): boolean {
  for (const { id, status } of table.members.values()) {
    if (samePlace(id, place) && isReachable(status)) return true;
  }
  return false;
}

function candidates({ table, self }: Membership, nowMs: number): Member[] {
  const dead = [...table.tombstones].map((key) => table.members.get(key)!);
  const wanted = dead.filter(
    ({ status, sinceMs, id }) =>
      status !== "left" && id.port !== 0 && !samePlace(id, self.id) && nowMs - sinceMs < redialForMs,
  );
  return [...[...table.absent].filter(({ id }) => id.port !== 0), ...wanted];
}

/** A dial for an absent member is about just that one; where it is dead, whoever answers is welcome. */
function redial(state: Membership, member: Member, nowMs: number): void {
  const about: MemberId | undefined = isAbsent(member.status) ? member.id : undefined;
  if (about !== undefined || !isAnybodyAt(state, member.id)) {
    state.effects.push({ kind: "dial", place: placeOf(member.id), about });
  }
  member.redialAtMs = nowMs + waitMs(state, member.redials);
  member.redials++;
}

function placeOf({ host, port }: MemberId): Place {
  return { host, port };
}
