// One stream that is, or wants to be, a lane: joins decoder, session, pings and what comes in and goes out. Does no I/O
// and decides nothing: its owner says whether it is admitted, and is told what came of it.

import { DecodeError } from "../codec/decode-error.ts";
import type { Address } from "./address.ts";
import type { Offer, Settlement } from "./catalogue.ts";
import type { Position } from "./credit.ts";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { type GoAwayCode, goAwaySentence } from "./go-away.ts";
import type { Host, Sink, Stream, StreamEvents, StreamFailure } from "./host.ts";
import { type Deliver, type Fault, Incoming } from "./incoming.ts";
import {
  heard,
  type Keepalive,
  type Event as KeepaliveEvent,
  newKeepalive,
  step as stepKeepalive,
} from "./keepalive.ts";
import { lingerMs } from "./limits.ts";
import { decodeGrant, decodePing, decodePong, encodePing, encodePong } from "./messages.codec.ts";
import type { Grant, Hello, Pong } from "./messages.ts";
import { type Fate, Outgoing } from "./outgoing.ts";
import {
  type CloseReason,
  type Effect,
  type Event,
  firstLengthMax,
  type Introduction,
  type NetworkEnd,
  newSession,
  type Opened,
  type Session,
  type SessionConfig,
  step,
} from "./session.ts";
import type { StreamName } from "./settle.ts";
import { makeSlot, type Slot } from "./slot.ts";

/** How long things may take, in milliseconds. */
export interface StreamTimes {
  readonly connectDeadlineMs: number;
  readonly pingIntervalMs: number;
  readonly pingMissesMax: number;
}

/** What a stream's owner is asked and told. */
export interface StreamOwner {
  /** Counts what happens: what is counted later happened later. */
  moment(): number;
  /** Whether the stream may become the lane that it names; otherwise why not. */
  admit(stream: LaneStream, hello: Hello): "admitted" | GoAwayCode;
  /** Accepted ones: the handshake is done. Whether the stream is the lane now; otherwise why not. */
  confirm(stream: LaneStream, hello: Hello): "admitted" | GoAwayCode;
  /** What its types are known to hold with the peer of a stream that was admitted. */
  settlementOf(stream: LaneStream): Settlement | undefined;
  opened(stream: LaneStream): void;
  /** What takes the bodies of messages, once the stream is open. */
  receiverOf(stream: LaneStream): Deliver;
  /** The bytes of the messages since the last call are gone. */
  released(stream: LaneStream): void;
  /** What the other end has consumed on the user lane. */
  grantReceived(stream: LaneStream, grant: Grant): Fault | undefined;
  /** Half of the window has been consumed, or an interval has passed since something was: a grant should go. */
  grantDue(stream: LaneStream): void;
  roundTripMeasured(stream: LaneStream, roundTripMs: number): void;
  /** Urgent frames may be written again. */
  drained(stream: LaneStream): void;
  /** It is over, for the reason that it has now; it may still be saying goodbye. */
  ended(stream: LaneStream): void;
  /** Nothing is left of it. */
  gone(stream: LaneStream, fate: Fate): void;
}

export interface LaneStreamOptions {
  readonly host: Host;
  readonly config: SessionConfig;
  readonly times: StreamTimes;
  readonly owner: StreamOwner;
  /** Whom it was dialled to, or whom it came from. */
  readonly address: Address;
  /** Of those that are dialled. */
  readonly introduction?: Introduction;
}

export class LaneStream implements StreamEvents, Sink {
  readonly address: Address;
  /** Dialled: opened by this node. */
  readonly origin: StreamName["origin"];
  /** What both hold, once the handshake is done. */
  agreed: Opened | undefined;
  /** Why it is over, once it is. */
  reason: CloseReason | undefined;
  readonly outgoing: Outgoing;
  incoming: Incoming | undefined;
  /** The moment at which it began. */
  readonly begunAt: number;
  /** That at which somebody was at the other end. */
  takenAt = 0;
  /** When the last bytes came, on the host's clock. */
  heardAtMs: number | undefined;

  readonly #host: Host;
  readonly #owner: StreamOwner;
  readonly #times: StreamTimes;
  readonly #session: Session;
  readonly #decoder = new FrameDecoder(firstLengthMax);
  readonly #keepalive: Keepalive;
  readonly #slots = new Map<Offer, Slot>();
  #lastCodec: Offer | undefined;
  #lastSlot: Slot | undefined;
  #stream: Stream | undefined;
  #connected = false;
  /** It is to close when what waits has gone out. */
  #isLeaving = false;
  /** No byte may be written any more. */
  #finished = false;
  #cancelTimer: () => void = nothing;
  #cancelPing: () => void = nothing;
  /** The number of a ping that came while the socket took nothing. */
  #pongDue: number | undefined;

