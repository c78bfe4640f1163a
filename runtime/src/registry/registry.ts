// One node's share in the names and groups of a cluster: its own entries, which it tells to all peers as they change, and
// those of every other node, as far as they are known. Whoever misses something notices by the number of changes, and asks
// for the whole state.

import { type Claim, Directory, type DirectoryReader } from "./directory.ts";
import { digestEveryMs, nodesMax, servedEveryMs, wantedEveryMs } from "./limits.ts";
import type { Change, Entry, Located, RegistryMessage } from "./messages.ts";
import { OwnEntries } from "./own-entries.ts";
import { messagesOf, statesOf } from "./parts.ts";
import { Replica } from "./replica.ts";
import { isValid } from "./valid.ts";

export interface RegistryCounters {
  /** Names of this node that another node had entered before. */
  conflictsLost: number;
  /** States that this node asked others for, because it had missed changes. */
  wanted: number;
  /** Messages of peers that break the rules, or are of more nodes than there can be. */
  refused: number;
  /** Messages that the control lane had no room for: what is missing is noticed later. */
  notSent: number;
}

/** What a registry needs of the world. Nodes are named by their texts, instance included. */
export interface RegistryWorld {
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Runs a function once what runs now has ended. */
  schedule(run: () => void): void;
  setTimer(afterMs: number, run: () => void): () => void;
  /** The nodes that there is a connection to. */
  peers(): readonly string[];
  /** On the control lane. False where it was not taken. */
  send(to: string, message: RegistryMessage): boolean;
  /** Whether that start of a node is over for good. */
  isGone(node: string): boolean;
  /** Another node's claim to a name stands: that of this node is withdrawn. */
  lost(entry: Entry, standing: Claim): void;
  groupChanged: DirectoryReader["groupChanged"];
}

interface Other {
  readonly replica: Replica;
  wantedAtMs: number;
  servedAtMs: number;
}

export class Registry {
  readonly counters: RegistryCounters = { conflictsLost: 0, wanted: 0, refused: 0, notSent: 0 };
  readonly #world: RegistryWorld;
  readonly #directory: Directory;
  readonly #others = new Map<string, Other>();
  #self: string;
  #own = new OwnEntries();
  /** Lamport's clock: of all nodes' entries the greatest time that is known. */
  #clock = 0;
  #unsaid: Change[] = [];
  /** Undefined where nobody is to be told anything. */
  #cancelTimer: (() => void) | undefined;
  #isOver = false;

