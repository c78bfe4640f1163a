// Random numbers that are the same for the same seed on every machine: xoshiro128** by Blackman and Vigna, its state
// filled by SplitMix32 from a hash of the seed and of what the numbers are for. Each purpose has a stream of its own,
// so that one more draw for one of them leaves all others as they were.

import { fnv1a32 } from "./fnv.ts";

export class Random {
  readonly #seed: number;
  readonly #purpose: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param seed a whole number from 0 to 2^53 - 1 */
  constructor(seed: number, purpose = "") {
    this.#seed = seed;
    this.#purpose = purpose;
    const next = splitMix32(fnv1a32(`${seed}/${purpose}`));
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
  }

  /** A stream of its own, whatever this one has drawn so far. */
  stream(purpose: string): Random {
    return new Random(this.#seed, this.#purpose === "" ? purpose : `${this.#purpose}/${purpose}`);
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    const result = Math.imul(rotated(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotated(this.#d, 11);
    return result;
  }

  /** In [0, 1), with 32 bits. */
  fraction(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number from 0 to `count` - 1; `count` at most 2^32. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the items, of which there must be one. */
  of<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("there is nothing to choose from");
    return items[this.below(items.length)] as T;
  }

  /** The items in another order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = result[i] as T;
      result[i] = result[j] as T;
      result[j] = item;
    }
    return result;
  }
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return mixed ^ (mixed >>> 15);
  };
}
