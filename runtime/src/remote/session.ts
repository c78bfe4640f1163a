// All that a node's actors hold with those of one peer: who waits for answers, what may be sent to whom, and what has
// come from there. Everything is counted for one stream of the user lane; when another one opens it begins anew.

import type { ActorSystem, NotSent, Outcome, UnknownReason } from "../actors/index.ts";
import type { Codec } from "../codec/index.ts";
import { formatNodeId, type SendOutcome } from "../transport/index.ts";
import { Correlations, slotOf } from "./correlations.ts";
import type { RemoteCounters, RemoteReport } from "./counters.ts";
import { Answer, Envelope, type Hop, type SpawnRequest } from "./envelope.ts";
import type { Extender, FarReply } from "./far-reply.ts";
import { type CreditTeller, InFlow } from "./in-flow.ts";
import type { Answerer, IncomingAsk } from "./incoming-messages.ts";
import type { ActorCredit, ActorExtension } from "./messages.ts";
import type { RemotePeer } from "./network.ts";
import { type FlowLink, OutFlow } from "./out-flow.ts";
import { crowded, expired, notSent, refusalFor, refusalOf, unknown, unreachable } from "./outcomes.ts";
import type { RemoteProtocol, Route } from "./remote-protocol.ts";
import { cancels, credits, extensions, refusals } from "./runtime-types.ts";

/** What sessions share. */
export interface SessionWorld {
  readonly system: ActorSystem;
  readonly counters: RemoteCounters;
  report(report: RemoteReport): void;
}

export class Session implements FlowLink, Answerer, CreditTeller, Extender {
  readonly peer: RemotePeer;
  /** The peer's node, as `formatNodeId` writes it. */
  readonly key: string;
  readonly counters: RemoteCounters;
  isOver = false;
  /** Actors that were started here for the peer. */
  readonly spawned = new Set<number>();

  readonly #world: SessionWorld;
  #stream = 0;
  readonly #waiting = new Correlations<FarReply>();
  readonly #out = new Map<number, OutFlow>();
  readonly #in = new Map<number, InFlow>();
  /** Asks of the peer that are not answered, by the slots of their numbers. */
  #asks: (IncomingAsk | undefined)[] = [];
  /** What the transport had no room for: the runtime's own, and answers. */
  #owed: (() => SendOutcome)[] = [];
  readonly #blocked = new Set<OutFlow>();
  #awaitsRoom = false;
  /** Filled, written and forgotten. */
  readonly #envelope = new Envelope();
  readonly #answer = new Answer();
  /** Answers that the peer can send, as far as that has been asked. */
  readonly #answerable = new Set<Codec<Answer>>();

  constructor(peer: RemotePeer, world: SessionWorld) {
    this.peer = peer;
    this.key = formatNodeId(peer.node);
    this.counters = world.counters;
    this.#world = world;
    this.look();
  }

  get isOpen(): boolean {
    return this.peer.userStream !== 0;
  }

