// What stands behind the handle that a supervisor gives of a child: it leads to whichever start of it is up.

import type { Deadlines } from "../actors/deadlines.ts";
import type {
  ActorAddress,
  ActorSystem,
  IdempotentReply,
  NotSent,
  Outcome,
  Port,
  Pressure,
  RefIdentity,
  Told,
} from "../actors/index.ts";
import { port } from "../actors/index.ts";
import { type AskTarget, PendingReply } from "../actors/pending-reply.ts";
import { type AnyDefinition, type Protocol, protocolOf } from "../actors/protocol.ts";
import type { RetryClock } from "../actors/retry.ts";

export class ChildPlace implements Port, AskTarget {
  /** The way to the start that is up. */
  current: Port | undefined = undefined;
  readonly #system: ActorSystem;
  readonly definition: AnyDefinition;
  /** Made when somebody asks while no start is up. */
  #protocol: Protocol | undefined;
  readonly #vacant: NotSent;
  #waiting: (() => void)[] = [];
  #isOver = false;

  constructor(system: ActorSystem, name: string, definition: AnyDefinition) {
    this.#system = system;
    this.definition = definition;
    this.#vacant = {
      status: "notSent",
      reason: "unreachable",
      text: `No start of the child '${name}' is up at the moment.`,
    };
  }

  /** A start is up, or none is any more. */
  lead(ref: RefIdentity | undefined): void {
    this.current = ref?.[port];
    if (this.current === undefined) return;
    this.#isOver = false;
    this.#wake();
  }

  /** No start will ever be up again. */
  end(): void {
    this.current = undefined;
    this.#isOver = true;
    this.#wake();
  }

  get address(): ActorAddress {
    return this.current?.address ?? { id: 0, actor: this.definition.name };
  }

  get deadlines(): Deadlines {
    return this.#system.deadlines;
  }

  get clock(): RetryClock {
    return this.#system.clock;
  }

  tell(method: number, args: readonly unknown[]): Told {
    if (this.current !== undefined) return this.current.tell(method, args);
    this.#system.counters.notSent++;
    return this.#lost;
  }

  ask<T>(index: number, args: readonly unknown[]): IdempotentReply<T> {
    if (this.current !== undefined) {
      const reply = this.current.ask<T>(index, args);
      if (reply instanceof PendingReply) reply.again = this;
      return reply;
    }
    this.#protocol ??= protocolOf(this.definition, "shared");
    const method = this.#protocol.methods[index]!;
    const pending = new PendingReply(this, method, args, this.#system.current, method.deadlineMs);
    pending.settleSoon(this.#vacant);
    // The generated handle has checked the arguments, and knows what comes of them.
    return pending as unknown as IdempotentReply<T>;
  }

  giveUp(): Outcome<never> {
    return this.#vacant;
  }

  /** A tell that nobody was there for. */
  readonly #lost: Pressure = {
    status: "notSent",
    ready: () => {
      if (this.#isOver || this.current !== undefined) return Promise.resolve();
      return new Promise((resolve) => this.#waiting.push(resolve));
    },
  };

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
