// How long a suspicion lasts: Lifeguard's local health aware suspicion (arXiv 1707.00788, section IV.B), with a rule of
// its own for small clusters.

import type { Profile } from "./profile.ts";

/** Of one member at one incarnation; another incarnation ends it. Changed in place. */
export interface Suspicion {
  readonly incarnation: number;
  startedAtMs: number;
  /** The keys of those who accuse: distinct ones, and nobody twice. */
  readonly accusers: Set<string>;
}

/** From the begin of a suspicion to its end. */
export interface SuspicionBounds {
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** In a cluster of `size` members, all that are not final counted. */
export function suspicionBounds(profile: Profile, size: number): SuspicionBounds {
  const scale = Math.max(1, Math.log10(Math.max(1, size)));
  const shortestMs = profile.suspicionMultiplier * scale * profile.probeIntervalMs;
  return { shortestMs, longestMs: shortestMs * profile.suspicionMaxMultiplier };
}

/**
 * How long a suspicion lasts that `confirmations` have confirmed, the first accuser not counted, where `possible` could:
 * from the longest down to the shortest as log(c + 1) / log(k + 1).
 *
 * `k` is what the profile asks for, and no more than there are members who could confirm. Where there are none, that is
 * with two nodes, nobody can contradict the accuser and nobody can hasten it: the suspicion lasts for the geometric mean
 * of both bounds.
 */
export function suspicionMs(
  { shortestMs, longestMs }: SuspicionBounds,
  confirmations: number,
  wanted: number,
  possible: number,
): number {
  const expected = Math.min(wanted, possible);
  if (expected <= 0) return Math.sqrt(shortestMs * longestMs);
  const share = Math.min(1, Math.log(confirmations + 1) / Math.log(expected + 1));
  return longestMs - share * (longestMs - shortestMs);
}
