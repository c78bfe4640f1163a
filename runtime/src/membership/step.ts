// Membership as a state machine: `step(state, event) -> effects`. This file only hands events to those who know.

import { conclude, heed, introduce } from "./claims.ts";
import { detect, detectAtMs, excuse, giveBack, onAck, onNack, onProbe, onProbeRequest } from "./detector.ts";
import { drawn } from "./draw.ts";
import type { Effect, Event, Verdict } from "./event.ts";
import { onSync, syncDue, syncWith } from "./full-sync.ts";
import { goodbyesMax, seedsMax, updatesPerMessageMax } from "./limits.ts";
import type { Member } from "./member.ts";
import { isSibling, keyOf, type Place, samePlace } from "./member-id.ts";
import type { MemberId, MembershipMessage, Update } from "./messages.ts";
import { claimOfSelf, send, sendAsIs, tell } from "./outbox.ts";
import { askForRebirth, beReborn, changeMetadata } from "./own-claim.ts";
import { partitionDue } from "./partition.ts";
import { redialAtMs, redialDue } from "./redial.ts";
import { type Membership, seedsOf } from "./state.ts";
import { isAbsent, isFinal, isReachable } from "./status.ts";
import { expire, find, reachable } from "./table.ts";

const expiryIntervalMs = 60_000;

/** A loop that was late by less is not what an answer waits for. */
const runningLagMs = 100;

/**
 * Changes the state in place and says what is to be done. Throws nothing for what a peer sent; a RangeError for metadata
 * or seeds of this node's own that are out of bounds, with the state unchanged.
 */
export function step(state: Membership, event: Event): Effect[] {
  if (!isWanted(state, event)) return [];
  state.effects = [];
  const lateMs = event.nowMs - state.promisedMs;
  if (lateMs > state.profile.stallMs) excuse(state, lateMs, event.nowMs);
  else if (lateMs > 0) giveBack(state, lateMs);
  if (state.fence === undefined || event.kind === "reborn") happen(state, event);
  // Whom all believe to be dead has nobody to say goodbye to.
  else if (event.kind === "leaveRequested") end(state);
  due(state, event.nowMs);
  state.promisedMs = wakeAtMs(state);
  return state.effects;
}

/** When to call {@link step} with `woke`, if nothing happens before; Infinity for never. */
export function wakeAtMs(state: Membership): number {
  if (state.phase !== "running") return Infinity;
  const { fence } = state;
  if (fence !== undefined) return fence.isAsked ? Infinity : fence.rebirthAtMs;
  if (state.leftAtMs !== undefined) return state.leftAtMs;
  return Math.min(
    detectAtMs(state),
    redialAtMs(state),
    state.queue.items.size > 0 && state.table.living > 0 ? state.nextGossipAtMs : Infinity,
    state.table.living > 0 ? state.nextSyncAtMs : Infinity,
    state.table.tombstones.size > 0 ? state.nextExpiryAtMs : Infinity,
    state.nextPolicyAtMs,
  );
}

/** It speaks, probes and dials: it has begun, is neither leaving nor over, and nobody has declared it dead. */
export function isTakingPart({ phase, fence, leftAtMs }: Membership): boolean {
  return phase === "running" && fence === undefined && leftAtMs === undefined;
}

/** A node that is over hears nothing; one that is leaving only waits; one without a start has no name to speak under. */
function isWanted({ phase, leftAtMs }: Membership, { kind }: Event): boolean {
  if (phase === "new") return kind === "started";
  return phase === "running" && (leftAtMs === undefined || kind === "woke");
}

function happen(state: Membership, event: Event): void {
  const { nowMs } = event;
  switch (event.kind) {
    case "started":
      return start(state, nowMs);
    case "woke":
      return;
    case "received":
      return received(state, event.from, event.message, nowMs);
    case "heard":
      return hear(find(state.table, event.from), event.atMs ?? nowMs);
    case "pulsed":
      return pulsed(state, find(state.table, event.from), event.lagMs, nowMs);
    case "reached":
      return reached(state, event.peer, event.dialled, nowMs);
    case "dialFailed":
      return dialFailed(state, find(state.table, event.about), event.verdict, nowMs);
    case "reachedSelf":
      state.seeds = state.seeds.filter(({ place }) => !samePlace(place, event.dialled));
      return;
    case "stalled":
      return stalled(state, event.lagMs, nowMs);
    case "metadataChanged":
      return changeMetadata(state, event.metadata);
    case "joinRequested":
      return addSeeds(state, event.seeds);
    case "leaveRequested":
      return leave(state, nowMs);
    case "reborn":
      return reborn(state, event.instance, nowMs);
    default:
      return event satisfies never;
  }
}

