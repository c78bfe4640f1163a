/// <reference lib="esnext.disposable" preserve="true" />
// The cluster as an application sees it from one of its nodes.

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
import type { MemberId, Metadata, Place, TrailEntry } from "../membership/index.ts";
import type { RegistryCounters } from "../registry/index.ts";
import type { RemoteCounters } from "../remote/index.ts";
import type { RunningSupervisor, SupervisionCounters, TreeChild, TreeSpec } from "../supervision/index.ts";
import type { Peer } from "../transport/index.ts";
import type { ClusterCounters } from "./cluster-counters.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import type { ClusterMember } from "./cluster-member.ts";
import type { DeparturePhase } from "./departure.ts";
import type { Entered, Groups, NotEntered, RegisterOptions } from "./names.ts";
import type { AnyNodeOptions, Choice } from "./placement.ts";

/** How {@link Cluster.events} is to be had. */
export interface EventsOptions {
  /** Begin with an event `members`. Default: false. */
  readonly snapshot?: boolean;
  /** Events that wait to be taken; those beyond are dropped, and told of by an event `missed`. Default 1024. */
  readonly waitingMax?: number;
}

/** Which member: its id, its name, `host:port`, or `host:port#instance` as `formatNodeId` writes it. */
export type MemberReference = string | MemberId;

/** What came of {@link Cluster.drain}. */
export interface Drained {
  /** Children that ran here, and do not any more. */
  readonly handedOver: number;
  /** Those that did not end in their time. */
  readonly remaining: number;
  /** Actors that stay until the node leaves: its own, and those that others started here without a supervisor. */
  readonly actors: number;
}

/** One node's share in a cluster. Disposing of it is {@link leave}. */
export interface Cluster extends AsyncDisposable {
  /** This node. Another instance after a rebirth. */
  readonly self: MemberId;
  /** On the clock that all times of members, trails and events are on: milliseconds, the zero means nothing. */
  readonly nowMs: number;
  /** `leaving`: the goodbye is being told. `left`: it is over, by {@link leave} or {@link close}. */
  readonly state: "running" | "leaving" | "left";
  /** Since the start. */
  readonly counters: ClusterCounters;

  /** All that are known, this node first, those too that are final. */
  members(): readonly ClusterMember[];
  /** Of several with that name or address, one that is alive rather than one that is not, and the latest known. */
  member(which: MemberReference): ClusterMember | undefined;
  /** Why a member is what it is said to be: the last claims about it, oldest first. */
  why(which: MemberReference): readonly TrailEntry[];

  /** Everything that happens from now on. Each iteration has a queue of its own, with a bound. */
  events(options?: EventsOptions): AsyncIterableIterator<ClusterEvent>;
  /** As `events`, at once and without a queue; calling what it returns ends it. What `listener` throws is not caught. */
  on(listener: (event: ClusterEvent) => void): () => void;

  /** Further addresses to join by. Throws a RangeError where there would be too many. */
  join(seeds: readonly Place[]): void;
  /** Changes what this node says of itself, and tells all. Throws a RangeError that says what is out of bounds. */
  setMetadata(changes: Partial<Metadata>): void;

  /**
   * Starts an actor here that is nobody's child. Throws what its constructor throws, and where it is bound to no class in
   * this process: `actors` of the options takes `WorkerActor.from(Worker)`.
   */
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options?: SpawnOptions,
  ): ActorRef<A, Idempotent>;
  /** Starts an actor on the node that `on` leads to, which answers once its constructor has run. */
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: Spawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options: RemoteSpawnOptions,
  ): Promise<Outcome<ActorRef<A, Idempotent>>>;
  /** For `on`: any member that can be reached and offers the actor, this node too unless told otherwise. */
  anyNode(options?: AnyNodeOptions): Placement;
  /** For `on`: that member. */
  node(which: MemberReference): Placement;
  /** For `on`: the one that a function chooses among the members that can be reached and offer the actor. */
  where(choose: Choice): Placement;
  /**
   * Starts a supervisor here, with its children in their order, on this node and on others. Throws a RangeError where two
   * children have the same name; what cannot be started is told by `ready`. Leaving ends it first.
   */
  supervise<const C extends readonly TreeChild[]>(spec: TreeSpec<C>): RunningSupervisor<C>;
  /** The supervisors that were started here and are not over, but for those below them; the oldest first. */
  readonly supervisors: readonly RunningSupervisor[];
  /** Ends an actor of this node after the message that it is at. Fulfilled when it has ended; at once where it is none. */
  stop(ref: RefIdentity): Promise<void>;
  /**
   * Has `tell` called once when an actor, near or far, is gone, behind its last message; at once where that is known.
   * Calling what it returns ends that.
   */
  watch(ref: RefIdentity, tell: (down: DownReason) => void): () => void;
  /**
   * Gives an actor, near or far, a name in the whole cluster: it has it as long as it lives and this node does. Where two
   * nodes give one name at a time, that of the older claim stands, the same one at every node, and the other is told by
   * `onLost`. Throws a RangeError where the name is empty or longer than 128 UTF-16 units.
   */
  register(name: string, ref: RefIdentity, options?: RegisterOptions): Entered | NotEntered;
  /** Takes back a name that this node has given. False where it has not. */
  unregister(name: string): boolean;
  /** The actor of that definition that has the name, as far as is known here. */
  lookup<R extends RefIdentity>(actor: HandleType<R>, name: string): R | undefined;
  /** Sets of actors that every node knows. */
  readonly groups: Groups;
  /** Of names and groups. */
  readonly registryCounters: Readonly<RegistryCounters>;
  /** Of the actors here. */
  readonly actorCounters: Readonly<ActorCounters>;
  /** Of what goes between the actors here and those of other members. */
  readonly remoteCounters: Readonly<RemoteCounters>;
  /** Of the children of the supervisors here. */
  readonly supervisionCounters: Readonly<SupervisionCounters>;

  /**
   * Gives every message of a type to `run`, also after a rebirth: then those alone that are meant for the new instance.
   * One handler a type. Throws where the type is not among those that the node was given.
   */
  onMessage<T>(codec: Codec<T>, run: (message: T, from: Peer) => void): void;
  /** The connection to a member; undefined where there is none at the moment. */
  peerOf(member: MemberId): Peer | undefined;

  /** How many children run here that could run on another node: for supervisors of others, and of this node. */
  readonly movable: number;
  /** How far this node has got with leaving, or with making itself empty. */
  readonly departure: DeparturePhase;
  /**
   * Makes this node empty: nothing is started here for others any more, and supervised children that can run on other
   * nodes are started there, those of this node's own supervisors with a placement too. What waits for them is handled
   * first. Fulfilled when that is done or its time is up. There is no way back but to start the node again.
   */
  drain(): Promise<Drained>;
  /**
   * Goes in phases, each with its time: nothing is started here any more; children that run here for others are started
   * elsewhere; supervisors and actors of this node end; all are told goodbye; connections are closed and, last of all,
   * the listener. Fulfilled when all that is done; asked again, it waits for the same end.
   */
  leave(): Promise<void>;
  /** Closes everything without a goodbye to the cluster: the others will find this node dead. */
  close(): Promise<void>;
}
