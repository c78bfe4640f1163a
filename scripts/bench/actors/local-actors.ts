// What every contestant does with the actors of one process.

export const localOperations = ["tell", "ask", "ask256", "spawn"] as const;
export type LocalOperation = (typeof localOperations)[number];

/** Operations between two looks at the clock. */
export const perBurst = 1000;
/** Asks at a time in `ask256`. */
export const inFlight = 256;

export interface LocalActors {
  /** Tells one actor of so many readings; fulfilled when it has handled them. */
  tell(count: number): Promise<void>;
  /** Asks an actor for the nth reading, which it is sent, and awaits the answer. */
  ask(nth: number): Promise<void>;
  /** Starts so many actors and ends them. */
  spawn(count: number): Promise<void>;
  /** Throws where what is asked for does not come back. */
  check(): Promise<void>;
}
