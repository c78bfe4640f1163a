// The client's side of a turn: sends messages over a link for a while, and says how long they took.
import type { Link, RowName } from "./link.ts";

export const operationNames = ["tell", "ask256", "askP50"] as const;
export type OperationName = (typeof operationNames)[number];

/** Messages that the receiver answers with one: so it is known that it has counted them all. */
const chunks: Readonly<Record<RowName, number>> = { small: 4096, record: 512, blob: 8 };
/** Chunks that may be on their way. */
const chunksAhead = 4;
/** As many as the transports' windows hold. */
const inFlight: Readonly<Record<RowName, number>> = { small: 256, record: 256, blob: 64 };

/** Every how many messages the server is to answer. */
export function everyOf(row: RowName, operation: OperationName): number {
  return operation === "tell" ? chunks[row] : 1;
}

export interface Turn {
  readonly row: RowName;
  readonly operation: OperationName;
  /** How long messages are sent, in milliseconds; what is on its way then is waited for. */
  readonly ms: number;
}

/** `ns`: that all of them took; for `askP50` the median round trip. */
export interface Found {
  readonly ns: number;
  readonly messages: number;
}

export class Load {
  readonly #link: Link;
  #inputs: readonly unknown[] = [];
  #sent = 0;
  #answered = 0;
  #every = 1;
  /** How many messages may be on their way. */
  #window = 1;
  #deadline = 0;
  #isOver = true;
  #sentAt = 0;
  #latencies: number[] | undefined;
  #onAnswer: ((message: unknown) => void) | undefined;
  #finish: () => void = () => {};

  constructor(link: Link) {
    this.#link = link;
  }

  async run(inputs: readonly unknown[], { row, operation, ms }: Turn): Promise<Found> {
    const every = everyOf(row, operation);
    const window = { tell: chunksAhead * every, ask256: inFlight[row], askP50: 1 }[operation];
    this.#latencies = operation === "askP50" ? [] : undefined;
    const startMs = performance.now();
    await this.#begin(inputs, row, every, window, startMs + ms);
    const latencies = this.#latencies;
    const ns = latencies === undefined ? performance.now() - startMs : medianOf(latencies);
    return { ns: ns * 1e6, messages: this.#sent };
  }

  /** Sends each input once and answers what came back, in order; `restore` keeps what it answers. */
  async echo<T>(inputs: readonly unknown[], row: RowName, restore: (message: unknown) => T): Promise<T[]> {
    const answers: T[] = [];
    this.#latencies = undefined;
    this.#onAnswer = (message) => {
      answers.push(restore(message));
      if (answers.length === inputs.length) this.#isOver = true;
    };
    await this.#begin(inputs, row, 1, 1, Infinity);
    this.#onAnswer = undefined;
    return answers;
  }

  /** For the link. */
  answered(message: unknown): void {
    this.#answered += this.#every;
    if (this.#onAnswer !== undefined) this.#onAnswer(message);
    else this.#timed();
    if (!this.#isOver) this.pump();
    else if (this.#answered === this.#sent) this.#finish();
  }

  /** Sends until the window is full or the link is. */
  pump(): void {
    const inputs = this.#inputs;
    const mask = inputs.length - 1;
    // At the end the chunk is finished, or else it is never answered.
    const limit = this.#isOver
      ? Math.ceil(this.#sent / this.#every) * this.#every
      : this.#answered + this.#window;
    if (this.#latencies !== undefined) this.#sentAt = performance.now();
    while (this.#sent < limit) {
      if (!this.#link.send(inputs[this.#sent & mask])) return;
      this.#sent++;
    }
  }

  #begin(
    inputs: readonly unknown[],
    row: RowName,
    every: number,
    window: number,
    deadline: number,
  ): Promise<void> {
    this.#link.begin(row, every);
    this.#inputs = inputs;
    this.#sent = 0;
    this.#answered = 0;
    this.#every = every;
    this.#window = window;
    this.#deadline = deadline;
    this.#isOver = false;
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.pump();
    });
  }

  /** The clock is looked at once in 64 answers where nothing else needs it. */
  #timed(): void {
    const latencies = this.#latencies;
    if (latencies === undefined && this.#every === 1 && (this.#answered & 63) !== 0 && this.#window > 64)
      return;
    const nowMs = performance.now();
    latencies?.push(nowMs - this.#sentAt);
    if (nowMs >= this.#deadline) this.#isOver = true;
  }
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
