// The second thread of a process of a simulation: it answers while the loop is blocked, and not where all is frozen. What it
// asks and answers takes the same ways as everything else.

import type { Pulse, PulseAddress, PulseCounters, PulsePlace } from "../cluster/index.ts";
import type { MemberId } from "../membership/index.ts";
import { VirtualLeases } from "./virtual-leases.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** A question and an answer, with what a connection takes besides. */
const roundBytes = 300;
const deadlineMs = 4000;
const firstPort = 20_000;
const nothing = new Uint8Array(0);

interface Answer {
  readonly lagMs: number;
  readonly body: Uint8Array;
}

/** By process, so that a question finds out whether it is still there. */
const pulses = new WeakMap<VirtualProcess, VirtualPulse>();

export class VirtualPulse implements Pulse {
  readonly place: PulsePlace;
  readonly counters: PulseCounters = {
    asked: 0,
    heard: 0,
    unanswered: 0,
    notAsked: 0,
    answered: 0,
    forged: 0,
    timedOut: 0,
    crowdedOut: 0,
    renewed: 0,
    granted: 0,
  };
  onPlace: () => void = () => {};
  onAnswer: (peer: MemberId, lagMs: number) => void = () => {};
  onStalled: (lagMs: number) => void = () => {};
  readonly leases: VirtualLeases;
  readonly #process: VirtualProcess;
  readonly #network: VirtualNetwork;
  #isClosed = false;

  /** `exit` ends the process, as its second thread can. */
  constructor(process: VirtualProcess, network: VirtualNetwork, exit: () => void = () => {}) {
    this.#process = process;
    this.#network = network;
    this.place = { port: firstPort + process.start, token: Uint8Array.of(process.start) };
    this.leases = new VirtualLeases(process, {
      ask: (target, body, heard) => this.#question(target, body, (answer) => heard(answer?.body)),
      count: (what) => {
        this.counters[what]++;
      },
      exit: (afterMs) => process.postAside(afterMs * 1000, exit),
    });
    process.onResumed = (lagMs) => this.onStalled(lagMs);
    pulses.set(process, this);
  }

  get lagMs(): number {
    return this.#process.lagMs;
  }

  ask(peer: MemberId, target: PulseAddress): void {
    this.counters.asked++;
    this.#question(target, nothing, (answer) => {
      if (answer !== undefined) this.#process.post(0, () => this.#heard(peer, answer.lagMs));
    });
  }

  learned(peer: MemberId, at: PulseAddress): void {
    this.leases.learned(peer, at);
  }

  forgotten(peer: MemberId): void {
    this.leases.forgotten(peer);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.leases.close();
  }

  /** `heard` is called once, as an event of this process's thread: with undefined where no answer comes in time. */
  #question(
    { host, port, token }: PulseAddress,
    body: Uint8Array,
    heard: (answer: Answer | undefined) => void,
  ): void {
    const process = this.#process;
    let isOver = false;
    const end = (answer: Answer | undefined): void => {
      if (isOver || this.#isClosed) return;
      isOver = true;
      heard(answer);
    };
    process.postAside(deadlineMs * 1000, () => end(undefined));
    this.#network.link(process.machine, host).carry(roundBytes, () => {
      const there = this.#network.machine(host);
      const target = there.process && pulses.get(there.process);
      if (there.isDown || target?.place.port !== port || target.place.token[0] !== token[0]) return;
      target.#asked(body, (answer) => {
        this.#network.link(host, process.machine).carry(roundBytes, () => {
          process.postAside(0, () => end(answer));
        });
      });
    });
  }

  /** Answers as soon as the thread runs; never where it does not any more. */
  #asked(body: Uint8Array, answer: (answer: Answer) => void): void {
    this.#process.postAside(0, () => {
      if (this.#isClosed) return;
      this.counters.answered++;
      answer({ lagMs: this.#process.lagMs, body: this.leases.reply(body) });
    });
  }

  #heard(peer: MemberId, lagMs: number): void {
    if (this.#isClosed) return;
    this.counters.heard++;
    this.onAnswer(peer, lagMs);
  }
}
