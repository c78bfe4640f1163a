// Random programs of actors: they send, ask, wait, throw, stop, start and watch each other by chance, from a seed, in
// virtual time. What happens is held against what docs/semantics.md promises.
import type { ActorContext } from "./actor.ts";
import { type Dice, diceOf } from "./dice.testing.ts";
import type { Outcome } from "./outcome.ts";
import { addressOf } from "./port.ts";
import { type Plan, Probe, ProbeActor, type ProbeRef } from "./probes.testing.ts";
import type { ActorReport } from "./report.ts";
import { ActorSystem } from "./system.ts";
import { VirtualHost } from "./virtual-host.testing.ts";

const actorsAtFirst = 4;
const actorsMax = 12;
const stepsMax = 6;
const messagesMax = 400;

interface Message {
  /** 0: from outside of all actors. */
  readonly from: number;
  readonly to: number;
  readonly number: number;
  readonly isAsk: boolean;
  begun: number;
  outcomes: Outcome<unknown>[];
}

interface Player {
  readonly ref: ProbeRef;
  readonly id: number;
  readonly bound: number;
  atWork: number;
  isOver: boolean;
  /** Number of the last message that a handler began with, by sender. */
  readonly last: Map<number, number>;
  /** By the id of who is watched: whether a signal is due. */
  readonly watched: Map<number, "due" | "signalled" | "ended">;
}

type Way = "tell" | "reject" | "newest" | "ask" | "askReject";
const ways: readonly Way[] = ["tell", "tell", "tell", "reject", "newest", "ask", "ask", "ask", "askReject"];

/** One program. Answers every promise that was not kept, each with what broke it. */
export async function runProgram(seed: number): Promise<readonly string[]> {
  const program = new Program(seed);
  await program.run();
  return program.findings;
}

class Program {
  readonly findings: string[] = [];
  readonly #dice: Dice;
  readonly #host: VirtualHost;
  readonly #system: ActorSystem;
  readonly #players = new Map<number, Player>();
  readonly #messages: Message[] = [];
  readonly #reports: ActorReport[] = [];

