// An actor for tests of what goes between nodes, with a definition as the generator writes it.

import { bytes, integer, text, tuple } from "../actors/codecs.testing.ts";
import type {
  ActorContext,
  ActorDefinition,
  AnyCodec,
  IdempotentReply,
  Reply,
  Told,
} from "../actors/index.ts";
import { ActorHandle, defineActor, port } from "../actors/index.ts";

/** What workers have seen, and what holds them up, by their labels. */
export class Desk {
  readonly seen: (number | string)[] = [];
  readonly signals: AbortSignal[] = [];
  generation = 0;
  #held: (() => void)[] = [];
  #isOpen = true;

  /** From now on `wait` and `slowNote` do not end. */
  hold(): void {
    this.#isOpen = false;
  }
  release(): void {
    this.#isOpen = true;
    this.#held.splice(0).forEach((run) => {
      run();
    });
  }
  /** One of those that are held goes on. */
  releaseOne(): void {
    this.#held.shift()?.();
  }
  get held(): number {
    return this.#held.length;
  }
  pass(): Promise<void> {
    if (this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => this.#held.push(resolve));
  }
}

const desks = new Map<string, Desk>();

export function desk(label: string): Desk {
  const known = desks.get(label) ?? new Desk();
  desks.set(label, known);
  return known;
}

export class Worker {
  readonly #context: ActorContext<Worker>;
  readonly #label: string;

  constructor(context: ActorContext<Worker>, label: string) {
    this.#context = context;
    this.#label = label;
    if (label === "broken") throw new RangeError("no such worker can be");
    desk(label).generation = context.generation;
  }

  note(value: number): void {
    desk(this.#label).seen.push(value);
  }
  slowNote(value: number): void {
    // A tell may promise to end, although it has nothing to say.
    const done = desk(this.#label)
      .pass()
      .then(() => {
        desk(this.#label).seen.push(value);
      });
    return done as unknown as undefined;
  }
  echo(value: string): string {
    return `${this.#label}: ${value}`;
  }
  async wait(value: string): Promise<string> {
    const it = desk(this.#label);
    it.signals.push(this.#context.signal);
    it.seen.push(`began ${value}`);
    await it.pass();
    return value;
  }
  fail(message: string): string {
    throw new TypeError(message === "half" ? "x\ud800".repeat(5000) : message);
  }
  reverse(value: Uint8Array): Uint8Array {
    return value.slice().reverse();
  }
  strict(value: number): void {
    return this.slowNote(value);
  }
  newest(value: number): void {
    return this.slowNote(value);
  }
  strictWait(value: string): Promise<string> {
    return this.wait(value);
  }
  async reset(): Promise<void> {}
  /** What is no text, whatever its type says. */
  wrong(): string {
    return 1 as unknown as string;
  }
}

class WorkerHandle extends ActorHandle {
  note(value: number): Told {
    return this[port].tell(0, [value]);
  }
  slowNote(value: number): Told {
    return this[port].tell(1, [value]);
  }
  echo(value: string): IdempotentReply<string> {
    return this[port].ask(2, [value]);
  }
  wait(value: string): Reply<string> {
    return this[port].ask(3, [value]);
  }
  fail(message: string): Reply<string> {
    return this[port].ask(4, [message]);
  }
  reverse(value: Uint8Array): Reply<Uint8Array> {
    return this[port].ask(5, [value]);
  }
  strict(value: number): Told {
    return this[port].tell(6, [value]);
  }
  newest(value: number): Told {
    return this[port].tell(7, [value]);
  }
  strictWait(value: string): Reply<string> {
    return this[port].ask(8, [value]);
  }
  reset(): Reply<void> {
    return this[port].ask(9, []);
  }
  wrong(): Reply<string> {
    return this[port].ask(10, []);
  }
}

type OneNumber = readonly [value: number];
type OneText = readonly [value: string];

/** As the generator writes them: the protocol's fingerprint is theirs. */
function parameters(...[name, ...elements]: Parameters<typeof tuple>): AnyCodec {
  const { fingerprint, ...codec } = tuple(name, ...elements);
  return codec;
}

/** Another version of the protocol where told so. */
export function workerDefinition(
  more: { readonly fingerprint?: string; readonly mailboxMessages?: number } = {},
): ActorDefinition<Worker, readonly [label: string], "echo"> {
  return defineActor({
    name: "test/Worker",
    fingerprint: "w1",
    handle: WorkerHandle,
    args: { ...tuple("Worker.constructor", text), fingerprint: more.fingerprint ?? "w1" },
    methods: [
      {
        name: "note",
        kind: "tell",
        parameters: parameters("Worker.note", integer),
        run: (a: Worker, v: OneNumber) => a.note(v[0]),
      },
      {
        name: "slowNote",
        kind: "tell",
        parameters: parameters("Worker.slowNote", integer),
        run: (a: Worker, v: OneNumber) => a.slowNote(v[0]),
      },
      {
        name: "echo",
        kind: "ask",
        idempotent: true,
        parameters: parameters("Worker.echo", text),
        result: text,
        run: (a: Worker, v: OneText) => a.echo(v[0]),
      },
      {
        name: "wait",
        kind: "ask",
        parameters: parameters("Worker.wait", text),
        result: text,
        run: (a: Worker, v: OneText) => a.wait(v[0]),
      },
      {
        name: "fail",
        kind: "ask",
        parameters: parameters("Worker.fail", text),
        result: text,
        run: (a: Worker, v: OneText) => a.fail(v[0]),
      },
      {
        name: "reverse",
        kind: "ask",
        parameters: parameters("Worker.reverse", bytes),
        result: bytes,
        run: (a: Worker, v: readonly [value: Uint8Array]) => a.reverse(v[0]),
      },
      {
        name: "strict",
        kind: "tell",
        overflow: "reject",
        parameters: parameters("Worker.strict", integer),
        run: (a: Worker, v: OneNumber) => a.strict(v[0]),
      },
      {
        name: "newest",
        kind: "tell",
        overflow: "dropOldest",
        parameters: parameters("Worker.newest", integer),
        run: (a: Worker, v: OneNumber) => a.newest(v[0]),
      },
      {
        name: "strictWait",
        kind: "ask",
        overflow: "reject",
        parameters: parameters("Worker.strictWait", text),
        result: text,
        run: (a: Worker, v: OneText) => a.strictWait(v[0]),
      },
      { name: "reset", kind: "ask", parameters: parameters("Worker.reset"), run: (a: Worker) => a.reset() },
      {
        name: "wrong",
        kind: "ask",
        parameters: parameters("Worker.wrong"),
        result: text,
        run: (a: Worker) => a.wrong(),
      },
    ],
    ...more,
  });
}

export const WorkerActor = workerDefinition();
