// Whom to probe next: everybody once a round, in an order that is drawn anew for each round, so that the time until a
// member is probed is bounded (SWIM, section 4.3). Suspects go first: what confirms or refutes them is wanted soon.

import { drawn } from "./draw.ts";

/** Keys of members; who is gone is passed over by whoever asks. Changed in place. */
export interface ProbeOrder {
  round: string[];
  readonly first: Set<string>;
}

export function newProbeOrder(): ProbeOrder {
  return { round: [], first: new Set() };
}

/** The next one for whom `isWanted` holds; undefined where there is none. */
export function next(
  order: ProbeOrder,
  all: () => readonly string[],
  isWanted: (key: string) => boolean,
  random: () => number,
): string | undefined {
  for (const key of order.first) {
    order.first.delete(key);
    if (isWanted(key)) return key;
  }
  for (let refilled = false; ; refilled = true) {
    for (let key = order.round.pop(); key !== undefined; key = order.round.pop()) {
      if (isWanted(key)) return key;
    }
    if (refilled) return undefined;
    const keys = all();
    order.round = drawn(keys, keys.length, random);
  }
}
