// What arrives of other nodes' actors: messages for actors here, answers for those who wait, and what is said about both.

import { failed } from "../actors/failure.ts";
import type { ActorSystem, Failed, Rejected } from "../actors/index.ts";
import type { AnyActor } from "../actors/protocol.ts";
import type { NodeId } from "../transport/index.ts";
import type { RemoteCounters, RemoteReport } from "./counters.ts";
import type { Answer, Envelope, SpawnRequest } from "./envelope.ts";
import type { HeldChildren } from "./held-children.ts";
import type { InFlow } from "./in-flow.ts";
import { deliverTell, IncomingAsk, waitsForItself } from "./incoming-messages.ts";
import type { RemoteNetwork, RemotePeer } from "./network.ts";
import { leaving, notAuthorised, notBound, outcomeOf } from "./outcomes.ts";
import type { RemoteProtocol, Route } from "./remote-protocol.ts";
import { cancels, credits, disownings, extensions, refusals, spawnings } from "./runtime-types.ts";
import type { Session } from "./session.ts";
import { startHeld } from "./start-held.ts";

/** What is needed of the node. */
export interface InboxNode {
  readonly system: ActorSystem;
  readonly counters: RemoteCounters;
  /** This node's identity as text. */
  readonly selfKey: string;
  sessionOf(peer: RemotePeer): Session;
  /** The class of an actor that others may start here. */
  bound(name: string): AnyActor | undefined;
  heldChildren(node: NodeId): HeldChildren;
  /** It takes no new actors any more. */
  readonly isLeaving: boolean;
  /** Whether a node may start it. */
  accepts(peer: NodeId, actor: string): boolean;
  report(report: RemoteReport): void;
}

export class Inbox {
  readonly #node: InboxNode;

  constructor(node: InboxNode) {
    this.#node = node;
  }

  listen(network: RemoteNetwork, protocols: Iterable<RemoteProtocol>): void {
    const node = this.#node;
    for (const protocol of protocols) {
      for (const route of protocol.routes) this.#listenTo(network, protocol, route);
      network.onMessage(protocol.spawn, (request, from) => this.#spawn(protocol, request, from));
    }
    network.onMessage(credits, (credit, from) => node.sessionOf(from).credited(credit));
    network.onMessage(cancels, ({ correlation }, from) => node.sessionOf(from).cancelled(correlation));
    network.onMessage(extensions, (extension, from) => node.sessionOf(from).extended(extension));
    network.onMessage(refusals, (refusal, from) => {
      node.sessionOf(from).take(refusal.correlation)?.settle(outcomeOf(refusal));
    });
    network.onMessage(spawnings, ({ correlation, actor }, from) => {
      const session = node.sessionOf(from);
      const pending = session.takeFor(correlation, undefined);
      if (pending === undefined) session.send(disownings, { actor });
      else pending.settle({ status: "ok", value: actor });
    });
    network.onMessage(disownings, ({ actor }, from) => this.#disowned(node.sessionOf(from), actor));
  }

  #listenTo(network: RemoteNetwork, { definition }: RemoteProtocol, route: Route): void {
    const { name } = definition;
    const { answer } = route;
    network.onMessage(route.message, (envelope, from) => this.#message(name, route, envelope, from));
    if (answer === undefined) return;
    network.onMessage(answer, (arrived, from) => {
      const session = this.#node.sessionOf(from);
      this.#answered(session.takeFor(arrived.correlation, answer), arrived, answer.name, from);
    });
  }

  #message(name: string, route: Route, envelope: Envelope, from: RemotePeer): void {
    const { counters } = this.#node;
    const session = this.#node.sessionOf(from);
    const isAsk = route.answer !== undefined;
    counters.received++;
    // Of a node that is known to be dead nothing is taken, whatever it thinks.
    const flow = session.isOver ? undefined : session.flowFrom(envelope.actor);
    if (flow === undefined || flow.cell.protocol.name !== name) {
      counters.deadLetters++;
      if (flow === undefined) session.noActor(envelope.actor);
      else flow.consumed(envelope.bytes);
      if (isAsk) session.refuse(envelope.correlation, noSuchActor);
      return;
    }
    flow.received();
    if (envelope.unreadable !== undefined) this.#unreadable(session, route, envelope, flow);
    else if (isAsk) this.#ask(session, route, envelope, flow);
    else deliverTell(flow, flow.cell.protocol.methods[route.method.index]!, envelope);
  }

  #ask(session: Session, route: Route, envelope: Envelope, flow: InFlow): void {
    const { cell } = flow;
    const method = cell.protocol.methods[route.method.index]!;
    const ask = new IncomingAsk(session, route, flow, method, envelope);
    session.entered(ask);
    if (!waitsForItself(cell, this.#node.selfKey, ask)) return cell.post(method, ask);
    const path = [{ node: session.key, actor: ask.sender }, ...ask.hops];
    const here = path.findIndex(({ node, actor }) => node === this.#node.selfKey && actor === cell.terms.id);
    const names = path
      .slice(0, here)
      .reverse()
      .map(({ node, actor }) => `actor ${actor} of ${node}`);
    const text = `The answer would have to wait for itself: ${[cell.label, ...names, cell.label].join(" -> ")}.`;
    ask.settle({ status: "rejected", reason: "cycle", text });
  }

  #unreadable(
    session: Session,
    route: Route,
    { correlation, bytes, unreadable }: Envelope,
    flow: InFlow,
  ): void {
    const text = this.#report(route.message.name, session.peer, unreadable);
    flow.consumed(bytes);
    if (route.answer !== undefined) session.refuse(correlation, cannotRead(text));
  }

  #answered(
    pending: ReturnType<Session["take"]>,
    { value, unreadable }: Answer,
    type: string,
    from: RemotePeer,
  ): void {
    if (pending === undefined) return;
    if (unreadable === undefined) return pending.settle({ status: "ok", value });
    this.#report(type, from, unreadable);
    pending.settle(failed(unreadable));
  }

  #report(type: string, from: RemotePeer, error: unknown): string {
    const text = String(error);
    this.#node.counters.unreadable++;
    this.#node.report({ event: "unreadable", node: from.node, type, text });
    return text;
  }

