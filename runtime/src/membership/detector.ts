// The failure detector: probes, direct and through others, and suspicions that run out (SWIM, sections 3 and 4;
// Lifeguard, section IV). It says unreachable, or frozen, and never more.

import { conclude } from "./claims.ts";
import { drawn } from "./draw.ts";
import { relaysMax } from "./limits.ts";
import { adjust, multiplier } from "./local-health.ts";
import type { Member } from "./member.ts";
import type { Ack, MemberId, Nack, Probe, ProbeRequest } from "./messages.ts";
import { send, tell } from "./outbox.ts";
import { next } from "./probe-order.ts";
import { measured, timeoutMs } from "./round-trip.ts";
import type { Membership, Round } from "./state.ts";
import { isReachable } from "./status.ts";
import { suspicionBounds, suspicionMs } from "./suspicion.ts";
import { find, reachable, sizeOf } from "./table.ts";

/** From the first probe to the verdict: time for others to be asked, to probe, and to answer. */
const roundTimeouts = 2.5;

/**
 * How often a probe that is not answered in time has the pulse of its target asked: a loop that has just been blocked shows
 * only later how late it is.
 */
const pulsesPerInterval = 5;

/** Does what is due. */
export function detect(state: Membership, nowMs: number): void {
  relaysDue(state, nowMs);
  const { round } = state;
  if (round !== undefined && !round.isIndirect && nowMs >= round.timeoutAtMs) askOthers(state, round, nowMs);
  if (round !== undefined && nowMs >= round.endsAtMs) failed(state, round, nowMs);
  if (state.round === undefined && nowMs >= state.nextProbeAtMs) beginRound(state, nowMs);
  for (const member of state.table.suspects) {
    if (nowMs >= suspicionEndsAtMs(state, member)) runOut(state, member, nowMs);
  }
  pulsesDue(state, nowMs);
}

/** As long as somebody does not answer or is suspected, its pulse can still show that it is only stalled. */
function pulsesDue(state: Membership, nowMs: number): void {
  const { round, profile } = state;
  if (round?.isIndirect === true && nowMs >= round.nextPulseAtMs) {
    round.nextPulseAtMs = nowMs + profile.probeIntervalMs / pulsesPerInterval;
    state.effects.push({ kind: "askPulse", of: round.target.id });
  }
  if (state.table.suspects.size === 0 || nowMs < state.nextPulseAtMs) return;
  state.nextPulseAtMs = nowMs + profile.probeIntervalMs;
  for (const { id } of state.table.suspects) state.effects.push({ kind: "askPulse", of: id });
}

/** When something is due next, if nothing happens before. */
export function detectAtMs(state: Membership): number {
  const { round, nextProbeAtMs, table } = state;
  let atMs = table.living === 0 ? Infinity : nextProbeAtMs;
  if (round !== undefined) {
    atMs = round.isIndirect ? Math.min(round.endsAtMs, round.nextPulseAtMs) : round.timeoutAtMs;
  }
  for (const { endsAtMs } of state.relays.values()) atMs = Math.min(atMs, endsAtMs);
  for (const member of table.suspects) atMs = Math.min(atMs, suspicionEndsAtMs(state, member));
  return table.suspects.size === 0 ? atMs : Math.min(atMs, state.nextPulseAtMs);
}

function beginRound(state: Membership, nowMs: number): void {
  const { profile, table, health, order } = state;
  const scale = multiplier(health);
  state.nextProbeAtMs = nowMs + profile.probeIntervalMs * scale;
  const key = next(
    order,
    () => [...table.members.keys()],
    (one) => isProbed(table.members.get(one)),
    state.random,
  );
  const target = key === undefined ? undefined : table.members.get(key);
  if (target === undefined) return;
  const timeout = timeoutMs(target.roundTrip, profile.probeTimeoutMs) * scale;
  state.round = {
    target,
    number: nextNumber(state),
    startedAtMs: nowMs,
    timeoutAtMs: nowMs + timeout,
    endsAtMs: nowMs + Math.max(profile.probeIntervalMs * scale, timeout * roundTimeouts),
    graceMs: profile.stallMs,
    isIndirect: false,
    nextPulseAtMs: Infinity,
    asked: new Set(),
    nacked: new Set(),
  };
  state.counters.probesSent++;
  const { number } = state.round;
  send(state, target.id, nowMs, (updates) => ({ kind: "probe", number, updates }));
}

/** Those that were given up are dialled instead: see redial.ts. */
function isProbed(member: Member | undefined): boolean {
  return member !== undefined && isReachable(member.status);
}

function nextNumber(state: Membership): number {
  state.number = (state.number + 1) >>> 0;
  return state.number;
}

/** A broken link between two is no dead node: others look, too (SWIM, section 3.1). */
function askOthers(state: Membership, round: Round, nowMs: number): void {
  round.isIndirect = true;
  const { target, number } = round;
  round.nextPulseAtMs = nowMs;
  const others = reachable(state.table).filter((one) => one !== target && one.status === "alive");
  const remainingMs = Math.ceil((round.endsAtMs - round.timeoutAtMs) / 1.5);
  for (const helper of drawn(others, state.profile.indirectProbes, state.random)) {
    round.asked.add(helper.key);
    send(state, helper.id, nowMs, (updates) => ({
      kind: "probeRequest",
      number,
      target: target.id,
      timeoutMs: remainingMs,
      updates,
    }));
  }
}

