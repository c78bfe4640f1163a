// The way from one machine to another, in one direction: how long it takes, how much it carries, and whether anything
// gets through. What meets a cut is not lost but sent again once the cut is over, as TCP does.

import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

export interface LinkQuality {
  readonly latencyMs: number;
  /** Each segment takes up to so much longer. */
  readonly jitterMs: number;
  readonly bytesPerMs: number;
}

/** The first retransmission after a cut ends comes within this time: timeouts of TCP double with each attempt. */
const retransmitMsMax = 400;

export class Link {
  readonly from: string;
  readonly to: string;
  quality: LinkQuality;

  readonly #usual: LinkQuality;
  readonly #simulation: Simulation;
  readonly #random: Random;
  #isCut = false;
  #freeAtUs = 0;
  /** What waits for the cut to end. */
  #held: (() => void)[] = [];

  constructor(simulation: Simulation, from: string, to: string, quality: LinkQuality) {
    this.from = from;
    this.to = to;
    this.quality = quality;
    this.#usual = quality;
    this.#simulation = simulation;
    this.#random = simulation.random.stream(`link ${from}>${to}`);
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  cut(): void {
    this.#isCut = true;
  }

  heal(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    const held = this.#held;
    this.#held = [];
    for (const send of held) this.#simulation.after(this.#random.below(retransmitMsMax * 1000), send);
  }

  /** As it was in the beginning: healed, and as good as it was. What queued up for it goes at the new speed. */
  restore(): void {
    this.quality = this.#usual;
    this.#freeAtUs = 0;
    this.heal();
  }

  /** Carries so many bytes, as often as it takes; `arrived` runs at the other end. */
  carry(bytes: number, arrived: () => void): void {
    if (this.#isCut) {
      this.#held.push(() => this.carry(bytes, arrived));
      return;
    }
    const { nowUs } = this.#simulation;
    const { latencyMs, jitterMs, bytesPerMs } = this.quality;
    this.#freeAtUs = Math.max(this.#freeAtUs, nowUs) + (bytes * 1000) / bytesPerMs;
    const latencyUs = latencyMs * 1000 + this.#random.fraction() * jitterMs * 1000;
    this.#simulation.after(this.#freeAtUs + latencyUs - nowUs, () => {
      // It was on its way when the cut began.
      if (this.#isCut) this.#held.push(() => this.carry(bytes, arrived));
      else arrived();
    });
  }
}
