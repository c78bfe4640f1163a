// Random numbers that are the same for the same seed, on every machine.

/** A generator of 32-bit numbers (sfc32). */
export class Dice {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  /** @param seeds numbers that together choose the sequence: every part of a campaign has one of its own */
  constructor(...seeds: readonly number[]) {
    const mixed = seeds.reduce(
      (hash, seed) => Math.imul(hash ^ seed, 0x9e37_79b1) ^ (hash >>> 15),
      0x5bd1_e995,
    );
    this.#a = mixed | 0;
    this.#b = Math.imul(mixed, 0x85eb_ca6b) | 0;
    this.#c = seeds.length | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return this.next() % count;
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (items.length === 0) throw new Error("nothing to choose from");
    return item as T;
  }

  /** True once in `count` times. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }
}
