// What actors need of the world, on Node: a clock, chance, the event loop.

import type { ActorHost } from "../actors/index.ts";

const resolved = Promise.resolve();

/** An actor's timers keep the process alive, as its own would. */
export const actorHost: ActorHost = {
  now: () => performance.now(),
  random: () => Math.random(),
  // Node's own queueMicrotask makes an asynchronous resource of each function, which takes as long as an ask.
  schedule: (run) => void resolved.then(run),
  yield: (run) => void setImmediate(run),
  setTimer: (afterMs, run) => {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  },
};