  constructor(options: LaneStreamOptions) {
    this.#host = options.host;
    this.#owner = options.owner;
    this.#times = options.times;
    this.address = options.address;
    this.origin = options.introduction === undefined ? "accepted" : "dialled";
    this.begunAt = options.owner.moment();
    this.#session = newSession(options.config);
    this.#session.introduction = options.introduction;
    this.#keepalive = newKeepalive(options.times.pingMissesMax);
    this.outgoing = new Outgoing({
      sink: this,
      schedule: (run) => this.#host.schedule(run),
    });
  }

  /** The lane that it is to be, as the dialler says; not before its hello. */
  get introduction(): Introduction | undefined {
    return this.#session.introduction;
  }

  /** The peer's hello, once it came. */
  get hello(): Hello | undefined {
    return this.#session.hello;
  }

  get name(): StreamName {
    return { origin: this.origin, attempt: this.#session.introduction?.attempt ?? 0 };
  }

  get isUser(): boolean {
    return this.#session.introduction?.lane === "user";
  }

  /** What `send` needs to know of a codec, from the terms of this stream. */
  slotOf(codec: Offer, index: number | undefined): Slot {
    const slot = makeSlot(codec, index, this.agreed);
    this.#slots.set(codec, slot);
    this.#lastSlot = slot;
    return slot;
  }

  /** Most often the same as for the message before. */
  knownSlot(codec: Offer): Slot | undefined {
    if (codec !== this.#lastCodec) {
      this.#lastCodec = codec;
      this.#lastSlot = this.#slots.get(codec);
    }
    return this.#lastSlot;
  }

  /** Whether the other end may go by this host name; see {@link Stream}. */
  mayBe(host: string): boolean {
    return this.#stream?.mayBe?.(host) ?? true;
  }

  /** Opens the stream, and shakes hands. */
  dial(): void {
    const { connectDeadlineMs } = this.#times;
    this.#setTimer(connectDeadlineMs, () => {
      // Where its system has taken the connection, it is the peer that is silent; else nothing says that it is there.
      const code = this.#stream?.isTaken === true ? "silent" : "timedOut";
      this.#over(code, `no answer to the connect within ${connectDeadlineMs} ms`);
    });
    this.#stream = this.#host.dial(this.address, this);
  }

  /** Takes a stream that the peer opened, and waits for its hello. */
  accept(stream: Stream): void {
    this.#stream = stream;
    this.#isTaken();
    this.#step({ kind: "accepted" });
  }

  /** Says goodbye behind everything that was sent, and closes. The owner lets nothing more be sent. */
  close(): void {
    if (this.reason !== undefined) return;
    if (!this.#connected) return this.abandon("closing");
    this.outgoing.flush();
    if (!this.outgoing.hasBacklog) return this.#goodbye();
    this.#isLeaving = true;
    this.#setTimer(lingerMs, () => {
      // A backlog would follow the goodbye as soon as there is credit for it.
      this.outgoing.discard();
      this.#goodbye();
    });
  }

  /** Closes a stream that is no lane, or none any more: of what waits nothing goes out. */
  abandon(code: GoAwayCode): void {
    if (this.reason !== undefined) return;
    this.outgoing.discard();
    if (this.#connected) return this.#step({ kind: "closeRequested", code });
    this.#close({ by: "us", code, text: goAwaySentence(code) });
  }

  /** Gives the stream up at once and without a word: nobody would hear it. */
  destroy(): void {
    this.#over("ended", "The stream was given up.");
  }

  /** A grant for this stream came over the control lane. */
  granted(position: Readonly<Position>): boolean {
    const possible = this.outgoing.granted(position);
    this.#leaveWhenDone();
    return possible;
  }

  /** For what goes out. */
  write(bytes: Uint8Array): boolean {
    return this.#finished || (this.#stream?.write(bytes) ?? true);
  }

  get hasTaken(): boolean {
    return this.#stream?.hasTaken === true;
  }

  opened(): void {
    this.#isTaken();
    this.#stopTimer();
    this.#step({ kind: "dialled", introduction: this.#session.introduction! });
  }

  #isTaken(): void {
    this.#connected = true;
    this.takenAt = this.#owner.moment();
  }

  received(chunk: Uint8Array): void {
    // Who has said goodbye still waits for the other side's.
    if (this.reason !== undefined && this.reason.by !== "us") return;
    const decoder = this.#decoder;
    heard(this.#keepalive);
    this.heardAtMs = this.#host.now();
    decoder.push(chunk);
    for (;;) {
      this.#run(decoder);
      if (!decoder.next()) break;
      if (this.reason !== undefined) this.#lastWord(decoder);
      else if (decoder.kind === frameKind.message && this.incoming !== undefined) {
        const fault = this.incoming.message(decoder.bytes, decoder.start, decoder.end);
        if (fault !== undefined) this.fail(fault);
      } else this.#frame(decoder);
    }
    this.#owner.released(this);
    if (this.incoming?.grantIsDue === true && this.reason === undefined) this.#owner.grantDue(this);
    if (decoder.error !== undefined) this.#step({ kind: "framingFailed", error: decoder.error });
  }

  /** Messages, most often all that there is in a chunk. */
  #run(decoder: FrameDecoder): void {
    if (this.reason !== undefined || this.incoming === undefined) return;
    const fault = this.incoming.run(decoder);
    if (fault !== undefined) this.fail(fault);
  }

  drained(): void {
    heard(this.#keepalive);
    this.outgoing.drained();
    this.#leaveWhenDone();
    if (this.#pongDue !== undefined) this.#pong(this.#pongDue);
    if (this.reason === undefined) this.#owner.drained(this);
  }

  ended(): void {
    if (this.#decoder.unfinishedBytes === 0) this.#over("ended", "The stream ended without a goodbye.");
    else this.#over("cutOff", "The stream ended in the middle of a frame.");
  }

  closed(failure?: StreamFailure): void {
    if (failure === undefined) this.ended();
    else this.#over(failure.code, failure.text);
    this.#finished = true;
    this.#stopTimer();
    this.outgoing.discard();
    this.#owner.gone(this, this.outgoing.fate);
  }

  /** Ends the stream because of what the peer sent. */
  fail({ code, text }: Fault): void {
    this.#step({ kind: "closeRequested", code, text });
  }

  /** Everything that is not a message. */
  #frame(decoder: FrameDecoder): void {
    const { kind, bytes, start, end } = decoder;
    const { incoming } = this;
    if (incoming !== undefined && this.isUser && isChunk(kind)) {
      const fault = incoming.chunk(kind, bytes, start, end);
      if (fault !== undefined) this.fail(fault);
      return;
    }
    const body = bytes.subarray(start, end);
    if (incoming === undefined || !this.#sessionFrame(kind, body)) {
      this.#step({ kind: "frameReceived", frame: kind, body });
    }
  }

  /** Frames of an open session; false for what is none. */
  #sessionFrame(kind: number, body: Uint8Array): boolean {
    try {
      if (kind === frameKind.ping) this.#pong(decodePing(body).number);
      else if (kind === frameKind.pong) this.#ponged(decodePong(body));
      else if (kind === frameKind.grant && !this.isUser) this.#grant(decodeGrant(body));
      else return false;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.fail({ code: "malformed", text: error.message });
    }
    return true;
  }

  #lastWord({ kind, bytes, start, end }: FrameDecoder): void {
    if (kind === frameKind.goAway) {
      this.#step({ kind: "frameReceived", frame: kind, body: bytes.subarray(start, end) });
    }
  }

  /** The control lane has no grants, so its pongs say what was consumed. */
  #ponged({ number, consumed }: Pong): void {
    this.#keep({ kind: "pongReceived", number, nowMs: this.#host.now() });
    if (consumed === undefined || this.isUser || this.outgoing.consumed(consumed)) return;
    this.fail({ code: "malformed", text: `${consumed} messages consumed, which is more than were sent` });
  }

  #grant(grant: Grant): void {
    const fault = this.#owner.grantReceived(this, grant);
    if (fault !== undefined) this.fail(fault);
  }

  /** One answer is kept for all pings that come while the socket takes nothing: the last is the one that counts. */
  #pong(number: number): void {
    const pong =
      this.isUser || this.incoming === undefined
        ? { number }
        : { number, consumed: this.incoming.consumedMessages };
    const sent = this.reason !== undefined || this.outgoing.writeUrgent(frameKind.pong, encodePong(pong));
    this.#pongDue = sent ? undefined : number;
  }

  #keep(event: KeepaliveEvent): void {
    for (const effect of stepKeepalive(this.#keepalive, event)) {
      if (effect.kind === "ping") {
        this.outgoing.writeUrgent(frameKind.ping, encodePing({ number: effect.number }));
      } else if (effect.kind === "measured") this.#owner.roundTripMeasured(this, effect.roundTripMs);
      else {
        const ms = this.#times.pingIntervalMs * this.#times.pingMissesMax;
        this.#over("silent", `Nothing was heard for ${ms} ms.`);
      }
    }
  }

  readonly #tick = (): void => {
    this.#cancelPing = this.#host.setTimer(this.#times.pingIntervalMs, this.#tick);
    this.#keep({ kind: "ticked", nowMs: this.#host.now() });
    if (this.reason === undefined && this.incoming?.grantHasNews === true) this.#owner.grantDue(this);
  };

  #step(event: Event): void {
    this.#session.consumed = this.incoming?.consumedMessages ?? 0;
    const effects = step(this.#session, event);
    // Nothing may follow a goodbye, and who gets one for a fault would read nothing in front of it either.
    if (effects.some(endsAtOnce)) this.outgoing.discard();
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case "send":
        return this.outgoing.writeFrame(effect.frame, effect.body);
      case "setTimer":
        return this.#setTimer(effect.afterMs, () => this.#step({ kind: "timerFired", token: effect.token }));
      case "clearTimer":
        return this.#stopTimer();
      case "limitFrames":
        this.#decoder.lengthMax = effect.lengthMax;
        return;
      case "admit":
        return this.#admit(effect.hello);
      case "confirm":
        return this.#confirm();
      case "open":
        return this.#open(effect.opened);
      case "consumed":
        if (this.incoming !== undefined) this.outgoing.consumed(effect.messages);
        return;
      case "close":
        return this.#close(effect.reason);
      default:
        return effect satisfies never;
    }
  }

  #admit(hello: Hello): void {
    const answer = this.#owner.admit(this, hello);
    if (this.reason !== undefined) return;
    if (answer !== "admitted") return this.#step({ kind: "refused", code: answer });
    this.#step({ kind: "admitted", settlement: this.#owner.settlementOf(this) });
  }

  #confirm(): void {
    const answer = this.#owner.confirm(this, this.#session.hello!);
    if (this.reason !== undefined) return;
    this.#step(answer === "admitted" ? { kind: "confirmed" } : { kind: "refused", code: answer });
  }

  #open(agreed: Opened): void {
    this.agreed = agreed;
    this.outgoing.open(agreed.takes, this.isUser);
    const deliver = this.#owner.receiverOf(this);
    this.incoming = new Incoming(this.#session.config.takes, this.isUser, deliver);
    this.#cancelPing = this.#host.setTimer(this.#times.pingIntervalMs, this.#tick);
    this.#owner.opened(this);
  }

  #over(code: NetworkEnd, text: string): void {
    if (this.#connected) this.#step({ kind: "streamEnded", code, text });
    else if (this.reason === undefined) this.#close({ by: "network", code, text });
  }

  /** Lets out what waits, ends the stream, and gives the peer some time to take it and to close its side. */
  #close(reason: CloseReason): void {
    this.reason = reason;
    this.incoming?.stop();
    this.#cancelPing();
    this.#stopTimer();
    if (reason.by === "network" || !this.#connected) {
      this.#finished = true;
      this.#stream?.destroy();
    } else {
      this.#setTimer(lingerMs, () => this.#stream?.destroy());
      this.outgoing.flush();
      this.#endWhenDone();
    }
    this.#owner.ended(this);
  }

  #goodbye(): void {
    this.#step({ kind: "closeRequested", code: "closing" });
  }

  #leaveWhenDone(): void {
    if (this.#isLeaving && this.reason === undefined && !this.outgoing.hasBacklog) this.#goodbye();
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.reason === undefined || this.#finished || this.outgoing.waitingBytes > 0) return;
    this.#finished = true;
    this.#stream?.end();
  }

  /** Lets go of it as well: an open stream has none, for as long as it lives. */
  #stopTimer(): void {
    this.#cancelTimer();
    this.#cancelTimer = nothing;
  }

  #setTimer(afterMs: number, run: () => void): void {
    this.#stopTimer();
    this.#cancelTimer = this.#host.setTimer(afterMs, run);
  }
}

function isChunk(kind: number): boolean {
  return kind === frameKind.chunkBegin || kind === frameKind.chunk || kind === frameKind.chunkEnd;
}

/** It ends the stream because something is wrong with it, or because nobody reads what waits. */
function endsAtOnce(effect: Effect): boolean {
  return effect.kind === "close" && (effect.reason.by !== "us" || effect.reason.code !== "closing");
}

function nothing(): void {}