/** Nobody has reached it. A helper that did not even say so speaks against this node, not against the target. */
function failed(state: Membership, round: Round, nowMs: number): void {
  state.round = undefined;
  const { target, asked, nacked, startedAtMs } = round;
  state.counters.probesFailed++;
  adjust(state.health, asked.size === 0 ? 1 : asked.size - nacked.size);
  if (!isProbed(target) || find(state.table, target.id) !== target) return;
  if (nowMs < state.mutedUntilMs) state.counters.muted++;
  else if (isSince(target.heardAtMs, startedAtMs)) state.counters.spared++;
  else if (isSince(target.pulseAtMs, startedAtMs)) conclude(state, target, "stalled", "pulseLagged", nowMs);
  else conclude(state, target, "suspect", "probeFailed", nowMs);
}

function isSince(atMs: number | undefined, sinceMs: number): boolean {
  return atMs !== undefined && atMs >= sinceMs;
}

/** A stalled accuser, or one that has only just run again, gives everybody time. */
function suspicionEndsAtMs(state: Membership, member: Member): number {
  const { profile, table } = state;
  const { suspicion } = member;
  if (suspicion === undefined) return Infinity;
  // All who could confirm: neither this node, which may be the accuser itself, nor the accused, nor who is absent.
  const possible = table.living - table.absent.size - 1;
  const lasts = suspicionMs(
    suspicionBounds(profile, sizeOf(table)),
    Math.max(0, suspicion.accusers.size - 1),
    profile.confirmations,
    possible,
  );
  return Math.max(suspicion.startedAtMs + lasts, state.mutedUntilMs);
}

function runOut(state: Membership, member: Member, nowMs: number): void {
  const suspicion = member.suspicion!;
  const hasLived =
    isSince(member.heardAtMs, suspicion.startedAtMs) || isSince(member.pulseAtMs, suspicion.startedAtMs);
  if (hasLived) {
    suspicion.startedAtMs = nowMs;
    state.counters.spared++;
    tell(state, member, nowMs);
    return;
  }
  const isSilent = isSince(member.silentAtMs, suspicion.startedAtMs - state.profile.probeIntervalMs);
  conclude(
    state,
    member,
    isSilent ? "frozen" : "unreachable",
    isSilent ? "silent" : "suspicionExpired",
    nowMs,
  );
}

/** This node did not run for a while: what it waited for in that time it could not have seen. */
export function excuse(state: Membership, lateMs: number, nowMs: number): void {
  state.counters.stalls++;
  state.excusedAtMs = nowMs;
  adjust(state.health, 1);
  state.round = undefined;
  state.relays.clear();
  state.mutedUntilMs = nowMs + state.profile.probeIntervalMs;
  state.nextProbeAtMs = nowMs + state.profile.probeTimeoutMs;
  for (const { suspicion } of state.table.suspects) if (suspicion) suspicion.startedAtMs += lateMs;
}

/**
 * This node ran a little late: an answer that came meanwhile is read next. The probe gets the time back, not without end: a
 * node that never runs in time is not to accuse nobody for ever.
 */
export function giveBack({ round, health }: Membership, lateMs: number): void {
  if (round === undefined || !health.enabled) return;
  const ms = Math.min(lateMs, round.graceMs);
  round.graceMs -= ms;
  round.timeoutAtMs += ms;
  round.endsAtMs += ms;
}

export function onProbe(state: Membership, from: MemberId, { number }: Probe, nowMs: number): void {
  send(state, from, nowMs, (updates) => ({ kind: "ack", number, updates }));
}

export function onProbeRequest(
  state: Membership,
  asker: MemberId,
  request: ProbeRequest,
  nowMs: number,
): void {
  const target = find(state.table, request.target);
  if (target === undefined || !isReachable(target.status) || state.relays.size >= relaysMax) {
    if (state.relays.size >= relaysMax) state.counters.relaysRefused++;
    send(state, asker, nowMs, (updates) => ({ kind: "nack", number: request.number, updates }));
    return;
  }
  const number = nextNumber(state);
  const waitMs = Math.min(request.timeoutMs, 10 * state.profile.probeIntervalMs);
  state.relays.set(number, { asker, number: request.number, target: target.key, endsAtMs: nowMs + waitMs });
  send(state, target.id, nowMs, (updates) => ({ kind: "probe", number, updates }));
}

function relaysDue(state: Membership, nowMs: number): void {
  for (const [own, { asker, number, endsAtMs }] of state.relays) {
    if (nowMs < endsAtMs) continue;
    state.relays.delete(own);
    send(state, asker, nowMs, (updates) => ({ kind: "nack", number, updates }));
  }
}

export function onAck(state: Membership, from: Member, { number }: Ack, nowMs: number): void {
  const relay = state.relays.get(number);
  if (relay !== undefined && relay.target === from.key) {
    state.relays.delete(number);
    send(state, relay.asker, nowMs, (updates) => ({ kind: "ack", number: relay.number, updates }));
    return;
  }
  const { round } = state;
  if (round === undefined || round.number !== number) return;
  const isDirect = round.target === from;
  if (!isDirect && !round.asked.has(from.key)) return;
  if (isDirect) {
    measured(from.roundTrip, nowMs - round.startedAtMs);
    // Its own loop has answered.
    from.lagMs = 0;
  } else state.counters.indirectlySaved++;
  adjust(state.health, -1);
  state.round = undefined;
  // A low opinion of itself makes a node wait longer for answers, and not for its next question: it is soon well again.
  state.nextProbeAtMs = Math.min(state.nextProbeAtMs, round.startedAtMs + state.profile.probeIntervalMs);
}

export function onNack({ round }: Membership, from: Member, { number }: Nack): void {
  if (round?.number === number && round.asked.has(from.key)) round.nacked.add(from.key);
}
