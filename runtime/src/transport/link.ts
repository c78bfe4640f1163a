// All that a node holds with one peer, one start of another node: its two lanes, what passes between them, and its end.
// `Peer` is what users see of it.

import type { Address } from "./address.ts";
import type { Settlement } from "./catalogue.ts";
import { frameKind } from "./frame.ts";
import { type GoAwayCode, goAwaySentence } from "./go-away.ts";
import type { Handlers } from "./handlers.ts";
import type { Host } from "./host.ts";
import type { Deliver, Fault } from "./incoming.ts";
import { Lane, type LaneEnd, type LaneOwner } from "./lane.ts";
import type { LaneStream } from "./lane-stream.ts";
import { encodeGrant } from "./messages.codec.ts";
import type { Grant, LaneName, NodeId } from "./messages.ts";
import type { Fate } from "./outgoing.ts";
import { Peer, type PeerEnd, type PeerLink } from "./peer.ts";
import type { RedialConfig, Verdict } from "./redial.ts";
import type { CloseReason, Introduction } from "./session.ts";

/** A lane was open, and is not any more. */
export interface Break {
  readonly lane: LaneName;
  readonly reason: CloseReason;
  /** Messages that went out, and nothing says whether they were consumed. */
  readonly unknown: number;
  /** Messages that were accepted, but did not go out whole. */
  readonly unsent: number;
}

/** What a link needs of the transport. */
export interface LinkOwner {
  readonly host: Host;
  readonly self: NodeId;
  readonly handlers: Handlers<Peer>;
  readonly redial: Omit<RedialConfig, "canDial">;
  nextAttempt(lane: LaneName): number;
  dial(address: Address, introduction: Introduction, link: Link): LaneStream;
  /** The first time that both lanes are open, or a message comes. */
  up(link: Link): void;
  /** Both lanes are open, for the first time or again. */
  connected(link: Link): void;
  broken(link: Link, what: Break): void;
  verdict(link: Link, lane: LaneName, verdict: Verdict): void;
  /** Another start of the node has answered for it. */
  replaced(link: Link): void;
  /** Nothing more will come of it; its streams may still be saying goodbye. */
  over(link: Link, end: PeerEnd, wasUp: boolean): void;
}

export class Link implements LaneOwner, PeerLink {
  readonly node: NodeId;
  readonly control: Lane;
  readonly user: Lane;
  readonly peer: Peer;
  /** Where it is dialled: an address that led to it, else the one that it gives itself. */
  address: Address;
  end: PeerEnd | undefined;
  settlement: Settlement | undefined;
  /** The latest moment at which this start of the node is known to have run; 0 before a handshake with it is done. */
  ranAt = 0;
  /** What the node says that it is there for, with the first handshake that is done. */
  roles: readonly string[] | undefined;

  readonly #owner: LinkOwner;
  #isUp = false;
  #wanted = false;
  /** Streams of which something is left. */
  readonly #streams = new Set<LaneStream>();
  /** Those that were a lane and are none any more. */
  readonly #broken = new Set<LaneStream>();

  constructor(owner: LinkOwner, node: NodeId) {
    this.#owner = owner;
    this.node = node;
    this.address = { host: node.host, port: node.port };
    const redial = { ...owner.redial, canDial: node.port !== 0 };
    this.control = new Lane("control", this, redial);
    this.user = new Lane("user", this, redial);
    this.peer = new Peer(this, owner.handlers, node);
  }

  get host(): Host {
    return this.#owner.host;
  }

  get self(): NodeId {
    return this.#owner.self;
  }

  /** It has been announced, and is not over. */
  get isUp(): boolean {
    return this.#isUp && this.end === undefined;
  }

  get isWanted(): boolean {
    return this.#wanted;
  }

  want(wanted: boolean): void {
    this.#wanted = wanted;
    this.control.wanted = wanted;
    this.user.wanted = wanted;
  }

  lane(name: LaneName): Lane {
    return name === "control" ? this.control : this.user;
  }

  laneOf(stream: LaneStream): Lane {
    return this.lane(stream.introduction?.lane ?? "control");
  }

  /** Another stream belongs to this link until it is gone. */
  adopt(stream: LaneStream): void {
    this.#streams.add(stream);
  }

  /** It has turned out to be another peer's. */
  disown(stream: LaneStream): void {
    this.#streams.delete(stream);
  }

  nextAttempt(lane: LaneName): number {
    return this.#owner.nextAttempt(lane);
  }

  dial(introduction: Introduction): LaneStream {
    return this.#owner.dial(this.address, introduction, this);
  }

  /** The two lanes belong together: whoever dialled the first dials the second. */
  laneOpened(lane: Lane, stream: LaneStream): void {
    this.settlement ??= stream.agreed?.settlement;
    this.roles ??= stream.agreed?.roles;
    const other = this.#otherOf(lane);
    if (other.open !== undefined) {
      this.#announce();
      this.#owner.connected(this);
    } else if (stream.origin === "dialled") other.need();
    else other.await();
    // The last grant may have been lost with the control lane.
    if (lane === this.control && this.user.open !== undefined) this.grantDue(this.user.open);
  }

  laneBroken(lane: Lane, stream: LaneStream): void {
    this.#broken.add(stream);
    if (lane === this.user) this.peer.wake();
  }

  waitingLost(_lane: Lane, messages: number): void {
    this.peer.counters.lost += messages;
  }

