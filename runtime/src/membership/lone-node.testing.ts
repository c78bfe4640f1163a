// One node, and peers that a test speaks for.

import { dice } from "./dice.testing.ts";
import type { Effect, Event } from "./event.ts";
import type { MemberId, MembershipMessage, Update } from "./messages.ts";
import { type Membership, newMembership, type Options } from "./state.ts";
import { step } from "./step.ts";

type Untimed = Event extends infer E ? (E extends Event ? Omit<E, "nowMs"> : never) : never;

/** The same number is the same member; `instance` makes it another start of it. */
export function idOf(index: number, instance = 1n): MemberId {
  return { host: "10.0.0.1", port: 9000 + index, instance };
}

export function claimOf(node: MemberId, claim: Partial<Update> = {}): Update {
  return { node, status: "alive", incarnation: 0, evidence: "probeFailed", accusers: [], ageS: 0, ...claim };
}

export class LoneNode {
  readonly state: Membership;
  nowMs = 0;

  constructor(options: Partial<Options> = {}) {
    const metadata = { name: "self", roles: [], tags: {}, actors: [], versions: {} };
    this.state = newMembership({ self: idOf(0), metadata, seeds: [], random: dice(1), ...options });
    this.after(0, { kind: "started" });
  }

  /** Something happens so much later. */
  after(ms: number, event: Untimed): Effect[] {
    this.nowMs += ms;
    return step(this.state, { ...event, nowMs: this.nowMs } as Event);
  }

  receive(from: MemberId, message: MembershipMessage): Effect[] {
    return this.after(1, { kind: "received", from, message });
  }

  gossip(from: MemberId, ...updates: Update[]): Effect[] {
    return this.receive(from, { kind: "gossip", updates });
  }

  /** Time passes, and nothing else: woken every so often. */
  pass(ms: number, everyMs = 10): Effect[] {
    const effects: Effect[] = [];
    for (let left = ms; left > 0; left -= everyMs) effects.push(...this.after(everyMs, { kind: "woke" }));
    return effects;
  }

  statusOf(id: MemberId): string | undefined {
    const key = `${id.host} ${id.port} ${id.instance}`;
    return this.state.table.members.get(key)?.status;
  }
}

/** What goes to a member. */
export function sentTo(effects: readonly Effect[], to: MemberId): MembershipMessage[] {
  return effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.port === to.port ? [effect.message] : [],
  );
}
