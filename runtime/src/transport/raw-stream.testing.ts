// The other end of a stream, spoken by hand: what a forger, a broken node or one that dies on the way would say.

import { Catalogue } from "./catalogue.ts";
import { encodeFrame, frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { type GoAwayCode, goAwayCodeOf, goAwayNumber } from "./go-away.ts";
import type { Stream, StreamEvents } from "./host.ts";
import * as limits from "./limits.ts";
import type { MemoryHost } from "./memory-network.testing.ts";
import {
  decodeGoAway,
  decodeHello,
  encodeGoAway,
  encodeGrant,
  encodeHello,
  encodeWelcome,
} from "./messages.codec.ts";
import type { Grant, Hello, NodeId } from "./messages.ts";
import { other, text } from "./nodes.testing.ts";
import { magic } from "./session.ts";

const digest = new Catalogue([text, other]).text;

export class RawStream implements StreamEvents {
  /** Kinds of frames that came. */
  readonly kinds: number[] = [];
  /** The last words of the node at the other end. */
  goAway: GoAwayCode | undefined;
  /** What the node at the other end said first. */
  theirs: Hello | undefined;
  stream: Stream | undefined;
  /** Called with each frame's kind. */
  onFrame: (kind: number, raw: RawStream) => void = () => {};
  readonly #decoder = new FrameDecoder(1 << 24);

  /** What follows says who it is: nobody asks for a proof here. */
  static dial(host: MemoryHost, to: string): RawStream {
    const raw = new RawStream();
    raw.stream = host.dial({ host: to, port: 1 }, raw);
    return raw;
  }

  hello(node: NodeId, more: Partial<Hello> = {}): void {
    const hello: Hello = {
      protocolMin: 1,
      protocolMax: 1,
      node,
      catalogueDigest: digest,
      lane: "user",
      attempt: 1,
      roles: [],
      ...more,
    };
    this.frame(frameKind.hello, new Uint8Array([...magic, ...encodeHello(hello)]));
  }

  welcome(): void {
    const { messageLengthMax, windowMessages, windowBytes, assembliesMax, assembledBytesMax } = limits;
    const takes = { messageLengthMax, windowMessages, windowBytes, assembliesMax, assembledBytesMax };
    this.frame(frameKind.welcome, encodeWelcome({ protocol: 1, ...takes }));
  }

  grant(grant: Grant): void {
    this.frame(frameKind.grant, encodeGrant(grant));
  }

  leave(code: GoAwayCode): void {
    this.frame(frameKind.goAway, encodeGoAway({ code: goAwayNumber(code), text: "" }));
    this.stream!.end();
  }

  frame(kind: number, body: Uint8Array): void {
    this.stream!.write(encodeFrame(kind, body));
  }

  opened(): void {}
  received(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    while (this.#decoder.next()) {
      const { kind, bytes, start, end } = this.#decoder;
      const body = bytes.subarray(start, end);
      if (kind === frameKind.goAway) this.goAway = goAwayCodeOf(decodeGoAway(body).code);
      if (kind === frameKind.hello) this.theirs = decodeHello(body.subarray(magic.length));
      this.kinds.push(kind);
      this.onFrame(kind, this);
    }
  }
  drained(): void {}
  ended(): void {
    this.stream!.end();
  }
  closed(): void {}
}
