// The actors of a node of a cluster: those that run here, and the way to those of other members.

import {
  type ActorHost,
  type ActorRef,
  type ActorReport,
  ActorSystem,
  type LocalSpawnable,
  type Logger,
  type NotSent,
  type Outcome,
  type Placement,
  placement,
  type RemoteSpawnOptions,
  type SpawnOptions,
} from "../actors/index.ts";
import type { AnyActor, AnyDefinition } from "../actors/protocol.ts";
import type { TransferMode } from "../actors/transfer.ts";
import { isAbsent, isFinal, type MemberStatus } from "../membership/index.ts";
import { registryMessages } from "../registry/index.ts";
import {
  type OnLeaseLost,
  type RemoteNetwork,
  RemoteNode,
  type RemotePeer,
  type RemoteReport,
} from "../remote/index.ts";
import type { LeaseTimes, SupervisionEvent } from "../supervision/index.ts";
import { formatNodeId, type NodeId, type Offer, type PeerEnd } from "../transport/index.ts";
import type { ClusterHost } from "./cluster-host.ts";
import type { ClusterMember } from "./cluster-member.ts";
import { ClusterRegistry, type RegistryCluster } from "./cluster-registry.ts";
import { ClusterSupervision } from "./cluster-supervision.ts";
import { type ChoiceContext, PlacementRule } from "./placement.ts";

/** What is needed of the cluster. */
export interface ActorsCluster extends RemoteNetwork {
  members(): readonly ClusterMember[];
  member(which: string | NodeId): ClusterMember | undefined;
  /** The members that there is a connection to. */
  readonly memberPeers: readonly NodeId[];
  standingOf(node: NodeId): "reachable" | "unreachable" | "gone";
  /** What happens to the supervisors of this node. */
  supervised(event: SupervisionEvent): void;
}

export interface ClusterActorsOptions {
  /** What this node sends to; those with a class can be started here, also by others. */
  readonly actors?: readonly (AnyActor | AnyDefinition)[];
  /** Where actors write. Default: nobody reads. */
  readonly logger?: Logger;
  /** What becomes of values between actors of this process. Default: `shared`. */
  readonly transfer?: TransferMode;
  /** Told what went wrong or was lost among the actors here. Default: the logger is. */
  readonly onActor?: (report: ActorReport) => void;
  /**
   * Under which supervisors have children on other nodes: how long these run while the supervisor's node cannot be
   * reached, and when they are started elsewhere. The same on all nodes. Default: those of the profile, else of `lan`.
   */
  readonly lease?: LeaseTimes;
  /**
   * What this node does when the lease runs out, or is refused, while children of another node's supervisors run here.
   *
   * - `stop`: they handle, send and answer nothing more. A handler that is at work goes on: what it does to systems outside is
   *   to be fenced by `context.generation`.
   * - `exit`: the process ends at once, with code 75 and without leaving; where its main loop is blocked, by SIGKILL, which
   *   its pulse thread sends. All that runs in it ends, whether the lease was of it or not.
   *
   * The end comes up to 0.15 s behind that of the lease; in a process that stood still altogether, when it goes on. Without a
   * pulse thread only the main loop ends the process. Default: `stop`.
   */
  readonly onLeaseLost?: OnLeaseLost;
  /**
   * Whether a member may start that actor here, by the name of its definition; false: `rejected: notAuthorised`. Default: every
   * member may start what `actors` has with its class.
   */
  readonly accept?: (peer: NodeId, actor: string) => boolean;
  /** Told what was lost or could not be read between nodes. Default: the logger is. */
  readonly onRemote?: (report: RemoteReport) => void;
}

/** EX_TEMPFAIL of sysexits.h: whoever started the process may start it again. */
const leaseLostCode = 75;

export class ClusterActors {
  readonly remote: RemoteNode;
  readonly supervision: ClusterSupervision;
  readonly #options: ClusterActorsOptions;
  readonly #cluster: ActorsCluster;
  #exit: () => void = () => {};
  #system: ActorSystem | undefined;
  #names: ClusterRegistry | undefined;

