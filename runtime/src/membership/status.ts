// The order of what can be said of a member.

import type { MemberStatus } from "./messages.ts";

const ranks: Readonly<Record<MemberStatus, number>> = {
  alive: 0,
  stalled: 1,
  suspect: 2,
  unreachable: 3,
  frozen: 4,
  removed: 5,
  dead: 6,
  left: 7,
};

/** At the same incarnation, the higher rank wins. Who left is never called dead: a goodbye outranks evidence. */
export function rankOf(status: MemberStatus): number {
  return ranks[status];
}

/** Said once, it stays so for this instance, whatever incarnation it claims. */
export function isFinal(status: MemberStatus): boolean {
  return ranks[status] >= ranks.removed;
}

/** The detector has given it up, and it may still refute. */
export function isAbsent(status: MemberStatus): boolean {
  return status === "unreachable" || status === "frozen";
}

/** It counts for quorums, is probed and gossiped to: nobody has given it up. */
export function isReachable(status: MemberStatus): boolean {
  return ranks[status] < ranks.unreachable;
}