/** Everything whose time has come. */
function due(state: Membership, nowMs: number): void {
  askForRebirth(state, nowMs);
  if (state.phase !== "running" || state.fence !== undefined) return;
  if (state.leftAtMs !== undefined) {
    if (nowMs >= state.leftAtMs) end(state);
    return;
  }
  detect(state, nowMs);
  redialDue(state, nowMs);
  partitionDue(state, nowMs);
  syncDue(state, nowMs);
  if (nowMs >= state.nextExpiryAtMs) {
    state.nextExpiryAtMs = nowMs + expiryIntervalMs;
    expire(state.table, nowMs);
  }
  gossipDue(state, nowMs);
}

function gossipDue(state: Membership, nowMs: number): void {
  const { queue, profile, table } = state;
  if (queue.items.size === 0 || nowMs < state.nextGossipAtMs) return;
  state.nextGossipAtMs = nowMs + profile.gossipIntervalMs;
  for (const { id } of drawn(reachable(table), profile.gossipFanout, state.random)) {
    if (queue.items.size > 0) send(state, id, nowMs, (updates) => ({ kind: "gossip", updates }));
  }
}

function start(state: Membership, nowMs: number): void {
  state.phase = "running";
  state.nextSyncAtMs = nowMs + state.profile.syncIntervalMs * state.random();
  for (const seed of state.seeds) seed.dialAtMs = nowMs;
}

/** The sender's name is the connection's and so true; what it says is a claim like any other. */
function received(state: Membership, from: MemberId, message: MembershipMessage, nowMs: number): void {
  if (isSibling(from, state.self.id) || keyOf(from) === state.self.key) return;
  const member = introduce(state, from, nowMs);
  if (member === undefined) return;
  if (isFinal(member.status)) {
    state.counters.fromFenced++;
    tell(state, member, nowMs);
    heedFenced(state, message.updates, nowMs, from);
    return;
  }
  hear(member, nowMs);
  const isUseful = heedAll(state, message.updates, nowMs, from);
  if (message.kind === "sync" && isUseful) state.counters.syncsUseful++;
  if (state.fence !== undefined) return;
  if (!isFinal(member.status)) answer(state, member, message, nowMs);
  tell(state, member, nowMs);
  if (member.metadata === undefined && isReachable(member.status)) syncWith(state, member, nowMs);
}

/**
 * Two halves that have declared each other dead would never listen to one another again. So one thing is heard from the
 * dead: that they say the same of this node.
 */
function heedFenced(state: Membership, updates: readonly Update[], nowMs: number, from: MemberId): void {
  for (const update of updates.slice(0, updatesPerMessageMax)) {
    const isVerdict = isFinal(update.status) && keyOf(update.node) === state.self.key;
    if (isVerdict) heed(state, update, nowMs, from);
  }
}

function heedAll(state: Membership, updates: readonly Update[], nowMs: number, from: MemberId): boolean {
  let isUseful = false;
  if (updates.length > updatesPerMessageMax) {
    state.counters.updatesRefused += updates.length - updatesPerMessageMax;
  }
  for (const update of updates.slice(0, updatesPerMessageMax)) {
    if (heed(state, update, nowMs, from)) isUseful = true;
  }
  return isUseful;
}

function answer(state: Membership, from: Member, message: MembershipMessage, nowMs: number): void {
  switch (message.kind) {
    case "probe":
      return onProbe(state, from.id, message, nowMs);
    case "probeRequest":
      return onProbeRequest(state, from.id, message, nowMs);
    case "ack":
      return onAck(state, from, message, nowMs);
    case "nack":
      return onNack(state, from, message);
    case "sync":
      return onSync(state, from, message, nowMs);
    case "gossip":
      return;
    default:
      return message satisfies never;
  }
}

function hear(member: Member | undefined, nowMs: number): void {
  if (member !== undefined && !isFinal(member.status)) {
    member.heardAtMs = Math.max(member.heardAtMs ?? nowMs, nowMs);
  }
}