  constructor(cluster: ActorsCluster, options: ClusterActorsOptions, refusalIsDeath: boolean) {
    this.#cluster = cluster;
    this.#options = options;
    const { logger, onRemote = (report) => logger?.warn(report, `actors: ${report.event}`) } = options;
    this.remote = new RemoteNode({
      network: cluster,
      actors: options.actors ?? [],
      place: (on, actor) => this.#place(on, actor),
      refusalIsDeath,
      onStartable: () => this.supervision.changed(),
      ...(options.accept && { accept: options.accept }),
      report: onRemote,
      ...(options.lease && { lease: options.lease }),
      ...(options.onLeaseLost && { onLeaseLost: options.onLeaseLost }),
      exit: () => this.#exit(),
    });
    const actors = this;
    this.supervision = new ClusterSupervision({
      remote: this.remote,
      get self() {
        return cluster.self;
      },
      get system() {
        return actors.system;
      },
      place: (child, context) => {
        const canStart = ({ id, isSelf }: ClusterMember): boolean => isSelf || this.remote.canStart(id);
        const at = this.#place(child.on ?? "", child.definition.name, context, canStart);
        // That start of a node that is called by its name may be the one whose end this is about.
        const isGone = !("status" in at) && cluster.standingOf(at) === "gone";
        return isGone ? nowhere(`alive and called ${String(child.on)}`, child.definition.name) : at;
      },
      tell: (event) => cluster.supervised(event),
    });
  }

  /** The types for this node's catalogue. */
  get offers(): readonly Offer[] {
    return [registryMessages, ...this.remote.offers];
  }

