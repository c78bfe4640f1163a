// What is known at an orderly end: each side says with its last frame how far it has come.

import { describe, expect, test } from "@jest/globals";
import { lingerMs } from "./limits.ts";
import { pair, text } from "./nodes.testing.ts";

describe("a goodbye", () => {
  test.each(["a", "b"] as const)(
    "of %s leaves nothing unknown of what was consumed, to neither",
    async (who) => {
      const { network, a, b, atA, atB } = await pair();
      for (let i = 0; i < 7; i++) {
        for (const peer of [atA, atB]) {
          peer.send(text, `${i}`);
          peer.sendControl(text, `${i}`);
        }
      }
      await network.settled();
      const closing = (who === "a" ? a : b).transport.close();
      await network.settled();
      await closing;
      for (const { counters } of [atA, atB]) {
        expect(counters).toMatchObject({ sent: 14, delivered: 14, unknown: 0, unsent: 0 });
      }
      expect([...a.breaks, ...b.breaks]).toEqual([]);
    },
  );

  test("tells what its sender had consumed, and what crosses it is unknown", async () => {
    const { network, a, atA, atB } = await pair();
    atB.send(text, "before");
    await network.settled();
    const closing = a.transport.close();
    network.tick();
    atB.send(text, "across");
    await network.settled();
    await closing;
    expect(atA.counters).toMatchObject({ delivered: 1 });
    expect(atB.counters).toMatchObject({ sent: 2, unknown: 1, unsent: 0 });
  });

  test("is waited for also where the other lane is just being shaken hands on", async () => {
    const { network, a, b, atB } = await pair();
    const control = b.host.streams[0]!;
    control.peer!.fail({ code: "reset", text: "test" });
    control.fail({ code: "reset", text: "test" });
    const isWelcomed = () => b.transport.pendingHandshakes > 0 && b.host.streams.at(-1)!.written.length > 0;
    while (!isWelcomed()) network.happen(network.choices()[0]!);
    atB.send(text, "last");
    let isDone = false;
    const closing = b.transport.close().then(() => {
      isDone = true;
    });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(isDone).toBe(false);
    await network.advance(2 * lingerMs);
    await closing;
    expect(a.received).toEqual(["last"]);
    expect(atB.counters).toMatchObject({ sent: 1, unknown: 0, unsent: 0 });
  });
});
