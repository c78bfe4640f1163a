// Who watches whom across nodes: one system link and one table of watches with each start of a node that there is
// something to be said to.

import type { ActorSystem, DownReason, RefIdentity } from "../actors/index.ts";
import { port } from "../actors/index.ts";
import { type Break, formatNodeId, type LaneName, type NodeId, type Verdict } from "../transport/index.ts";
import type { RemoteReport } from "./counters.ts";
import { FarPort } from "./far-port.ts";
import type { RemoteNetwork, RemotePeer } from "./network.ts";
import { lasts, systemMessages } from "./runtime-types.ts";
import type { Session } from "./session.ts";
import { SystemLink } from "./system-link.ts";
import type { SystemBody } from "./system-messages.ts";
import { Watches } from "./watches.ts";

/** What is needed of the node. */
export interface WatchingNode {
  readonly system: ActorSystem;
  sessionOf(peer: RemotePeer): Session;
  report(report: RemoteReport): void;
}

/** One start of another node. */
class Other {
  readonly link: SystemLink<SystemBody>;
  readonly watches: Watches;

  constructor(id: NodeId, node: WatchingNode, network: RemoteNetwork) {
    const clock = node.system.host;
    this.link = new SystemLink<SystemBody>(clock, {
      send: (message) => network.peerOf(id)?.sendControl(systemMessages, message).status === "accepted",
      deliver: (body) => this.watches.received(body),
      fenced: (reason) => {
        node.report({ event: "fenced", node: id, reason });
        this.watches.end("unreachable");
      },
    });
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
        fence: () => {
          node.report({ event: "fenced", node: id, reason: "faulty" });
          this.link.end();
          this.watches.end("unreachable");
        },
      },
      {
        watch: (actor, tell) => {
          const cell = node.system.find(actor);
          return cell && node.system.watch(node.system.refOf(cell), tell);
        },
      },
    );
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
    this.#network.onMessage(systemMessages, (message, from) => this.#other(from.node).link.received(message));
    this.#network.onMessage(lasts, (last, from) => this.#other(from.node).watches.lastReceived(last));
  }

  /** As {@link Watches.watch}, for any handle. */
  watch(ref: RefIdentity, tell: (down: DownReason) => void, watcher: number): () => void {
    const to = ref[port];
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
    if (lane === "control") other?.link.closed();
    else other?.watches.userLaneBroke();
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

  /** That start of a node is over. */
  died(node: NodeId): void {
    this.#end(formatNodeId(node), "nodeDied");
  }

  /** This node goes on as another instance, or not at all. */
  cutOff(): void {
    for (const key of [...this.#others.keys()]) this.#end(key, "unreachable");
  }

  #end(key: string, why: "nodeDied" | "unreachable"): void {
    const other = this.#others.get(key);
    this.#others.delete(key);
    other?.link.end();
    other?.watches.end(why);
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
