// What a worker was doing when it was last heard of: memory that outlives a thread that hangs or is killed.

const headerBytes = 16;
const capacity = 1 << 20;

/** Written by the worker before each case, read by whoever watches it. */
export class BlackBox {
  readonly shared: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(headerBytes + capacity)) {
    this.shared = shared;
    this.#header = new Int32Array(shared, 0, headerBytes / 4);
    this.#bytes = new Uint8Array(shared, headerBytes);
  }

  /** Notes the case at hand: what of, and its input, cut where it is longer than the memory. */
  note(what: string, input: string | Uint8Array): void {
    const text = Buffer.from(`${what}\n`);
    const body = typeof input === "string" ? Buffer.from(input) : input;
    const room = this.#bytes.length - text.length;
    this.#bytes.set(text);
    this.#bytes.set(body.subarray(0, room), text.length);
    Atomics.store(this.#header, 1, text.length);
    Atomics.store(this.#header, 2, Math.min(body.length, room));
    Atomics.add(this.#header, 0, 1);
  }

  /** Says that work goes on where no case is at hand. */
  beat(): void {
    Atomics.add(this.#header, 0, 1);
  }

  /** Changes whenever the worker goes on. */
  get pulse(): number {
    return Atomics.load(this.#header, 0);
  }

  /** The case at hand: what of, and its input in hexadecimal. */
  read(): { readonly what: string; readonly input: string } {
    const length = Atomics.load(this.#header, 1);
    const end = length + Atomics.load(this.#header, 2);
    const copy = Buffer.from(this.#bytes.slice(0, end));
    return { what: copy.toString("utf8", 0, length).trim(), input: copy.toString("hex", length) };
  }
}
