// Another node, as its users see it: one start of it. A new start at the same address is another peer.

import type { Codec } from "../codec/codec.ts";
import { EncodeError } from "../codec/encode-error.ts";
import type { RefPorts } from "../codec/options.ts";
import type { Address } from "./address.ts";
import type { Offer, Terms } from "./catalogue.ts";
import type { Handlers } from "./handlers.ts";
import type { LaneStream } from "./lane-stream.ts";
import type { NodeId } from "./messages.ts";
import { accepted, type NotSent, notSent, type SendOutcome } from "./send-outcome.ts";
import type { CloseReason } from "./session.ts";

/** Why a peer is over. */
export interface PeerEnd {
  /**
   * - `closed`: this node said goodbye.
   * - `left`: the peer did.
   * - `replaced`: another start of the node at that address has taken its place.
   * - `fenced`: the peer says that another start of this node has taken its place.
   * - `lost`: it cannot be reached, and nobody wants it any longer.
   * - `failed`: one of the two did not understand the other: see `reason`.
   */
  readonly code: "closed" | "left" | "replaced" | "fenced" | "lost" | "failed";
  readonly text: string;
  readonly reason?: CloseReason;
}

/** What a peer needs of its link. */
export interface PeerLink {
  readonly address: Address;
  readonly roles: readonly string[] | undefined;
  readonly control: { readonly open: LaneStream | undefined };
  readonly user: {
    readonly open: LaneStream | undefined;
    readonly openings: number;
    pause(): void;
    resume(): void;
  };
  readonly end: PeerEnd | undefined;
  grantDue(stream: LaneStream): void;
  want(wanted: boolean): void;
  finish(end: PeerEnd, code: "closing"): void;
}

/** Messages since the peer was first connected, on both lanes. */
export interface Counters {
  /** Accepted by `send`. */
  sent: number;
  /** Refused by `send`. */
  notSent: number;
  /** Decoded and given to a handler. */
  delivered: number;
  /** Arrived, but given to nobody. */
  lost: number;
  /** Went out on a stream that is over, and nothing says whether they were consumed. */
  unknown: number;
  /** Accepted, but the stream broke before they went out. */
  unsent: number;
}

const overloaded = notSent("overloaded", "Too much is waiting to be sent to this peer already.");
const tooLong = notSent("tooLong", "The message is longer than what the peer takes.");
const disconnected = notSent("disconnected", "There is no connection to the peer at the moment.");
const isClosed = notSent("closed", "The peer is closed.");

export class Peer {
  readonly node: NodeId;
  readonly counters: Counters = { sent: 0, notSent: 0, delivered: 0, lost: 0, unknown: 0, unsent: 0 };
  /** Fulfilled when nothing of the peer's streams is left, with the reason. Never rejects. */
  readonly closed: Promise<PeerEnd>;
  /** Where the handles in its messages lead: set by who knows. Without it they lead nowhere. */
  refs: RefPorts | undefined;
  /** What the last ping on the control lane took, in milliseconds. */
  roundTripMs: number | undefined;

  readonly #link: PeerLink;
  readonly #handlers: Handlers<Peer>;
  #waiting: (() => void)[] = [];
  #settleClosed: (end: PeerEnd) => void = () => {};

  /** Peers are made by their transport. */
  constructor(link: PeerLink, handlers: Handlers<Peer>, node: NodeId) {
    this.#link = link;
    this.#handlers = handlers;
    this.node = node;
    this.closed = new Promise((resolve) => {
      this.#settleClosed = resolve;
    });
  }

  /** What the node says that it is there for. */
  get roles(): readonly string[] {
    return this.#link.roles ?? [];
  }

  /** Both lanes are open. */
  get isConnected(): boolean {
    return this.#link.control.open !== undefined && this.#link.user.open !== undefined;
  }

  /**
   * Which of its streams the user lane is, counted from 1; 0 while there is none. What was sent on an earlier one has been
   * handed on before anything of a later one, or never will be.
   */
  get userStream(): number {
    const { open, openings } = this.#link.user;
    return open === undefined ? 0 : openings;
  }

  /** What was sent on an earlier stream of the control lane may be said to be lost while another one is open already. */
  get controlIsOpen(): boolean {
    return this.#link.control.open !== undefined;
  }

