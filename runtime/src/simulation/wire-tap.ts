// Listens on streams and tells of every whole frame that an end writes, at the time when it writes it.

import { FrameDecoder, frameKind } from "../transport/index.ts";
import type { Observation } from "./observation.ts";
import type { StreamEnd } from "./stream-end.ts";
import type { VirtualConnection } from "./virtual-connection.ts";

const names = new Map<number, string>(Object.entries(frameKind).map(([name, kind]) => [kind, name]));
/** Longer than any frame may be: whatever a hostile program writes is told of as far as it can be told apart. */
const lengthMax = 2 ** 31;

export class WireTap {
  readonly #observe: (observation: Observation) => void;
  readonly #decoders = new WeakMap<StreamEnd, FrameDecoder>();

  constructor(observe: (observation: Observation) => void) {
    this.#observe = observe;
  }

  written(connection: VirtualConnection, end: StreamEnd, bytes: Uint8Array): void {
    let decoder = this.#decoders.get(end);
    if (decoder === undefined) {
      decoder = new FrameDecoder(lengthMax);
      this.#decoders.set(end, decoder);
    }
    decoder.push(bytes);
    while (decoder.next()) {
      this.#observe({
        kind: "frame",
        connection: connection.name,
        from: end.process.name,
        role: end.role,
        frame: names.get(decoder.kind) ?? `${decoder.kind}`,
        bytes: decoder.end - decoder.start,
      });
    }
  }
}
