// Nodes with actors on a network in memory, where time passes when the test says so.

import { type ActorHost, ActorSystem } from "../actors/index.ts";
import type { AnyActor, AnyDefinition } from "../actors/protocol.ts";
import type { ActorReport } from "../actors/report.ts";
import { MemoryClusterHost } from "../cluster/clusters.testing.ts";
import {
  Catalogue,
  formatNodeId,
  type NodeId,
  openTransport,
  sameNode,
  type Transport,
} from "../transport/index.ts";
import { MemoryNetwork } from "../transport/memory-network.testing.ts";
import type { TransportOptions } from "../transport/transport.ts";
import type { RemoteReport } from "./counters.ts";
import { RemoteNode, type RemoteNodeOptions } from "./remote-node.ts";

export interface TestNode {
  readonly name: string;
  readonly host: MemoryClusterHost;
  readonly transport: Transport;
  readonly remote: RemoteNode;
  readonly system: ActorSystem;
  readonly reports: RemoteReport[];
  readonly actorReports: ActorReport[];
  /** The ids of nodes that it knows to be over. */
  readonly gone: Set<string>;
  /** The other nodes' ids, by name, the last that were connected to. */
  nodeOf(name: string): NodeId;
}

export class World {
  readonly network = new MemoryNetwork();
  readonly nodes: TestNode[] = [];

  async start(
    name: string,
    actors: readonly (AnyActor | AnyDefinition)[],
    more: Partial<TransportOptions> = {},
    policy: Pick<RemoteNodeOptions, "accept"> = {},
  ): Promise<TestNode> {
    const host = new MemoryClusterHost(this.network, name);
    this.network.hosts.push(host);
    const reports: RemoteReport[] = [];
    const actorReports: ActorReport[] = [];
    const seen = new Map<string, NodeId>();
    const gone = new Set<string>();
    let transport: Transport | undefined;
    const here = (): Transport => {
      if (transport === undefined) throw new Error("not open yet");
      return transport;
    };
    const remote = new RemoteNode({
      network: {
        get self() {
          return here().node;
        },
        peerOf: (node) => here().peers.find((peer) => sameNode(peer.node, node)),
        standingOf: (node) => (gone.has(formatNodeId(node)) ? "gone" : "reachable"),
        onMessage: (codec, run) => here().onMessage(codec, run),
      },
      actors,
      ...policy,
      place: (on) =>
        on === name
          ? here().node
          : (seen.get(String(on)) ?? { status: "notSent", reason: "unreachable", text: "" }),
      report: (report) => reports.push(report),
    });
    const catalogue = new Catalogue(remote.offers);
    transport = await openTransport({
      host,
      instance: 1n,
      listen: { host: name, port: 1 },
      catalogue,
      catalogueDigest: catalogue.text,
      onPeer(peer) {
        seen.set(peer.node.host, peer.node);
        peer.refs = remote.refsOf(peer.node);
        remote.peerUp(peer);
      },
      onConnected: (peer) => remote.peerUp(peer),
      onPeerOver: (peer, end) => remote.peerOver(peer, end),
      onBreak: (peer, what) => remote.broke(peer, what),
      onVerdict: (peer, lane, verdict) => remote.verdict(peer, lane, verdict),
      ...more,
    });
    const system = new ActorSystem({
      host: actorHostOf(host),
      node: formatNodeId(transport.node),
      actors: actors.filter((actor) => "definition" in actor),
      remote,
      report: (report) => actorReports.push(report),
    });
    remote.attach(system);
    const nodeOf = (of: string): NodeId => {
      const node = seen.get(of);
      if (node === undefined) throw new Error(`${name} has never been connected to ${of}`);
      return node;
    };
    const node = { name, host, transport, remote, system, reports, actorReports, gone, nodeOf };
    this.nodes.push(node);
    return node;
  }

  async connect(from: TestNode, to: TestNode): Promise<void> {
    const connecting = from.transport.connect({ host: to.name, port: 1 });
    await this.settle();
    const connected = await connecting;
    if (connected.status !== "connected") throw new Error(connected.reason.text);
  }

  /** Two nodes, `a` connected to `b`. */
  async pair(
    left: readonly (AnyActor | AnyDefinition)[],
    right: readonly (AnyActor | AnyDefinition)[] = left,
    more: Partial<TransportOptions> = {},
  ): Promise<{ a: TestNode; b: TestNode }> {
    const a = await this.start("a", left, more);
    const b = await this.start("b", right, more);
    await this.connect(a, b);
    return { a, b };
  }

  /** Everything that needs no time, promises included. */
  async settle(): Promise<void> {
    for (let round = 0; round < 5; round++) {
      await this.network.settled();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async pass(ms: number): Promise<void> {
    await this.network.advance(ms);
    await this.settle();
  }

  /** Waits for a promise while everything happens that needs no time. */
  async of<T>(promise: PromiseLike<T>): Promise<T> {
    let value: { readonly it: T } | undefined;
    void promise.then((it) => {
      value = { it };
    });
    for (let round = 0; round < 20 && value === undefined; round++) await this.settle();
    if (value === undefined) throw new Error("nothing came, and no time passes");
    return value.it;
  }

  /** Breaks the open streams of a node's user lane or of both, as a network does. */
  breakStreams(node: TestNode): void {
    for (const stream of node.host.streams) {
      if (stream.isGone) continue;
      const { peer } = stream;
      stream.fail({ code: "reset", text: "broken by the test" });
      peer?.fail({ code: "reset", text: "broken by the test" });
    }
  }

  /** The process is gone: its system closes what it had open, and refuses. */
  kill(node: TestNode): void {
    this.network.unlisten({ host: node.name, port: 1 });
    node.host.stop();
  }
}

function actorHostOf(host: MemoryClusterHost): ActorHost {
  return {
    now: () => host.now(),
    random: () => host.random(),
    schedule: (run) => host.schedule(run),
    yield: (run) => host.schedule(run),
    setTimer: (afterMs, run) => host.setTimer(afterMs, run),
  };
}
