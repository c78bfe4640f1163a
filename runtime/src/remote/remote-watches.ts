// Who watches whom across nodes, and who runs whose children: one system link, one table of watches and two of children
// with each start of a node that there is something to be said to.

import type { ActorSystem, DownReason, RefIdentity } from "../actors/index.ts";
import { portOf } from "../actors/index.ts";
import { type LeaseTimes, localLeaseMemory } from "../supervision/index.ts";
import { type Break, formatNodeId, type LaneName, type NodeId, type Verdict } from "../transport/index.ts";
import type { RemoteCounters, RemoteReport } from "./counters.ts";
import { FarChildren } from "./far-children.ts";
import { FarPort } from "./far-port.ts";
import { HeldChildren } from "./held-children.ts";
import type { KeptLease, LeaseKeeper, OnLeaseLost } from "./lease-keeper.ts";
import type { RemoteNetwork, RemotePeer } from "./network.ts";
import { lasts, leaseAnswers, leaseAsks, systemMessages } from "./runtime-types.ts";
import type { Session } from "./session.ts";
import { SystemLink } from "./system-link.ts";
import type { SystemBody } from "./system-messages.ts";
import { Watches } from "./watches.ts";

/** What is needed of the node. */
export interface WatchingNode {
  readonly system: ActorSystem;
  readonly lease: LeaseTimes;
  /** Renews leases beside the main loop; absent where nothing does. */
  readonly leaseKeeper: LeaseKeeper | undefined;
  readonly onLeaseLost: OnLeaseLost;
  readonly counters: Pick<RemoteCounters, "resent" | "leasesLost">;
  /** The process is to end. */
  exit(): void;
  /** A child could be started again where it could not. */
  becameStartable(): void;
  sessionOf(peer: RemotePeer): Session;
  report(report: RemoteReport): void;
}

/**
 * Why a start of a node is over. `nodeLeft`: it has said goodbye to all. `removed`: by the policy of membership, which is no
 * proof that it does not run any more.
 */
export type NodeEnd = "nodeDied" | "nodeLeft" | "removed";

/** One start of another node. */
class Other {
  readonly link: SystemLink<SystemBody>;
  readonly watches: Watches;
  /** Of supervisors here. */
  readonly far: FarChildren;
  /** Of supervisors there. */
  readonly held: HeldChildren;

  readonly #report: (reason: string) => void;

  constructor(id: NodeId, node: WatchingNode, network: RemoteNetwork) {
    const clock = node.system.host;
    const fence = (): void => this.#fence("faulty");
    this.link = new SystemLink<SystemBody>(clock, {
      send: (message) => network.peerOf(id)?.sendControl(systemMessages, message).status === "accepted",
      deliver: (body) => this.#received(body),
      resent: (messages) => {
        node.counters.resent += messages;
      },
      fenced: (reason) => this.#fence(reason),
    });
    this.#report = (reason) => node.report({ event: "fenced", node: id, reason });
    this.watches = new Watches(
      {
        submit: (body) => this.link.submit(body),
        sendLast: (last, _actor, watcher) => {
          const peer = network.peerOf(id);
          if (peer === undefined || peer.userStream === 0) return false;
          node.sessionOf(peer).sendBehind(watcher, lasts, last);
          return true;
        },
        setTimer: (afterMs, run) => clock.setTimer(afterMs, run),
        fence,
      },
      {
        watch: (actor, tell) => {
          const cell = node.system.find(actor);
          return cell && node.system.watch(node.system.refOf(cell), tell);
        },
      },
    );
    const times = node.lease;
    const kept = (term: number, untilMs: number): KeptLease => {
      return { self: network.self, peer: id, term, times, untilMs };
    };
    const link = {
      now: () => clock.now(),
      setTimer: (afterMs: number, run: () => void) => clock.setTimer(afterMs, run),
      submit: (body: SystemBody) => this.link.submit(body),
      fence,
    };
    this.far = new FarChildren(
      {
        ...link,
        opened: () => node.becameStartable(),
        grant: (term, untilMs) =>
          node.leaseKeeper?.grant(kept(term, untilMs)) ?? localLeaseMemory(term, untilMs),
        answer: (answer) => void network.peerOf(id)?.sendControl(leaseAnswers, answer),
      },
      times,
    );
    this.held = new HeldChildren(
      {
        ...link,
        ask: (ask) => void network.peerOf(id)?.sendControl(leaseAsks, ask),
        hold: (term, untilMs) =>
          node.leaseKeeper?.hold(kept(term, untilMs), node.onLeaseLost) ?? {
            memory: localLeaseMemory(term, untilMs),
            children: () => {},
          },
        lost: (children, lateMs) => {
          node.counters.leasesLost++;
          node.report({ event: "leaseLost", node: id, children, lateMs: Math.round(lateMs) });
          if (node.onLeaseLost === "exit") node.exit();
        },
      },
      times,
    );
  }

