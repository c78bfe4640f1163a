// What stands behind the handle of an actor on another node: encodes, and sends to exactly that start of the node.

import type { Deadlines } from "../actors/deadlines.ts";
import type {
  ActorAddress,
  IdempotentReply,
  NotSent,
  Outcome,
  Port,
  Pressure,
  Told,
} from "../actors/index.ts";
import type { AskTarget, PendingReply } from "../actors/pending-reply.ts";
import { invalidTell } from "../actors/pressure.ts";
import type { RetryClock } from "../actors/retry.ts";
import { formatNodeId, type NodeId } from "../transport/index.ts";
import { FarReply } from "./far-reply.ts";
import { hopsOf } from "./hops.ts";
import type { OutFlow } from "./out-flow.ts";
import { leaseLost, unreachable } from "./outcomes.ts";
import type { RemoteProtocol } from "./remote-protocol.ts";
import type { Session, SessionWorld } from "./session.ts";

/** What far ports need of their node. */
export interface FarWorld extends SessionWorld {
  /** This node's identity as text. */
  readonly selfKey: string;
  /** What is held with that start of a node; undefined while there is no connection. */
  sessionWith(node: NodeId): Session | undefined;
  /** Says of a tell that it was not even tried. */
  notTold(node: NodeId, type: string, refusal: NotSent): void;
}

export class FarPort implements Port, AskTarget {
  readonly address: ActorAddress;
  readonly #world: FarWorld;
  /** That start of it. */
  readonly node: NodeId;
  readonly #protocol: RemoteProtocol;
  #session: Session | undefined;
  #flow: OutFlow | undefined;

  constructor(world: FarWorld, node: NodeId, actor: number, protocol: RemoteProtocol) {
    this.#world = world;
    this.node = node;
    this.#protocol = protocol;
    this.address = { node: formatNodeId(node), id: actor, actor: protocol.definition.name };
  }

  get deadlines(): Deadlines {
    return this.#world.system.deadlines;
  }

  get clock(): RetryClock {
    return this.#world.system.clock;
  }

  tell(index: number, args: readonly unknown[]): Told {
    const route = this.#protocol.routes[index]!;
    const isFenced = this.#world.system.current?.isFenced === true;
    const flow = isFenced ? undefined : this.#flowNow();
    if (flow !== undefined) return flow.tell(route, args);
    this.#world.notTold(this.node, route.message.name, isFenced ? leaseLost : unreachable);
    return lost;
  }

  ask<T>(index: number, args: readonly unknown[]): IdempotentReply<T> {
    const { system, selfKey } = this.#world;
    const route = this.#protocol.routes[index]!;
    const asker = system.current;
    const pending = new FarReply(this, route.method, args, asker, route.method.deadlineMs);
    const isFenced = asker?.isFenced === true;
    const flow = isFenced ? undefined : this.#flowNow();
    const refusal =
      flow === undefined
        ? isFenced
          ? leaseLost
          : unreachable
        : this.#session!.ask(flow, route, pending, asker?.terms.id ?? 0, hopsOf(asker, selfKey));
    if (refusal !== undefined) pending.settleSoon(refusal);
    // The generated handle has checked the arguments, and knows what comes of them.
    return pending as unknown as IdempotentReply<T>;
  }

  giveUp(pending: PendingReply): Outcome<never> {
    // Nothing but what `ask` made has this target.
    return this.#session?.giveUp(pending as FarReply) ?? unreachable;
  }

  #flowNow(): OutFlow | undefined {
    const flow = this.#flow;
    if (flow !== undefined && !flow.isOver) {
      this.#session!.look();
      return flow;
    }
    this.#session = this.#world.sessionWith(this.node);
    this.#flow = this.#session?.flowTo(this.address.id, this.#protocol);
    return this.#flow;
  }
}

/** No room would help. */
const lost: Pressure = invalidTell;
