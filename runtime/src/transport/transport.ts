// A node's transport: takes streams, dials them, and knows the peers at their other ends. The one way for messages in
// and out of a node; everything that it needs of the world is its `Host`.

import type { Codec } from "../codec/codec.ts";
import { type Address, formatAddress, parseAddress } from "./address.ts";
import type { Catalogue, Settlement } from "./catalogue.ts";
import { type Connected, closingReason, notConnected, overReason } from "./connect.ts";
import { Connects, type ConnectsOwner } from "./connects.ts";
import type { GoAwayCode } from "./go-away.ts";
import { Handlers, type Loss } from "./handlers.ts";
import type { Host, Listening, Stream, StreamEvents } from "./host.ts";
import type { Deliver, Fault } from "./incoming.ts";
import { LaneStream, type StreamOwner } from "./lane-stream.ts";
import * as limits from "./limits.ts";
import { type Break, Link, type LinkOwner } from "./link.ts";
import type { Grant, Hello, LaneName, NodeId } from "./messages.ts";
import { formatNodeId, isOtherStart, sameNode } from "./node-id.ts";
import type { Fate } from "./outgoing.ts";
import type { Peer, PeerEnd } from "./peer.ts";
import { PendingHandshakes } from "./pending-handshakes.ts";
import type { Verdict } from "./redial.ts";
import { ReplacedStarts } from "./replaced-starts.ts";
import {
  type CloseReason,
  type Introduction,
  protocolVersions,
  type SessionConfig,
  type Takes,
} from "./session.ts";

export interface TransportEvents {
  /** A peer is there: with both lanes, or with a first message, which comes behind this. */
  readonly onPeer?: (peer: Peer) => void;
  /** Both lanes of a peer are open, for the first time or again. It can be said more than once. */
  readonly onConnected?: (peer: Peer) => void;
  /** It is over, and will not come back. */
  readonly onPeerOver?: (peer: Peer, end: PeerEnd) => void;
  /** A lane of a peer has broken. */
  readonly onBreak?: (peer: Peer, what: Break) => void;
  /** What dialling a lane that had broken says about the peer: evidence, no judgement. */
  readonly onVerdict?: (peer: Peer, lane: LaneName, verdict: Verdict) => void;
  /** A stream that somebody opened ended before its handshake was done. */
  readonly onHandshakeFailed?: (reason: CloseReason, from: Address) => void;
  /** A message arrived, but no handler took it. */
  readonly onLoss?: (loss: Loss, peer: Peer) => void;
  /** A handler threw; everything goes on. Without it the error is thrown once what runs now has ended. */
  readonly onHandlerError?: (error: unknown, type: string, peer: Peer) => void;
}

/** Times in milliseconds; all have defaults. */
export interface TransportTimes {
  readonly connectDeadlineMs: number;
  readonly connectPatienceMs: number;
  readonly handshakeDeadlineMs: number;
  readonly pingIntervalMs: number;
  readonly pingMissesMax: number;
  readonly redialFirstMs: number;
  readonly redialLongestMs: number;
}

export interface TransportOptions extends TransportEvents {
  readonly host: Host;
  /** Random for every start of a node: 64 bits. */
  readonly instance: bigint;
  /** All types that this node sends or receives. */
  readonly catalogue: Catalogue;
  /** A collision-resistant digest of `catalogue.text`; the same function at all nodes. */
  readonly catalogueDigest: string;
  /** Where to take streams. Without it nobody can dial this node. */
  readonly listen?: Address;
  /** Under which name others reach this node, where that is not where it listens. Port 0: the one that it listens on. */
  readonly advertise?: Address;
  /** What this node is there for; told to every peer. At most 16. */
  readonly roles?: readonly string[];
  readonly times?: Partial<TransportTimes>;
  /** What this node takes from each peer. */
  readonly takes?: Partial<Takes>;
  /** Streams whose handshake is not done. */
  readonly pendingHandshakesMax?: number;
}

