// One of the two lanes with a peer: carries out what settling and redialling decide, and knows the stream that is the
// lane now.

import type { Address } from "./address.ts";
import type { Settlement } from "./catalogue.ts";
import type { GoAwayCode } from "./go-away.ts";
import type { Host } from "./host.ts";
import type { Incoming } from "./incoming.ts";
import type { LaneStream } from "./lane-stream.ts";
import type { Hello, LaneName, NodeId } from "./messages.ts";
import { isOtherStart, sameNode } from "./node-id.ts";
import {
  newRedial,
  type Redial,
  type RedialConfig,
  type Event as RedialEvent,
  step as stepRedial,
  type Verdict,
} from "./redial.ts";
import type { CloseReason, Introduction } from "./session.ts";
import {
  isVacant,
  newSettling,
  type Event as SettleEvent,
  type Settling,
  step as stepSettling,
  takenOf,
} from "./settle.ts";

/** What a lane needs of the peer's link. */
export interface LaneOwner {
  readonly host: Host;
  readonly self: NodeId;
  readonly node: NodeId;
  /** Where the peer is dialled. */
  readonly address: Address;
  /** What holds with the peer for all types, once that was compared. */
  readonly settlement: Settlement | undefined;
  nextAttempt(lane: LaneName): number;
  /** Makes a stream, and dials. */
  dial(introduction: Introduction): LaneStream;
  laneOpened(lane: Lane, stream: LaneStream): void;
  /** It was open, and is not any more. */
  laneBroken(lane: Lane, stream: LaneStream): void;
  /** Messages that had arrived, but never reached their handlers. */
  waitingLost(lane: Lane, messages: number): void;
  verdict(lane: Lane, verdict: Verdict): void;
  /** The peer's other lane is open. */
  otherIsOpen(lane: Lane): boolean;
  /** It cannot be had any more: the peer is over. */
  laneOver(lane: Lane, because: LaneEnd): void;
}

/** Why there will be no further stream. `lost`: nobody tries any longer. */
export type LaneEnd =
  | { readonly kind: "goodbye" | "failed" | "fenced"; readonly reason: CloseReason }
  | { readonly kind: "replaced"; readonly by: NodeId }
  | { readonly kind: "lost" };

export class Lane {
  readonly name: LaneName;
  /** The stream that carries messages. */
  open: LaneStream | undefined;
  /** How often one has opened. */
  openings = 0;

  readonly #owner: LaneOwner;
  readonly #settling: Settling;
  readonly #redial: Redial;
  #dialling: LaneStream | undefined;
  #cancelTimer: () => void = () => {};
  #paused = false;
  /** What came on a stream that is over, while its reader paused. */
  #leftover: Incoming | undefined;

  constructor(name: LaneName, owner: LaneOwner, redial: RedialConfig) {
    this.name = name;
    this.#owner = owner;
    this.#settling = newSettling(owner.self, owner.node);
    this.#redial = newRedial(redial, false);
  }

  /** Somebody wants the peer, so that failures do not end the attempts. */
  set wanted(wanted: boolean) {
    this.#redial.wanted = wanted;
  }

