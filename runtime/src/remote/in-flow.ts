// The messages of one peer for one actor here: how many may come, and when the peer is told so. Totals since its stream
// opened, as on the user lane.

import type { ActorCell, Watcher } from "../actors/cell.ts";
import { creditBytes, creditBytesFirst, creditMessages, creditMessagesFirst } from "./limits.ts";

/** Where credit is told. */
export interface CreditTeller {
  /** The peer may have sent more. */
  grant(flow: InFlow): void;
  /** The actor is gone. */
  gone(flow: InFlow): void;
}

export class InFlow implements Watcher {
  readonly cell: ActorCell;
  readonly #teller: CreditTeller;
  readonly #window: number;
  /** Of a stream that is over, or an actor that is: nobody is told of it any more. */
  isOver = false;
  #received = 0;
  #consumed = 0;
  #consumedBytes = 0;
  #granted = creditMessagesFirst;
  #grantedBytes = creditBytesFirst;

  constructor(cell: ActorCell, teller: CreditTeller) {
    this.cell = cell;
    this.#teller = teller;
    this.#window = Math.min(creditMessages, cell.terms.mailboxMessages);
    cell.watchers ??= new Set();
    cell.watchers.add(this);
  }

  /** What the peer may have sent by now, all in all. */
  get allowed(): { readonly messages: number; readonly bytes: number } {
    return { messages: this.#consumed + this.#window, bytes: this.#consumedBytes + creditBytes };
  }

  /** A message has come. */
  received(): void {
    this.#received++;
  }

  /** A message has left the mailbox, or found room in it. */
  consumed(bytes: number): void {
    this.#consumed++;
    this.#consumedBytes += bytes;
    if (!this.isOver && this.#isDue()) this.#teller.grant(this);
  }

  /** The peer has been told what is allowed. */
  told(): void {
    const { messages, bytes } = this.allowed;
    this.#granted = Math.max(this.#granted, messages);
    this.#grantedBytes = Math.max(this.#grantedBytes, bytes);
  }

  down(): void {
    if (!this.isOver) this.#teller.gone(this);
  }

  /** Nothing more comes of it. */
  end(): void {
    this.isOver = true;
    this.cell.watchers?.delete(this);
  }

  /** Half the window is free and the peer does not know, although it will soon have to: more often would cost. */
  #isDue(): boolean {
    const { messages, bytes } = this.allowed;
    if (bytes - this.#grantedBytes >= creditBytes / 2) return true;
    const isNeeded = this.#received >= this.#granted - creditMessagesFirst / 2;
    return isNeeded && messages - this.#granted >= this.#window / 2;
  }
}
