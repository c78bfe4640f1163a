// A listener that outlives the transports that take its streams: a node that is born again stays at its address, and at
// no time does that refuse a dial, which would be taken for a proof of death.

import type { Address, Host, Listening, OnStream } from "../transport/index.ts";

/** Hosts with one listener between them: the latest transport has it. */
export class KeptListener {
  readonly #host: Host;
  #onStream: OnStream | undefined;
  #listening: Promise<Listening> | undefined;
  #isClosed = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The host for another transport, which takes the streams from when it listens. */
  hostForTransport(): Host {
    const host = this.#host;
    return {
      now: () => host.now(),
      random: () => host.random(),
      schedule: (run) => host.schedule(run),
      setTimer: (afterMs, run) => host.setTimer(afterMs, run),
      dial: (address, events) => host.dial(address, events),
      listen: (address, onStream) => this.#listen(address, onStream),
    };
  }

  /** Takes no more streams. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#listening)?.close();
  }

  async #listen(address: Address, onStream: OnStream): Promise<Listening> {
    if (this.#isClosed) throw new Error("the listener is closed");
    this.#onStream = onStream;
    this.#listening ??= this.#host.listen(address, (stream, from) => this.#onStream!(stream, from));
    const { address: actual } = await this.#listening;
    // Its transport may close, and its successor goes on; only `close` gives the address up.
    return { address: actual, close: async () => {} };
  }
}
