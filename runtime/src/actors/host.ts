// The port between actors and the world: Node gives it a clock and its event loop, the simulator virtual ones.

/** All that actors need of the world. */
export interface ActorHost {
  /** Milliseconds on a clock that only goes forward, not necessarily whole ones. Its zero means nothing. */
  now(): number;
  /** In [0, 1). For jitter: nothing secret is made of it. */
  random(): number;
  /** Runs a function once what runs now has ended, before any other event. */
  schedule(run: () => void): void;
  /** Runs a function soon, once other events had their turn: what arrived from outside, and timers that are due. */
  yield(run: () => void): void;
  /** Runs a function no sooner than `afterMs` from now; calling what it returns prevents it. */
  setTimer(afterMs: number, run: () => void): () => void;
}
