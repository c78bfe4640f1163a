// One node's share in a cluster: its transport, its membership, and what the application is told.

import type {
  ActorCounters,
  ActorRef,
  DownReason,
  HandleType,
  LocalSpawnable,
  Outcome,
  Placement,
  RefIdentity,
  RemoteSpawnOptions,
  Spawnable,
  SpawnOptions,
} from "../actors/index.ts";
import type { Codec } from "../codec/codec.ts";
import {
  countersOf,
  isAbsent,
  isFinal,
  keyOf,
  type MemberId,
  type Membership,
  type Metadata,
  type Place,
  type TrailEntry,
  whyOf,
} from "../membership/index.ts";
import type { RegistryCounters } from "../registry/index.ts";
import type { RemoteCounters } from "../remote/index.ts";
import type {
  RunningSupervisor,
  SupervisionCounters,
  SupervisionEvent,
  TreeChild,
  TreeSpec,
} from "../supervision/index.ts";
import {
  type Address,
  Catalogue,
  type Connected,
  formatAddress,
  formatNodeId,
  isOtherStart,
  type NodeId,
  openTransport,
  type Peer,
  type Transport,
} from "../transport/index.ts";
import type { Cluster, Drained, EventsOptions, MemberReference } from "./cluster.ts";
import { ClusterActors } from "./cluster-actors.ts";
import { type ClusterCounters, pulseCounters } from "./cluster-counters.ts";
import { ClusterDeparture } from "./cluster-departure.ts";
import { type ClusterEvent, changesPlaces } from "./cluster-event.ts";
import type { ClusterHost } from "./cluster-host.ts";
import type { ClusterMember } from "./cluster-member.ts";
import type { ClusterOptions } from "./cluster-options.ts";
import type { DeparturePhase } from "./departure.ts";
import { EventHub } from "./event-hub.ts";
import { KeptListener } from "./kept-listener.ts";
import { MemberDriver, type Told } from "./member-driver.ts";
import { memberSeen, membersSeen } from "./members-seen.ts";
import { membershipOf } from "./membership-of.ts";
import { MessageHandlers } from "./message-handlers.ts";
import type { Entered, Groups, NotEntered, RegisterOptions } from "./names.ts";
import { type AnyNodeOptions, anyNode, type Choice, PlacementRule } from "./placement.ts";
import { leaseOf, profileOf } from "./profile-of.ts";
import { membershipMessages, pulsePlaces } from "./runtime-types.ts";
import { transportTimes } from "./transport-times.ts";

/**
 * Starts a node of a cluster, which finds the others by itself. Rejects as the host's `listen` does, and with a RangeError
 * where an option is out of bounds.
 */
export async function openCluster(options: ClusterOptions): Promise<ClusterNode> {
  const node = new ClusterNode(options);
  await node.start();
  return node;
}

type Event<K extends ClusterEvent["kind"]> = Omit<Extract<ClusterEvent, { kind: K }>, "atMs">;
type UntimedEvent = { [K in ClusterEvent["kind"]]: Event<K> }[ClusterEvent["kind"]];

export class ClusterNode implements Cluster {
  state: Cluster["state"] = "running";
  readonly #options: ClusterOptions;
  readonly #host: ClusterHost;
  readonly #catalogue: Catalogue;
  readonly #catalogueDigest: string;
  readonly #listener: KeptListener;
  readonly #actors: ClusterActors;
  readonly #handlers = new MessageHandlers();
  readonly #events: EventHub;
  /** Of instances that are over, saying goodbye. */
  readonly #closing = new Set<Promise<void>>();
  #transport!: Transport;
  #driver!: MemberDriver;
  #left: () => void = () => {};
  readonly #departure: ClusterDeparture;
  #closed: Promise<void> | undefined;

