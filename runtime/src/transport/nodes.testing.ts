// Nodes on a network in memory, with all that their transports tell of.

import { Catalogue, type Offer } from "./catalogue.ts";
import type { Loss } from "./handlers.ts";
import type { Break } from "./link.ts";
import { type MemoryHost, MemoryNetwork } from "./memory-network.testing.ts";
import type { Peer, PeerEnd } from "./peer.ts";
import { textCodec } from "./sample-codecs.testing.ts";
import { openTransport, type Transport, type TransportOptions } from "./transport.ts";

export const text = textCodec();
export const other = textCodec("Other");

export interface TestNode {
  readonly host: MemoryHost;
  readonly transport: Transport;
  /** Texts in the order of their handlers' calls. */
  readonly received: string[];
  /** What happened, one line each. */
  readonly log: string[];
  readonly peers: Peer[];
  readonly breaks: Break[];
  readonly losses: Loss[];
  readonly ends: PeerEnd[];
}

export interface NodeOptions extends Partial<TransportOptions> {
  readonly types?: readonly Offer[];
  /** Default: one for each name. */
  readonly host?: MemoryHost;
}

/** A node called `name`, which listens at `name:1` unless told otherwise. */
export async function node(network: MemoryNetwork, name: string, more: NodeOptions = {}): Promise<TestNode> {
  const host = more.host ?? network.host(name);
  const it = {
    host,
    received: [] as string[],
    log: [] as string[],
    peers: [] as Peer[],
    breaks: [] as Break[],
    losses: [] as Loss[],
    ends: [] as PeerEnd[],
  };
  const catalogue = new Catalogue(more.types ?? [text, other]);
  const transport = await openTransport({
    host,
    instance: 1n,
    listen: { host: name, port: 1 },
    catalogue,
    catalogueDigest: catalogue.text,
    onPeer(peer) {
      it.peers.push(peer);
      it.log.push(`peer ${peer.node.host}#${peer.node.instance}`);
    },
    onPeerOver(peer, end) {
      it.ends.push(end);
      it.log.push(`over ${peer.node.host}#${peer.node.instance}: ${end.code}`);
    },
    onBreak(_, what) {
      it.breaks.push(what);
      it.log.push(`break ${what.lane}: ${what.reason.code}`);
    },
    onVerdict: (_, lane, verdict) => it.log.push(`verdict ${lane}: ${verdict}`),
    onHandshakeFailed: (reason) => it.log.push(`refused: ${reason.code}`),
    onLoss: (loss) => it.losses.push(loss),
    ...more,
  });
  if (catalogue.offers.includes(text)) transport.onMessage(text, (message) => it.received.push(message));
  return { ...it, transport };
}

export interface Pair {
  readonly network: MemoryNetwork;
  readonly a: TestNode;
  readonly b: TestNode;
  /** Of the other node. */
  readonly atA: Peer;
  readonly atB: Peer;
}

/** Two nodes of which `a`, the smaller one, has connected to `b`. */
export async function pair(left: NodeOptions = {}, right: NodeOptions = {}): Promise<Pair> {
  const network = new MemoryNetwork();
  const a = await node(network, "a", left);
  const b = await node(network, "b", right);
  const connecting = a.transport.connect({ host: "b", port: 1 });
  await network.settled();
  const connected = await connecting;
  if (connected.status !== "connected") throw new Error(connected.reason.text);
  return { network, a, b, atA: connected.peer, atB: b.peers[0]! };
}
