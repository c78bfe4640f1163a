// Circles of asks: actors that may wait for each other's answers. One message is handled at a time, so whoever asks an
// actor that waits for it in turn gets no answer before the deadline.
import type { ActorCall, ActorCalls } from "./actor-calls.ts";

/** The asks from an actor back to it; the last one's target is the first one's sender. */
export type AskCircle = readonly ActorCall[];

/** For each ask a shortest way back, each circle once. Actors that are `@reentrant` end no circle and are in none. */
export function askCircles({ actors, calls }: ActorCalls): readonly AskCircle[] {
  const reentrant = new Set(actors.filter((each) => each.reentrant).map(({ id }) => id));
  const asks = new Map<string, ActorCall[]>();
  for (const call of calls) {
    const { from, to, kind } = call;
    if (kind !== "ask" || from === undefined || reentrant.has(from) || reentrant.has(to)) continue;
    const known = asks.get(from) ?? [];
    if (!known.some((each) => each.to === to)) known.push(call);
    asks.set(from, known);
  }
  const circles = new Map<string, AskCircle>();
  for (const first of [...asks.values()].flat()) {
    const back = wayBack(first, asks);
    if (!back) continue;
    const circle = fromSmallest([first, ...back]);
    const key = circle.map(({ from }) => from).join(" ");
    if (!circles.has(key)) circles.set(key, circle);
  }
  return [...circles.values()];
}

/** The fewest asks from where a call goes to where it comes from; empty where an actor asks its like. */
function wayBack(first: ActorCall, asks: ReadonlyMap<string, readonly ActorCall[]>): AskCircle | undefined {
  const cameBy = new Map<string, ActorCall>();
  const queue = [first.to];
  for (const at of queue) {
    if (at === first.from) return pathTo(at, first.to, cameBy);
    for (const next of asks.get(at) ?? []) {
      if (next.to === first.to || cameBy.has(next.to)) continue;
      cameBy.set(next.to, next);
      queue.push(next.to);
    }
  }
  return undefined;
}

function pathTo(end: string, start: string, cameBy: ReadonlyMap<string, ActorCall>): AskCircle {
  const path: ActorCall[] = [];
  for (let at = end; at !== start; ) {
    const call = cameBy.get(at);
    if (call?.from === undefined) break;
    path.unshift(call);
    at = call.from;
  }
  return path;
}

/** The same circle however it was found. */
function fromSmallest(circle: AskCircle): AskCircle {
  const names = circle.map(({ from }) => from ?? "");
  const smallest = names.indexOf(names.toSorted()[0] ?? "");
  return [...circle.slice(smallest), ...circle.slice(0, smallest)];
}
