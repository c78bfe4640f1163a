// A cluster in virtual time: messages take their time, overtake each other, get lost and doubled; links break one way or
// both; nodes crash, freeze, run again and start anew. Every message goes through its codec.

import { dice } from "./dice.testing.ts";
import type { Effect, Event } from "./event.ts";
import { keyOf, type Place } from "./member-id.ts";
import { decodeMembershipMessage, encodeMembershipMessage } from "./messages.codec.ts";
import type { MemberId, MembershipMessage } from "./messages.ts";
import { SimulatedNode } from "./simulated-node.testing.ts";
import type { Options } from "./state.ts";
import { wakeAtMs } from "./step.ts";
import { VirtualTime } from "./virtual-time.testing.ts";

export interface Weather {
  loss: number;
  double: number;
  /** Each message takes from the first to the second. */
  delayMs: [number, number];
}

export const fair: Weather = { loss: 0, double: 0, delayMs: [1, 5] };

const dialDeadlineMs = 1_000;
const firstPort = 9100;

export type ClusterOptions = Partial<Pick<Options, "profile" | "policy" | "localHealth" | "deathEvidence">>;

export class SimulatedCluster {
  readonly time = new VirtualTime();
  readonly random: () => number;
  weather: Weather = { ...fair };
  readonly nodes: SimulatedNode[] = [];
  /** All that ever were, crashed ones too. */
  readonly everybody: SimulatedNode[] = [];
  /** `from>to`, by index: nothing passes. */
  readonly cut = new Set<string>();
  readonly effects: { readonly index: number; readonly atMs: number; readonly effect: Effect }[] = [];
  readonly #options: ClusterOptions;
  readonly #indexes = new Map<string, number>();
  #instances = 0n;

  constructor(seed: number, options: ClusterOptions = {}) {
    this.random = dice(seed);
    this.#options = options;
  }

  placeOf(index: number): Place {
    return { host: `10.0.${index >> 8}.${index & 255}`, port: firstPort };
  }

  /** A new process at the address of that number. */
  start(index: number, seeds: readonly number[]): SimulatedNode {
    const instance = this.#nextInstance();
    const node = new SimulatedNode(index, {
      self: { ...this.placeOf(index), instance },
      metadata: { name: `n${index}`, roles: [], tags: {}, actors: [], versions: {} },
      seeds: seeds.map((seed) => this.placeOf(seed)),
      random: this.random,
      ...this.#options,
    });
    this.nodes[index] = node;
    this.#indexes.set(this.placeOf(index).host, index);
    this.everybody.push(node);
    this.give(node, (nowMs) => ({ kind: "started", nowMs }));
    return node;
  }

  /** Hands an event to a node: at once, or when it runs again. */
  give(node: SimulatedNode, make: (nowMs: number) => Event): void {
    if (node.mode === "frozen") node.waiting.push((nowMs) => this.#step(node, make(nowMs)));
    else if (node.mode === "running") this.#step(node, make(this.time.nowMs));
  }

  /** The process ends, and whoever dials is refused; where that is seen, all who were connected dial at once. */
  crash(index: number, isSeen: boolean): void {
    const node = this.nodes[index]!;
    node.mode = "crashed";
    if (isSeen) this.breakSockets(node);
  }

  /** The machine ends: no answer to anything. */
  unplug(index: number): void {
    this.nodes[index]!.mode = "unplugged";
  }

  /** All who are connected lose their streams, and dial once. */
  breakSockets(node: SimulatedNode): void {
    for (const other of this.nodes) {
      if (other === node || other.mode !== "running") continue;
      if (!other.state.table.members.has(node.state.self.key)) continue;
      this.#dial(other, node.id, node.id);
    }
  }

  freeze(index: number): void {
    const node = this.nodes[index]!;
    if (node.mode === "running") node.mode = "frozen";
  }

  /** Timers come first, then what waited in sockets, as in an event loop. */
  thaw(index: number): void {
    const node = this.nodes[index]!;
    if (node.mode !== "frozen") return;
    node.mode = "running";
    this.#wake(node);
    for (const run of node.waiting.splice(0)) run(this.time.nowMs);
  }

  leave(index: number): void {
    this.give(this.nodes[index]!, (nowMs) => ({ kind: "leaveRequested", nowMs }));
  }

  /** Cuts both ways between the sides. */
  split(side: (index: number) => boolean): void {
    for (const { index: a } of this.nodes)
      for (const { index: b } of this.nodes) if (side(a) !== side(b)) this.cut.add(`${a}>${b}`);
  }

  running(): SimulatedNode[] {
    return this.nodes.filter(({ mode }) => mode === "running");
  }

  total(counter: keyof SimulatedNode["state"]["counters"]): number {
    return this.everybody.reduce((sum, { state }) => sum + state.counters[counter], 0);
  }

  #nextInstance(): bigint {
    this.#instances++;
    return this.#instances;
  }

