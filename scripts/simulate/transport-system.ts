// The system that campaigns are of: on each machine a node with the very transport that production runs, which sends
// letters as the plan says and writes down what becomes of them.

import {
  Accounted,
  Bounded,
  type Commands,
  Honest,
  InOrder,
  intruderMachine,
  LanesReopen,
  RightInstance,
  type SendOrder,
  SettledDials,
  type SimulatedNode,
  type SimulatedSystem,
  Steady,
  Tallied,
} from "@hewn/runtime/simulation";
import {
  type Break,
  Catalogue,
  type CloseReason,
  type NodeId,
  type NotSentReason,
  openTransport,
  type Peer,
  type PeerEnd,
  type Transport,
} from "@hewn/runtime/transport";
import { letterCodec, letterOf, noteCodecs, textOf } from "./letter.ts";
import { talliesOf } from "./tallies.ts";

/** Nodes of different versions: some know a type more, and not the same version of it. */
const catalogues = [[letterCodec], ...noteCodecs.map((noteCodec) => [noteCodec, letterCodec])].map(
  (types) => new Catalogue(types),
);
/** Letters of this pair go over the control lane, where they are short enough: as a pair of its own. */
const controlPair = 3;
const overControl = 100;
/** What the control lane takes; the filling is ASCII. */
const controlBytesMax = 30_000;

/** Waits before a letter is tried again that found no connection: some fall into the handshake of the next stream. */
const retriesMs = [0.5, 0.5, 0.5, 0.5, 1, 1, 2, 4, 100, 1000];

/** After one letter in so many its reader pauses. */
const pauseChance = 0.02;
const pausedMsMax = 400;

/** What no two sound nodes ever accuse each other of. */
const accusations =
  "malformed frameTooLong frameEmpty unexpectedFrame creditExceeded chunksMixedUp notHewn versionUnsupported".split(
    " ",
  );

/** What an end has at most in its own memory for a socket: what Node takes before it says stop, and one batch more. */
const socketBytesMax = 16 * 1024 + 2 * 64 * 1024;

const system: SimulatedSystem = {
  start: (node) => new TransportNode(node).commands(),
  checkers: () => [
    new InOrder(),
    new RightInstance(),
    new Accounted(),
    new Tallied(),
    new SettledDials(),
    new Steady(),
    new Honest(accusations),
    new LanesReopen(["both"]),
    new Bounded({ "socket bytes": socketBytesMax }),
  ],
  sometimes: [
    "letter: in chunks",
    "letter: over the control lane",
    "send: overloaded, and room later",
    "send: disconnected, and accepted later",
    "break: unknown messages",
    "break: unknown on the control lane",
    "break: unsent messages",
    "end: replaced",
    "end: left",
    "verdict: reopened",
    "verdict: refused",
    "verdict: replaced",
    "verdict: silent",
    "stream: dialLost",
    "stream: notHewn",
    "reader: paused",
    "action: leave",
    "frame: agreement",
    "action: intrude",
  ],
};
export default system;

class TransportNode {
  readonly #node: SimulatedNode;
  readonly #name: string;
  readonly #sequences = new Map<string, number>();
  readonly #connected = new Set<Peer>();
  /** All that there ever were. */
  readonly #peers = new Set<Peer>();
  #transport: Transport | undefined;

  constructor(node: SimulatedNode) {
    this.#node = node;
    this.#name = node.process.name;
  }

  async commands(): Promise<Commands> {
    const { process, address, random } = this.#node;
    // Small windows run out often.
    const catalogue = random.of(catalogues);
    const small = {
      windowMessages: random.of([4, 64, 1024]),
      windowBytes: random.of([64, 128, 1024]) * 1024,
    };
    const transport = await openTransport({
      host: process,
      instance: BigInt(process.start),
      catalogue,
      catalogueDigest: catalogue.text,
      listen: address,
      takes: { ...small, messageLengthMax: 512 * 1024, assembliesMax: 3, assembledBytesMax: 1024 * 1024 },
      onPeer: (peer) => this.#peers.add(peer),
      onPeerOver: (peer, end) => this.#peerOver(peer, end),
      onBreak: (peer, what) => this.#broken(peer, what),
      onVerdict: (_peer, _lane, verdict) => this.#node.sometimes(`verdict: ${verdict}`),
      onHandshakeFailed: (reason, { host }) => this.#ended(host, reason),
      onLoss: ({ type, reason }) => this.#node.fail("decodable", `${type}: ${reason}`),
    });
    this.#transport = transport;
    transport.onMessage(letterCodec, (text, peer) => this.#received(text, peer));
    return {
      connect: (machine) => this.#connect(machine),
      send: (order) => this.#send(order),
      leave: () => this.#leave(),
      inspect: () => this.#inspect(),
    };
  }

  async #connect(machine: string): Promise<void> {
    const outcome = await this.#transport?.connect(this.#node.addressOf(machine));
    if (outcome?.status === "notConnected") {
      this.#node.sometimes(`connect: ${outcome.reason.code}`);
      this.#ended(machine, outcome.reason);
      const isThere = this.#transport?.peers.some((peer) => peer.node.host === machine && peer.isConnected);
      if (isThere) this.#node.fail("connect", `connecting to ${machine} failed, and it is connected`);
    }
  }

