// Why a member is what it is said to be: the last claims about it, for `hewn why`.

import { accusersMax, trailMax } from "./limits.ts";
import type { Evidence, MemberId, MemberStatus } from "./messages.ts";

/** One claim that changed something, or confirmed it. */
export interface TrailEntry {
  /** On the clock of whoever tells. */
  readonly atMs: number;
  readonly status: MemberStatus;
  readonly incarnation: number;
  readonly evidence: Evidence;
  /** Who found it so; empty where the member spoke for itself. */
  readonly accusers: readonly MemberId[];
  /** Who told this node; undefined where it found so itself. */
  readonly from: MemberId | undefined;
}

/** The oldest go first. */
export function note(trail: TrailEntry[], entry: TrailEntry): void {
  trail.push({ ...entry, accusers: entry.accusers.slice(0, accusersMax) });
  if (trail.length > trailMax) trail.shift();
}