  /** Use {@link openCluster}. */
  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#host = options.host;
    const lease = options.lease ?? leaseOf(options.profile);
    this.#actors = new ClusterActors(this, { ...options, lease }, options.deathEvidence !== "lease");
    const { offers } = this.#actors;
    this.#catalogue = new Catalogue([membershipMessages, pulsePlaces, ...offers, ...(options.types ?? [])]);
    this.#catalogueDigest = options.host.digest(this.#catalogue.text);
    this.#listener = new KeptListener(options.host);
    const node = this;
    this.#departure = new ClusterDeparture(
      options.host,
      this.#actors,
      {
        logger: options.logger,
        setMetadata: (changes) => this.setMetadata(changes),
        goodbye: () => this.#goodbye(),
        close: () => this.close(),
        tell: (phase, isLate) => this.#event({ kind: "departing", phase, isLate }),
        failed: (error) => this.#failed(error),
      },
      options.departure,
    );
    this.#events = new EventHub({
      get nowMs() {
        return node.nowMs;
      },
      members: () => this.members(),
      failed: (error) => this.#failed(error),
    });
  }

  /** For {@link openCluster}. */
  async start(): Promise<void> {
    const { advertise } = this.#options;
    this.#transport = await this.#open(this.#host.newInstance(), advertise);
    try {
      this.#driver = this.#newDriver(
        membershipOf(this.#transport.node, this.#options, this.#actors.remote.startable),
      );
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#handlers.set(membershipMessages, (message, from) => this.#driver.received(message, from));
    this.#handlers.set(pulsePlaces, (place, from) => this.#driver.pulseAt(place, from));
    this.#actors.start(this.#host);
    this.#handlers.moveTo(this.#transport);
    this.#driver.give({ kind: "started" });
  }

  get self(): MemberId {
    return this.#transport.node;
  }

  /** Where it listens; undefined where it does not. */
  get address(): Address | undefined {
    return this.#transport.address;
  }

  get nowMs(): number {
    return this.#host.now();
  }

  get counters(): ClusterCounters {
    const { state, counters, dials, peers } = this.#driver;
    const { observers, incompatible } = peers;
    return {
      ...countersOf(state),
      ...counters,
      dials: dials.begun,
      dialsFailed: dials.failed,
      observers,
      incompatible,
      fromThePast: this.#handlers.late,
      eventsMissed: this.#events.missed,
      ...pulseCounters(this.#host.pulse?.counters),
    };
  }

  members(): readonly ClusterMember[] {
    return membersSeen(this.#driver.state, this.#driver.peers);
  }

  member(which: MemberReference): ClusterMember | undefined {
    if (typeof which !== "string") return memberSeen(this.#driver.state, this.#driver.peers, which);
    const named = this.members().filter(
      ({ id, name }) => which === name || which === formatAddress(id) || which === formatNodeId(id),
    );
    return named.find(({ status }) => status === "alive") ?? named.at(-1);
  }

  why(which: MemberReference): readonly TrailEntry[] {
    const member = this.member(which);
    return member === undefined ? [] : whyOf(this.#driver.state, member.id);
  }

  events(options?: EventsOptions): AsyncIterableIterator<ClusterEvent> {
    return this.#events.events(options);
  }

  on(listener: (event: ClusterEvent) => void): () => void {
    return this.#events.on(listener);
  }

  join(seeds: readonly Place[]): void {
    this.#driver.give({ kind: "joinRequested", seeds });
  }

  setMetadata(changes: Partial<Metadata>): void {
    const { revision, ...metadata } = this.#driver.state.self.metadata;
    this.#driver.give({ kind: "metadataChanged", metadata: { ...metadata, ...changes } });
  }

  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options?: SpawnOptions,
  ): ActorRef<A, Idempotent>;
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: Spawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options: RemoteSpawnOptions,
  ): Promise<Outcome<ActorRef<A, Idempotent>>>;
  spawn<A, Args extends readonly unknown[], Idempotent extends string>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: Args,
    options?: SpawnOptions | RemoteSpawnOptions,
  ): ActorRef<A, Idempotent> | Promise<Outcome<ActorRef<A, Idempotent>>> {
    return this.#actors.spawn(actor, args, options);
  }

  anyNode(options: AnyNodeOptions = {}): Placement {
    return anyNode(options, () => this.#host.random());
  }

  node(which: MemberReference): Placement {
    const words = typeof which === "string" ? which : formatNodeId(which);
    return new PlacementRule(`the node ${words}`, () => this.member(which));
  }

  where(choose: Choice): Placement {
    return new PlacementRule("what a function chose", choose);
  }

  supervise<const C extends readonly TreeChild[]>(spec: TreeSpec<C>): RunningSupervisor<C> {
    return this.#actors.supervision.supervise(spec);
  }

  get supervisors(): readonly RunningSupervisor[] {
    return this.#actors.supervision.running;
  }

  stop(ref: RefIdentity): Promise<void> {
    return this.#actors.system.stop(ref);
  }

  watch(ref: RefIdentity, tell: (down: DownReason) => void): () => void {
    return this.#actors.system.watch(ref, tell);
  }

  register(name: string, ref: RefIdentity, options?: RegisterOptions): Entered | NotEntered {
    return this.#actors.names.register(name, ref, options);
  }

  unregister(name: string): boolean {
    return this.#actors.names.unregister(name);
  }

  lookup<R extends RefIdentity>(actor: HandleType<R>, name: string): R | undefined {
    return this.#actors.names.lookup(actor, name);
  }

  get groups(): Groups {
    return this.#actors.names;
  }

  get registryCounters(): Readonly<RegistryCounters> {
    return this.#actors.names.counters;
  }

  get actorCounters(): Readonly<ActorCounters> {
    return this.#actors.system.counters;
  }

  get remoteCounters(): Readonly<RemoteCounters> {
    return this.#actors.remote.counters;
  }

  get supervisionCounters(): Readonly<SupervisionCounters> {
    return this.#actors.supervision.counters;
  }

  /** For the actors. */
  supervised(event: SupervisionEvent): void {
    this.#events.tell({ kind: "supervision", event, atMs: event.atMs });
  }

  onMessage<T>(codec: Codec<T>, run: (message: T, from: Peer) => void): void {
    this.#handlers.set(codec, run);
  }

  peerOf(member: MemberId): Peer | undefined {
    return this.#driver.peers.of(member);
  }

  /** For the actors: the members that there is a connection to. */
  get memberPeers(): readonly NodeId[] {
    return this.#driver.peers.all.map(({ node }) => node);
  }

  /** For the actors: what membership says of that start of a node. */
  standingOf(node: NodeId): "reachable" | "unreachable" | "gone" {
    if (isOtherStart(node, this.self)) return "gone";
    const status = this.member(node)?.status;
    if (status === undefined) return this.peerOf(node) === undefined ? "unreachable" : "reachable";
    if (isFinal(status)) return "gone";
    return isAbsent(status) ? "unreachable" : "reachable";
  }

  get movable(): number {
    return this.#actors.movable;
  }

  get departure(): DeparturePhase {
    return this.#departure.phase;
  }

  drain(): Promise<Drained> {
    return this.#departure.drain();
  }

  leave(): Promise<void> {
    if (this.state === "left") return this.close();
    this.state = "leaving";
    return this.#departure.leave();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.leave();
  }

  async #goodbye(): Promise<void> {
    const told = new Promise<void>((resolve) => {
      this.#left = resolve;
    });
    this.#driver.give({ kind: "leaveRequested" });
    await told;
  }

  /** The listener last: an address where nobody listens is taken for a proof of death. */
  async #close(): Promise<void> {
    this.state = "left";
    this.#departure.closed();
    this.#driver?.stop();
    this.#left();
    this.#actors.close();
    // Nobody waits for actors of a node that goes without a goodbye.
    void this.#actors.stop();
    await Promise.all([this.#transport.close(), ...this.#closing]);
    await this.#listener.close();
    await this.#host.pulse?.close();
    this.#events.end();
  }

  #newDriver(state: Membership): MemberDriver {
    return new MemberDriver(this.#host, state, {
      connect: (place) => this.#connect(place),
      tell: (effects) => this.#tell(effects),
      failed: (error) => this.#failed(error),
    });
  }

  /** A transport for an instance of this node; what it tells counts as long as it is the latest. */
  async #open(instance: bigint, advertise: Address | undefined): Promise<Transport> {
    const { listen, metadata, profile, times, takes, pendingHandshakesMax } = this.#options;
    const { onHandshakeFailed, onLoss, onHandlerError } = this.#options;
    const isLatest = () => this.#transport === transport;
    const transport: Transport = await openTransport({
      host: this.#listener.hostForTransport(),
      instance,
      catalogue: this.#catalogue,
      catalogueDigest: this.#catalogueDigest,
      roles: metadata?.roles ?? [],
      times: { ...transportTimes(profileOf(profile)), ...times },
      ...(listen && { listen }),
      ...(advertise && { advertise }),
      ...(takes && { takes }),
      ...(pendingHandshakesMax !== undefined && { pendingHandshakesMax }),
      ...(onHandshakeFailed && { onHandshakeFailed }),
      ...(onLoss && { onLoss }),
      ...(onHandlerError && { onHandlerError }),
      onPeer: (peer) => {
        if (!isLatest()) return;
        peer.refs = this.#actors.remote.refsOf(peer.node);
        this.#driver.peerUp(peer);
      },
      onConnected: (peer) => isLatest() && this.#actors.peerUp(peer),
      onPeerOver: (peer, end) => {
        if (!isLatest()) return;
        this.#driver.peerOver(peer);
        this.#actors.peerOver(peer, end);
      },
      onBreak: (peer, what) => isLatest() && this.#actors.remote.broke(peer, what),
      onVerdict: (peer, lane, verdict) => {
        if (!isLatest()) return;
        this.#driver.verdict(peer, verdict);
        this.#actors.remote.verdict(peer, lane, verdict);
      },
    });
    return transport;
  }

  /** A peer of an instance that is over is nobody to the one that has taken its place. */
  async #connect(place: Place): Promise<Connected<Peer>> {
    const transport = this.#transport;
    const outcome = await transport.connect(place);
    if (transport === this.#transport) return outcome;
    const text = "This node was born again meanwhile.";
    return { status: "notConnected", reason: { by: "us", code: "closing", text } };
  }

  #tell(effects: readonly Told[]): void {
    const joined = new Set<string>();
    for (const effect of effects) {
      switch (effect.kind) {
        case "statusChanged":
          if (effect.was === undefined && effect.status === "alive") joined.add(keyOf(effect.member));
          this.#tellStatus(effect);
          break;
        case "metadataLearned":
          if (!joined.has(keyOf(effect.member))) this.#tellOf("metadataChanged", effect.member);
          break;
        case "rebirth":
          this.#rebirth(effect).catch((error: unknown) => this.#failed(error));
          break;
        case "standDown":
          this.#event({ kind: "standDown" });
          break;
        case "left":
          this.#event({ kind: "left" });
          this.#left();
          break;
        default:
          effect satisfies never;
      }
    }
  }

  #tellStatus(effect: Told & { readonly kind: "statusChanged" }): void {
    const { member: id, was, status, evidence, accusers, incarnation } = effect;
    this.#actors.told(id, status);
    if (was === undefined && status === "alive") return this.#tellOf("joined", id);
    const member = this.member(id);
    if (member === undefined) return;
    this.#event({ kind: "statusChanged", member, was, status, evidence, accusers, incarnation });
  }

  #tellOf(kind: "joined" | "metadataChanged", id: MemberId): void {
    const member = this.member(id);
    if (member !== undefined) this.#event({ kind, member });
  }

  /** Another instance at the same listener, in the cluster as a newcomer. */
  async #rebirth({ evidence, accusers }: Told & { readonly kind: "rebirth" }): Promise<void> {
    const was = this.self;
    const old = this.#transport;
    const closing = old.close();
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
    this.#driver.forgetPeers();
    const transport = await this.#open(this.#host.newInstance(), { host: was.host, port: was.port });
    if (this.state === "left") return transport.close();
    this.#transport = transport;
    this.#handlers.moveTo(transport);
    this.#actors.reborn();
    this.#driver.give({ kind: "reborn", instance: transport.node.instance });
    this.#event({ kind: "reborn", was, self: transport.node, evidence, accusers });
  }

  #event(event: UntimedEvent): void {
    if (changesPlaces(event.kind)) this.#actors.supervision.changed();
    this.#events.tell({ ...event, atMs: this.nowMs } as ClusterEvent);
  }

  /** Nobody's business here: it surfaces as the uncaught exception that it is, when this node's work is done. */
  #failed(error: unknown): void {
    this.#host.schedule(() => {
      throw error;
    });
  }
}
