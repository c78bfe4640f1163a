// The handlers of a node's messages, which outlive its transports: an instance that is over hears nothing any more.

import type { Codec } from "../codec/codec.ts";
import type { Peer, Transport } from "../transport/index.ts";

type Register = (transport: Transport) => void;

export class MessageHandlers {
  /** Messages for an instance that is over. */
  late = 0;
  readonly #byType = new Map<string, Register>();
  #transport: Transport | undefined;

  /** Throws where the type is not in the catalogue of the transport. */
  set<T>(codec: Codec<T>, run: (message: T, from: Peer) => void): void {
    const register: Register = (transport) =>
      transport.onMessage(codec, (message, from) => {
        if (this.#transport === transport) run(message, from);
        else this.late++;
      });
    if (this.#transport !== undefined) register(this.#transport);
    this.#byType.set(codec.name, register);
  }

  /** All that comes from now on comes through this one. */
  moveTo(transport: Transport): void {
    this.#transport = transport;
    for (const register of this.#byType.values()) register(transport);
  }
}