  verdict(lane: Lane, verdict: Verdict): void {
    if (this.#isUp) this.#owner.verdict(this, lane.name, verdict);
  }

  otherIsOpen(lane: Lane): boolean {
    return this.#otherOf(lane).open !== undefined;
  }

  laneOver(_lane: Lane, because: LaneEnd): void {
    if (because.kind === "replaced") this.#owner.replaced(this);
    this.finish(endBecause(because), codeOf(because));
  }

  /** Ends it for good. Without a code the peer is told nothing: it may dial again, and is welcome. */
  finish(end: PeerEnd, code: GoAwayCode | undefined): void {
    if (this.end !== undefined) return;
    this.end = end;
    // The user lane needs the other one for the credit of what it has still to send.
    const isGoodbye = code === "closing" && this.user.open !== undefined && end.code === "closed";
    this.user.end(code);
    if (!isGoodbye) this.control.end(code);
    this.peer.wake();
    this.#owner.over(this, end, this.#isUp);
    this.#settleWhenGone();
  }

  /** What gives each message of a stream to its handler. Made once a stream: it runs for every message. */
  receiverOf(stream: LaneStream): Deliver {
    const { incoming } = stream.agreed!.settlement;
    const { handlers } = this.#owner;
    const { peer } = this;
    const { counters } = peer;
    return (bytes, start, end) => {
      if (!this.#isUp) this.#announce();
      const delivery = handlers.deliver(incoming, bytes, start, end, peer);
      if (delivery === "delivered") counters.delivered++;
      else if (delivery === "lost") counters.lost++;
      else return { code: "malformed", text: "a message of a type that the peer may not send" };
      return undefined;
    };
  }

  /** Tells the peer over the control lane how far we have come on a stream of the user lane. */
  grantDue(stream: LaneStream): void {
    const control = this.control.open;
    if (!stream.isUser || stream.incoming === undefined) return;
    if (control === undefined || control.outgoing.isHeld) return;
    const { origin, attempt } = stream.name;
    const { messages, bytes } = stream.incoming.grant();
    const grant = { dialledBySender: origin === "dialled", attempt, messages, bytes };
    control.outgoing.writeUrgent(frameKind.grant, encodeGrant(grant));
  }

  grantReceived({ dialledBySender, attempt, messages, bytes }: Grant): Fault | undefined {
    const origin = dialledBySender ? "accepted" : "dialled";
    for (const stream of this.#streams) {
      const isMeant = stream.isUser && stream.name.attempt === attempt && stream.origin === origin;
      // Of those that are the lane or were: on a dial that is not settled nothing has been sent.
      if (isMeant && stream.agreed !== undefined && !stream.granted({ messages, bytes })) {
        return { code: "malformed", text: `a grant for ${messages} messages, which is more than were sent` };
      }
    }
    // One for a stream that is gone came too late, and is none of the one that took its place.
    return undefined;
  }

  /** The control lane takes urgent frames again. */
  drained(stream: LaneStream): void {
    if (stream !== this.control.open) return;
    const user = this.user.open;
    if (user?.incoming?.grantIsDue === true) this.grantDue(user);
  }

  gone(stream: LaneStream, { unknown, unsent }: Fate): void {
    this.#streams.delete(stream);
    this.peer.counters.unknown += unknown;
    this.peer.counters.unsent += unsent;
    const { reason } = stream;
    const lane = stream.introduction?.lane ?? "control";
    const isOrderly = reason?.code === "closing" && unknown + unsent === 0;
    if (this.#broken.delete(stream) && reason !== undefined && !isOrderly) {
      this.#owner.broken(this, { lane, reason, unknown, unsent });
    }
    if (this.end?.code === "closed" && lane === "user") this.control.end("closing");
    this.#settleWhenGone();
  }

  /** A link that never came up ends with its last stream, and nobody hears of it. */
  finishIfEmpty(): void {
    if (this.#isUp || this.#streams.size > 0 || this.end !== undefined) return;
    this.finish(endBecause({ kind: "lost" }), undefined);
  }

  #otherOf(lane: Lane): Lane {
    return lane === this.control ? this.user : this.control;
  }

  #announce(): void {
    if (this.#isUp || this.end !== undefined) return;
    this.#isUp = true;
    this.#owner.up(this);
  }

  #settleWhenGone(): void {
    if (this.#streams.size > 0) return;
    if (this.end !== undefined) this.peer.settle(this.end);
    else this.finishIfEmpty();
  }
}

/**
 * What the other lane is told, which may come first: that the peer leaves, or what is wrong. Nothing where the lane is
 * merely lost: a goodbye is final, and the peer may want this node.
 */
function codeOf(because: LaneEnd): GoAwayCode | undefined {
  if (because.kind === "lost") return undefined;
  return because.kind === "failed" && because.reason.by === "us" ? because.reason.code : "closing";
}

function endBecause(because: LaneEnd): PeerEnd {
  switch (because.kind) {
    case "goodbye":
      return { code: because.reason.by === "us" ? "closed" : "left", text: because.reason.text };
    case "replaced":
      return { code: "replaced", text: goAwaySentence("replaced") };
    case "lost":
      return { code: "lost", text: "The peer could not be reached again." };
    default:
      return { code: because.kind, text: because.reason.text, reason: because.reason };
  }
}