  end(why: NodeEnd | "unreachable"): void {
    this.link.end();
    this.watches.end(why === "unreachable" ? why : "nodeDied");
    if (why === "nodeDied" || why === "nodeLeft") this.far.died(why);
    else this.far.giveUp();
    this.held.end();
  }

  #received(body: SystemBody): void {
    if (body.kind === "stopChild") this.held.stop(body);
    else if (body.kind === "childGone") this.far.gone(body);
    else if (body.kind === "leaving") this.far.leaving();
    else this.watches.received(body);
  }

  #fence(reason: string): void {
    this.#report(reason);
    this.end("unreachable");
  }
}

export class RemoteWatches {
  readonly #node: WatchingNode;
  readonly #network: RemoteNetwork;
  readonly #others = new Map<string, Other>();

  constructor(node: WatchingNode, network: RemoteNetwork) {
    this.#node = node;
    this.#network = network;
  }

  listen(): void {
    const network = this.#network;
    network.onMessage(systemMessages, (message, { node }) => this.#heard(node)?.link.received(message));
    network.onMessage(leaseAsks, (ask, { node }) => this.#heard(node)?.far.asked(ask));
    network.onMessage(leaseAnswers, (answer, { node }) => this.#heard(node)?.held.answered(answer));
    network.onMessage(lasts, (last, { node }) => this.#heard(node)?.watches.lastReceived(last));
  }

  /** As {@link Watches.watch}, for any handle. */
  watch(ref: RefIdentity, tell: (down: DownReason) => void, watcher: number): () => void {
    const to = portOf(ref);
    if (!(to instanceof FarPort)) {
      tell({ reason: "neverExisted" });
      return () => {};
    }
    const known = this.#others.get(formatNodeId(to.node));
    const standing = this.#network.standingOf?.(to.node) ?? "reachable";
    if (known === undefined && standing !== "reachable") {
      tell({ reason: standing === "gone" ? "nodeDied" : "unreachable" });
      return () => {};
    }
    return (known ?? this.#other(to.node)).watches.watch(to.address.id, watcher, tell);
  }

  peerUp(peer: RemotePeer): void {
    const other = this.#others.get(formatNodeId(peer.node));
    other?.watches.reachable();
    other?.link.opened();
  }

  broke(peer: RemotePeer, { lane }: Break): void {
    const other = this.#others.get(formatNodeId(peer.node));
    // The end of a stream that another one took the place of is told late: the lane is open by then.
    if (lane === "control" && !peer.controlIsOpen) other?.link.closed();
    if (lane === "user" && peer.userStream === 0) other?.watches.userLaneBroke();
  }

  verdict(peer: RemotePeer, lane: LaneName, verdict: Verdict): void {
    if (lane === "control" && verdict === "reopened")
      this.#others.get(formatNodeId(peer.node))?.link.opened();
  }

  /** It cannot be reached, and may be alive. */
  unreachable(node: NodeId): void {
    this.#others.get(formatNodeId(node))?.watches.unreachable();
  }

  reachable(node: NodeId): void {
    this.#others.get(formatNodeId(node))?.watches.reachable();
  }

  /** That start of a node is over: that is proven, or the policy of membership has decided it. */
  died(node: NodeId, why: NodeEnd): void {
    this.#end(formatNodeId(node), why);
  }

  /** How many children run here for supervisors of other nodes. */
  get heldCount(): number {
    return [...this.#others.values()].reduce((sum, { held }) => sum + held.size, 0);
  }

  /** None does, and all who can be reached know. */
  get isHandedOver(): boolean {
    return [...this.#others.values()].every(({ held, link }) => held.size === 0 && link.isIdle);
  }

  /** This node takes no more: whoever has children here is told, and they end. */
  leave(): void {
    for (const { held, link } of this.#others.values()) {
      link.submit({ kind: "leaving" });
      held.leave();
    }
  }

  /** The children of supervisors here that run there. */
  farChildren(node: NodeId): FarChildren {
    return this.#other(node).far;
  }

  /** The children that run here for supervisors there. */
  heldChildren(node: NodeId): HeldChildren {
    return this.#other(node).held;
  }

  /** This node goes on as another instance, or not at all. */
  cutOff(): void {
    for (const key of [...this.#others.keys()]) this.#end(key, "unreachable");
  }

  #end(key: string, why: NodeEnd | "unreachable"): void {
    const other = this.#others.get(key);
    this.#others.delete(key);
    other?.end(why);
  }

  /** Whom a message came from. What was under way of a start or a connection that is over comes too late for anybody. */
  #heard(node: NodeId): Other | undefined {
    const known = this.#others.get(formatNodeId(node));
    if (known !== undefined) return known;
    const isOver = this.#network.peerOf(node) === undefined || this.#network.standingOf?.(node) === "gone";
    return isOver ? undefined : this.#other(node);
  }

  #other(node: NodeId): Other {
    const key = formatNodeId(node);
    let other = this.#others.get(key);
    if (other === undefined) {
      other = new Other(node, this.#node, this.#network);
      this.#others.set(key, other);
      if (this.#network.peerOf(node) !== undefined) other.link.opened();
    }
    return other;
  }
}