const defaultTimes: TransportTimes = {
  connectDeadlineMs: limits.connectDeadlineMs,
  connectPatienceMs: limits.connectPatienceMs,
  handshakeDeadlineMs: limits.handshakeDeadlineMs,
  pingIntervalMs: limits.pingIntervalMs,
  pingMissesMax: limits.pingMissesMax,
  redialFirstMs: limits.redialFirstMs,
  redialLongestMs: limits.redialLongestMs,
};

const defaultTakes: Takes = {
  messageLengthMax: limits.messageLengthMax,
  windowMessages: limits.windowMessages,
  windowBytes: limits.windowBytes,
  assembliesMax: limits.assembliesMax,
  assembledBytesMax: limits.assembledBytesMax,
};

/** Opens a node's transport. Rejects as the host's `listen` does. */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { host, listen, advertise } = options;
  if (listen === undefined)
    return new Transport(options, advertise ?? { host: "localhost", port: 0 }, undefined);
  let transport: Transport | undefined;
  const listening = await host.listen(listen, (stream, from) => {
    if (transport !== undefined) return transport.accept(stream, from);
    stream.destroy();
    return deaf;
  });
  const port = advertise === undefined || advertise.port === 0 ? listening.address.port : advertise.port;
  const address = { host: advertise?.host ?? listening.address.host, port };
  transport = new Transport(options, address, listening);
  return transport;
}

/** For a stream that is given up at once. */
const deaf: StreamEvents = { opened() {}, received() {}, drained() {}, ended() {}, closed() {} };

export class Transport implements StreamOwner, LinkOwner {
  /** This node. */
  readonly node: NodeId;
  /** Where it listens; undefined where it does not. */
  readonly address: Address | undefined;
  readonly host: Host;
  readonly handlers: Handlers<Peer>;

  readonly #options: TransportOptions;
  readonly #times: TransportTimes;
  readonly #config: SessionConfig;
  readonly #listening: Listening | undefined;
  /** By their nodes' names. */
  readonly #links = new Map<string, Link>();
  /** Known to lead to them, besides what they say themselves. */
  readonly #addresses = new Map<string, Link>();
  readonly #connects: Connects;
  /** Also of streams that are gone: what they brought may be waiting for its reader. */
  readonly #owners = new WeakMap<LaneStream, Link>();
  /** Whom a dial was for that somebody else has answered. */
  readonly #meant = new WeakMap<LaneStream, Link>();
  readonly #pending: PendingHandshakes;
  readonly #replaced = new ReplacedStarts();
  #moment = 0;
  readonly #attempts: Record<LaneName, number> = { control: 0, user: 0 };
  #isClosing = false;
  #closed: Promise<void> | undefined;

