// Contestants are measured in turns: each round times every one of them once, in a new order, so that what the
// machine does besides hits all alike. Only figures of the same round are compared.
import { type Median, median } from "./statistics.ts";

/** One contestant: does `count` operations, each on another object. */
export interface Contestant {
  readonly name: string;
  readonly run: (count: number) => void;
}

export interface Settings {
  readonly rounds: number;
  /** How long one contestant's turn takes, about. */
  readonly sampleMs: number;
  readonly shuffle: <T>(items: readonly T[]) => readonly T[];
  /** Called before each turn: collects what the one before left behind. */
  readonly settle: () => void;
}

/** Nanoseconds for one operation, by contestant, one figure a round. */
export type Samples = ReadonlyMap<string, readonly number[]>;

export function interleaved(contestants: readonly Contestant[], settings: Settings): Samples {
  const counts = new Map(
    contestants.map((contestant) => [contestant, calibrated(contestant, settings.sampleMs)]),
  );
  const samples = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (const contestant of settings.shuffle(contestants)) {
      settings.settle();
      const count = counts.get(contestant)!;
      samples.get(contestant.name)!.push((timed(contestant, count) * 1e6) / count);
    }
  }
  return samples;
}

function timed(contestant: Contestant, count: number): number {
  const startMs = performance.now();
  contestant.run(count);
  return performance.now() - startMs;
}

/** The count that fills a sample, after enough calls for the optimizing compiler to have done its work. */
function calibrated(contestant: Contestant, sampleMs: number): number {
  let count = 1;
  for (let warmMs = 0; warmMs < 20 * sampleMs; ) {
    const ms = timed(contestant, count);
    warmMs += ms;
    if (ms < sampleMs / 2) count *= 2;
    else count = Math.max(1, Math.round((count * sampleMs) / ms));
  }
  return count;
}

/** How many times longer `other` takes than `ours`, round by round. */
export function ratio(samples: Samples, ours: string, other: string): Median {
  const mine = samples.get(ours) ?? [];
  const theirs = samples.get(other) ?? [];
  return median(theirs.map((figure, round) => figure / mine[round]!));
}
