// The second thread of a process of a simulation: it answers while the loop is blocked, and not where all is frozen. What it
// asks and answers takes the same ways as everything else.

import type { Pulse, PulseAddress, PulseCounters, PulsePlace } from "../cluster/index.ts";
import type { MemberId } from "../membership/index.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** A question and an answer, with what a connection takes besides. */
const roundBytes = 300;
const deadlineMs = 4000;
const firstPort = 20_000;

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
  readonly #process: VirtualProcess;
  readonly #network: VirtualNetwork;
  #isClosed = false;

  constructor(process: VirtualProcess, network: VirtualNetwork) {
    this.#process = process;
    this.#network = network;
    this.place = { port: firstPort + process.start, token: Uint8Array.of(process.start) };
    process.onResumed = (lagMs) => this.onStalled(lagMs);
    pulses.set(process, this);
  }

  get lagMs(): number {
    return this.#process.lagMs;
  }

  ask(peer: MemberId, { host, port, token }: PulseAddress): void {
    const process = this.#process;
    const untilMs = process.now() + deadlineMs;
    this.counters.asked++;
    this.#network.link(process.machine, host).carry(roundBytes, () => {
      const there = this.#network.machine(host);
      const target = there.process && pulses.get(there.process);
      const isIt = target?.place.port === port && target.place.token[0] === token[0];
      const lagMs = isIt && !there.isDown ? target.#answer() : undefined;
      if (lagMs === undefined) return;
      this.#network.link(host, process.machine).carry(roundBytes, () => {
        process.post(0, () => this.#heard(peer, lagMs, untilMs));
      });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #answer(): number | undefined {
    const process = this.#process;
    const runs = process.isAlive && (!process.isFrozen || process.isBlocked);
    if (!runs || this.#isClosed) return undefined;
    this.counters.answered++;
    return process.lagMs;
  }

  #heard(peer: MemberId, lagMs: number, untilMs: number): void {
    if (this.#isClosed || this.#process.now() > untilMs) return;
    this.counters.heard++;
    this.onAnswer(peer, lagMs);
  }
}
