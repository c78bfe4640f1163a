// A sender that never rests: short and long messages, of several pairs, on both lanes.

/** False: it was not accepted. */
export type SendOne = (pair: number | "control", sequence: number, bytes: number) => boolean;

const everyMs = 5;
const pairs = [1, 2, 3];
const longOneIn = 40;

export class Storm {
  readonly #send: SendOne;
  #timer: NodeJS.Timeout | undefined;
  #sequence = 0;

  constructor(send: SendOne) {
    this.#send = send;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#gust(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One sequence for all: within each pair it rises. */
  #gust(): void {
    for (const pair of pairs) {
      const sequence = this.#sequence++;
      this.#send(pair, sequence, sequence % longOneIn === 0 ? 150_000 : sequence % 100);
    }
    this.#send("control", this.#sequence++, 10);
  }
}
