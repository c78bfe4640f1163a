// An actor for tests of what goes between nodes, with a definition as the generator writes it.

import { bytes, integer, text, tuple } from "../actors/codecs.testing.ts";
import type {
  ActorContext,
  ActorDefinition,
  AnyCodec,
  IdempotentReply,
  MethodSpecification,
  Overflow,
  Reply,
  Told,
} from "../actors/index.ts";
import { ActorHandle, defineActor, port } from "../actors/index.ts";
import type { Codec } from "../codec/index.ts";

/** What workers have seen, and what holds them up, by their labels. */
export class Desk {
  readonly seen: (number | string)[] = [];
  readonly signals: AbortSignal[] = [];
  generation = 0;
  /** Has the worker that was started last stop by itself. */
  stop: () => void = () => {};
  /** Its handle of itself. */
  self: ActorContext<Worker>["self"] | undefined;
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
    desk(label).stop = () => context.stop();
    desk(label).self = context.self;
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
  slowText(value: string): void {
    return this.slowNote(value.length);
  }
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
  slowText(value: string): Told {
    return this[port].tell(11, [value]);
  }
}

type OneNumber = readonly [value: number];
type OneText = readonly [value: string];

/** As the generator writes them: the protocol's fingerprint is theirs. */
function parametersOf(name: string, codec: Codec<number> | Codec<string> | Codec<Uint8Array>): AnyCodec {
  const { fingerprint, ...others } = tuple(`Worker.${name}`, codec as Codec<unknown>);
  return others;
}

type MethodOf = MethodSpecification<Worker>;

function told(name: string, run: (actor: Worker, args: OneNumber) => void, overflow?: Overflow): MethodOf {
  const method = { name, kind: "tell", parameters: parametersOf(name, integer), run } as const;
  return overflow === undefined ? method : { ...method, overflow };
}

function asked(name: string, run: (actor: Worker, args: OneText) => unknown): MethodOf {
  return { name, kind: "ask", parameters: parametersOf(name, text), result: text, run };
}

function askedForNothing(name: string): Pick<MethodOf, "name" | "kind" | "parameters"> {
  return { name, kind: "ask", parameters: tuple(`Worker.${name}`) };
}

const methods: readonly MethodOf[] = [
  told("note", (actor, args) => actor.note(args[0])),
  told("slowNote", (actor, args) => actor.slowNote(args[0])),
  { ...asked("echo", (actor, args) => actor.echo(args[0])), idempotent: true },
  asked("wait", (actor, args) => actor.wait(args[0])),
  asked("fail", (actor, args) => actor.fail(args[0])),
  {
    name: "reverse",
    kind: "ask",
    parameters: parametersOf("reverse", bytes),
    result: bytes,
    run: (actor: Worker, args: readonly [value: Uint8Array]) => actor.reverse(args[0]),
  },
  told("strict", (actor, args) => actor.strict(args[0]), "reject"),
  told("newest", (actor, args) => actor.newest(args[0]), "dropOldest"),
  { ...asked("strictWait", (actor, args) => actor.strictWait(args[0])), overflow: "reject" },
  { ...askedForNothing("reset"), run: (actor: Worker) => actor.reset() },
  { ...askedForNothing("wrong"), result: text, run: (actor: Worker) => actor.wrong() },
  {
    name: "slowText",
    kind: "tell",
    parameters: parametersOf("slowText", text),
    run: (actor: Worker, args: OneText) => actor.slowText(args[0]),
  },
];

/** Another version of the protocol where told so. */
export function workerDefinition(
  more: { readonly fingerprint?: string; readonly mailboxMessages?: number } = {},
): ActorDefinition<Worker, readonly [label: string], "echo"> {
  const { fingerprint = "w1" } = more;
  return defineActor({
    name: "test/Worker",
    handle: WorkerHandle,
    args: { ...tuple("Worker.constructor", text), fingerprint },
    methods,
    ...more,
    fingerprint,
  });
}

export const WorkerActor = workerDefinition();
