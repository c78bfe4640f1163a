// Push and pull of everything that is known: at a join, when an absent member is reached again, and now and then with
// one at random. What gossip has lost, this brings; both ways, or views stay lopsided.

import { drawn, jittered } from "./draw.ts";
import { syncBytesMax } from "./limits.ts";
import type { Member } from "./member.ts";
import { encodeUpdate } from "./messages.codec.ts";
import type { Sync, Update } from "./messages.ts";
import { claimOfMember, claimOfSelf, sendAsIs } from "./outbox.ts";
import { syncEveryMs } from "./profile.ts";
import type { Membership } from "./state.ts";
import { reachable, sizeOf } from "./table.ts";

/** Does what is due. */
export function syncDue(state: Membership, nowMs: number): void {
  if (nowMs < state.nextSyncAtMs) return;
  state.nextSyncAtMs = nowMs + jittered(syncEveryMs(state.profile, sizeOf(state.table)), state.random);
  for (const partner of drawn(reachable(state.table), 1, state.random)) syncWith(state, partner, nowMs);
}

/** Sends everything and asks for everything, unless that was just done. */
export function syncWith(state: Membership, partner: Member, nowMs: number): void {
  if (partner.syncedAtMs !== undefined && nowMs - partner.syncedAtMs < state.profile.probeIntervalMs) return;
  partner.syncedAtMs = nowMs;
  sendAll(state, partner, true, nowMs);
}

/** The answer to every full sync that wants one; a peer that wants more than ten a second is not served. */
export function onSync(state: Membership, partner: Member, { replyWanted }: Sync, nowMs: number): void {
  if (!replyWanted || (partner.repliedAtMs !== undefined && nowMs - partner.repliedAtMs < 100)) return;
  partner.repliedAtMs = nowMs;
  sendAll(state, partner, false, nowMs);
}

function sendAll(state: Membership, { id }: Member, replyWanted: boolean, nowMs: number): void {
  const parts = inParts(everything(state, nowMs));
  for (const [index, updates] of parts.entries()) {
    const isLast = index === parts.length - 1;
    sendAsIs(state, id, { kind: "sync", replyWanted: replyWanted && isLast, updates });
  }
}

function everything(state: Membership, nowMs: number): Update[] {
  const members = [...state.table.members.values()];
  return [claimOfSelf(state, true), ...members.map((member) => claimOfMember(member, true, nowMs))];
}

function inParts(updates: readonly Update[]): Update[][] {
  const parts: Update[][] = [];
  let left = 0;
  for (const update of updates) {
    const { length } = encodeUpdate(update);
    if (length > left) {
      parts.push([]);
      left = syncBytesMax;
    }
    left -= length;
    parts.at(-1)!.push(update);
  }
  return parts;
}
