// A process of a simulation: a clock that may be off, timers, chance, and the port through which a transport knows the
// world. It can be frozen, as by a signal or a long pause of its collector, and it can die.

import type { Address, Host, Listening, OnStream, Stream, StreamEvents } from "../transport/index.ts";
import type { Random } from "./random.ts";
import type { Runner, Simulation } from "./simulation.ts";

/** What a process needs of the network. */
export interface Wiring {
  dial(process: VirtualProcess, address: Address, events: StreamEvents): Stream;
  listen(process: VirtualProcess, address: Address, onStream: OnStream): Promise<Listening>;
}

export interface ProcessClock {
  /** What the clock shows when the run begins. */
  readonly startMs: number;
  /** How fast it runs: 1.1 is a tenth too fast. Timers run by the same clock. */
  readonly rate: number;
}

export class VirtualProcess implements Host, Runner {
  /** The machine's name and which start on it this is, `a#2`. */
  readonly name: string;
  /** The machine, which is also the host name that others dial. */
  readonly machine: string;
  /** 1 for the first start on its machine. */
  readonly start: number;

  readonly #simulation: Simulation;
  readonly #wiring: Wiring;
  readonly #clock: ProcessClock;
  readonly #random: Random;
  #scheduled: (() => void)[] = [];
  /** Runs again after a standstill, and was late by so much: its first event then. */
  onResumed: (lagMs: number) => void = () => {};
  #state: "running" | "frozen" | "dead" = "running";
  #isBlocked = false;
  /** When its loop ran last, from when it stops until it runs again. */
  #stillSinceMs: number | undefined;
  /** What came while it was frozen: for its loop, and for its other threads. */
  #deferred: (() => void)[] = [];
  #deferredAside: (() => void)[] = [];

  constructor(simulation: Simulation, wiring: Wiring, machine: string, start: number, clock: ProcessClock) {
    this.name = `${machine}#${start}`;
    this.machine = machine;
    this.start = start;
    this.#simulation = simulation;
    this.#wiring = wiring;
    this.#clock = clock;
    this.#random = simulation.random.stream(`process ${this.name}`);
  }

  get isAlive(): boolean {
    return this.#state !== "dead";
  }
  get isFrozen(): boolean {
    return this.#state === "frozen";
  }

  now(): number {
    return this.#clock.startMs + (this.#simulation.nowUs / 1000) * this.#clock.rate;
  }

  random(): number {
    return this.#random.fraction();
  }

  schedule(run: () => void): void {
    if (!this.isAlive) return;
    // Set off from outside, as by a script that calls an actor: no event of this process is on that would run it.
    if (this.#simulation.current !== this && this.#scheduled.length === 0) this.post(0, () => {});
    this.#scheduled.push(run);
  }

  setTimer(afterMs: number, run: () => void): () => void {
    return this.post((Math.max(0, afterMs) * 1000) / this.#clock.rate, run);
  }

  dial(address: Address, events: StreamEvents): Stream {
    return this.#wiring.dial(this, address, events);
  }

  listen(address: Address, onStream: OnStream): Promise<Listening> {
    return this.#wiring.listen(this, address, onStream);
  }

  /** Runs a function as an event of this process: not while it is frozen, and never once it is dead. */
  post(delayUs: number, run: () => void): () => void {
    let isWanted = true;
    this.#simulation.after(delayUs, () => this.#run(() => isWanted && run()));
    return () => {
      isWanted = false;
    };
  }

  /** As {@link post}, but as an event of another thread: it runs also while only the loop is blocked. */
  postAside(delayUs: number, run: () => void): void {
    this.#simulation.after(delayUs, () => this.#runAside(run));
  }

  get hasScheduled(): boolean {
    return this.#scheduled.length > 0;
  }

  runScheduled(): void {
    const scheduled = this.#scheduled;
    this.#scheduled = [];
    for (const run of scheduled) if (this.isAlive) run();
  }

  /** It is frozen, but only its loop: other threads of it run. */
  get isBlocked(): boolean {
    return this.#state === "frozen" && this.#isBlocked;
  }

  /** When its loop ran last. */
  get loopAtMs(): number {
    return this.#stillSinceMs ?? this.now();
  }

  /** For how long it has stood still. */
  get lagMs(): number {
    return this.now() - this.loopAtMs;
  }

  /** Nothing of it runs until it is thawed; its sockets and its clock go on. */
  freeze(): void {
    this.#stop(false);
  }

  /** As {@link freeze}, by code of its own that does not end. */
  block(): void {
    this.#stop(true);
  }

  thaw(): void {
    if (this.#state !== "frozen") return;
    const { lagMs } = this;
    this.#state = "running";
    const resumed = (): void => {
      this.#stillSinceMs = undefined;
      this.onResumed(lagMs);
    };
    const loop = [resumed, ...this.#deferred].map((run) => () => this.#run(run));
    const others = this.#deferredAside.map((run) => () => this.#runAside(run));
    this.#deferred = [];
    this.#deferredAside = [];
    // Nobody knows which thread is the first to get a processor.
    const isLoopFirst = others.length === 0 || this.#random.chance(0.5);
    for (const run of isLoopFirst ? [...loop, ...others] : [...others, ...loop])
      this.#simulation.after(0, run);
  }

  /** Nothing of it ever runs again. What becomes of its sockets is the network's business. */
  kill(): void {
    this.#state = "dead";
    this.#deferred = [];
    this.#deferredAside = [];
    this.#scheduled = [];
  }

  #stop(isBlocked: boolean): void {
    if (this.#state !== "running") return;
    this.#state = "frozen";
    this.#isBlocked = isBlocked;
    this.#stillSinceMs ??= this.now();
  }

  #run(run: () => void): void {
    if (this.#state === "frozen") this.#deferred.push(run);
    else if (this.#state === "running") this.#simulation.enter(this, run);
  }

  #runAside(run: () => void): void {
    if (this.#state === "frozen" && !this.#isBlocked) this.#deferredAside.push(run);
    else if (this.#state !== "dead") run();
  }
}
