// For tests of the pulse thread's parts: a listener in this thread, and sockets that talk to it as strangers do.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { tokenBytes } from "./frame.ts";
import { Listener } from "./listener.ts";
import { LoopBeat } from "./loop-beat.ts";
import { SharedCounters } from "./shared-counters.ts";

export const token = new Uint8Array(tokenBytes).fill(3);
export const nothing = new Uint8Array(0);

export async function listening(more: { readonly deadlineMs?: number } = {}) {
  const [beat, counters] = [new LoopBeat(), new SharedCounters()];
  beat.beat();
  const listener = new Listener({ token, beat, counters, reply: (body) => body, ...more });
  const port = await listener.listen("127.0.0.1", 0);
  return { counters, listener, port };
}

export async function stranger(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Reads and forgets, and answers when the other end has given the connection up. */
export async function over(socket: Socket): Promise<void> {
  socket.resume();
  // Not `once` of node:events, which a reset would have fail.
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}