  /** Dials, unless something is going on. */
  need(): void {
    if (isVacant(this.#settling)) this.#redialStep({ kind: "needed" });
  }

  /** The peer is to dial; if it does not, we do. */
  await(): void {
    if (isVacant(this.#settling)) this.#redialStep({ kind: "awaited" });
  }

  /** A stream that the peer dialled: whether it may become the lane. Nothing is kept of it. */
  candidateOpened({ attempt, taken }: Hello): "admitted" | GoAwayCode {
    return this.#settle({ kind: "candidateOpened", attempt, taken }) ? "admitted" : "dialLost";
  }

  /** Its handshake is done: whether it is the lane now. */
  candidateConfirmed({ attempt, taken }: Hello): "admitted" | GoAwayCode {
    return this.#settle({ kind: "candidateConfirmed", attempt, taken }) ? "admitted" : "dialLost";
  }

  /** A stream that we dialled and the peer welcomed. */
  welcomed(stream: LaneStream): "admitted" | GoAwayCode {
    const { attempt } = stream.name;
    if (!this.#settle({ kind: "welcomed", attempt })) return "dialLost";
    if (this.#dialling !== stream) this.#redialStep({ kind: "dialled" });
    this.#dialling = stream;
    return "admitted";
  }

  /** Another node answered where this peer was dialled; the stream is not ours any more. */
  answeredBy(stream: LaneStream, node: NodeId): void {
    if (stream !== this.#dialling) return;
    this.#dialling = undefined;
    this.#settle({ kind: "streamEnded", stream: stream.name });
    if (!isOtherStart(node, this.#owner.node)) return this.#failed("unreachable");
    this.#owner.verdict(this, "replaced");
    this.#owner.laneOver(this, { kind: "replaced", by: node });
  }

  /** Both ends have settled that it is the lane. */
  opened(stream: LaneStream): void {
    // Whoever has just heard of a start that this one replaces may have closed the node.
    if (this.#redial.phase === "over") return stream.abandon("dialLost");
    if (stream.origin === "dialled") {
      if (stream !== this.#dialling) return stream.abandon("dialLost");
      this.#dialling = undefined;
      this.#settle({ kind: "dialConfirmed", attempt: stream.name.attempt });
    }
    this.open = stream;
    this.openings++;
    if (this.#paused) stream.incoming?.pause();
    this.#redialStep({ kind: "opened" });
    this.#owner.laneOpened(this, stream);
  }

  ended(stream: LaneStream): void {
    const reason = stream.reason!;
    if (stream === this.#dialling) {
      this.#dialling = undefined;
      this.#settle({ kind: "streamEnded", stream: stream.name });
      this.#dialEnded(stream, reason);
    } else if (stream === this.open) {
      this.#settle({ kind: "streamEnded", stream: stream.name });
      this.#broken(stream, reason);
    }
  }

  pause(): void {
    this.#paused = true;
    this.open?.incoming?.pause();
  }

  /** Hands on what has waited, in the order in which it came. */
  resume(): void {
    this.#paused = false;
    const leftover = this.#leftover;
    leftover?.resume();
    if (this.#paused) return;
    this.#leftover = undefined;
    const stream = this.open;
    const fault = stream?.incoming?.resume();
    if (fault !== undefined) stream?.fail(fault);
  }

  /** Says why, or nothing where there is no code, and opens nothing any more. */
  end(code: GoAwayCode | undefined): void {
    this.#redialStep({ kind: "ended" });
    // What is not open yet is just given up: to say goodbye there would be for another start of the peer, perhaps.
    this.#giveUpDial();
    if (code === undefined) this.open?.destroy();
    else if (code === "closing") this.open?.close();
    else this.open?.abandon(code);
  }

  #broken(stream: LaneStream, reason: CloseReason): void {
    this.open = undefined;
    this.#keep(stream.incoming);
    this.#owner.laneBroken(this, stream);
    const end = endOf(reason);
    if (end !== undefined) this.#owner.laneOver(this, end);
    else this.#redialStep({ kind: "broken" });
  }

  /** What came while the reader paused is still for it; but not of more than one stream, or there would be no bound. */
  #keep(incoming: Incoming | undefined): void {
    const waiting = incoming?.waitingMessages ?? 0;
    if (waiting === 0) return;
    if (this.#leftover === undefined) this.#leftover = incoming;
    else this.#owner.waitingLost(this, waiting);
  }

  /** A stream came to nothing before it was open. */
  #dialEnded(stream: LaneStream, reason: CloseReason): void {
    const answers = stream.hello?.node;
    const isOther = answers !== undefined && !sameNode(answers, this.#owner.node);
    // What this node gives up because it took too long says nothing about the peer either.
    if (reason.code === "dialLost" || (reason.by === "us" && reason.code === "closing")) {
      return this.#redialStep({ kind: "dialLost", random: this.#owner.host.random() });
    }
    if (reason.code === "reset") return this.#redialStep({ kind: "reset", ...this.#circumstances() });
    // Whoever else begins to answer there says nothing about this peer before its handshake is done.
    const verdict = isOther ? "unreachable" : verdictOf(reason);
    if (verdict !== undefined) return this.#failed(verdict);
    this.#owner.laneOver(this, endOf(reason) ?? { kind: "failed", reason });
  }

  #failed(verdict: Exclude<Verdict, "reopened">): void {
    this.#redialStep({ kind: "failed", verdict, ...this.#circumstances() });
  }

  #circumstances() {
    return { random: this.#owner.host.random(), otherIsOpen: this.#owner.otherIsOpen(this) };
  }

  #settle(event: SettleEvent): boolean {
    let admitted = false;
    for (const effect of stepSettling(this.#settling, event)) {
      if (effect.kind === "admit") admitted = true;
      else if (effect.kind === "abandonDial") this.#giveUpDial();
      else if (effect.kind === "supersede") this.#supersede();
    }
    return admitted;
  }

  /** Its place is taken away first, so that its end changes nothing here. */
  #giveUpDial(): void {
    const stream = this.#dialling;
    this.#dialling = undefined;
    stream?.abandon("dialLost");
  }

  /** As above. */
  #supersede(): void {
    const stream = this.open;
    if (stream === undefined) return;
    this.open = undefined;
    this.#keep(stream.incoming);
    stream.abandon("superseded");
    this.#owner.laneBroken(this, stream);
  }

  #redialStep(event: RedialEvent): void {
    for (const effect of stepRedial(this.#redial, event)) {
      if (effect.kind === "dial") this.#dial();
      else if (effect.kind === "setTimer") this.#setTimer(effect.afterMs, effect.token);
      else if (effect.kind === "clearTimer") this.#cancelTimer();
      else if (effect.kind === "verdict") this.#owner.verdict(this, effect.verdict);
      else this.#owner.laneOver(this, { kind: "lost" });
    }
  }

  #dial(): void {
    const attempt = this.#owner.nextAttempt(this.name);
    stepSettling(this.#settling, { kind: "dialled", attempt });
    const taken = takenOf(this.#settling);
    const { node, settlement } = this.#owner;
    const introduction = { lane: this.name, attempt, taken };
    const compared = settlement && { instance: node.instance, settlement };
    this.#dialling = this.#owner.dial(compared === undefined ? introduction : { ...introduction, compared });
  }

  #setTimer(afterMs: number, token: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#owner.host.setTimer(afterMs, () => {
      this.#redialStep({ kind: "timerFired", token, ...this.#circumstances() });
    });
  }
}

/** Whether a reason ends more than the stream: the peer leaves, or one of the two cannot understand the other. */
function endOf(reason: CloseReason): LaneEnd | undefined {
  if (reason.by === "network" || reason.code === "superseded" || reason.code === "dialLost") return undefined;
  if (reason.code === "closing") return { kind: "goodbye", reason };
  if (reason.code === "replaced") return { kind: reason.by === "peer" ? "fenced" : "failed", reason };
  return { kind: "failed", reason };
}

/** What a dial that came to nothing says about the peer; undefined where that is no question of reaching it. */
function verdictOf(reason: CloseReason): Exclude<Verdict, "reopened" | "replaced"> | undefined {
  switch (reason.code) {
    case "refused":
      return "refused";
    case "silent":
    case "handshakeTimedOut":
      return "silent";
    case "notHewn":
    case "superseded":
      return "unreachable";
    default:
      return reason.by === "network" ? "unreachable" : undefined;
  }
}
