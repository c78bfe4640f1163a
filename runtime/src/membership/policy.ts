// What becomes of members that are unreachable: pure functions of a view. The detector only says unreachable; whether
// that is ever final is decided here, by default never.

import { compareMembers } from "./member-id.ts";
import type { MemberId } from "./messages.ts";

/**
 * - `none`: an unreachable member stays one.
 * - `after`: it is removed when it has been unreachable for so long, on both sides of a partition.
 * - `staticQuorum`: the side with at least `quorum` members removes the other, a smaller side stands down.
 * - `keepMajority`: the side with more than half of the members removes the other, a smaller side stands down; of two
 *   halves, the one with the smallest member stays.
 *
 * The last two wait until the view has been the same for `stableMs`.
 */
export type Policy =
  | { readonly kind: "none" }
  | { readonly kind: "after"; readonly afterMs: number }
  | { readonly kind: "staticQuorum"; readonly quorum: number; readonly stableMs: number }
  | { readonly kind: "keepMajority"; readonly stableMs: number };

/** A cluster as one node sees it; that node is among `present`. */
export interface View {
  readonly present: readonly MemberId[];
  readonly absent: readonly Absent[];
  /** For how long nobody has come, gone, or changed sides. */
  readonly stableMs: number;
}

export interface Absent {
  readonly id: MemberId;
  readonly forMs: number;
}

export interface Decision {
  readonly remove: readonly MemberId[];
  readonly standDown: boolean;
}

const nothing: Decision = { remove: [], standDown: false };

/** Where nobody is unreachable, nothing is done, whatever the policy. */
export function decide(policy: Policy, view: View): Decision {
  if (view.absent.length === 0) return nothing;
  switch (policy.kind) {
    case "none":
      return nothing;
    case "after":
      return {
        remove: view.absent.filter(({ forMs }) => forMs >= policy.afterMs).map(({ id }) => id),
        standDown: false,
      };
    case "staticQuorum":
      return view.stableMs < policy.stableMs ? nothing : settle(view, view.present.length >= policy.quorum);
    case "keepMajority":
      return view.stableMs < policy.stableMs ? nothing : settle(view, isMajority(view));
    default:
      return policy satisfies never;
  }
}

/** When a decision could be another one although nothing happens, from now; undefined for never. */
export function decideAgainMs(policy: Policy, view: View): number | undefined {
  if (view.absent.length === 0 || policy.kind === "none") return undefined;
  if (policy.kind === "after") {
    return Math.max(0, Math.min(...view.absent.map(({ forMs }) => policy.afterMs - forMs)));
  }
  return view.stableMs < policy.stableMs ? policy.stableMs - view.stableMs : undefined;
}

function settle(view: View, stays: boolean): Decision {
  return stays
    ? { remove: view.absent.map(({ id }) => id), standDown: false }
    : { remove: [], standDown: true };
}

function isMajority({ present, absent }: View): boolean {
  if (present.length !== absent.length) return present.length > absent.length;
  const smallest = (ids: readonly MemberId[]) => ids.reduce((a, b) => (compareMembers(a, b) < 0 ? a : b));
  return compareMembers(smallest(present), smallest(absent.map(({ id }) => id))) < 0;
}
