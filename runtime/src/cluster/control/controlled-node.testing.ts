// A node under control that a test writes: members, trails, and what happens to it.

import type { Drained } from "../cluster.ts";
import type { ControlledNode } from "./controlled-node.ts";
import type { Forest } from "./forest.ts";
import type { EventReport, MemberReport, TrailReport } from "./messages.ts";

export function memberReport(change: Partial<MemberReport> = {}): MemberReport {
  return {
    node: { host: "127.0.0.1", port: 9100, instance: 0x3fa9_0000_0000_0001n },
    isSelf: false,
    status: "alive",
    incarnation: 0,
    evidence: "joined",
    accusers: [],
    name: "a",
    roles: [],
    tags: {},
    actors: [],
    versions: {},
    isConnected: true,
    lagMs: 0,
    ...change,
  };
}

export class SampleNode implements ControlledNode {
  all: readonly MemberReport[] = [memberReport({ isSelf: true })];
  trails: readonly TrailReport[] = [];
  forests: readonly Forest[] = [];
  readonly joined: string[] = [];
  left = 0;
  drained = 0;
  joins: (seeds: readonly string[]) => Promise<void> = async (seeds) => void this.joined.push(...seeds);
  readonly #listeners = new Set<(event: EventReport) => void>();

  get self() {
    return this.all[0]!.node;
  }
  get watchers(): number {
    return this.#listeners.size;
  }
  members(): readonly MemberReport[] {
    return this.all;
  }
  why(): readonly TrailReport[] {
    return this.trails;
  }
  forest(): Forest {
    return this.forests[0]!;
  }
  async tree(): Promise<readonly Forest[]> {
    return this.forests;
  }
  counters(): Readonly<Record<string, number>> {
    return { updatesRefused: 3 };
  }
  on(listener: (event: EventReport) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  join(seeds: readonly string[]): Promise<void> {
    return this.joins(seeds);
  }
  async leave(goesOn: () => void): Promise<void> {
    goesOn();
    this.left++;
  }
  async drain(goesOn: (left: number) => void): Promise<Drained> {
    goesOn(3);
    this.drained++;
    return { handedOver: 3, remaining: 0, actors: 1 };
  }
  happen(event: EventReport): void {
    for (const listener of this.#listeners) listener(event);
  }
}
