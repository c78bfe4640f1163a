// What a tell returns that found no room.
import type { Method } from "./method.ts";
import type { Pressure } from "./told.ts";

/** A mailbox without room. */
export interface FullMailbox {
  /** Whether one more sender may wait. */
  readonly mayWait: boolean;
  /** Lets a message wait for room; `entered` is called when it is in, or lost. */
  wait(method: Method, payload: unknown, entered: () => void): void;
  /** Calls `run` when there is room, or never will be any. */
  whenRoom(run: () => void): void;
  /** Takes back that a message was counted as not sent. */
  uncount(): void;
}

/** Keeps the message until its sender decides whether to wait. */
export class WaitingTell implements Pressure {
  readonly #mailbox: FullMailbox;
  readonly #method: Method;
  readonly #args: unknown;
  #ready: Promise<void> | undefined;

  constructor(mailbox: FullMailbox, method: Method, args: unknown) {
    this.#mailbox = mailbox;
    this.#method = method;
    this.#args = args;
  }

  get status(): "waiting" | "notSent" {
    return this.#mailbox.mayWait ? "waiting" : "notSent";
  }

  ready(): Promise<void> {
    this.#ready ??= new Promise((resolve) => {
      if (!this.#mailbox.mayWait) {
        this.#mailbox.whenRoom(resolve);
        return;
      }
      this.#mailbox.uncount();
      this.#mailbox.wait(this.#method, this.#args, resolve);
    });
    return this.#ready;
  }
}

/** A message that is lost. */
export class RefusedTell implements Pressure {
  readonly #mailbox: FullMailbox;

  constructor(mailbox: FullMailbox) {
    this.#mailbox = mailbox;
  }

  get status(): "notSent" {
    return "notSent";
  }

  ready(): Promise<void> {
    return new Promise((resolve) => this.#mailbox.whenRoom(resolve));
  }
}

/** A message that no room would help: its arguments do not fit their types. */
export const invalidTell: Pressure = /* @__PURE__ */ Object.freeze({
  status: "notSent",
  ready: () => Promise.resolve(),
});
