// A host whose peers are scripts: what they send is decided byte by byte, what they are sent is kept. Time stands still
// until it is told to pass.
import type { Address, Host, Listening, OnStream, Stream, StreamEvents } from "@hewn/runtime/transport";

/** One end of a stream that a node writes to; the other end is a script. */
export class ScriptedStream implements Stream {
  readonly written: Uint8Array[] = [];
  /** The node will write no more. */
  ended = false;
  /** The node gave it up. */
  destroyed = false;
  /** `closed` has been told. */
  closed = false;
  events: StreamEvents | undefined;
  readonly #host: ScriptedHost;

  constructor(host: ScriptedHost) {
    this.#host = host;
  }

  write(bytes: Uint8Array): boolean {
    if (this.ended) throw new Error("written after the end");
    if (!this.closed) this.written.push(bytes);
    return true;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#host.soon(() => this.close());
  }

  close(failure?: { readonly code: "reset"; readonly text: string }): void {
    if (this.closed) return;
    this.closed = true;
    this.events?.closed(failure);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.written);
  }
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class ScriptedHost implements Host {
  onStream: OnStream | undefined;
  /** What comes of a dial; nobody is there unless this says otherwise. */
  onDial: (stream: ScriptedStream, address: Address) => void = (stream) => {
    this.soon(() => {
      stream.closed = true;
      stream.events?.closed({ code: "refused", text: "Nobody listens at the address." });
    });
  };
  #nowMs = 0;
  #due: (() => void)[] = [];
  #timers: Timer[] = [];

  now(): number {
    return this.#nowMs;
  }

  random(): number {
    return 0.5;
  }

  schedule(run: () => void): void {
    this.#due.push(run);
  }

  /** Runs something from outside of the node, when nothing of it runs. */
  soon(run: () => void): void {
    this.#due.push(run);
  }

  setTimer(afterMs: number, run: () => void): () => void {
    const timer = { at: this.#nowMs + afterMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  dial(address: Address, events: StreamEvents): Stream {
    const stream = new ScriptedStream(this);
    stream.events = events;
    this.onDial(stream, address);
    return stream;
  }

  async listen(address: Address, onStream: OnStream): Promise<Listening> {
    this.onStream = onStream;
    return { address, close: async () => {} };
  }

  /** Opens a stream to the node. */
  open(): ScriptedStream {
    const stream = new ScriptedStream(this);
    stream.events = this.onStream?.(stream, { host: "10.0.0.9", port: 9 });
    return stream;
  }

  /** Lets everything happen that happens without time passing. */
  settle(): void {
    while (this.#due.length > 0) {
      const due = this.#due;
      this.#due = [];
      for (const run of due) run();
    }
  }

  /** Lets time pass, timer by timer. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (;;) {
      this.settle();
      const next = this.#timers.reduce<Timer | undefined>(
        (first, timer) => (timer.at <= end && (first === undefined || timer.at < first.at) ? timer : first),
        undefined,
      );
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = next.at;
      next.run();
    }
    this.#nowMs = end;
  }
}
