// A mailbox with a bound, and what becomes of messages that find it full: their senders wait, or they are refused, or the
// oldest makes room.
import { sendersWaitingMax } from "./limits.ts";
import { Mailbox } from "./mailbox.ts";
import { type Method, tellKind, turn, turnKind } from "./method.ts";
import type { Rejected, RejectedReason } from "./outcome.ts";
import type { PendingReply } from "./pending-reply.ts";
import { type FullMailbox, RefusedTell, WaitingTell } from "./pressure.ts";
import type { ActorCounters } from "./report.ts";
import { accepted, type Told } from "./told.ts";
import { WaitingSenders } from "./waiting-senders.ts";

export abstract class BoundedMailbox extends Mailbox implements FullMailbox {
  /** How many messages may wait. */
  readonly #bound: number;
  /** The same, or 0 while more has to be looked at before a message is let in, or after one has been taken out. */
  protected limit: number;
  /** Made when the first sender waits: most actors never have one. */
  #waiting: WaitingSenders | undefined = undefined;
  /** Those who want to know when there is room. */
  #roomWanted: (() => void)[] | undefined = undefined;

  constructor(bound: number) {
    super();
    this.#bound = bound;
    this.limit = bound;
  }

  protected abstract readonly counters: ActorCounters;
  /** Whether it takes messages at all. */
  protected abstract readonly isOpen: boolean;
  /** For people. */
  abstract readonly label: string;
  /** Called when something was put in. */
  protected abstract filled(): void;
  /** Called for a message that nobody will handle. */
  protected abstract lost(method: Method, payload: unknown): void;

  /** Lets an ask or a tracked tell in, or refuses it. */
  post(method: Method, pending: PendingReply): void {
    if (this.count < this.limit) this.insert(method, pending);
    else if (!this.isOpen) this.lost(method, pending);
    else if (this.#makesRoom(method)) this.#enterInOrder(method, pending);
    else if (method.overflow === "wait" && this.mayWait) this.wait(method, pending, undefined);
    else pending.settleSoon(this.rejected("mailboxFull", "The mailbox of %s is full."));
  }

  /** Runs a function between two messages, in their order. It counts against no bound. */
  postTurn(run: () => unknown): void {
    if (!this.isOpen) return;
    if (this.#waiting?.length) this.#waiting.push({ method: turn, payload: run, entered: undefined });
    else this.#put(turn, run);
  }

  get mayWait(): boolean {
    return this.#waiting === undefined || this.#waiting.length < sendersWaitingMax;
  }

  wait(method: Method, payload: unknown, entered: (() => void) | undefined): void {
    if (!this.isOpen) {
      this.lost(method, payload);
      entered?.();
      return;
    }
    this.#waiting ??= new WaitingSenders();
    this.#waiting.push({ method, payload, entered });
    this.limit = 0;
    this.#letIn();
  }

  whenRoom(run: () => void): void {
    if (!this.isOpen) {
      run();
      return;
    }
    this.#roomWanted ??= [];
    this.#roomWanted.push(run);
    this.limit = 0;
    this.#letIn();
  }

  uncount(): void {
    this.counters.notSent--;
  }

  /** Lets a message in for which there is room. */
  protected insert(method: Method, payload: unknown): void {
    this.count++;
    this.#put(method, payload);
  }

  /** A tell that found no room at first sight. */
  protected tellWithoutRoom(method: Method, args: unknown): Told {
    if (!this.isOpen) {
      this.lost(method, args);
      return accepted;
    }
    if (this.#makesRoom(method)) {
      this.#enterInOrder(method, args);
      return accepted;
    }
    this.counters.notSent++;
    return method.overflow === "wait" ? new WaitingTell(this, method, args) : new RefusedTell(this);
  }

  /** A message has left. */
  protected left(): void {
    this.count--;
    if (this.limit === 0) this.#letIn();
  }

  /** Empties it for good. */
  protected close(): void {
    const waiting = this.#waiting?.take(Number.POSITIVE_INFINITY) ?? [];
    this.limit = 0;
    for (const [method, payload] of this.takeAll()) if (method.kind !== turnKind) this.lost(method, payload);
    for (const { method, payload, entered } of waiting) {
      if (method.kind !== turnKind) this.lost(method, payload);
      entered?.();
    }
    this.#tellRoom();
  }

  protected rejected(reason: RejectedReason, text: string): Rejected {
    return { status: "rejected", reason, text: text.replace("%s", this.label) };
  }

  #put(method: Method, payload: unknown): void {
    this.push(method, payload);
    this.filled();
  }

  /** Whether a message can be let in, with others in front of it that wait. Drops one where the method says so. */
  #makesRoom({ overflow }: Method): boolean {
    if (overflow === "dropOldest") {
      if (this.count >= this.#bound) this.#dropOldest();
      return true;
    }
    if (this.count >= this.#bound || this.#waiting?.length) return false;
    // Senders that wait go on when half of the mailbox is free: one at a time would cost each of them a turn.
    return overflow === "reject" || this.limit > 0;
  }

  #enterInOrder(method: Method, payload: unknown): void {
    if (!this.#waiting?.length) this.insert(method, payload);
    else {
      this.#waiting.push({ method, payload, entered: undefined });
      this.#admit(1);
    }
  }

  #dropOldest(): void {
    const [method, payload] = this.takeOldest();
    if (method.kind !== tellKind) {
      const pending = payload as PendingReply;
      // Its time was up before: it only took up room.
      if (pending.outcome !== undefined) return;
      pending.settle(this.rejected("mailboxFull", "%s dropped it for a younger message."));
    }
    this.counters.dropped++;
  }

  /** Called while the limit is 0. */
  #letIn(): void {
    if (!this.isOpen || this.count > this.#bound >> 1) return;
    this.#admit(this.#bound - this.count);
    if (this.#waiting?.length) return;
    this.limit = this.#bound;
    this.#tellRoom();
  }

  #tellRoom(): void {
    const wanted = this.#roomWanted;
    this.#roomWanted = undefined;
    if (wanted !== undefined) for (const run of wanted) run();
  }

  /** Moves messages that wait in, with what the runtime put behind them. */
  #admit(most: number): void {
    const admitted = this.#waiting?.take(most) ?? [];
    for (const { method, payload } of admitted) {
      if (method === turn) this.#put(method, payload);
      else this.insert(method, payload);
    }
    for (const { entered } of admitted) entered?.();
  }
}