  constructor(self: string, world: RegistryWorld) {
    this.#self = self;
    this.#world = world;
    this.#directory = new Directory({
      nameChanged: (name) => this.#nameChanged(name),
      groupChanged: (group, change, actor) => world.groupChanged(group, change, actor),
    });
  }

  /** Whose the name is, as far as is known here. */
  holder(name: string): Located | undefined {
    return this.#directory.standing(name)?.entry.actor;
  }

  members(group: string): readonly Located[] {
    return this.#directory.members(group);
  }

  // This node's own entries.

  /** This node's entry of a name. */
  named(name: string): Entry | undefined {
    return this.#own.named(name);
  }

  /** This node's entry of an actor in a group. */
  membership(group: string, actor: Located): Entry | undefined {
    return this.#own.membership(group, actor);
  }

  get isFull(): boolean {
    return this.#own.isFull;
  }

  put(kind: Entry["kind"], key: string, actor: Located): Entry {
    const entry = this.#own.put(kind, key, actor, ++this.#clock);
    this.#say({ kind: "put", entry });
    this.#directory.enter({ by: this.#self, entry });
    return entry;
  }

  drop(entry: Entry): void {
    const change = this.#own.drop(entry);
    if (change === undefined) return;
    this.#say(change);
    this.#directory.drop({ by: this.#self, entry });
  }

  /** This node is another instance: it has no entries, and nobody is told of those that it had. */
  reborn(self: string): void {
    for (const entry of this.#own.all) this.#directory.drop({ by: this.#self, entry });
    this.#self = self;
    this.#own = new OwnEntries();
    this.#unsaid = [];
  }

  // Other nodes.

  /** There is a connection to a node, for the first time or again. */
  peerUp(node: string): void {
    const other = this.#others.get(node);
    if (other !== undefined) other.wantedAtMs = Number.NEGATIVE_INFINITY;
    if (this.#own.revision > 0) this.#send(node, this.#digest());
    this.#plan();
  }

  received(from: string, message: RegistryMessage): void {
    if (this.#isOver || this.#world.isGone(from)) return;
    const other = isValid(message) ? this.#otherOf(from) : undefined;
    if (other === undefined) {
      this.counters.refused++;
      return;
    }
    switch (message.kind) {
      case "changes":
        for (const change of message.changes) other.replica.apply(change);
        break;
      case "state":
        other.replica.take(message);
        break;
      case "digest":
        if (message.revision > other.replica.revision) this.#want(from, other);
        return;
      case "wanted":
        return this.#serve(from, other);
    }
    if (other.replica.hasGap) this.#want(from, other);
  }

  /** That start of a node is over, or no member: its entries are void. */
  gone(node: string): void {
    const other = this.#others.get(node);
    this.#others.delete(node);
    other?.replica.clear();
    for (const { replica } of this.#others.values()) replica.forget(node);
  }

  /** Nothing is done any more. */
  close(): void {
    this.#isOver = true;
    this.#cancelTimer?.();
  }

  #otherOf(node: string): Other | undefined {
    let other = this.#others.get(node);
    if (other !== undefined || this.#others.size >= nodesMax) return other;
    const replica = new Replica({
      // A claim on an actor of a node that is over is about to be withdrawn.
      counts: ({ actor }) => !this.#world.isGone(actor.node),
      entered: (entry) => {
        this.#clock = Math.max(this.#clock, entry.time);
        this.#directory.enter({ by: node, entry });
      },
      dropped: (entry) => this.#directory.drop({ by: node, entry }),
    });
    other = { replica, wantedAtMs: Number.NEGATIVE_INFINITY, servedAtMs: Number.NEGATIVE_INFINITY };
    this.#others.set(node, other);
    return other;
  }

  #nameChanged(name: string): void {
    const standing = this.#directory.standing(name);
    if (standing === undefined || standing.by === this.#self) return;
    const entry = this.#own.named(name);
    if (entry === undefined) return;
    this.counters.conflictsLost++;
    this.drop(entry);
    this.#world.lost(entry, standing);
  }

  // What is said.

  /** All changes of what runs now go together. */
  #say(change: Change): void {
    if (this.#unsaid.push(change) === 1) this.#world.schedule(() => this.#flush());
  }

  #flush(): void {
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    if (this.#isOver || unsaid.length === 0) return;
    const messages = messagesOf(unsaid);
    for (const peer of this.#world.peers()) for (const message of messages) this.#send(peer, message);
    this.#plan();
  }

  #want(from: string, other: Other): void {
    const nowMs = this.#world.now();
    if (nowMs < other.wantedAtMs + wantedEveryMs) return;
    other.wantedAtMs = nowMs;
    this.counters.wanted++;
    this.#send(from, { kind: "wanted" });
  }

  #serve(to: string, other: Other): void {
    const nowMs = this.#world.now();
    if (nowMs < other.servedAtMs + servedEveryMs) return;
    other.servedAtMs = nowMs;
    // What has not been said yet is in the state, and does no harm when it is said again.
    for (const message of statesOf(this.#own.revision, this.#own.all)) this.#send(to, message);
  }

  #digest(): RegistryMessage {
    return { kind: "digest", revision: this.#own.revision };
  }

  #send(to: string, message: RegistryMessage): void {
    if (!this.#world.send(to, message)) this.counters.notSent++;
  }

  /** A node that is alone, or has nothing to tell, sleeps. */
  #plan(): void {
    const isWorthIt = this.#own.revision > 0 && this.#world.peers().length > 0;
    if (this.#isOver || this.#cancelTimer !== undefined || !isWorthIt) return;
    const afterMs = digestEveryMs * (0.75 + this.#world.random() / 2);
    this.#cancelTimer = this.#world.setTimer(afterMs, () => {
      this.#cancelTimer = undefined;
      for (const peer of this.#world.peers()) this.#send(peer, this.#digest());
      this.#plan();
    });
  }
}
