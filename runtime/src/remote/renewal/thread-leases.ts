// The leases of one node, in the pulse thread: those of its own children, which it has renewed by other threads, and those of
// children elsewhere, which it renews for other threads. What the main loop must know of it stands in the memory of both.

import type { LeaseTimes } from "../../supervision/index.ts";
import type { Expiry, LeaseMemory } from "../../supervision/lease-memory.ts";
import type { OnLeaseLost } from "../lease-keeper.ts";
import { readLeaseAnswer, readLeaseQuestion, writeLeaseAnswer, writeLeaseQuestion } from "./lease-body.ts";
import { exitGraceMs, grantForMs, type Look, renewForMs, waitForMs } from "./lease-rule.ts";

/** A lease of children here. */
export interface ThreadHeld {
  readonly memory: LeaseMemory;
  /** How many children run. */
  readonly children: () => number;
  /** Who grants it, as it is called among the places. */
  readonly peer: string;
  /** Of this node. */
  readonly instance: bigint;
  readonly term: number;
  readonly times: LeaseTimes;
  /** What is to be done when it runs out while children run. */
  readonly onLost: OnLeaseLost;
}

/** A lease of children elsewhere. */
export interface ThreadGranted {
  readonly memory: LeaseMemory;
  /** Of the node that holds it. */
  readonly instance: bigint;
  readonly term: number;
  readonly times: LeaseTimes;
}

/** `Target`: where the thread of another node is. */
export interface ThreadLeasesWorld<Target> {
  look(): Look;
  /** `heard` is called once, and never inside of this call: with the other thread's answer, or undefined where none came. */
  ask(target: Target, body: Uint8Array, heard: (body: Uint8Array | undefined) => void): void;
  count(what: "renewed" | "granted"): void;
  /** The process is to end, after so long. */
  exit(afterMs: number): void;
}

interface Entry {
  readonly held: ThreadHeld;
  isAsking: boolean;
  notBeforeMs: number;
}

export class ThreadLeases<Target> {
  readonly #world: ThreadLeasesWorld<Target>;
  readonly #places = new Map<string, Target>();
  readonly #held = new Set<Entry>();
  readonly #granted = new Map<bigint, ThreadGranted>();

  constructor(world: ThreadLeasesWorld<Target>) {
    this.#world = world;
  }

  /** Whether {@link check} has something to look at. */
  get isHolding(): boolean {
    return this.#held.size > 0;
  }

  /** Where the thread of a node that may grant something is; undefined: nowhere any more. */
  place(peer: string, target: Target | undefined): void {
    if (target === undefined) this.#places.delete(peer);
    else this.#places.set(peer, target);
  }

  hold(held: ThreadHeld): void {
    this.#held.add({ held, isAsking: false, notBeforeMs: Number.NEGATIVE_INFINITY });
  }

  /** The latest one of a node is the one that counts. */
  grant(granted: ThreadGranted): void {
    for (const [instance, { memory }] of this.#granted)
      if (memory.untilMs === Number.NEGATIVE_INFINITY) this.#granted.delete(instance);
    this.#granted.set(granted.instance, granted);
  }

  /** To be called more often than a lease may be late. */
  check(): void {
    const look = this.#world.look();
    for (const entry of this.#held) {
      const expiry = entry.held.memory.expire(look.nowMs);
      if (expiry === "held") this.#renew(entry, look);
      else this.#over(entry, expiry, look);
    }
  }

  /** What to say to a question; nothing where it is about no lease. */
  reply(body: Uint8Array): Uint8Array {
    const question = readLeaseQuestion(body);
    if (question === undefined) return new Uint8Array(0);
    const { instance, term, forMs } = question;
    const granted = this.#granted.get(instance);
    if (granted === undefined || granted.term !== term) return writeLeaseAnswer(0);
    const { times, memory } = granted;
    const look = this.#world.look();
    const givenMs = grantForMs(times, forMs, look);
    if (givenMs === 0 || !memory.extend(look.nowMs + waitForMs(times, givenMs), look.nowMs))
      return writeLeaseAnswer(0);
    this.#world.count("granted");
    return writeLeaseAnswer(givenMs);
  }

  #renew(entry: Entry, look: Look): void {
    const { times, memory, peer, instance, term } = entry.held;
    const target = this.#places.get(peer);
    if (entry.isAsking || look.nowMs < entry.notBeforeMs || target === undefined) return;
    const forMs = renewForMs(times, memory.untilMs, look);
    if (forMs === 0) return;
    entry.isAsking = true;
    entry.notBeforeMs = look.nowMs + times.renewMs / 2;
    this.#world.ask(target, writeLeaseQuestion({ instance, term, forMs }), (answer) => {
      entry.isAsking = false;
      const givenMs = answer === undefined ? 0 : Math.min(forMs, readLeaseAnswer(answer));
      // It counts from when it was asked for, as every lease does.
      if (givenMs > 0 && memory.extend(look.nowMs + givenMs, this.#world.look().nowMs))
        this.#world.count("renewed");
    });
  }

  #over(entry: Entry, expiry: Expiry, look: Look): void {
    this.#held.delete(entry);
    const { children, onLost } = entry.held;
    // Where it was over already, it was ended by the main loop, which runs and does what is to be done.
    if (expiry === "expired" && onLost === "exit" && children() > 0) this.#world.exit(exitGraceMs(look));
  }
}