  constructor(seed: number) {
    this.#dice = diceOf(seed);
    this.#host = new VirtualHost(() => this.#dice.fraction());
    this.#system = new ActorSystem({
      host: this.#host,
      actors: [ProbeActor.from(Probe)],
      report: (report) => this.#reports.push(report),
    });
  }

  async run(): Promise<void> {
    for (let nth = 0; nth < actorsAtFirst; nth++) this.#spawn(undefined);
    for (let round = 0; round < 30; round++) {
      for (let step = this.#dice.below(8); step > 0; step--) this.#send(0);
      if (this.#dice.chance(0.03)) this.#stop(this.#dice.of([...this.#players.values()]));
      if (this.#dice.chance(0.3)) await this.#host.pass(this.#dice.below(400));
    }
    await this.#host.pass(30_000);
    this.#judgeWatches();
    const stopped = this.#system.stopAll();
    await this.#host.pass(30_000);
    await stopped;
    await this.#host.settle();
    this.#judge();
  }

  #find(text: string): void {
    this.findings.push(text);
  }

  #spawn(parent: ActorContext<Probe> | undefined): void {
    const bound = this.#dice.of([1, 2, 5, 1000]);
    const plan: Plan = {
      signalled: (signal, context) => this.#signalled(addressOf(context.self).id, addressOf(signal.ref).id),
      stopping: (_, context) => this.#end(addressOf(context.self).id),
      ...(this.#dice.chance(0.3) && { started: () => this.#wait() }),
    };
    const options = { mailboxMessages: bound };
    const ref =
      parent === undefined
        ? this.#system.spawn(ProbeActor, [plan], options)
        : parent.spawn(ProbeActor, [plan], options);
    const { id } = addressOf(ref);
    this.#players.set(id, {
      ...{ ref, id, bound, atWork: 0, isOver: false },
      ...{ last: new Map(), watched: new Map() },
    });
  }

  #stop(player: Player): void {
    player.isOver = true;
    void this.#system.stop(player.ref);
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => this.#host.setTimer(this.#dice.below(300), resolve));
  }

  /** Sends a random message, and answers what there is to wait for. */
  #send(from: number): PromiseLike<unknown> | undefined {
    if (this.#messages.length >= messagesMax) return undefined;
    const to = this.#dice.of([...this.#players.values()]);
    const way = this.#dice.of(ways);
    const isAsk = way === "ask" || way === "askReject";
    const message: Message = {
      from,
      to: to.id,
      number: this.#messages.length,
      isAsk,
      begun: 0,
      outcomes: [],
    };
    this.#messages.push(message);
    const act = (context: ActorContext<Probe>): unknown => this.#handle(message, to, context);
    if (way !== "ask" && way !== "askReject") {
      const told = to.ref[way](act);
      this.#checkBound(to);
      // Nobody waits for it: actors that wait for room in each other's mailboxes wait for ever.
      if (told.status !== "accepted" && this.#dice.chance(0.7)) void told.ready();
      return undefined;
    }
    const reply = this.#dice.chance(0.3) ? to.ref[way](act).within(this.#dice.below(500)) : to.ref[way](act);
    void reply.then((outcome) => message.outcomes.push(outcome));
    this.#checkBound(to);
    return reply;
  }

  #checkBound({ id, bound }: Player): void {
    const count = this.#system.find(id)?.count ?? 0;
    if (count > bound) this.#find(`actor ${id} has ${count} messages waiting, more than ${bound}`);
  }

  #handle(message: Message, player: Player, context: ActorContext<Probe>): unknown {
    const { from, to, number } = message;
    message.begun++;
    if (message.begun > 1) this.#find(`message ${number} was handled ${message.begun} times`);
    if (message.outcomes.length > 0) this.#find(`message ${number} was handled behind its outcome`);
    if (player.isOver) this.#find(`actor ${to} handled message ${number} behind its end`);
    if (player.atWork > 0) this.#find(`actor ${to} handled two messages at a time`);
    if ((player.last.get(from) ?? -1) > number)
      this.#find(`message ${number} from ${from} to ${to} was overtaken`);
    const watched = player.watched.get(from);
    if (watched === "signalled")
      this.#find(`${to} was signalled the end of ${from} before message ${number}`);
    player.last.set(from, number);
    player.atWork++;
    if (this.#dice.chance(0.5)) {
      try {
        return this.#steps(player, context);
      } finally {
        player.atWork--;
      }
    }
    return this.#stepsWithWaits(player, context).finally(() => player.atWork--);
  }

  #steps(player: Player, context: ActorContext<Probe>): unknown {
    for (let step = this.#dice.below(stepsMax); step > 0; step--) void this.#step(player, context);
    return undefined;
  }

  async #stepsWithWaits(player: Player, context: ActorContext<Probe>): Promise<unknown> {
    for (let step = this.#dice.below(stepsMax); step > 0; step--) {
      const result = this.#step(player, context);
      if (this.#dice.chance(0.6)) await result;
    }
    return 1;
  }

  #step(player: Player, context: ActorContext<Probe>): PromiseLike<unknown> | undefined {
    const chance = this.#dice.fraction();
    if (chance < 0.6) return this.#send(player.id);
    if (chance < 0.75) return this.#wait();
    if (chance < 0.85) this.#watch(player, context);
    else if (chance < 0.9) this.#unwatch(player, context);
    else if (chance < 0.94 && this.#players.size < actorsMax && !player.isOver) this.#spawn(context);
    else if (chance < 0.95) {
      player.isOver = true;
      context.stop();
    } else if (chance < 0.965) {
      player.isOver = true;
      throw new Error("by chance");
    } else context.setTimer(this.#dice.below(200), () => void this.#send(player.id));
    return undefined;
  }

  #watch(player: Player, context: ActorContext<Probe>): void {
    const target = this.#dice.of([...this.#players.values()]);
    if (player.isOver || target.id === player.id) return;
    context.watch(target.ref);
    if (player.watched.get(target.id) !== "due") player.watched.set(target.id, "due");
  }

  #unwatch(player: Player, context: ActorContext<Probe>): void {
    const target = this.#dice.of([...this.#players.values()]);
    context.unwatch(target.ref);
    if (player.watched.get(target.id) === "due") player.watched.set(target.id, "ended");
  }

  #signalled(by: number, about: number): void {
    const player = this.#players.get(by)!;
    const state = player.watched.get(about);
    if (state !== "due") this.#find(`${by} was signalled the end of ${about}, which was ${state}`);
    if (!this.#players.get(about)!.isOver)
      this.#find(`${by} was signalled the end of ${about}, which goes on`);
    player.watched.set(about, "signalled");
  }

  #end(id: number): void {
    const player = this.#players.get(id)!;
    player.isOver = true;
    if (player.atWork > 0 && !this.#wasAbandoned(id))
      this.#find(`actor ${id} ended while a handler was at work`);
  }

  /** What can be said when everything is over. */
  #judge(): void {
    if (this.#system.counters.actors !== 0) this.#find(`${this.#system.counters.actors} actors did not end`);
    if (this.#host.timers !== 0) this.#find(`${this.#host.timers} timers were left`);
    for (const message of this.#messages) if (message.isAsk) this.#judgeAsk(message);
    this.#judgeCounts();
  }

  /** What can be said when nothing has happened for long: whoever is left was signalled every end that it watched. */
  #judgeWatches(): void {
    for (const { id, watched } of this.#players.values()) {
      if (this.#system.find(id) === undefined) continue;
      for (const [about, state] of watched) {
        const isGone = this.#system.find(about) === undefined;
        if (isGone && state === "due") this.#find(`${id} was never signalled the end of ${about}`);
      }
    }
  }

  #wasAbandoned(id: number): boolean {
    return this.#reports.some(({ event, actor }) => event === "abandoned" && actor.id === id);
  }

  #judgeAsk({ number, outcomes, begun }: Message): void {
    const [outcome] = outcomes;
    if (outcomes.length !== 1) this.#find(`ask ${number} has ${outcomes.length} outcomes`);
    if (outcome === undefined) return;
    const ran = outcome.status === "ok" || outcome.status === "failed" || outcome.status === "unknown";
    if (ran !== begun > 0) {
      this.#find(
        `ask ${number} is ${outcome.status}, and a handler ran ${begun} times: ${JSON.stringify(outcome)}`,
      );
    }
  }

  #judgeCounts(): void {
    const { handled, deadLetters, notSent, dropped } = this.#system.counters;
    const begun = this.#messages.filter((message) => message.begun > 0).length;
    if (handled !== begun) this.#find(`${handled} messages were counted as handled, ${begun} were`);
    const refused = this.#messages.filter(
      ({ isAsk, begun: times, outcomes: [outcome] }) =>
        isAsk && times === 0 && outcome !== undefined && !isCounted(outcome),
    ).length;
    const known = handled + deadLetters + notSent + dropped + refused;
    if (known !== this.#messages.length) {
      this.#find(
        `${this.#messages.length} messages were sent, and ${known} are known of: ` +
          JSON.stringify({ ...this.#system.counters, refused }),
      );
    }
  }
}

/** Asks that have an outcome and are also counted as a dead letter, or as dropped. */
function isCounted(outcome: Outcome<unknown>): boolean {
  if (outcome.status !== "rejected") return false;
  return (
    outcome.reason === "stopped" || outcome.reason === "noSuchActor" || outcome.text.includes("dropped it")
  );
}
