import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { SocketStream } from "./socket-stream.ts";

/** What the stream needs of a socket, with bytes that a test puts in. */
class FakeSocket extends PassThrough {
  setNoDelay(): void {}
}

test("a socket on which much comes makes room for others, and goes on in the next turn", async () => {
  const socket = new FakeSocket({ readableHighWaterMark: 8 * 1024 * 1024 });
  let received = 0;
  const stream = new SocketStream(socket as unknown as Socket);
  stream.tell({
    opened() {},
    received: (chunk) => {
      received += chunk.length;
    },
    drained() {},
    ended() {},
    closed() {},
  });
  await nextTurn();
  const chunk = new Uint8Array(64 * 1024);
  let paused = 0;
  socket.on("pause", () => paused++);
  for (let i = 0; i < 40; i++) socket.write(chunk);
  expect(received).toBeLessThanOrEqual(256 * 1024);
  for (let turns = 0; received < 40 * chunk.length; turns++) {
    const before = received;
    await nextTurn();
    expect(received - before).toBeLessThanOrEqual(256 * 1024);
    expect(turns).toBeLessThan(100);
  }
  expect(paused).toBe(10);
});