  /** This node has a name now. */
  start(host: ClusterHost): void {
    const { actors = [], logger, transfer, onActor } = this.#options;
    this.#system = new ActorSystem({
      host: host.actors ?? actorHostOf(host),
      node: formatNodeId(this.#cluster.self),
      actors: actors.filter((actor) => "definition" in actor),
      remote: this.remote,
      ...(logger && { logger }),
      ...(transfer && { transfer }),
      ...(onActor && { report: onActor }),
    });
    this.remote.attach(this.#system, host.pulse?.leases);
    this.#exit = () => host.exit?.(leaseLostCode);
    const names = new ClusterRegistry(registryCluster(this.#cluster, host, this.#system, this.remote));
    this.#cluster.onMessage(registryMessages, (message, from) => names.received(from.node, message));
    this.#names = names;
  }

  get system(): ActorSystem {
    if (this.#system === undefined) throw new Error("the node has not started");
    return this.#system;
  }

  get names(): ClusterRegistry {
    if (this.#names === undefined) throw new Error("the node has not started");
    return this.#names;
  }

  spawn<A, Args extends readonly unknown[], Idempotent extends string>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: Args,
    options: SpawnOptions | RemoteSpawnOptions = {},
  ): ActorRef<A, Idempotent> | Promise<Outcome<ActorRef<A, Idempotent>>> {
    if (!("on" in options)) return this.system.spawn(actor, args, options);
    const definition: AnyDefinition = "definition" in actor ? actor.definition : actor;
    // The definition makes handles of that type.
    return this.remote.spawn(definition, args, options, undefined) as Promise<
      Outcome<ActorRef<A, Idempotent>>
    >;
  }

  /** This node goes on as another instance: handles of the last one lead nowhere any more. */
  reborn(): void {
    this.remote.cutOff();
    this.system.node = formatNodeId(this.#cluster.self);
    this.names.reborn();
  }

  /** A connection is there, for the first time or again. */
  peerUp(peer: RemotePeer): void {
    this.remote.peerUp(peer);
    this.names.peerUp(peer.node);
    this.supervision.changed();
  }

  peerOver(peer: RemotePeer, end: PeerEnd): void {
    this.remote.peerOver(peer, end);
    this.names.peerOver(peer.node);
  }

  /** Membership says of a member that it is this now. */
  told(id: NodeId, status: MemberStatus): void {
    if (isFinal(status)) {
      this.remote.died(id, nodeEndOf(status));
      this.names.gone(id);
    } else if (isAbsent(status)) this.remote.unreachable(id);
    else {
      this.remote.reachable(id);
      this.names.reachable(id);
    }
  }

  /** Nothing comes from other nodes any more, and nothing goes there. */
  close(): void {
    this.remote.cutOff();
    this.#names?.close();
  }

  /** How many children run here that could run elsewhere: for supervisors of others, and for those of this node. */
  get movable(): number {
    return this.remote.heldCount + this.supervision.placedHere;
  }

  /** How many actors run here. */
  get size(): number {
    return this.#system?.counters.actors ?? 0;
  }

  /**
   * Nothing is started here any more for others, and what runs here for them ends, to be started elsewhere.
   *
   * @param isStaying whether this node's own supervisors go on: then what they have here is started elsewhere, too
   */
  handOver(isStaying: boolean): void {
    this.remote.leave();
    if (isStaying) this.supervision.handOver();
  }

  /** All that is done, and all who can be reached know. */
  isHandedOver(isStaying: boolean): boolean {
    return this.remote.isHandedOver && (!isStaying || this.supervision.placedHere === 0);
  }

  /** Ends all actors. */
  async stop(): Promise<void> {
    await this.supervision.stop();
    this.remote.leave();
    if (this.#system !== undefined && this.#system.counters.actors > 0) await this.#system.stopAll();
    this.#system?.deadlines.stop();
  }

  #place(
    on: string | Placement,
    actor: string,
    context = noContext,
    canStart: (member: ClusterMember) => boolean = () => true,
  ): NodeId | NotSent {
    const fit = this.#cluster.members().filter((member) => isFit(member, actor) && canStart(member));
    if (on instanceof PlacementRule) return on.choose(fit, context)?.id ?? nowhere(on[placement], actor);
    if (typeof on !== "string") return nowhere(on[placement], actor);
    // Whoever says which node is told what that node says.
    return this.#cluster.member(on)?.id ?? nowhere(`a node called ${on}`, actor);
  }
}

function nodeEndOf(status: MemberStatus): "nodeLeft" | "removed" | "nodeDied" {
  if (status === "left") return "nodeLeft";
  return status === "removed" ? status : "nodeDied";
}

/** Of what is started once. */
const noContext: ChoiceContext = { last: undefined, childrenOn: () => 0 };

function registryCluster(
  cluster: ActorsCluster,
  host: ClusterHost,
  system: ActorSystem,
  remote: RemoteNode,
): RegistryCluster {
  return {
    get self() {
      return cluster.self;
    },
    now: () => host.now(),
    random: () => host.random(),
    schedule: (run) => host.schedule(run),
    setTimer: (afterMs, run) => host.setTimer(afterMs, run),
    peers: () => cluster.memberPeers,
    send: (to, message) => cluster.peerOf(to)?.sendControl(registryMessages, message).status === "accepted",
    isGone: (node) => cluster.standingOf(node) === "gone",
    isMember: (node) => cluster.member(node) !== undefined,
    portTo: (name, node, actor) => remote.portTo(name, node, actor),
    watch: (ref, tell) => system.watch(ref, tell),
    // It surfaces as the uncaught exception that it is, when this node's work is done.
    failed: (error) =>
      host.schedule(() => {
        throw error;
      }),
  };
}

function isFit({ isSelf, isConnected, status, actors }: ClusterMember, actor: string): boolean {
  return (isSelf || (isConnected && status === "alive")) && actors.includes(actor);
}

function nowhere(words: string, actor: string): NotSent {
  const text = `There is no node to start ${actor} on that is ${words} and can be reached.`;
  return { status: "notSent", reason: "unreachable", text };
}

/** For worlds that know nothing of actors. */
function actorHostOf(host: ClusterHost): ActorHost {
  return {
    now: () => host.now(),
    random: () => host.random(),
    schedule: (run) => host.schedule(run),
    yield: (run) => void host.setTimer(0, run),
    setTimer: (afterMs, run) => host.setTimer(afterMs, run),
  };
}
