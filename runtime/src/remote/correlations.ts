// Who waits for which number: the asks that went to a peer, each in a slot of a table. A number is a slot with a count of
// how often that slot has been given out, so that an answer that comes late finds nobody.

import { inFlightMax } from "./limits.ts";

/** What has a number. The field belongs to {@link Correlations}. */
export interface Correlated {
  /** -1 while it has none. */
  correlation: number;
}

const slotBits = 16;
const slotMask = (1 << slotBits) - 1;

/** The slot of a number, whoever gave it out. */
export function slotOf(correlation: number): number {
  return correlation & slotMask;
}

export class Correlations<T extends Correlated> {
  readonly #waiting: (T | undefined)[] = [];
  /** By slot: how often it has been given out. */
  readonly #rounds: number[] = [];
  readonly #free: number[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Gives it a number. False: too many wait already. */
  add(one: T): boolean {
    const slot = this.#free.pop() ?? this.#newSlot();
    if (slot === undefined) return false;
    this.#waiting[slot] = one;
    this.#size++;
    one.correlation = ((this.#rounds[slot]! << slotBits) | slot) >>> 0;
    return true;
  }

  /** Takes out who waits for that number; undefined where nobody does, or no longer. */
  take(correlation: number): T | undefined {
    const one = this.#waiting[slotOf(correlation)];
    if (one === undefined || one.correlation !== correlation) return undefined;
    this.remove(one);
    return one;
  }

  /** Nothing where it has no number. */
  remove(one: T): void {
    const { correlation } = one;
    if (correlation < 0) return;
    const slot = slotOf(correlation);
    one.correlation = -1;
    this.#waiting[slot] = undefined;
    this.#rounds[slot] = (this.#rounds[slot]! + 1) & slotMask;
    this.#free.push(slot);
    this.#size--;
  }

  all(): T[] {
    return this.#waiting.filter((one) => one !== undefined);
  }

  #newSlot(): number | undefined {
    const slot = this.#waiting.length;
    if (slot >= inFlightMax) return undefined;
    this.#waiting.push(undefined);
    this.#rounds.push(0);
    return slot;
  }
}
