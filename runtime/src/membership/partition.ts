// Carries out the policy: what it decides about the members that the detector has given up.

import { conclude } from "./claims.ts";
import { decide, decideAgainMs, type View } from "./policy.ts";
import type { Membership } from "./state.ts";
import { find, reachable } from "./table.ts";

/** Does what is due. */
export function partitionDue(state: Membership, nowMs: number): void {
  if (nowMs < state.nextPolicyAtMs) return;
  const view = viewOf(state, nowMs);
  const againMs = decideAgainMs(state.policy, view);
  state.nextPolicyAtMs = againMs === undefined ? Infinity : nowMs + Math.max(1, againMs);
  const { remove, standDown } = decide(state.policy, view);
  for (const id of remove) {
    const member = find(state.table, id);
    if (member !== undefined) conclude(state, member, "removed", "policy", nowMs);
  }
  if (!standDown || state.stoodDown) return;
  state.stoodDown = true;
  state.effects.push({ kind: "standDown" });
}

function viewOf({ self, table, viewChangedAtMs }: Membership, nowMs: number): View {
  return {
    present: [self.id, ...reachable(table).map(({ id }) => id)],
    absent: [...table.absent].map(({ id, sinceMs }) => ({ id, forMs: nowMs - sinceMs })),
    stableMs: nowMs - viewChangedAtMs,
  };
}
