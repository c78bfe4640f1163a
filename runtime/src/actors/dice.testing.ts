// Chance for tests, the same for the same seed: a multiplicative generator with a mixed output (PCG's way).

export interface Dice {
  /** In [0, 1). */
  fraction(): number;
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  chance(probability: number): boolean;
  of<T>(items: readonly T[]): T;
}

export function diceOf(seed: number): Dice {
  let state = (Math.imul(seed, 0x9e37_79b1) ^ 0x5bd1_e995) | 1;
  const fraction = (): number => {
    state = (Math.imul(state, 747_796_405) + 289_133_645) | 0;
    const word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) | 0, 277_803_737);
    return (((word >>> 22) ^ word) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(fraction() * count);
  return {
    fraction,
    below,
    chance: (probability) => fraction() < probability,
    of: (items) => items[below(items.length)]!,
  };
}
