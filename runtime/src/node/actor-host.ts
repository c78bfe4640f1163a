// What actors need of the world, on Node: a clock, chance, the event loop.

import type { ActorHost } from "../actors/index.ts";

/** An actor's timers keep the process alive, as its own would. */
export const actorHost: ActorHost = {
  now: () => performance.now(),
  random: () => Math.random(),
  schedule: queueMicrotask,
  yield: (run) => void setImmediate(run),
  setTimer: (afterMs, run) => {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  },
};
