// Two nodes with unlike types compare them on their first stream; on later ones they know.

import { expect, test } from "@jest/globals";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import type { MemoryStream } from "./memory-network.testing.ts";
import { decodeWelcome } from "./messages.codec.ts";
import { other, type Pair, pair, type TestNode, text } from "./nodes.testing.ts";

/** Of each stream that is open: whether this node has told its types there, and compared them with the other's. */
function told({ host }: TestNode): readonly { types: boolean; agreement: boolean }[] {
  return host.streams.filter(({ isEnded }) => !isEnded).map(toldOn);
}

function toldOn(stream: MemoryStream) {
  const decoder = new FrameDecoder(1 << 24);
  const found = { types: false, agreement: false };
  for (const bytes of stream.written) {
    decoder.push(bytes);
    while (decoder.next()) {
      const body = decoder.bytes.subarray(decoder.start, decoder.end);
      if (decoder.kind === frameKind.welcome) found.types ||= decodeWelcome(body).catalogue !== undefined;
      found.agreement ||= decoder.kind === frameKind.agreement;
    }
  }
  return found;
}

const yes = { types: true, agreement: true };
const no = { types: false, agreement: false };

async function unlike(): Promise<Pair> {
  return pair({ types: [text] }, { types: [text, other] });
}

function resetAll({ host }: TestNode): void {
  for (const stream of host.streams.filter(({ isEnded }) => !isEnded)) {
    stream.peer?.fail({ code: "reset", text: "test" });
    stream.fail({ code: "reset", text: "test" });
  }
}

test("the second lane, and every stream after a break, goes by what the first stream found", async () => {
  const { network, a, b, atA, atB } = await unlike();
  expect([told(a), told(b)]).toEqual([
    [yes, no],
    [yes, no],
  ]);
  resetAll(a);
  await network.advance(1000);
  expect([told(a), told(b)]).toEqual([
    [no, no],
    [no, no],
  ]);
  expect(atA.send(text, "to b").status).toBe("accepted");
  expect(atB.send(text, "to a").status).toBe("accepted");
  expect(atB.send(other, "to a")).toMatchObject({ reason: "unknownType" });
  await network.settled();
  expect([a.received, b.received]).toEqual([["to a"], ["to b"]]);
});

test("who has forgotten the other is told again", async () => {
  const { network, a, b, atA, atB } = await unlike();
  // Only one of them notices, and lets go.
  for (const stream of b.host.streams) stream.isHalfOpen = true;
  atB.want(false);
  const closing = atB.close();
  await network.advance(60_000);
  await closing;
  for (const stream of b.host.streams) stream.isHalfOpen = false;
  expect(atA.isConnected).toBe(true);
  expect([told(a), told(b)]).toEqual([
    [yes, no],
    [yes, no],
  ]);
});
