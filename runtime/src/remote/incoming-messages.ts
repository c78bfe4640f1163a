// Messages of a peer in the mailboxes of this node's actors.

import type { ActorCell } from "../actors/cell.ts";
import type { Outcome } from "../actors/index.ts";
import type { Method } from "../actors/method.ts";
import { PendingReply } from "../actors/pending-reply.ts";
import type { Envelope, Hop } from "./envelope.ts";
import type { InFlow } from "./in-flow.ts";
import { lightTellBytes } from "./limits.ts";
import type { Route } from "./remote-protocol.ts";

/** Who is told what became of an ask. */
export interface Answerer {
  /** The node that asks, as text. */
  readonly key: string;
  answer(ask: IncomingAsk, outcome: Outcome<unknown>): void;
}

/** An ask, on the side of the actor that is asked. */
export class IncomingAsk extends PendingReply {
  readonly answerer: Answerer;
  readonly route: Route;
  readonly flow: InFlow;
  readonly correlation: number;
  /** The peer's actor that asks, or 0. */
  readonly sender: number;
  /** Who waits for that one. */
  readonly hops: readonly Hop[];
  readonly bytes: number;
  /** The node that asks, as text. */
  readonly from: string;
  /** The stream that it came on. */
  stream = 0;
  /** Nobody waits for the answer. */
  isGivenUp = false;

  constructor(answerer: Answerer, route: Route, flow: InFlow, method: Method, envelope: Envelope) {
    super(flow.cell, method, envelope.args as readonly unknown[], undefined, envelope.budgetMs);
    this.answerer = answerer;
    this.route = route;
    this.flow = flow;
    this.correlation = envelope.correlation;
    this.sender = envelope.sender;
    this.hops = envelope.hops;
    this.bytes = envelope.bytes;
    this.from = answerer.key;
  }

  protected override fulfil(outcome: Outcome<unknown>): void {
    this.answerer.answer(this, outcome);
  }
}

/** Long enough for every mailbox: a tell has no deadline. */
const foreverMs = 2 ** 40;

/** A tell that is long, or for a mailbox that is more than half full: it counts as consumed when it has left that. */
export class IncomingTell extends PendingReply {
  readonly #flow: InFlow;
  readonly #bytes: number;

  constructor(flow: InFlow, method: Method, { args, bytes }: Envelope) {
    super(flow.cell, method, args as readonly unknown[], undefined, foreverMs);
    this.#flow = flow;
    this.#bytes = bytes;
  }

  protected override fulfil(outcome: Outcome<unknown>): void {
    // Whoever told it is not told; what made room for a younger message has been counted.
    const isRefused = outcome.status === "rejected" && outcome.reason === "mailboxFull";
    if (isRefused && this.method.overflow !== "dropOldest") this.#flow.cell.world.counters.notSent++;
    this.#flow.consumed(this.#bytes);
  }
}

/** Puts a tell into its actor's mailbox, or where it waits for room there. */
export function deliverTell(flow: InFlow, method: Method, envelope: Envelope): void {
  const { cell } = flow;
  const isLight = envelope.bytes <= lightTellBytes;
  if (isLight && cell.status === "running" && cell.count * 2 < cell.terms.mailboxMessages) {
    // Where there is that much room, the mailbox is bound enough, and nothing need be kept for each message.
    cell.tell(method.index, envelope.args as readonly unknown[]);
    flow.consumed(envelope.bytes);
  } else {
    cell.post(method.tracked!, new IncomingTell(flow, method.tracked!, envelope));
  }
}

/** Whether the actor's handler can only end after the ask that it is asked by: `self` is this node. */
export function waitsForItself(cell: ActorCell, self: string, { sender, hops }: IncomingAsk): boolean {
  if (sender === 0 || !cell.isBusy || cell.protocol.isReentrant) return false;
  if (!hops.some(({ node, actor }) => node === self && actor === cell.terms.id)) return false;
  for (let ask = cell.asks; ask !== undefined; ask = ask.asksAfter) {
    if (ask.turn === cell.turn) return true;
  }
  return false;
}
