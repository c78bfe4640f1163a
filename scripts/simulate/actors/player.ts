// The actor of the simulated nodes: does what it is told (says numbered lines to others, asks, watches), and tells the
// checkers what happens to it. Each player has a name that no other one has in a run, whatever its address is.
import type { ActorContext, u32 } from "@hewn/runtime";
import {
  type ActorHooks,
  type ActorRef,
  type Outcome,
  type Pressure,
  type RefIdentity,
  type Signal,
  signalled,
  started,
  stopping,
} from "@hewn/runtime/actors";
import type { Stage } from "./stage.ts";

/** What a supervised one does by itself, so that it is seen also where no message reaches it. */
const workEveryMs = 200;

export type Question = "work" | "workNow" | "fail";

interface Line {
  readonly from: string;
  readonly to: string;
  readonly pair: number;
  readonly sequence: number;
  readonly bytes: number;
}

interface Watched {
  readonly ref: ActorRef<Player>;
  readonly watch: string;
  /** The stream to its node when that was begun. */
  readonly stream: number;
}

/**
 * @actor
 * @mailbox 32
 */
export class Player implements ActorHooks {
  /** The node that it is on, given by a class of its own: see `playerOn`. */
  protected readonly stage!: Stage;
  readonly #context: ActorContext<Player>;
  /** As others call it. */
  readonly #called: string;
  readonly #name: string;
  readonly #said = new Map<string, number>();
  readonly #watched = new Map<string, Watched>();
  /** Of every handle that it ever watched by. */
  readonly #watches = new Map<RefIdentity, string>();

  constructor(context: ActorContext<Player>, name: string) {
    this.#context = context;
    this.#called = name;
    this.#name = isChild(name) ? `${name}${context.generation}` : name;
  }

  /** @internal */
  [started](): void {
    const { generation } = this.#context;
    this.stage.observe({ kind: "actorStarted", actor: this.#name, at: this.stage.process });
    if (!isChild(this.#called)) return;
    this.stage.observe({ kind: "supervised", actor: this.#name, child: this.#called, generation });
    this.#context.setRepeating(workEveryMs, () => this.stage.observe({ kind: "worked", at: this.#name }));
  }

  /** @internal */
  [stopping](): void {
    this.stage.observe({ kind: "actorEnded", actor: this.#name });
  }

  /** @internal */
  [signalled]({ ref, reason }: Signal): void {
    const watch = this.#watches.get(ref) ?? "none that was begun";
    const known = [...this.#watched].find(([, entry]) => entry.ref === ref);
    if (known !== undefined) this.#watched.delete(known[0]);
    this.stage.sometimes(`down: ${reason}`);
    const hasOutlived = known !== undefined && this.stage.streamTo(ref) > known[1].stream;
    if (hasOutlived && (reason === "exited" || reason === "crashed"))
      this.stage.sometimes("watch: outlived a stream");
    this.stage.observe({ kind: "noticed", watch, reason });
  }

  /** A line of another player; `to` is whom that one meant. */
  hear(from: string, to: string, sequence: u32, _filling: string): void {
    const meant = to === this.#called ? this.#name : to;
    this.stage.observe({ kind: "delivered", at: this.#name, from, to: meant, pair: 0, sequence });
  }

  /** Answers a question of another player when so much time has passed. */
  async work(question: string, of: string, ms: u32): Promise<string> {
    this.#begin(question, of);
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    return question;
  }

  /** @overflow reject */
  workNow(question: string, of: string): string {
    this.#begin(question, of);
    return question;
  }

  fail(question: string, of: string): string {
    this.#begin(question, of);
    throw new Error("as it was asked to");
  }

  /** Asks another one something, and does not wait for what comes of it. */
  ask(ref: ActorRef<Player>, of: string, how: Question, ms: u32, withinMs: u32): void {
    const question = this.stage.unique(`${this.#name} asks ${of}`);
    this.stage.observe({ kind: "asked", question, by: this.#name, of, withinMs, atMs: this.stage.nowMs });
    const reply =
      how === "work"
        ? ref.work(question, of, ms)
        : how === "workNow"
          ? ref.workNow(question, of)
          : ref.fail(question, of);
    void reply.within(withinMs).then((outcome) => this.#answered(question, outcome));
  }

  /** Says lines to another one. */
  say(ref: ActorRef<Player>, to: string, count: u32, bytes: u32): void {
    const filling = "x".repeat(bytes);
    for (let left = count; left > 0; left--) {
      const sequence = this.#said.get(to) ?? 0;
      this.#said.set(to, sequence + 1);
      const told = this.stage.telling(() => ref.hear(this.#name, to, sequence, filling));
      const line = { from: this.#name, to, pair: 0, sequence, bytes };
      if (told.status === "accepted") this.stage.observe({ kind: "accepted", ...line });
      else this.#pressed(told, line);
    }
  }

  #pressed(pressure: Pressure, line: Line): void {
    const { status } = pressure;
    this.stage.sometimes(`pressure: ${status}`);
    if (status === "waiting") this.stage.observe({ kind: "accepted", ...line });
    else this.stage.observe({ kind: "refused", from: line.from, to: line.to, reason: "pressure" });
    // Whoever waits is sent in order: nobody has to hold the next line back.
    if (status === "waiting") void pressure.ready();
  }

  watch(ref: ActorRef<Player>, of: string): void {
    if (this.#watched.has(of)) return;
    const watch = this.stage.unique(`${this.#name} watches ${of}`);
    this.#watched.set(of, { ref, watch, stream: this.stage.streamTo(ref) });
    this.#watches.set(ref, watch);
    this.stage.observe({ kind: "watched", watch, by: this.#name, of });
    this.#context.watch(ref);
  }

  unwatch(of: string): void {
    const entry = this.#watched.get(of);
    if (entry === undefined) return;
    this.#watched.delete(of);
    this.#context.unwatch(entry.ref);
    this.stage.observe({ kind: "unwatched", watch: entry.watch });
  }

  #begin(question: string, of: string): void {
    const meant = of === this.#called ? of : this.#name;
    this.stage.observe({ kind: "began", question, of: meant, at: this.#name });
  }

  #answered(question: string, outcome: Outcome<string>): void {
    const { status } = outcome;
    const reason = "reason" in outcome ? outcome.reason : status === "ok" ? outcome.value : "";
    this.stage.sometimes(`ask: ${status}${"reason" in outcome ? ` ${reason}` : ""}`);
    this.stage.observe({ kind: "answered", question, status, reason, atMs: this.stage.nowMs });
  }

  end(): void {
    this.#context.stop();
  }

  crash(): void {
    throw new Error("as it was told to");
  }
}

/** What a supervisor starts again is called so that the number of its start can stand behind it. */
function isChild(name: string): boolean {
  return name.endsWith(".");
}
