// The names and groups of a cluster, at one of its nodes: follows the actors that this node has entered, and makes handles
// of what the registry knows.

import {
  type ActorAddress,
  addressOf,
  type DownReason,
  type HandleType,
  type Port,
  type RefIdentity,
} from "../actors/index.ts";
import type { RegistryMessage, RegistryWorld } from "../registry/index.ts";
import { type Entry, isValidKey, type Located, Registry, type RegistryCounters } from "../registry/index.ts";
import { formatNodeId, type NodeId, parseNodeId } from "../transport/index.ts";
import type { Entered, GroupEvent, Groups, NotEntered, RegisterOptions } from "./names.ts";

/** What is needed of the cluster. */
export interface RegistryCluster extends Pick<RegistryWorld, "now" | "random" | "schedule" | "setTimer"> {
  readonly self: NodeId;
  /** Those that there is a connection to, and that are members. */
  peers(): readonly NodeId[];
  send(to: NodeId, message: RegistryMessage): boolean;
  isGone(node: NodeId): boolean;
  isMember(node: NodeId): boolean;
  portTo(name: string, node: NodeId, actor: number): Port;
  watch(ref: RefIdentity, tell: (down: DownReason) => void): () => void;
  /** What a user handed in threw. */
  failed(error: unknown): void;
}

/** An entry of this node, and the actor that it is about. */
interface Held {
  entry: Entry;
  readonly ref: RefIdentity;
  readonly onLost: RegisterOptions["onLost"];
  /** Undefined while its node cannot be reached: it may be alive. */
  unwatch: (() => void) | undefined;
}

const entered: Entered = /* @__PURE__ */ Object.freeze({ status: "entered" });

export class ClusterRegistry implements Groups {
  readonly #cluster: RegistryCluster;
  readonly #registry: Registry;
  /** By the revisions of their entries. */
  readonly #held = new Map<number, Held>();
  readonly #subscribers = new Map<string, Set<(change: "joined" | "left", actor: Located) => void>>();