  #step(node: SimulatedNode, event: Event): void {
    for (const effect of node.step(event)) this.#carryOut(node, effect);
    this.#plan(node);
  }

  #plan(node: SimulatedNode): void {
    const atMs = wakeAtMs(node.state);
    if (atMs === Infinity || atMs >= node.wakesAtMs) return;
    node.wakesAtMs = atMs;
    this.time.after(atMs - this.time.nowMs, () => {
      if (node.wakesAtMs === atMs && node.mode === "running") this.#wake(node);
    });
  }

  #wake(node: SimulatedNode): void {
    node.wakesAtMs = Infinity;
    this.#step(node, { kind: "woke", nowMs: this.time.nowMs });
  }

  #carryOut(node: SimulatedNode, effect: Effect): void {
    if (effect.kind !== "send" && effect.kind !== "dial") {
      this.effects.push({ index: node.index, atMs: this.time.nowMs, effect });
    }
    if (effect.kind === "send") this.#send(node, effect.to, effect.message);
    if (effect.kind === "dial") this.#dial(node, effect.place, effect.about);
    if (effect.kind === "left") node.mode = "left";
    if (effect.kind === "rebirth") {
      const instance = this.#nextInstance();
      this.time.after(1, () => this.give(node, (nowMs) => ({ kind: "reborn", instance, nowMs })));
    }
  }

  /** Only the very instance that is named gets it. */
  #send(sender: SimulatedNode, to: MemberId, message: MembershipMessage): void {
    const bytes = encodeMembershipMessage(message);
    const from = sender.id;
    const copies = this.random() < this.weather.double ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.random() < this.weather.loss) continue;
      this.time.after(this.#delayMs(), () => {
        const node = this.#at(to);
        if (node === undefined || keyOf(node.id) !== keyOf(to) || this.#isCut(sender.index, node.index))
          return;
        const received = decodeMembershipMessage(bytes);
        this.give(node, (nowMs) => ({ kind: "received", from, message: received, nowMs }));
      });
    }
  }

  /** Refused where nobody listens, silent where the process is frozen, nothing at all where the way is cut. */
  #dial(dialler: SimulatedNode, place: Place, about: MemberId | undefined): void {
    const place2 = { host: place.host, port: place.port };
    this.time.after(this.#delayMs(), () => {
      const node = this.#at(place2);
      if (node === dialler)
        return this.give(node, (nowMs) => ({ kind: "reachedSelf", dialled: place2, nowMs }));
      const index = this.#indexOf(place2);
      const isGone = this.nodes[index]?.mode === "unplugged";
      if (isGone || this.#isCut(dialler.index, index) || this.#isCut(index, dialler.index)) {
        return this.#fail(dialler, about, "unreachable", dialDeadlineMs);
      }
      if (node === undefined || node.refuses) return this.#fail(dialler, about, "refused", this.#delayMs());
      if (node.mode === "frozen") return this.#fail(dialler, about, "silent", dialDeadlineMs);
      const [from, peer] = [dialler.id, node.id];
      this.give(node, (nowMs) => ({ kind: "reached", peer: from, nowMs }));
      this.time.after(this.#delayMs(), () => {
        if (about !== undefined && keyOf(about) !== keyOf(peer)) this.#fail(dialler, about, "replaced", 0);
        this.give(dialler, (nowMs) => ({ kind: "reached", peer, dialled: place2, nowMs }));
      });
    });
  }

  #fail(
    dialler: SimulatedNode,
    about: MemberId | undefined,
    verdict: "refused" | "replaced" | "silent" | "unreachable",
    afterMs: number,
  ): void {
    if (about === undefined) return;
    this.time.after(afterMs, () =>
      this.give(dialler, (nowMs) => ({ kind: "dialFailed", about, verdict, nowMs })),
    );
  }

  /** Who has the address: a process that has ended has none. */
  #at(place: Place): SimulatedNode | undefined {
    const node = this.nodes[this.#indexOf(place)];
    return node?.mode === "running" || node?.mode === "frozen" ? node : undefined;
  }

  /** That of {@link placeOf}, or -1. */
  #indexOf({ host, port }: Place): number {
    return port === firstPort ? (this.#indexes.get(host) ?? -1) : -1;
  }

  #isCut(from: number, to: number): boolean {
    return this.cut.has(`${from}>${to}`);
  }

  #delayMs(): number {
    const [least, most] = this.weather.delayMs;
    return least + (most - least) * this.random();
  }
}