  async #send({ to, pair, count, bytes }: SendOrder): Promise<void> {
    for (let i = 0; i < count; i++) {
      let outcome = this.#sendOne(to, pair, bytes);
      for (const waitMs of retriesMs) {
        if (outcome !== "disconnected") break;
        await this.#wait(waitMs);
        outcome = this.#sendOne(to, pair, bytes);
        if (outcome === "accepted") this.#node.sometimes("send: disconnected, and accepted later");
      }
      if (outcome !== "overloaded") continue;
      await this.#peerAt(to)?.ready();
      // Once: what is sent meanwhile by others may have filled it again.
      outcome = this.#sendOne(to, pair, bytes);
      if (outcome === "accepted") this.#node.sometimes("send: overloaded, and room later");
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#node.process.setTimer(ms, resolve));
  }

  #peerAt(machine: string): Peer | undefined {
    return this.#transport?.peers.find(({ node }) => node.host === machine);
  }

  #sendOne(machine: string, pair: number, bytes: number): "accepted" | "noPeer" | NotSentReason {
    const peer = this.#peerAt(machine);
    if (peer === undefined) return this.#refused(machine, "noPeer");
    const isControl = pair === controlPair && bytes <= controlBytesMax;
    const from = this.#name;
    const to = nameOf(peer.node);
    const own = isControl ? overControl : pair;
    const key = `${to} ${own}`;
    const sequence = this.#sequences.get(key) ?? 0;
    const text = textOf({ from, to, pair: own, sequence, bytes });
    const outcome = isControl ? peer.sendControl(letterCodec, text) : peer.send(letterCodec, text, own);
    if (outcome.status === "notSent") return this.#refused(to, outcome.reason);
    this.#sequences.set(key, sequence + 1);
    this.#node.observe({ kind: "accepted", from, to, pair: own, sequence, bytes });
    return "accepted";
  }

  #refused<R extends string>(to: string, reason: R): R {
    this.#node.sometimes(`send: ${reason}`);
    this.#node.observe({ kind: "refused", from: this.#name, to, reason });
    return reason;
  }

  #received(text: string, peer: Peer): void {
    const letter = letterOf(text);
    if (letter === undefined) return this.#node.fail("intact", `a damaged letter came: ${text.slice(0, 60)}`);
    const { from, to, pair, sequence, bytes } = letter;
    if (from !== nameOf(peer.node))
      this.#node.fail("sender", `${nameOf(peer.node)} brought a letter of ${from}`);
    if (bytes > 32 * 1024) this.#node.sometimes("letter: in chunks");
    if (pair === overControl) this.#node.sometimes("letter: over the control lane");
    this.#node.observe({ kind: "delivered", at: this.#name, from, to, pair, sequence });
    if (this.#node.random.chance(pauseChance)) this.#pause(peer);
  }

  /** A reader that has no time: what comes meanwhile waits, here and at its sender. */
  #pause(peer: Peer): void {
    this.#node.sometimes("reader: paused");
    peer.pause();
    this.#node.process.setTimer(this.#node.random.between(1, pausedMsMax), () => peer.resume());
  }

  #broken(peer: Peer, { lane, reason, unknown, unsent }: Break): void {
    const from = this.#name;
    const to = nameOf(peer.node);
    this.#ended(to, reason);
    if (unknown > 0) this.#node.sometimes("break: unknown messages");
    if (unknown > 0 && lane === "control") this.#node.sometimes("break: unknown on the control lane");
    if (unsent > 0) this.#node.sometimes("break: unsent messages");
    if (unknown > 0) this.#node.observe({ kind: "unknown", from, to, messages: unknown });
    if (unsent > 0) this.#node.observe({ kind: "lost", from, to, messages: unsent });
  }

  #peerOver(peer: Peer, { code, reason }: PeerEnd): void {
    this.#node.note(`peer ${nameOf(peer.node)} is over: ${code}`);
    this.#node.sometimes(`end: ${code}`);
    if (reason !== undefined) this.#ended(nameOf(peer.node), reason);
  }

  async #leave(): Promise<void> {
    await this.#transport?.close();
    await Promise.all([...this.#peers].map(({ closed }) => closed));
    for (const tally of talliesOf(this.#name, this.#peers, nameOf)) this.#node.observe(tally);
  }

  #ended(peer: string, { code, text }: CloseReason): void {
    this.#node.sometimes(`stream: ${code}`);
    if (peer === intruderMachine) return;
    this.#node.observe({ kind: "ended", at: this.#name, peer, code, text });
  }

  /** Tells of the peers that have become connected since it was last asked, and of those that are so no more. */
  #inspect(): void {
    const now = this.#transport?.peers.filter(({ isConnected }) => isConnected) ?? [];
    const tell = (kind: "laneOpened" | "laneClosed", peer: Peer) =>
      this.#node.observe({ kind, at: this.#name, peer: nameOf(peer.node), lane: "both" });
    for (const peer of this.#connected) {
      if (now.includes(peer)) continue;
      this.#connected.delete(peer);
      tell("laneClosed", peer);
    }
    for (const peer of now) {
      if (this.#connected.has(peer)) continue;
      this.#connected.add(peer);
      tell("laneOpened", peer);
    }
  }
}

/** As the simulation names processes: instances are the starts of their machine. */
function nameOf({ host, instance }: NodeId): string {
  return `${host}#${instance}`;
}
