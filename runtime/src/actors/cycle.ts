// Whether an ask would wait for itself: actors whose handlers wait for each other's answers, in a circle, would do so
// until their time is up.
import { cycleSearchMax } from "./limits.ts";

/** An actor in the graph of who waits for whom. */
export interface Waiter {
  /** The actors whose answers its handler waits for, while it is at work. */
  waitsFor(): Iterable<Waiter>;
  /** For people. */
  readonly label: string;
}

/** The actors from `asker` by way of `target` back to it, as a sentence; undefined where there is no such way. */
export function cycleThrough(asker: Waiter, target: Waiter): string | undefined {
  const cameFrom = new Map<Waiter, Waiter>([[target, asker]]);
  const queue = [target];
  for (const one of queue) {
    if (one === asker) return sentence(asker, cameFrom);
    for (const next of one.waitsFor()) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, one);
      queue.push(next);
    }
    if (queue.length > cycleSearchMax) return undefined;
  }
  return undefined;
}

function sentence(asker: Waiter, cameFrom: ReadonlyMap<Waiter, Waiter>): string {
  const labels = [asker.label];
  let one = cameFrom.get(asker);
  for (; one !== undefined && one !== asker; one = cameFrom.get(one)) labels.unshift(one.label);
  labels.unshift(asker.label);
  return `The answer would have to wait for itself: ${labels.join(" -> ")}.`;
}