  /** Where it is dialled when a lane is lost: by the address that led to it, or the one that it gives itself. */
  get address(): Address {
    return this.#link.address;
  }

  /** When the last bytes came on a lane that is open, on the host's clock; undefined where none have. */
  get heardAtMs(): number | undefined {
    const { control, user } = this.#link;
    const ofControl = control.open?.heardAtMs;
    const ofUser = user.open?.heardAtMs;
    return ofControl === undefined || (ofUser !== undefined && ofUser > ofControl) ? ofUser : ofControl;
  }

  /** Why it is over, once it is. */
  get end(): PeerEnd | undefined {
    return this.#link.end;
  }

  /** What holds with the peer for a type; undefined where it is not in our own catalogue, or no lane is open. */
  termsOf(codec: Offer): Terms | undefined {
    const stream = this.#link.user.open ?? this.#link.control.open;
    const index = this.#handlers.indexOf(codec);
    return index === undefined ? undefined : stream?.agreed?.settlement.terms[index];
  }

  /**
   * Sends a message. The value is encoded before this returns and may change afterwards. Messages of one `pair`, any
   * number that stands for a sender and a receiver, arrive in the order of the calls; long ones of several pairs take
   * turns. Never throws for a value or a peer: see {@link SendOutcome}.
   */
  send<T>(codec: Codec<T>, value: T, pair = 0): SendOutcome {
    return this.#send(this.#link.user.open, codec, value, pair);
  }

  /**
   * Sends what keeps the nodes together: past everything that `send` has accepted, in the order of the calls. For short
   * messages, and few: there is no credit on this lane. One longer than 32 KiB is refused as `tooLong`.
   */
  sendControl<T>(codec: Codec<T>, value: T): SendOutcome {
    return this.#send(this.#link.control.open, codec, value, 0);
  }

  /** Fulfilled when a message that was refused as `overloaded` may be tried again, or the lane or the peer is over. */
  ready(): Promise<void> {
    const stream = this.#link.user.open;
    if (stream === undefined || !stream.outgoing.isFull) return Promise.resolve();
    stream.outgoing.onRoom ??= () => this.wake();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /**
   * Hands on no more messages of the user lane until `resume`; a message that is being handled is finished. What arrives
   * waits here, up to what the peer has been granted; then it waits there.
   */
  pause(): void {
    this.#link.user.pause();
  }

  resume(): void {
    this.#link.user.resume();
    const { open } = this.#link.user;
    if (open?.incoming?.grantIsDue === true) this.#link.grantDue(open);
  }

  /** Whether it is dialled again and again when it is lost: so it is, at first, for those that this node connected to. */
  want(wanted: boolean): void {
    this.#link.want(wanted);
  }

  /** Says goodbye behind everything that was sent, and closes. */
  close(): Promise<PeerEnd> {
    this.#link.finish({ code: "closed", text: "This node closed the connection." }, "closing");
    return this.closed;
  }

  /** For the link: those that wait for room shall look again. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** For the link: nothing of it is left. */
  settle(end: PeerEnd): void {
    this.#settleClosed(end);
  }

  #send<T>(stream: LaneStream | undefined, codec: Codec<T>, value: T, pair: number): SendOutcome {
    if (this.#link.end !== undefined) return this.#refuse(isClosed);
    if (stream === undefined || stream.reason !== undefined) return this.#refuse(disconnected);
    const slot = stream.knownSlot(codec) ?? stream.slotOf(codec, this.#handlers.indexOf(codec));
    if (slot.refusal !== undefined) return this.#refuse(slot.refusal);
    try {
      const outcome = stream.outgoing.send(codec, slot.index, value, pair);
      if (outcome !== "accepted") return this.#refuse(outcome === "full" ? overloaded : tooLong);
      this.counters.sent++;
      return accepted;
    } catch (error) {
      return this.#invalid(error);
    }
  }

  #invalid(error: unknown): NotSent {
    if (!(error instanceof EncodeError)) throw error;
    return this.#refuse(notSent("invalid", error.message));
  }

  #refuse(refusal: NotSent): NotSent {
    this.counters.notSent++;
    return refusal;
  }
}