  constructor(cluster: RegistryCluster) {
    this.#cluster = cluster;
    this.#registry = new Registry(formatNodeId(cluster.self), {
      now: () => cluster.now(),
      random: () => cluster.random(),
      schedule: (run) => cluster.schedule(run),
      setTimer: (afterMs, run) => cluster.setTimer(afterMs, run),
      peers: () => cluster.peers().map(formatNodeId),
      send: (to, message) => cluster.send(parseNodeId(to)!, message),
      isGone: (node) => cluster.isGone(parseNodeId(node)!),
      lost: (entry, standing) => this.#lost(entry, standing.entry.actor),
      groupChanged: (group, change, actor) => {
        for (const tell of [...(this.#subscribers.get(group) ?? [])]) this.#call(() => tell(change, actor));
      },
    });
  }

  get counters(): Readonly<RegistryCounters> {
    return this.#registry.counters;
  }

  // Names.

  register(name: string, ref: RefIdentity, { onLost }: RegisterOptions = {}): Entered | NotEntered {
    checkKey("name", name);
    const actor = locatedAt(ref);
    if (actor === undefined) return unbound;
    const holder = this.#registry.holder(name);
    if (holder === undefined) return this.#enter("name", name, actor, ref, onLost);
    const isSame = holder.id === actor.id && holder.node === actor.node;
    return isSame && this.#registry.named(name) !== undefined ? entered : taken(name, holder);
  }

  unregister(name: string): boolean {
    const entry = this.#registry.named(name);
    if (entry !== undefined) this.#drop(entry);
    return entry !== undefined;
  }

  lookup<R>(actor: HandleType<R>, name: string): R | undefined {
    const holder = this.#registry.holder(name);
    return holder?.actor === actor.name ? this.#handle(actor, holder) : undefined;
  }

  // Groups.

  join(group: string, ref: RefIdentity): Entered | NotEntered {
    checkKey("group", group);
    const actor = locatedAt(ref);
    if (actor === undefined) return unbound;
    if (this.#registry.membership(group, actor) !== undefined) return entered;
    return this.#enter("group", group, actor, ref, undefined);
  }

  leave(group: string, ref: RefIdentity): boolean {
    const actor = locatedAt(ref);
    const entry = actor && this.#registry.membership(group, actor);
    if (entry !== undefined) this.#drop(entry);
    return entry !== undefined;
  }

  members<R extends RefIdentity>(actor: HandleType<R>, group: string): readonly R[] {
    const members = this.#registry.members(group).filter((member) => member.actor === actor.name);
    return members.map((member) => this.#handle(actor, member));
  }

  subscribe<R extends RefIdentity>(
    actor: HandleType<R>,
    group: string,
    listener: (event: GroupEvent<R>) => void,
  ): () => void {
    const tell = (kind: "joined" | "left", member: Located): void => {
      if (member.actor === actor.name) listener({ kind, ref: this.#handle(actor, member) });
    };
    const subscribers = this.#subscribers.get(group) ?? new Set();
    this.#subscribers.set(group, subscribers.add(tell));
    listener({ kind: "snapshot", members: this.members(actor, group) });
    return () => {
      subscribers.delete(tell);
      if (subscribers.size === 0 && this.#subscribers.get(group) === subscribers)
        this.#subscribers.delete(group);
    };
  }

  // What happens in the cluster.

  received(from: NodeId, message: RegistryMessage): void {
    this.#registry.received(formatNodeId(from), message);
  }

  peerUp(node: NodeId): void {
    this.#registry.peerUp(formatNodeId(node));
  }

  /** A connection is over. What is said of a member counts until that is over too. */
  peerOver(node: NodeId): void {
    if (!this.#cluster.isMember(node)) this.#registry.gone(formatNodeId(node));
  }

  /** That start of a node is over: nobody there has a name, and what it has entered is void. */
  gone(node: NodeId): void {
    const text = formatNodeId(node);
    for (const { entry } of [...this.#held.values()]) if (entry.actor.node === text) this.#drop(entry);
    this.#registry.gone(text);
  }

  /** It can be reached again. */
  reachable(node: NodeId): void {
    const text = formatNodeId(node);
    for (const held of [...this.#held.values()]) {
      if (held.unwatch === undefined && held.entry.actor.node === text) this.#watch(held);
    }
  }

  /** This node goes on as another instance: what it has entered it enters anew. */
  reborn(): void {
    const before = [...this.#held.values()];
    this.#held.clear();
    this.#registry.reborn(formatNodeId(this.#cluster.self));
    for (const { entry, ref, onLost, unwatch } of before) {
      unwatch?.();
      const { kind, key } = entry;
      if (kind === "group") this.join(key, ref);
      else this.#registerAnew(key, ref, onLost);
    }
  }

  close(): void {
    for (const { unwatch } of this.#held.values()) unwatch?.();
    this.#held.clear();
    this.#subscribers.clear();
    this.#registry.close();
  }

  /** While this node was away, another one may have given the name away. */
  #registerAnew(name: string, ref: RefIdentity, onLost: RegisterOptions["onLost"]): void {
    this.register(name, ref, onLost === undefined ? {} : { onLost });
    const holder = this.#registry.holder(name);
    if (holder !== undefined && this.#registry.named(name) === undefined) this.#call(() => onLost?.(holder));
  }

  #enter(
    kind: Entry["kind"],
    key: string,
    actor: Located,
    ref: RefIdentity,
    onLost: RegisterOptions["onLost"],
  ): Entered | NotEntered {
    if (this.#registry.isFull) return full;
    const held: Held = { entry: this.#registry.put(kind, key, actor), ref, onLost, unwatch: undefined };
    this.#held.set(held.entry.revision, held);
    this.#watch(held);
    return this.#held.get(held.entry.revision) === held ? entered : noSuchActor;
  }

  #watch(held: Held): void {
    let isAnswered = false;
    const unwatch = this.#cluster.watch(held.ref, ({ reason }) => {
      isAnswered = true;
      if (reason === "unreachable") held.unwatch = undefined;
      else this.#drop(held.entry);
    });
    if (!isAnswered) held.unwatch = unwatch;
  }

  #lost(entry: Entry, standing: Located): void {
    const held = this.#forget(entry);
    held?.unwatch?.();
    this.#call(() => held?.onLost?.(standing));
  }

  /** What users hand in must not stop what is under way here. */
  #call(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#cluster.failed(error);
    }
  }

  #drop(entry: Entry): void {
    this.#forget(entry)?.unwatch?.();
    this.#registry.drop(entry);
  }

  #forget(entry: Entry): Held | undefined {
    const held = this.#held.get(entry.revision);
    // Of an instance that is over there are entries with the same revisions.
    if (held?.entry !== entry) return undefined;
    this.#held.delete(entry.revision);
    return held;
  }

  #handle<R>({ handle }: HandleType<R>, { actor, node, id }: Located): R {
    return new handle(this.#cluster.portTo(actor, parseNodeId(node)!, id));
  }
}

function locatedAt(ref: RefIdentity): Located | undefined {
  const { node, id, actor }: ActorAddress = addressOf(ref);
  return node === undefined || parseNodeId(node) === undefined ? undefined : { node, id, actor };
}

function checkKey(what: string, key: string): void {
  if (!isValidKey(key)) throw new RangeError(`the ${what} has ${key.length} UTF-16 units: expected 1 to 128`);
}

function refused(reason: NotEntered["reason"], text: string): NotEntered {
  return Object.freeze({ status: "refused", reason, text });
}

function taken(name: string, { actor, id, node }: Located): NotEntered {
  return refused("taken", `${name} is the name of ${actor}#${id} of ${node}.`);
}

const unbound = /* @__PURE__ */ refused("unbound", "The handle leads to no actor of the cluster.");
const noSuchActor = /* @__PURE__ */ refused("noSuchActor", "The actor is gone.");
const full = /* @__PURE__ */ refused(
  "full",
  "This node has as many names and members of groups as it may have.",
);
