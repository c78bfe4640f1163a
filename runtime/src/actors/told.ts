// What telling an actor something returns.

/** What happens to a message for a mailbox that is full. Declared with the method. */
export type Overflow =
  /** The sender waits: see {@link Pressure}. Asks wait by themselves, until their time is up. */
  | "wait"
  /** It is refused: a tell is counted, an ask is answered with `rejected: mailboxFull`. */
  | "reject"
  /** The oldest message that waits makes room for it: that one is counted, and where it is an ask, refused. */
  | "dropOldest";

/** It is in the actor's mailbox, or on its way there. Whether a handler will run, no tell can know. */
export interface Accepted {
  readonly status: "accepted";
}

/** There is no room at the moment. */
export interface Pressure {
  /**
   * `waiting`: it is sent once there is room, if you call `ready()` now; else it is lost, and counted as not sent.
   * `notSent`: it is lost, and counted.
   */
  readonly status: "waiting" | "notSent";
  /** Fulfilled when there is room, and, under `waiting`, this message has been sent. Never rejected. */
  ready(): Promise<void>;
}

/** What became of a tell: `if (told !== accepted) await told.ready()` is how a sender goes no faster than the receiver. */
export type Told = Accepted | Pressure;

/** One object for all: a tell that works allocates nothing for its result. */
export const accepted: Accepted = /* @__PURE__ */ Object.freeze({ status: "accepted" });
