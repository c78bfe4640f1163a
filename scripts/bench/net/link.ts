// What the network bench asks of each way to carry messages: a server that answers every nth message with that message,
// and a client's link to it. With n = 1 it is asked, with a larger n it is told, and counts.

/** The rows of the bench: a message of about 40 bytes, one of about 1 KB, one of 64 KB. */
export const rowNames = ["small", "record", "blob"] as const;
export type RowName = (typeof rowNames)[number];

/** Decides at the receiver which messages are answered. */
export class Counter {
  #every = 1;
  #count = 0;

  /** From now on every nth message is answered, counted from here. */
  begin(every: number): void {
    this.#every = every;
    this.#count = 0;
  }

  /** Counts a message; whether it is the one to answer. */
  isDue(): boolean {
    if (++this.#count < this.#every) return false;
    this.#count = 0;
    return true;
  }
}

export interface LinkEvents {
  /** The server has answered with this message. */
  answered(message: unknown): void;
  /** After `send` refused: it may be tried again. */
  ready(): void;
}

export interface Link {
  /** A row's object in the shape that this link likes best; what this does is not measured. */
  readonly toNative?: (row: RowName, value: unknown) => unknown;
  /** Back again, for the comparison that goes before measuring. */
  readonly fromNative?: (row: RowName, message: unknown) => unknown;
  /** What comes is of this row, and the server answers every nth. */
  begin(row: RowName, every: number): void;
  /** Sends a message; false where it was not taken, and `ready` follows. */
  send(message: unknown): boolean;
}

export interface Stack {
  /** Answers the address for `connect`. */
  serve(counter: Counter): Promise<string>;
  connect(address: string, events: LinkEvents): Promise<Link>;
}