/** The same standstill may have been noticed already, by a step that came late. */
function stalled(state: Membership, lagMs: number, nowMs: number): void {
  const isNew = nowMs - state.excusedAtMs > lagMs;
  if (lagMs >= state.profile.stallMs && isNew) excuse(state, lagMs, nowMs);
}

/**
 * A pulse is not the member's own loop: it shows that the process lives, and how late the loop is. Of a loop that has just
 * run it explains nothing: something else keeps the answers back.
 */
function pulsed(state: Membership, member: Member | undefined, lagMs: number, nowMs: number): void {
  if (member === undefined || isFinal(member.status)) return;
  member.lagMs = lagMs;
  if (lagMs < Math.min(runningLagMs, state.profile.probeTimeoutMs / 2)) return;
  member.pulseAtMs = nowMs;
  if (lagMs >= state.profile.stallMs && member.status === "alive") {
    conclude(state, member, "stalled", "pulseLagged", nowMs);
  }
}

function reached(state: Membership, peer: MemberId, dialled: Place | undefined, nowMs: number): void {
  if (keyOf(peer) === state.self.key || isSibling(peer, state.self.id)) return;
  const member = introduce(state, peer, nowMs);
  if (member === undefined) return;
  if (isFinal(member.status)) return tell(state, member, nowMs);
  hear(member, nowMs);
  member.redials = 0;
  for (const seed of state.seeds) {
    if (dialled !== undefined && samePlace(seed.place, dialled)) seed.key = member.key;
  }
  replaceSiblings(state, member, nowMs);
  if (dialled !== undefined || isAbsent(member.status)) syncWith(state, member, nowMs);
  tell(state, member, nowMs);
}

/**
 * Another instance at an address proves the death of those that this node had spoken with there. Of one that it only
 * heard of it cannot know which came first.
 */
function replaceSiblings(state: Membership, { id }: Member, nowMs: number): void {
  for (const other of state.table.members.values()) {
    if (isSibling(other.id, id) && !isFinal(other.status) && other.heardAtMs !== undefined) {
      conclude(state, other, "dead", "replaced", nowMs);
    }
  }
}

function dialFailed(state: Membership, member: Member | undefined, verdict: Verdict, nowMs: number): void {
  if (member === undefined || isFinal(member.status)) return;
  if (verdict === "replaced" || (verdict === "refused" && state.trustsRefusals)) {
    conclude(state, member, "dead", verdict, nowMs);
    return;
  }
  if (verdict === "silent") member.silentAtMs = nowMs;
  if (verdict === "silent" && member.status === "unreachable") {
    conclude(state, member, "frozen", "silent", nowMs);
  }
  if (isReachable(member.status)) state.order.first.add(member.key);
}

/** Addresses that are known already are dialled again at once. */
function addSeeds(state: Membership, places: readonly Place[]): void {
  const added = seedsOf(places, state.self.id);
  const others = state.seeds.filter(({ place }) => !added.some((seed) => samePlace(seed.place, place)));
  if (added.length + others.length > seedsMax) throw new RangeError(`more than ${seedsMax} seeds`);
  state.seeds = [...others, ...added];
}

/** Says goodbye to all at once: whoever left is never suspected. */
function leave(state: Membership, nowMs: number): void {
  state.self.status = "left";
  const all = reachable(state.table);
  const updates = [claimOfSelf(state, false)];
  for (const { id } of drawn(all, goodbyesMax, state.random))
    sendAsIs(state, id, { kind: "gossip", updates });
  state.leftAtMs = nowMs + (all.length === 0 ? 0 : state.profile.gossipIntervalMs);
}

function end(state: Membership): void {
  state.phase = "over";
  state.effects.push({ kind: "left" });
}

/** The old instance is buried, and all that are there are told of the new one. */
function reborn(state: Membership, instance: bigint, nowMs: number): void {
  if (state.fence === undefined) return;
  const node = beReborn(state, instance, nowMs);
  const { id } = state.self;
  heed(
    state,
    { node, status: "dead", incarnation: 0, evidence: "reborn", accusers: [id], ageS: 0 },
    nowMs,
    undefined,
  );
  for (const partner of drawn(reachable(state.table), state.profile.gossipFanout, state.random)) {
    syncWith(state, partner, nowMs);
  }
}
