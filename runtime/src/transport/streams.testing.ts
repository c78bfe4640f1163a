// What tests look at of the streams of a node.
import { expect } from "@jest/globals";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import type { MemoryStream } from "./memory-network.testing.ts";
import type { Pair, TestNode } from "./nodes.testing.ts";

/** The kinds of frames that were ever written to a stream. */
export function kindsOn(stream: MemoryStream): number[] {
  const decoder = new FrameDecoder(1 << 24);
  const kinds: number[] = [];
  for (const bytes of stream.written) {
    decoder.push(bytes);
    while (decoder.next()) kinds.push(decoder.kind);
  }
  return kinds;
}

export function carriesMessages(stream: MemoryStream): boolean {
  return kindsOn(stream).some((kind) => kind >= frameKind.message);
}

/** The streams of a node on which it has sent messages and that live. */
export function living({ host }: TestNode): MemoryStream[] {
  return host.streams.filter(({ isEnded }) => !isEnded);
}

export function expectOneStreamALane({ a, b }: Pick<Pair, "a" | "b">): void {
  for (const { transport } of [a, b])
    expect(transport.peers.map(({ isConnected }) => isConnected)).toEqual([true]);
  expect([living(a).length, living(b).length]).toEqual([2, 2]);
  expect(new Set(living(a).map(({ peer }) => peer))).toEqual(new Set(living(b)));
}
