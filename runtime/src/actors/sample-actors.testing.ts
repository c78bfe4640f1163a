// Actors for tests, with definitions as the generator writes them.

import { integer, text, tuple } from "./codecs.testing.ts";
import type { ActorContext, ActorDefinition, ActorRef, IdempotentReply, Reply, Told } from "./index.ts";
import { ActorHandle, defineActor, port } from "./index.ts";

export class Counter {
  readonly context: ActorContext;
  readonly #label: string;
  #count = 0;

  constructor(context: ActorContext, label: string) {
    this.context = context;
    this.#label = label;
  }

  /** Adds to the count. */
  add(amount: number): void {
    this.#count += amount;
  }

  read(): string {
    return `${this.#label}: ${this.#count}`;
  }

  async readLater(_after: number): Promise<string> {
    return this.read();
  }

  async reset(): Promise<void> {
    this.#count = 0;
  }

  protected hidden(): void {}
  private secret(): void {
    this.hidden();
  }
  [Symbol.dispose](): void {
    this.secret();
  }
}

class CounterHandle extends ActorHandle {
  add(amount: number): Told {
    return this[port].tell(0, [amount]);
  }
  read(): IdempotentReply<string> {
    return this[port].ask(1, []);
  }
  readLater(after: number): Reply<string> {
    return this[port].ask(2, [after]);
  }
  reset(): Reply<void> {
    return this[port].ask(3, []);
  }
}

export const CounterActor: ActorDefinition<Counter, readonly [label: string], "read"> =
  /* @__PURE__ */ defineActor({
    name: "test/Counter",
    fingerprint: "c1",
    handle: CounterHandle,
    args: tuple("Counter.constructor", text),
    methods: [
      {
        name: "add",
        kind: "tell",
        parameters: tuple("Counter.add", integer),
        run: (actor: Counter, args: readonly [amount: number]) => actor.add(args[0]),
      },
      {
        name: "read",
        kind: "ask",
        parameters: tuple("Counter.read"),
        result: text,
        idempotent: true,
        run: (actor: Counter) => actor.read(),
      },
      {
        name: "readLater",
        kind: "ask",
        parameters: tuple("Counter.readLater", integer),
        result: text,
        run: (actor: Counter, args: readonly [after: number]) => actor.readLater(args[0]),
      },
      {
        name: "reset",
        kind: "ask",
        parameters: tuple("Counter.reset"),
        run: (actor: Counter) => actor.reset(),
      },
    ],
  });

/** Two classes that hold references to each other. */
export class Ping {
  rounds = 0;
  #pong: ActorRef<Pong> | undefined;
  readonly context: ActorContext<Ping>;
  constructor(context: ActorContext<Ping>) {
    this.context = context;
  }
  async start(pong: ActorRef<Pong>): Promise<boolean> {
    this.#pong = pong;
    const outcome = await this.#pong.hit(this.context.self);
    return outcome.status === "ok" && outcome.value;
  }
  back(): void {
    this.rounds++;
  }
}
export class Pong {
  readonly context: ActorContext;
  constructor(context: ActorContext) {
    this.context = context;
  }
  hit(ping: ActorRef<Ping>): boolean {
    ping.back();
    return true;
  }
}