  #spawn({ definition }: RemoteProtocol, request: SpawnRequest, from: RemotePeer): void {
    const node = this.#node;
    const session = node.sessionOf(from);
    const { correlation, name, mailboxMessages, generation, unreadable } = request;
    if (session.isOver) return;
    if (unreadable !== undefined) {
      const text = this.#report(`${definition.name}:spawn`, from, unreadable);
      return this.#refuse(session, correlation, cannotRead(text));
    }
    if (node.isLeaving) return this.#refuse(session, correlation, leaving);
    const actor = node.bound(definition.name);
    if (actor === undefined) return this.#refuse(session, correlation, notBound(definition.name));
    if (!node.accepts(from.node, definition.name)) {
      return this.#refuse(session, correlation, notAuthorised(definition.name));
    }
    if (request.child !== 0) return this.#startChild(session, actor, request);
    try {
      const cell = node.system.start(actor, request.args as readonly unknown[], {
        ...(name !== "" && { name }),
        ...(mailboxMessages !== 0 && { mailboxMessages }),
        generation,
        onEnded: () => session.spawned.delete(cell.terms.id),
      });
      const { id } = cell.terms;
      session.spawned.add(id);
      node.counters.spawned++;
      session.send(spawnings, { correlation, actor: id });
    } catch (error) {
      session.refuse(correlation, failed(error));
    }
  }

  /** A child of a supervisor there: it runs as long as the lease is held. */
  #startChild(session: Session, actor: AnyActor, request: SpawnRequest): void {
    const { correlation, child, term } = request;
    const refuse = (outcome: Failed | Rejected): void => session.refuse(correlation, outcome);
    const starting = {
      ...request,
      actor,
      refuse,
      started: (id: number) => session.send(spawnings, { correlation, actor: id }),
    };
    this.#node.heldChildren(session.peer.node).order({
      child,
      term,
      start: (lease, ended) => startHeld(this.#node, starting, lease, ended),
      refuse: (outcome) => this.#refuse(session, correlation, outcome),
    });
  }

  /** Nothing is started. */
  #refuse(session: Session, correlation: number, outcome: Rejected): void {
    this.#node.counters.refused++;
    session.refuse(correlation, outcome);
  }

  /** Whoever had it started waits no longer, and has no handle: nobody else can have one. */
  #disowned(session: Session, actor: number): void {
    if (session.spawned.has(actor)) this.#node.system.find(actor)?.end({ reason: "stopped" });
  }
}

function cannotRead(text: string): Rejected {
  return { status: "rejected", reason: "unsupported", text: `The arguments could not be read: ${text}` };
}

const noSuchActor: Rejected = /* @__PURE__ */ Object.freeze({
  status: "rejected",
  reason: "noSuchActor",
  text: "There is no such actor.",
});
