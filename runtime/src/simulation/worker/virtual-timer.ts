// What `setTimeout` and `setInterval` answer in a simulation: has what Node's `Timeout` has.

export class VirtualTimer {
  readonly #later: (afterMs: number, run: () => void) => () => void;
  readonly #ms: number;
  readonly #repeats: boolean;
  readonly #run: () => void;
  #cancel: () => void;

  constructor(
    later: (afterMs: number, run: () => void) => () => void,
    ms: number,
    repeats: boolean,
    run: () => void,
  ) {
    this.#later = later;
    this.#ms = ms;
    this.#repeats = repeats;
    this.#run = run;
    this.#cancel = this.#start();
  }

  close(): this {
    this.#cancel();
    return this;
  }

  refresh(): this {
    this.#cancel();
    this.#cancel = this.#start();
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #start(): () => void {
    return this.#later(this.#ms, () => {
      if (this.#repeats) this.#cancel = this.#start();
      this.#run();
    });
  }
}
