// One node's share in what actors send to those of other nodes: the types it offers, the sessions with its peers, and
// what comes in.

import { noSuchActor } from "../actors/cell-outcomes.ts";
import type {
  ActorSystem,
  DownReason,
  NotSent,
  Outcome,
  Port,
  RefIdentity,
  RemoteActors,
} from "../actors/index.ts";
import type { AnyActor, AnyDefinition } from "../actors/protocol.ts";
import { refusingPort } from "../actors/refusing-port.ts";
import type { Placement, RemoteSpawnOptions, SpawnOptions } from "../actors/spawn-options.ts";
import type { RefPorts } from "../codec/options.ts";
import {
  type ActorChild,
  type ChildStart,
  type LeaseTimes,
  leaseTimes,
  type Start,
  type Starter,
} from "../supervision/index.ts";
import {
  type Break,
  formatNodeId,
  type LaneName,
  type NodeId,
  type Offer,
  type PeerEnd,
  sameNode,
  type Verdict,
} from "../transport/index.ts";
import { newRemoteCounters, type RemoteCounters, type RemoteReport } from "./counters.ts";
import { FarPort, type FarWorld } from "./far-port.ts";
import { FarStart, type SpawnChild } from "./far-start.ts";
import type { HeldChildren } from "./held-children.ts";
import { Inbox } from "./inbox.ts";
import type { LeaseKeeper, OnLeaseLost } from "./lease-keeper.ts";
import type { RemoteNetwork, RemotePeer } from "./network.ts";
import { notAmong, unreachable } from "./outcomes.ts";
import { PeerRefs } from "./peer-refs.ts";
import { type RemoteProtocol, remoteProtocolOf } from "./remote-protocol.ts";
import { type NodeEnd, RemoteWatches } from "./remote-watches.ts";
import { remoteTypes } from "./runtime-types.ts";
import { Session } from "./session.ts";
import { Spawner } from "./spawner.ts";

/** Where an actor is to be started. */
export type Place = (on: string | Placement, actor: string) => NodeId | NotSent;

export interface RemoteNodeOptions {
  readonly network: RemoteNetwork;
  /** What this node sends to, and those with a class can be started here by others. */
  readonly actors: readonly (AnyActor | AnyDefinition)[];
  readonly place?: Place;
  /** That nobody listens at a node's address any more proves that it is dead. Default: true. */
  readonly refusalIsDeath?: boolean;
  /** Under which supervisors here and there have children. The same on all nodes. Default: those of `lan`. */
  readonly lease?: LeaseTimes;
  /** What is done when such a lease is over while children run here. Default: `stop`. */
  readonly onLeaseLost?: OnLeaseLost;
  /** Ends the process, where `onLeaseLost` says so. */
  readonly exit?: () => void;
  /** A supervisor's child could be started again on a node where it could not. */
  readonly onStartable?: () => void;
  /** Whether a node may start that actor here. Default: every one may. */
  readonly accept?: (peer: NodeId, actor: string) => boolean;
  readonly report?: (report: RemoteReport) => void;
}

export class RemoteNode implements RemoteActors, FarWorld {
  readonly counters: RemoteCounters = newRemoteCounters();
  /** It takes no new actors any more. */
  isLeaving = false;
  /** The types for this node's catalogue. */
  readonly offers: readonly Offer[];
  readonly #options: RemoteNodeOptions;
  readonly #network: RemoteNetwork;
  readonly #protocols = new Map<string, RemoteProtocol>();
  /** Those that others can start here. */
  readonly #bound = new Map<string, AnyActor>();
  readonly #sessions = new Map<RemotePeer, Session>();
  readonly #spawner: Spawner;
  readonly #watches: RemoteWatches;
  #system: ActorSystem | undefined;
  #leaseKeeper: LeaseKeeper | undefined;
  #self: NodeId | undefined;
  #selfKey = "";