  /** Notices whether another stream is the user lane now. */
  look(): void {
    const { userStream } = this.peer;
    if (userStream !== this.#stream && userStream !== 0) this.#begin(userStream);
  }

  flowTo(actor: number, { routes }: RemoteProtocol): OutFlow {
    let flow = this.#out.get(actor);
    if (flow === undefined) {
      flow = new OutFlow(actor, routes, this);
      this.#out.set(actor, flow);
    }
    return flow;
  }

  /** The messages of the peer for an actor here; undefined where there is none. */
  flowFrom(actor: number): InFlow | undefined {
    const known = this.#in.get(actor);
    if (known !== undefined) return known;
    const cell = this.#world.system.find(actor);
    if (cell === undefined || cell.status === "ended") return undefined;
    const flow = new InFlow(cell, this);
    this.#in.set(actor, flow);
    return flow;
  }

  /** Sends something behind all that waits for an actor there. */
  sendBehind<T>(actor: number, codec: Codec<T>, message: T): void {
    const send = (): void => this.#owe(() => this.peer.send(codec, message, actor));
    const flow = this.#out.get(actor);
    if (flow === undefined) send();
    else flow.whenEmpty(send);
  }

  // Asking.

  /** Sends an ask or has it wait; answers why neither can be. */
  ask(
    flow: OutFlow,
    route: Route,
    pending: FarReply,
    sender: number,
    hops: readonly Hop[],
  ): NotSent | undefined {
    const refusal = this.#refusal(route);
    if (refusal !== undefined) return refusal;
    if (!this.#waiting.add(pending)) return crowded;
    pending.answer = route.answer;
    pending.flow = flow;
    pending.extender = this;
    const failure = flow.ask(route, pending, sender, hops);
    if (failure !== undefined) this.#waiting.remove(pending);
    return failure;
  }

  /** The same for a spawn, which never waits. */
  spawn({ spawn }: RemoteProtocol, pending: FarReply, request: SpawnRequest): NotSent | undefined {
    if (!this.#waiting.add(pending)) return crowded;
    this.look();
    request.correlation = pending.correlation;
    request.budgetMs = this.#world.system.deadlines.msUntil(pending.expiresAt);
    const outcome = this.peer.send(spawn, request);
    if (outcome.status === "accepted") {
      pending.stream = this.#stream;
      this.counters.sent++;
      return undefined;
    }
    this.#waiting.remove(pending);
    return refusalOf(outcome);
  }

  /** Who waits for that number is taken out; undefined, and counted, where nobody does any more. */
  take(correlation: number): FarReply | undefined {
    const pending = this.#waiting.take(correlation);
    if (pending === undefined) this.counters.late++;
    return pending;
  }

  /** The same, for an answer of that type; undefined: of a spawn. What answers another question answers none. */
  takeFor(correlation: number, answer: Codec<Answer> | undefined): FarReply | undefined {
    const pending = this.take(correlation);
    if (pending === undefined || pending.answer === answer) return pending;
    pending.settle(unknown("connectionLost", "The peer answered something else than what it was asked."));
    return undefined;
  }

  giveUp(pending: FarReply): Outcome<never> {
    const { correlation, flow } = pending;
    this.#waiting.remove(pending);
    if (pending.stream === 0) {
      flow?.forget();
      return expired;
    }
    if (pending.stream === this.peer.userStream) this.#send(cancels, { correlation });
    return unknown("timeout", "There was no answer in time.");
  }

  /** What has not gone out says how long it has when it does. */
  extend({ correlation, expiresAt, stream }: FarReply): void {
    if (stream === 0 || stream !== this.peer.userStream) return;
    this.#send(extensions, { correlation, budgetMs: this.#world.system.deadlines.msUntil(expiresAt) });
  }

  // What flows need.

  sendTell(flow: OutFlow, { message }: Route, args: unknown): SendOutcome {
    const envelope = this.#envelope;
    envelope.actor = flow.actor;
    envelope.args = args;
    return this.#sendEnvelope(flow, message);
  }

  sendAsk(
    flow: OutFlow,
    { message }: Route,
    pending: FarReply,
    sender: number,
    hops: readonly Hop[],
  ): SendOutcome {
    const envelope = this.#envelope;
    envelope.actor = flow.actor;
    envelope.correlation = pending.correlation;
    envelope.budgetMs = this.#world.system.deadlines.msUntil(pending.expiresAt);
    envelope.sender = sender;
    envelope.hops = hops;
    envelope.args = pending.args;
    const outcome = this.#sendEnvelope(flow, message);
    if (outcome.status === "accepted") pending.stream = this.#stream;
    return outcome;
  }

  awaitRoom(flow: OutFlow): void {
    this.#blocked.add(flow);
    this.#awaitRoom();
  }

  lost({ message }: Route, { reason, text }: NotSent): void {
    this.counters.notSent++;
    this.#world.report({ event: "notSent", node: this.peer.node, type: message.name, reason, text });
  }

  #sendEnvelope(flow: OutFlow, message: Codec<Envelope>): SendOutcome {
    const envelope = this.#envelope;
    const outcome = this.peer.send(message, envelope, flow.actor);
    envelope.args = undefined;
    if (outcome.status === "accepted") {
      this.counters.sent++;
      flow.counted(envelope.bytes);
    }
    return outcome;
  }

  /** An ask that could not be answered is not sent. */
  #refusal({ answer, message }: Route): NotSent | undefined {
    this.look();
    if (answer === undefined || this.#answerable.has(answer)) return undefined;
    const terms = this.peer.termsOf(answer);
    // No lane, or not among this node's types: sending says which.
    if (terms === undefined) return undefined;
    if (!terms.receives) {
      return notSent(
        "incompatible",
        `The peer has another version of what ${message.name} is answered with.`,
      );
    }
    this.#answerable.add(answer);
    return undefined;
  }

  // Being asked.

  /** An ask has come, which may be given up until it is answered. */
  entered(ask: IncomingAsk): void {
    ask.stream = this.#stream;
    this.#asks[slotOf(ask.correlation)] = ask;
  }

  answer(ask: IncomingAsk, outcome: Outcome<unknown>): void {
    const slot = slotOf(ask.correlation);
    if (this.#asks[slot] === ask) this.#asks[slot] = undefined;
    ask.flow.consumed(ask.bytes);
    if (ask.isGivenUp || ask.stream !== this.#stream || this.isOver) return;
    this.#owe(() => this.#sendAnswer(ask, outcome));
  }

  /** The peer waits no longer. */
  cancelled(correlation: number): void {
    const ask = this.#asks[slotOf(correlation)];
    if (ask?.correlation === correlation) giveUp(ask);
  }

  /** The peer waits longer. */
  extended({ correlation, budgetMs }: ActorExtension): void {
    const ask = this.#asks[slotOf(correlation)];
    if (ask?.correlation === correlation) ask.within(budgetMs);
  }

  /** Says what became of an ask, or a spawn, that has no value. */
  refuse(correlation: number, outcome: Exclude<Outcome<unknown>, { status: "ok" }>): void {
    this.#send(refusals, refusalFor(correlation, outcome));
  }

  /** Sends something of the runtime's own, as soon as there is room. */
  #send<T>(codec: Codec<T>, message: T): void {
    this.#owe(() => this.peer.send(codec, message));
  }

  send<T>(codec: Codec<T>, message: T): void {
    this.#send(codec, message);
  }

  #sendAnswer({ correlation, route, sender, flow }: IncomingAsk, outcome: Outcome<unknown>): SendOutcome {
    if (outcome.status !== "ok") return this.peer.send(refusals, refusalFor(correlation, outcome));
    const answer = this.#answer;
    answer.correlation = correlation;
    answer.value = outcome.value;
    const sent = this.peer.send(route.answer!, answer, sender === 0 ? pairOf(flow.cell.terms.id) : sender);
    answer.value = undefined;
    if (sent.status === "accepted") this.counters.sent++;
    if (sent.status === "accepted" || sent.reason === "overloaded") return sent;
    const { name } = route.answer!;
    this.#world.report({ event: "answerLost", node: this.peer.node, type: name, text: sent.text });
    const error = { name: sent.reason === "invalid" ? "EncodeError" : "Error", message: sent.text };
    return this.peer.send(refusals, refusalFor(correlation, { status: "failed", error }));
  }

  // Credit.

  grant(flow: InFlow): void {
    flow.told();
    this.#owe(() => this.peer.send(credits, { actor: flow.cell.terms.id, ...flow.allowed }));
  }

  gone(flow: InFlow): void {
    flow.end();
    this.#in.delete(flow.cell.terms.id);
    this.noActor(flow.cell.terms.id);
  }

  /** Has the peer forget what it counts for an actor. */
  noActor(actor: number): void {
    this.#send(credits, { actor, messages: 0, bytes: 0 });
  }

  credited({ actor, messages, bytes }: ActorCredit): void {
    const flow = this.#out.get(actor);
    if (flow === undefined) return;
    if (messages > 0 || bytes > 0) return flow.granted(messages, bytes);
    this.#out.delete(actor);
    flow.end(unreachable, (pending) => this.#settle(pending, noSuchActor));
  }

  // What happens to the connection.

  /** A stream broke: nobody hears any more of what was asked over it. */
  broke(): void {
    if (this.peer.userStream !== this.#stream) this.#giveUpAsks();
  }

  /** It is known what became of a stream that broke, or of the peer. */
  settleDoubts(reason: UnknownReason, text: string): void {
    const { userStream } = this.peer;
    for (const pending of this.#waiting.all()) {
      if (pending.stream !== 0 && (this.isOver || pending.stream !== userStream)) {
        this.#settle(pending, unknown(reason, text));
      }
    }
  }

  /** Nothing more will come of this peer. */
  end(reason: UnknownReason, text: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#owed = [];
    for (const flow of this.#in.values()) flow.end();
    this.#in.clear();
    this.#giveUpAsks();
    this.settleDoubts(reason, text);
    for (const flow of this.#out.values()) {
      flow.end(unreachable, (pending) => this.#settle(pending, unreachable));
    }
    this.#out.clear();
  }

  #begin(stream: number): void {
    this.#stream = stream;
    this.#owed = [];
    for (const flow of this.#in.values()) flow.end();
    this.#in.clear();
    this.#giveUpAsks();
    for (const flow of this.#out.values()) flow.restart();
    for (const flow of this.#out.values()) flow.pump();
  }

  /** Asks of a stream that is over: nobody waits for their answers. */
  #giveUpAsks(): void {
    const asks = this.#asks;
    this.#asks = [];
    for (const ask of asks) if (ask !== undefined) giveUp(ask);
  }

  #settle(pending: FarReply, outcome: Outcome<never>): void {
    this.#waiting.remove(pending);
    pending.settle(outcome);
  }

  // Waiting for the transport.

  #owe(send: () => SendOutcome): void {
    if (this.isOver) return;
    if (this.#owed.length === 0) {
      const outcome = send();
      if (outcome.status === "accepted" || outcome.reason !== "overloaded") return;
    }
    this.#owed.push(send);
    this.#awaitRoom();
  }

  #awaitRoom(): void {
    if (this.#awaitsRoom) return;
    this.#awaitsRoom = true;
    void this.peer.ready().then(() => {
      this.#awaitsRoom = false;
      this.look();
      this.#goOn();
    });
  }

  #goOn(): void {
    const owed = this.#owed;
    this.#owed = [];
    for (const [index, send] of owed.entries()) {
      const outcome = send();
      if (outcome.status === "accepted" || outcome.reason !== "overloaded") continue;
      this.#owed = [...owed.slice(index), ...this.#owed];
      return this.#awaitRoom();
    }
    const blocked = [...this.#blocked];
    this.#blocked.clear();
    for (const flow of blocked) flow.pump();
  }
}

const noSuchActor: Outcome<never> = /* @__PURE__ */ Object.freeze({
  status: "rejected",
  reason: "noSuchActor",
  text: "There is no such actor.",
});

function giveUp(ask: IncomingAsk): void {
  ask.isGivenUp = true;
  ask.expire();
}

/**
 * For the transport: all that goes to one actor is one pair, answers too, so that it arrives in order. What goes to nobody
 * in particular is in order with what else that actor answers.
 */
function pairOf(actor: number): number {
  return ~actor >>> 0;
}
