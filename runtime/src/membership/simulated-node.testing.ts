// One node of a simulated cluster: its membership, and what is checked after each of its steps.

import type { Effect, Event } from "./event.ts";
import { membersMax, tombstonesMax, trailMax } from "./limits.ts";
import { keyOf } from "./member-id.ts";
import type { MemberId, Update } from "./messages.ts";
import { type Membership, newMembership, type Options } from "./state.ts";
import { isFinal } from "./status.ts";
import { step } from "./step.ts";
import { suspicionBounds, suspicionMs } from "./suspicion.ts";

export class SimulatedNode {
  readonly index: number;
  readonly state: Membership;
  /** `crashed`: its process is gone. `unplugged`: its machine. `frozen`: it is there and does nothing. */
  mode: "running" | "frozen" | "crashed" | "unplugged" | "left" = "running";
  /** Its address refuses dials, although it runs. */
  refuses = false;
  /** Events that wait in sockets while it is frozen. */
  readonly waiting: ((nowMs: number) => void)[] = [];
  wakesAtMs = Infinity;
  #steps = 0;
  readonly #final = new Set<string>();
  readonly #incarnations = new Map<string, number>();
  /** When a suspicion began, and who may have accused: this node, and whom the claims name that came in. */
  readonly #suspicions = new Map<string, { readonly sinceMs: number; readonly accusers: Set<string> }>();

  constructor(index: number, options: Options) {
    this.index = index;
    this.state = newMembership(options);
  }

  get id(): MemberId {
    return this.state.self.id;
  }

  step(event: Event): Effect[] {
    if (event.kind === "received") this.#collectAccusers(event.message.updates);
    const effects = step(this.state, event);
    this.#checkEffects(effects);
    this.#checkSuspicions(effects, event.nowMs);
    this.#checkBounds();
    return effects;
  }

  /** A table of what others and itself are said to be: equal tables are equal views. */
  view(): string {
    const rows = [...this.state.table.members.values()].map(
      ({ key, status, incarnation, metadata }) =>
        `${key} ${isFinal(status) ? status : `${status}@${incarnation} ${metadata?.revision}`}`,
    );
    const { key, incarnation, metadata } = this.state.self;
    return [...rows, `${key} alive@${incarnation} ${metadata.revision}`].sort().join("\n");
  }

  /** Incarnations never go back, and no final instance returns. */
  #checkEffects(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== "statusChanged") continue;
      const key = keyOf(effect.member);
      if (this.#final.has(key) && !isFinal(effect.status)) {
        throw new Error(`node ${this.index}: ${key} came back from the dead as ${effect.status}`);
      }
      if (isFinal(effect.status)) this.#final.add(key);
      const before = this.#incarnations.get(key) ?? 0;
      if (effect.incarnation < before)
        throw new Error(`node ${this.index}: the incarnation of ${key} went back`);
      this.#incarnations.set(key, effect.incarnation);
    }
  }

  #collectAccusers(updates: readonly Update[]): void {
    for (const { node, status, accusers } of updates) {
      if (status !== "suspect") continue;
      const key = keyOf(node);
      const suspicion = this.#suspicions.get(key) ?? { sinceMs: -Infinity, accusers: new Set() };
      for (const accuser of accusers) suspicion.accusers.add(keyOf(accuser));
      this.#suspicions.set(key, suspicion);
    }
  }

  /** No suspicion of this node's ends before its time: that of as many confirmations as there are distinct accusers. */
  #checkSuspicions(effects: readonly Effect[], nowMs: number): void {
    for (const effect of effects) {
      if (effect.kind !== "statusChanged") continue;
      const key = keyOf(effect.member);
      const known = this.#suspicions.get(key);
      if (effect.status === "suspect") {
        const accusers = new Set([
          this.state.self.key,
          ...(known?.accusers ?? []),
          ...effect.accusers.map(keyOf),
        ]);
        this.#suspicions.set(key, { sinceMs: nowMs, accusers });
        continue;
      }
      const isOwn = effect.accusers.length === 1 && keyOf(effect.accusers[0]!) === this.state.self.key;
      if (isOwn && effect.evidence === "suspicionExpired" && known !== undefined)
        this.#checkTime(known, nowMs);
      this.#suspicions.delete(key);
    }
  }

  /** Whose view of the cluster's size has meanwhile changed is given the benefit of the smallest one. */
  #checkTime(known: { readonly sinceMs: number; readonly accusers: Set<string> }, nowMs: number): void {
    const { profile } = this.state;
    const least = suspicionMs(suspicionBounds(profile, 1), known.accusers.size - 1, profile.confirmations, 2);
    const lastedMs = nowMs - known.sinceMs;
    if (lastedMs + 1 >= Math.min(least, suspicionMs(suspicionBounds(profile, 1), 0, 0, 0))) return;
    if (known.accusers.size > 1 && this.state.table.living - this.state.table.absent.size <= 2) return;
    throw new Error(
      `node ${this.index}: a suspicion with ${known.accusers.size} accusers ended after ${lastedMs}`,
    );
  }

  /** It looks at all: in large clusters not at every step. */
  #checkBounds(): void {
    const { table, queue, relays } = this.state;
    if (this.#steps++ % Math.max(1, Math.floor(table.members.size / 50)) !== 0) return;
    if (table.living > membersMax || table.tombstones.size > tombstonesMax)
      throw new Error("table too large");
    if (queue.items.size > table.members.size + 1) throw new Error("queue longer than the table");
    if (relays.size > 256) throw new Error("too many relays");
    if (table.members.size - table.tombstones.size !== table.living) throw new Error("members miscounted");
    for (const member of table.members.values()) {
      if (member.trail.length > trailMax) throw new Error("a trail without bounds");
      if (this.#final.has(member.key) && !isFinal(member.status)) throw new Error(`${member.key} returned`);
    }
  }
}