  constructor(options: RemoteNodeOptions) {
    this.#options = options;
    this.#network = options.network;
    for (const actor of options.actors) this.#enter(actor);
    this.offers = [...remoteTypes, ...[...this.#protocols.values()].flatMap(({ offers }) => offers)];
    this.#spawner = new Spawner(this);
    this.#watches = new RemoteWatches(this, this.#network);
  }

  /** Takes messages for the actors of that system from now on. */
  attach(system: ActorSystem, leaseKeeper?: LeaseKeeper): void {
    this.#system = system;
    this.#leaseKeeper = leaseKeeper;
    new Inbox(this).listen(this.#network, this.#protocols.values());
    this.#watches.listen();
  }

  get system(): ActorSystem {
    if (this.#system === undefined) throw new Error("there is no system of actors yet");
    return this.#system;
  }

  get self(): NodeId {
    return this.#network.self;
  }

  get selfKey(): string {
    const { self } = this.#network;
    if (this.#self !== self) {
      this.#self = self;
      this.#selfKey = formatNodeId(self);
    }
    return this.#selfKey;
  }

  /** The names of the actors that others can start here. */
  get startable(): readonly string[] {
    return [...this.#bound.keys()];
  }

  /** The class of an actor that others may start here. */
  bound(name: string): AnyActor | undefined {
    return this.#bound.get(name);
  }

  /** Whether a node may start that actor here: not where the question cannot be answered. */
  accepts(peer: NodeId, actor: string): boolean {
    try {
      return this.#options.accept?.(peer, actor) ?? true;
    } catch (error) {
      this.report({ event: "acceptFailed", node: peer, type: actor, text: String(error) });
      return false;
    }
  }

  protocol(name: string): RemoteProtocol | undefined {
    return this.#protocols.get(name);
  }

  /** A handle of an actor anywhere; undefined where its definition is not among those of this node. */
  refTo(name: string, node: NodeId, actor: number): RefIdentity | undefined {
    const protocol = this.#protocols.get(name);
    return protocol && new protocol.definition.handle(this.portTo(name, node, actor));
  }

  /** The way to an actor anywhere. */
  portTo(name: string, node: NodeId, actor: number): Port {
    if (sameNode(node, this.self)) {
      const cell = this.system.find(actor);
      return cell?.protocol.name === name ? cell : this.#portToNobody(name, actor);
    }
    const protocol = this.#protocols.get(name);
    if (protocol !== undefined) return new FarPort(this, node, actor, protocol);
    const refusal = notAmong(name);
    const address = { node: formatNodeId(node), id: actor, actor: name };
    return refusingPort(address, refusal, () => this.notTold(node, name, refusal));
  }

  /** Where the handles lead that messages of a node bring. */
  refsOf(node: NodeId): RefPorts {
    return new PeerRefs(this, node);
  }

  // For the system.

  async spawn(
    definition: AnyDefinition,
    args: readonly unknown[],
    options: RemoteSpawnOptions,
    parent: RefIdentity | undefined,
  ): Promise<Outcome<RefIdentity>> {
    const where = this.#options.place?.(options.on, definition.name) ?? unreachable;
    if ("status" in where) return where;
    return this.spawnAt(where, definition, args, options, parent);
  }

  /** Starts an actor on that start of a node. */
  spawnAt(
    node: NodeId,
    definition: AnyDefinition,
    args: readonly unknown[],
    options: SpawnOptions = {},
    parent?: RefIdentity,
  ): Promise<Outcome<RefIdentity>> {
    return this.#spawner.spawn(node, definition, args, options, parent);
  }

  /** Starts a supervisor's child there; there should be a connection. */
  startChild(at: NodeId, child: ActorChild, start: Start, by: Starter): ChildStart {
    const spawn: SpawnChild = (...order) => this.#spawner.spawnChild(...order);
    return new FarStart(at, this.#watches.farChildren(at), spawn, child, start, by);
  }

  /** Whether a child could be started there now. */
  canStart(at: NodeId): boolean {
    return this.sessionWith(at)?.isOpen === true && this.#watches.farChildren(at).isOpen;
  }

  /** This node takes no more: supervisors elsewhere start their children of here on other nodes. */
  leave(): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    this.#watches.leave();
  }

  /** How many children run here for supervisors of other nodes. */
  get heldCount(): number {
    return this.#watches.heldCount;
  }

  /** None does, and all who can be reached know. */
  get isHandedOver(): boolean {
    return this.#watches.isHandedOver;
  }

  heldChildren(node: NodeId): HeldChildren {
    return this.#watches.heldChildren(node);
  }

  becameStartable(): void {
    this.#options.onStartable?.();
  }

  get lease(): LeaseTimes {
    return this.#options.lease ?? leaseTimes.lan;
  }

  get leaseKeeper(): LeaseKeeper | undefined {
    return this.#leaseKeeper;
  }

  get onLeaseLost(): OnLeaseLost {
    return this.#options.onLeaseLost ?? "stop";
  }

  exit(): void {
    this.#options.exit?.();
  }

  watch(ref: RefIdentity, tell: (down: DownReason) => void, watcher = 0): () => void {
    return this.#watches.watch(ref, tell, watcher);
  }

  // For ports and sessions.

  sessionWith(node: NodeId): Session | undefined {
    const peer = this.#network.peerOf(node);
    const session = peer && this.sessionOf(peer);
    return session?.isOver === true ? undefined : session;
  }

  sessionOf(peer: RemotePeer): Session {
    let session = this.#sessions.get(peer);
    if (session === undefined) {
      session = new Session(peer, this);
      this.#sessions.set(peer, session);
    } else session.look();
    return session;
  }

  notTold(node: NodeId, type: string, { reason, text }: NotSent): void {
    this.counters.notSent++;
    this.report({ event: "notSent", node, type, reason, text });
  }

  report(report: RemoteReport): void {
    this.#options.report?.(report);
  }

  // What happens to connections, as the transport tells it.

  /** A connection is there, for the first time or again: what waits goes on. */
  peerUp(peer: RemotePeer): void {
    this.sessionOf(peer);
    this.#watches.peerUp(peer);
  }

  broke(peer: RemotePeer, what: Break): void {
    const { lane, unknown, unsent } = what;
    this.#watches.broke(peer, what);
    if (lane !== "user") return;
    this.counters.unknown += unknown;
    if (unknown + unsent > 0) this.report({ event: "gap", node: peer.node, unknown, unsent });
    this.#sessions.get(peer)?.broke();
  }

  verdict(peer: RemotePeer, lane: LaneName, verdict: Verdict): void {
    this.#watches.verdict(peer, lane, verdict);
    const session = this.#sessions.get(peer);
    if (session === undefined) return;
    const isDeath =
      verdict === "replaced" || (verdict === "refused" && this.#options.refusalIsDeath !== false);
    if (isDeath) {
      session.settleDoubts("nodeDied", "The actor's node is gone.");
      this.#watches.died(peer.node, "nodeDied");
    } else if (lane === "user")
      session.settleDoubts("connectionLost", "The connection broke before the answer came.");
    session.look();
  }

  peerOver(peer: RemotePeer, { code }: PeerEnd): void {
    const session = this.#sessions.get(peer);
    if (session === undefined) return;
    this.#sessions.delete(peer);
    const isDeath = code === "replaced" || code === "left";
    if (isDeath) this.#watches.died(peer.node, "nodeDied");
    if (isDeath) session.end("nodeDied", "The actor's node is gone.");
    else session.end("connectionLost", "The connection ended before the answer came.");
  }

  /** A node has left, or is dead: that is proven, or the policy of membership says so. */
  died(node: NodeId, why: NodeEnd = "nodeDied"): void {
    this.#watches.died(node, why);
    for (const [peer, session] of this.#sessions) {
      // It stays among the sessions as long as there is a connection, so that nothing is sent over that.
      if (sameNode(peer.node, node)) session.end("nodeDied", "The actor's node is gone.");
    }
  }

  /** A node cannot be reached, and may be alive. */
  unreachable(node: NodeId): void {
    this.#watches.unreachable(node);
  }

  /** It can be reached again. */
  reachable(node: NodeId): void {
    this.#watches.reachable(node);
  }

  /** All connections are over: this node goes on as another instance, or not at all. */
  cutOff(): void {
    this.#watches.cutOff();
    for (const session of this.#sessions.values()) {
      session.end("connectionLost", "This node gave up its connections.");
    }
    this.#sessions.clear();
  }

  #portToNobody(name: string, actor: number): Port {
    const address = { node: this.selfKey, id: actor, actor: name };
    return refusingPort(address, noSuchActor, () => this.system.counters.deadLetters++);
  }

  #enter(actor: AnyActor | AnyDefinition): void {
    const definition = "definition" in actor ? actor.definition : actor;
    const { name } = definition;
    const known = this.#protocols.get(name);
    if (known !== undefined && known.definition !== definition) {
      throw new Error(`two actors are called ${name}`);
    }
    const protocol = known ?? remoteProtocolOf(definition);
    if (protocol === undefined) return;
    this.#protocols.set(name, protocol);
    if ("definition" in actor) this.#bound.set(name, actor);
  }
}
