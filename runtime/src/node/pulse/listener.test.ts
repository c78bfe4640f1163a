import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { ask } from "./asker.ts";
import { newNonce, writeQuestion } from "./frame.ts";
import { pulseConnectionsMax } from "./limits.ts";
import type { Listener } from "./listener.ts";
import { listening, nothing, over, stranger, token } from "./pulse.testing.ts";

const open: (Listener | Socket)[] = [];

afterEach(() => {
  for (const one of open.splice(0)) "close" in one ? one.close() : one.destroy();
});

async function started(more: { readonly deadlineMs?: number } = {}) {
  const found = await listening(more);
  open.push(found.listener);
  return found;
}

async function strangers(port: number, count: number): Promise<readonly Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => stranger(port)));
  open.push(...sockets);
  return sockets;
}

function asked(port: number, body = nothing) {
  return ask({ addresses: ["127.0.0.1"], port, token }, body);
}

describe("who has the token", () => {
  test("learns how late the loop is, and what is said beside it", async () => {
    const { port, counters } = await started();
    const body = Uint8Array.of(9, 8, 7);
    const answer = await asked(port, body);
    expect(answer?.lagMs).toBeLessThan(1000);
    expect([...(answer?.body ?? [])]).toEqual([...body]);
    expect(counters.values).toMatchObject({ answered: 1, forged: 0, timedOut: 0, crowdedOut: 0 });
  });

  test("is answered beside a thousand strangers that say nothing", async () => {
    // So that however slow the machine is, those that go were crowded out.
    const { port, counters } = await started({ deadlineMs: 60_000 });
    await strangers(port, 1000);
    expect(await asked(port)).toBeDefined();
    expect(counters.values.crowdedOut).toBe(1000 + 1 - pulseConnectionsMax);
  });

  test("is answered a hundred times at once", async () => {
    const { port, counters } = await started();
    const answers = await Promise.all(Array.from({ length: 100 }, () => asked(port)));
    expect(answers.filter((answer) => answer === undefined)).toEqual([]);
    expect(counters.values).toMatchObject({ answered: 100, crowdedOut: 0 });
  });
});

describe("a stranger", () => {
  test("with another token is given up and counted", async () => {
    const { port, counters } = await started();
    const other = { addresses: ["127.0.0.1"], port, token: new Uint8Array(32) };
    expect(await ask(other, nothing)).toBeUndefined();
    expect(counters.values).toMatchObject({ answered: 0, forged: 1 });
  });

  test.each([
    ["random bytes", Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n")],
    ["a length beyond any", Buffer.of(0xff, 0xff)],
    ["64 KiB at once", Buffer.alloc(64 * 1024)],
    ["a frame of nothing", Buffer.of(0, 0)],
    [
      "a question to another challenge",
      Buffer.from(writeQuestion(token, newNonce(), { nonce: newNonce(), body: nothing })),
    ],
  ])("that sends %s is given up and counted", async (_, bytes) => {
    const { port, counters } = await started();
    const [socket] = await strangers(port, 1);
    socket!.write(bytes);
    await over(socket!);
    expect(counters.values).toMatchObject({ answered: 0, forged: 1 });
  });

  test("that says nothing, or says it byte by byte, is given up at one deadline", async () => {
    const { port, counters } = await started({ deadlineMs: 300 });
    const [silent, drips] = await strangers(port, 2);
    const dripping = setInterval(() => drips!.write(Buffer.of(1)), 20);
    drips!.write(Buffer.of(1));
    await Promise.all([over(silent!), over(drips!)]);
    clearInterval(dripping);
    expect(counters.values).toMatchObject({ answered: 0, forged: 0, timedOut: 2 });
  });

  test("that goes makes room, and is none who was refused", async () => {
    const { port, counters } = await started();
    for (let turn = 0; turn < 3; turn++) {
      const sockets = await strangers(port, pulseConnectionsMax);
      for (const socket of sockets) socket.end();
      await Promise.all(sockets.map(over));
    }
    expect(await asked(port)).toBeDefined();
    expect(counters.values).toMatchObject({ forged: 0, timedOut: 0 });
  });

  test("learns nothing but that here is a pulse thread", async () => {
    const { port } = await started();
    const [socket] = await strangers(port, 1);
    const [challenge] = (await once(socket!, "data")) as [Buffer];
    expect(challenge).toHaveLength(2 + 5 + 16);
    expect(challenge.subarray(2, 6).toString()).toBe("HWNP");
  });
});