  /** For {@link openTransport}. */
  constructor(options: TransportOptions, address: Address, listening: Listening | undefined) {
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
    this.#listening = listening;
    this.#pending = new PendingHandshakes(options.pendingHandshakesMax ?? limits.pendingHandshakesMax);
    this.host = options.host;
    this.node = { host: address.host, port: address.port, instance: options.instance };
    this.address = listening?.address;
    this.#config = {
      node: this.node,
      catalogue: options.catalogue,
      catalogueDigest: options.catalogueDigest,
      handshakeDeadlineMs: this.#times.handshakeDeadlineMs,
      protocol: protocolVersions,
      roles: options.roles ?? [],
      takes: { ...defaultTakes, ...options.takes },
    };
    this.#connects = new Connects(this.#connectsOwner(), {
      patienceMs: this.#times.connectPatienceMs,
      redialFirstMs: this.#times.redialFirstMs,
      redialLongestMs: this.#times.redialLongestMs,
    });
    this.handlers = new Handlers<Peer>(options.catalogue, {
      lost: (loss, peer) => options.onLoss?.(loss, peer),
      handlerFailed: (error, type, peer) => this.#handlerFailed(error, type, peer),
    });
  }

  /** The peers that are not over. */
  get peers(): readonly Peer[] {
    return [...this.#links.values()].filter(({ isUp }) => isUp).map(({ peer }) => peer);
  }

  /** What handshakes are pending of streams that others opened. */
  get pendingHandshakes(): number {
    return this.#pending.size;
  }

  /** Streams that were given up for others, because too many handshakes were pending. */
  get crowdedOut(): number {
    return this.#pending.crowdedOut;
  }

  /**
   * Gives every message of a type to `run`, in the order of arrival. One handler a type: a second one takes its place.
   * Throws where the type is not in this node's catalogue: no peer would have been told of it.
   */
  onMessage<T>(codec: Codec<T>, run: (message: T, peer: Peer) => void): void {
    this.handlers.set(codec, run);
  }

  /**
   * Connects to the node at an address, unless that has been done, and keeps it: where it is lost it is dialled again
   * until somebody closes it or no longer wants it, and where another start of it takes its place, that one is connected
   * to. Rejects for nothing but a text that is no address.
   */
  async connect(to: Address | string): Promise<Connected<Peer>> {
    const address = typeof to === "string" ? parseAddress(to) : to;
    if (this.#isClosing) return notConnected(closingReason);
    const known = this.#linkAt(address);
    if (known?.isUp === true && known.peer.isConnected) return this.#wanted(known);
    const failure = await this.#connects.to(address);
    const link = this.#linkAt(address);
    if (failure !== undefined) return notConnected(failure);
    if (link === undefined) return notConnected(overReason);
    return this.#wanted(link);
  }

  /** Says goodbye to all peers behind everything that was sent, and then takes no more streams. */
  close(): Promise<void> {
    // Who asks again waits for the same end: streams may still be saying goodbye.
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** For the host: somebody has opened a stream. */
  accept(stream: Stream, from: Address): StreamEvents {
    const accepted = this.#newStream(from);
    this.#pending.add(accepted);
    accepted.accept(stream);
    return accepted;
  }

  // What streams ask and tell.

  moment(): number {
    return ++this.#moment;
  }

  admit(stream: LaneStream, hello: Hello): "admitted" | GoAwayCode {
    // Before anything else: what a hello says of a node is believed, and its address stands for older starts of it.
    if (!stream.mayBe(hello.node.host)) return "unauthenticated";
    const refusal = this.#refusalOf(stream, hello);
    if (refusal !== undefined) return refusal;
    if (stream.origin === "dialled") return this.#admitDialled(stream, hello);
    // A hello takes nothing, so that nothing need be kept of it here.
    return this.#links.get(formatNodeId(hello.node))?.lane(hello.lane).candidateOpened(hello) ?? "admitted";
  }

  confirm(stream: LaneStream, hello: Hello): "admitted" | GoAwayCode {
    const refusal = this.#refusalOf(stream, hello);
    if (refusal !== undefined) return refusal;
    const link = this.#linkOf(hello.node);
    const answer = link.lane(hello.lane).candidateConfirmed(hello);
    if (answer === "admitted") this.#own(stream, link);
    else link.finishIfEmpty();
    return answer;
  }

  settlementOf({ hello }: LaneStream): Settlement | undefined {
    return hello && this.#links.get(formatNodeId(hello.node))?.settlement;
  }

  opened(stream: LaneStream): void {
    this.#pending.delete(stream);
    const link = this.#owners.get(stream);
    if (link === undefined) return stream.abandon("dialLost");
    link.ranAt = Math.max(link.ranAt, stream.takenAt);
    // Starts of a node follow one another, and a stream is taken while its process runs, however late its handshake ends.
    const others = [...this.#links.values()].filter(
      (other) => other.ranAt > 0 && isOtherStart(other.node, link.node),
    );
    if (others.some(({ ranAt }) => ranAt > link.ranAt)) {
      this.#replace(link);
      return stream.abandon("replaced");
    }
    if (stream.origin === "dialled") this.#reached(stream, link);
    for (const other of others) this.#replace(other);
    this.#replaced.delete(link.node);
    link.laneOf(stream).opened(stream);
  }

  receiverOf(stream: LaneStream): Deliver {
    return this.#owners.get(stream)?.receiverOf(stream) ?? (() => undefined);
  }

  released(): void {
    this.handlers.release();
  }

  grantReceived(stream: LaneStream, grant: Grant): Fault | undefined {
    return this.#owners.get(stream)?.grantReceived(grant);
  }

  grantDue(stream: LaneStream): void {
    this.#owners.get(stream)?.grantDue(stream);
  }

  roundTripMeasured(stream: LaneStream, roundTripMs: number): void {
    const link = this.#owners.get(stream);
    if (link !== undefined && !stream.isUser) link.peer.roundTripMs = roundTripMs;
  }

  drained(stream: LaneStream): void {
    this.#owners.get(stream)?.drained(stream);
  }

  ended(stream: LaneStream): void {
    const reason = stream.reason!;
    if (this.#pending.delete(stream)) this.#options.onHandshakeFailed?.(reason, stream.address);
    if (stream.origin === "dialled" && stream.agreed === undefined) this.#connectEnded(stream, reason);
    for (const link of [this.#meant.get(stream), this.#owners.get(stream)]) {
      if (link !== undefined) link.laneOf(stream).ended(stream);
    }
  }

  gone(stream: LaneStream, fate: Fate): void {
    this.#owners.get(stream)?.gone(stream, fate);
  }

  // What links ask and tell.

  get self(): NodeId {
    return this.node;
  }

  get redial() {
    const { redialFirstMs, redialLongestMs, handshakeDeadlineMs } = this.#times;
    return { firstMs: redialFirstMs, longestMs: redialLongestMs, patienceMs: handshakeDeadlineMs };
  }

  nextAttempt(lane: LaneName): number {
    return ++this.#attempts[lane];
  }

  dial(address: Address, introduction: Introduction, link: Link | undefined): LaneStream {
    const stream = this.#newStream(address, introduction);
    if (link !== undefined) this.#own(stream, link);
    stream.dial();
    return stream;
  }

  up(link: Link): void {
    this.#options.onPeer?.(link.peer);
    this.connected(link);
  }

  connected(link: Link): void {
    this.#connects.connected(link);
    this.#options.onConnected?.(link.peer);
  }

  broken(link: Link, what: Break): void {
    this.#options.onBreak?.(link.peer, what);
  }

  verdict(link: Link, lane: LaneName, verdict: Verdict): void {
    this.#options.onVerdict?.(link.peer, lane, verdict);
  }

  replaced(link: Link): void {
    this.#replaced.add(link.node, this.moment());
  }

  over(link: Link, end: PeerEnd, wasUp: boolean): void {
    this.#connects.peerLost(link);
    this.#links.delete(formatNodeId(link.node));
    for (const [key, at] of this.#addresses) if (at === link) this.#addresses.delete(key);
    if (wasUp) this.#options.onPeerOver?.(link.peer, end);
    // What the peer had begun before it hears our goodbye would bring it back.
    if (end.code === "closed") for (const stream of this.#pending.of(link.node)) stream.abandon("dialLost");
    // Once it is known who has taken its place: that may be the end of what runs now.
    if (link.isWanted && end.code === "replaced") this.host.schedule(() => this.#pursue(link));
  }

  async #close(): Promise<void> {
    this.#isClosing = true;
    this.#connects.fail(closingReason);
    // Before anything ends: a handshake that is given up may be the end of its peer, which still has to say goodbye.
    const links = [...this.#links.values()];
    for (const stream of this.#pending.all()) stream.abandon("closing");
    await Promise.all(links.map(({ peer }) => peer.close()));
    // Last: an address where nobody listens is taken for a proof of death.
    await this.#listening?.close();
  }

  #refusalOf(stream: LaneStream, { node }: Hello): GoAwayCode | undefined {
    if (this.#isClosing) return "closing";
    return this.#replaced.refuses(node, stream) ? "replaced" : undefined;
  }

  #admitDialled(stream: LaneStream, { node }: Hello): "admitted" | GoAwayCode {
    const meant = this.#owners.get(stream);
    if (meant !== undefined && !sameNode(meant.node, node)) {
      this.#disown(stream, meant);
      this.#meant.set(stream, meant);
    }
    const link = this.#linkOf(node);
    this.#own(stream, link);
    return link.laneOf(stream).welcomed(stream);
  }

  /** A dial has reached this peer, and its handshake is done. */
  #reached(stream: LaneStream, link: Link): void {
    this.#addresses.set(formatAddress(stream.address), link);
    link.address = stream.address;
    this.#connects.handedOver(stream);
    const meant = this.#meant.get(stream);
    if (meant !== undefined) meant.laneOf(stream).answeredBy(stream, link.node);
  }

  /** The link of a node, made if there is none. */
  #linkOf(node: NodeId): Link {
    const key = formatNodeId(node);
    const known = this.#links.get(key);
    if (known !== undefined) return known;
    const link = new Link(this, node);
    this.#links.set(key, link);
    return link;
  }

  #linkAt(address: Address): Link | undefined {
    const known = this.#addresses.get(formatAddress(address));
    if (known !== undefined) return known;
    for (const link of this.#links.values()) {
      if (link.node.port === address.port && link.node.host === address.host) return link;
    }
    return undefined;
  }

  #own(stream: LaneStream, link: Link): void {
    this.#owners.set(stream, link);
    link.adopt(stream);
  }

  #disown(stream: LaneStream, link: Link): void {
    this.#owners.delete(stream);
    link.disown(stream);
  }

  #wanted(link: Link): Connected<Peer> {
    link.want(true);
    return { status: "connected", peer: link.peer };
  }

  #connectsOwner(): ConnectsOwner {
    return {
      dialAnyone: (to) => {
        const introduction = {
          lane: "control",
          attempt: this.nextAttempt("control"),
          taken: undefined,
        } as const;
        return this.dial(to, introduction, undefined);
      },
      linkAt: (address) => this.#linkAt(address),
      setTimer: (afterMs, run) => this.host.setTimer(afterMs, run),
      random: () => this.host.random(),
    };
  }

  /** A dial came to nothing. */
  #connectEnded(stream: LaneStream, reason: CloseReason): void {
    const isLost = reason.code === "dialLost" && stream.hello !== undefined;
    const link = isLost ? this.#links.get(formatNodeId(stream.hello!.node)) : undefined;
    // It lost to a stream of this very peer, which had another address so far; unless it was another one's address.
    const meant = this.#meant.get(stream) ?? this.#owners.get(stream) ?? link;
    if (link !== undefined && meant === link) this.#addresses.set(formatAddress(stream.address), link);
    this.#connects.ended(stream, reason, link);
  }

  /** Whoever wanted the process that is gone wants the one that is at its address now, or comes to be. */
  #pursue(gone: Link): void {
    const isWanted = () => gone.isWanted && !this.#isClosing;
    const attempt = async () => {
      const next = [...this.#links.values()].find(({ node }) => isOtherStart(node, gone.node));
      if (next !== undefined) this.#addresses.set(formatAddress(gone.address), next);
      return (await this.connect(gone.address)).status === "connected";
    };
    void this.#connects.pursue(isWanted, attempt);
  }

  #replace(link: Link): void {
    this.#replaced.add(link.node, this.moment());
    link.finish({ code: "replaced", text: "Another start of the node has taken its place." }, "replaced");
  }

  #newStream(address: Address, introduction?: Introduction): LaneStream {
    const options = { host: this.host, config: this.#config, times: this.#times, owner: this, address };
    return new LaneStream(introduction === undefined ? options : { ...options, introduction });
  }

  #handlerFailed(error: unknown, type: string, peer: Peer): void {
    if (this.#options.onHandlerError !== undefined) return this.#options.onHandlerError(error, type, peer);
    // Nobody listens: it surfaces as the uncaught exception that it is, but not in the middle of our own work.
    this.host.schedule(() => {
      throw error;
    });
  }
}
