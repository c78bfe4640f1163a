// Streams that come to be and break: which one is the lane, what is dialled again, and what is told of it.

import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Catalogue } from "./catalogue.ts";
import { frameKind } from "./frame.ts";
import { handshakeDeadlineMs, lingerMs, pingIntervalMs } from "./limits.ts";
import { MemoryNetwork } from "./memory-network.testing.ts";
import { node, pair, type TestNode, text } from "./nodes.testing.ts";
import { carriesMessages, expectOneStreamALane, kindsOn, living } from "./streams.testing.ts";
import { openTransport } from "./transport.ts";

/** Breaks every stream of a node, at both ends, with the processes alive. */
function resetAll({ host }: TestNode): void {
  for (const stream of living({ host } as TestNode)) {
    stream.peer?.fail({ code: "reset", text: "test" });
    stream.fail({ code: "reset", text: "test" });
  }
}

/** Lets things happen in an order that `choose` decides, until nothing is left. */
async function inAnyOrder(network: MemoryNetwork, choose: () => number): Promise<void> {
  for (let idle = 0; idle < 12; ) {
    network.tick();
    const choices = network.choices();
    if (choices.length > 0) {
      network.happen(choices[Math.floor(choose() * choices.length)]!);
      idle = 0;
    } else idle++;
    await Promise.resolve();
  }
}

const orders = fc.noBias(fc.integer());

/** Numbers in [0, 1) that follow from a seed. */
function chooser(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

describe("two nodes that connect to each other at the same time", () => {
  test("have one stream a lane in every order of events, and lose and double nothing", async () => {
    const winners = new Set<string>();
    await fc.assert(
      fc.asyncProperty(orders, fc.constantFrom("b", "alias"), async (order, name) => {
        const network = new MemoryNetwork();
        const a = await node(network, "a", { onPeer: (peer) => peer.send(text, "from a") });
        const b = await node(network, "b", { onPeer: (peer) => peer.send(text, "from b") });
        // Under another name than the one that it gives itself nobody can tell that both dial the same peer.
        network.alias({ host: "alias", port: 1 }, { host: "b", port: 1 });
        const both = [
          a.transport.connect({ host: name, port: 1 }),
          b.transport.connect({ host: "a", port: 1 }),
        ];
        await inAnyOrder(network, chooser(order));
        await network.advance(1000);
        for (const outcome of await Promise.all(both)) expect(outcome.status).toBe("connected");
        expectOneStreamALane({ a, b });
        expect([a.received, b.received]).toEqual([["from b"], ["from a"]]);
        for (const stream of [...a.host.streams, ...b.host.streams]) {
          if (stream.isEnded) expect(carriesMessages(stream)).toBe(false);
        }
        winners.add(
          living(a)
            .map(({ queue }) => queue.replace(/\d/, ""))
            .sort()
            .join(),
        );
      }),
      { numRuns: 60 },
    );
    expect(winners.size).toBeGreaterThan(1);
  });

  test("after both lanes broke, in every order of events", async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { network, a, b, atA, atB } = await pair();
        resetAll(a);
        await inAnyOrder(network, chooser(order));
        await network.advance(5000);
        expectOneStreamALane({ a, b });
        expect([a.transport.peers, b.transport.peers]).toEqual([[atA], [atB]]);
        const messages = Array.from({ length: 20 }, (_, i) => `${i}`);
        for (const each of messages) {
          expect(atA.send(text, each).status).toBe("accepted");
          expect(atB.send(text, each).status).toBe("accepted");
        }
        await inAnyOrder(network, chooser(order));
        expect([a.received, b.received]).toEqual([messages, messages]);
        for (const { log } of [a, b]) {
          const verdicts = log.filter((line) => line.startsWith("verdict")).sort();
          expect(verdicts).toEqual(["verdict control: reopened", "verdict user: reopened"]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("come apart where each can be reached only by chance", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b = await node(network, "b");
    // The smaller one's dials fail, and as long as it tries it refuses the other's.
    a.host.refuses = { code: "unreachable", text: "one way only" };
    const there = a.transport.connect({ host: "b", port: 1 });
    const back = b.transport.connect({ host: "a", port: 1 });
    await network.advance(2000);
    expect((await there).status).toBe("notConnected");
    expect((await back).status).toBe("connected");
    expectOneStreamALane({ a, b });
  });
});

test("whatever breaks whenever, each node has one stream a lane in the end, and every message is accounted for", async () => {
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const choose = chooser(order);
      const { network, a, b, atA, atB } = await pair();
      atB.want(true);
      const sent = { a: 0, b: 0 };
      for (let turn = 0; turn < 400; turn++) {
        const what = choose();
        const side = choose() < 0.5 ? a : b;
        if (what < 0.05) {
          const streams = living(side);
          streams[Math.floor(choose() * streams.length)]?.fail({ code: "reset", text: "test" });
        } else if (what < 0.3) {
          const [name, peer] = side === a ? (["a", atA] as const) : (["b", atB] as const);
          if (peer.send(text, `${sent[name]}`).status === "accepted") sent[name]++;
        } else if (what < 0.33) await network.step(50 * choose());
        else {
          network.tick();
          const choices = network.choices();
          if (choices.length > 0) network.happen(choices[Math.floor(choose() * choices.length)]!);
        }
        await Promise.resolve();
      }
      await network.advance(60_000);
      expectOneStreamALane({ a, b });
      for (const [from, count, to] of [
        [atA, sent.a, b],
        [atB, sent.b, a],
      ] as const) {
        const numbers = to.received.map(Number);
        expect(numbers).toEqual([...new Set(numbers)].sort((one, two) => one - two));
        const { unknown, unsent } = from.counters;
        expect(numbers.length + unsent).toBeLessThanOrEqual(count);
        expect(numbers.length + unsent + unknown).toBeGreaterThanOrEqual(count);
      }
    }),
    { numRuns: 60 },
  );
});

describe("a lane that breaks with the processes alive", () => {
  test.each(["control", "user"] as const)("is opened again: %s", async (lane) => {
    const { network, a, b, atA } = await pair();
    const [first, second] = living(a);
    const broken = lane === "control" ? first! : second!;
    broken.fail({ code: "reset", text: "test" });
    broken.peer?.fail({ code: "reset", text: "test" });
    expect(atA.isConnected).toBe(false);
    if (lane === "user")
      expect(atA.send(text, "x")).toMatchObject({ status: "notSent", reason: "disconnected" });
    await network.advance(3000);
    expectOneStreamALane({ a, b });
    expect(atA.send(text, "again").status).toBe("accepted");
    await network.settled();
    expect(b.received).toEqual(["again"]);
    expect(a.log).toContain(`break ${lane}: reset`);
    expect(a.log).toContain(`verdict ${lane}: reopened`);
    expect(a.ends).toEqual([]);
  });

  test("seen by one side alone is replaced by what that side dials", async () => {
    const { network, a, b, atA } = await pair();
    for (const stream of living(a)) {
      stream.isHalfOpen = true;
      stream.peer!.isHalfOpen = true;
      stream.fail({ code: "reset", text: "test" });
    }
    await network.settled();
    expectOneStreamALane({ a, b });
    await network.advance(lingerMs);
    expect(b.log).toContain("break user: superseded");
    atA.send(text, "again");
    await network.settled();
    expect(b.received).toEqual(["again"]);
  });

  test("replaced by what the other side dials, lets nothing out that was waiting", async () => {
    const { network, a, b, atB } = await pair();
    b.host.highWaterMark = 1;
    for (let i = 0; i < 5; i++) {
      atB.send(text, `${i}`);
      network.tick();
    }
    const [, user] = living(b);
    const written = user!.written.length;
    for (const stream of living(a)) {
      stream.isHalfOpen = true;
      stream.peer!.isHalfOpen = true;
      stream.fail({ code: "reset", text: "test" });
    }
    await network.advance(2 * lingerMs);
    expectOneStreamALane({ a, b });
    expect(kindsOn(user!).filter((kind) => kind === frameKind.message)).toHaveLength(1);
    expect(user!.written.length).toBeLessThanOrEqual(written + 1);
    expect(b.breaks.find(({ lane }) => lane === "user")).toMatchObject({ unknown: 1, unsent: 4 });
  });

  test("is what a connect to the peer waits for", async () => {
    const { network, a, atA } = await pair();
    resetAll(a);
    const again = a.transport.connect({ host: "b", port: 1 });
    await network.advance(1000);
    expect(await again).toEqual({ status: "connected", peer: atA });
    expect(atA.isConnected).toBe(true);
  });

  test("counts the messages whose fate is unknown, and those that did not go out", async () => {
    const { network, a, atA } = await pair();
    for (let i = 0; i < 7; i++) atA.send(text, `${i}`);
    await network.settled();
    await network.advance(pingIntervalMs);
    for (let i = 0; i < 3; i++) atA.send(text, `${i}`);
    network.tick();
    for (let i = 0; i < 2; i++) atA.send(text, `${i}`);
    resetAll(a);
    await network.settled();
    expect(a.breaks.find(({ lane }) => lane === "user")).toMatchObject({ unknown: 3, unsent: 2 });
    expect(atA.counters).toMatchObject({ sent: 12, unknown: 3, unsent: 2 });
  });

  test("counts also those of the control lane, of which pongs say how many were consumed", async () => {
    const { network, a, atA } = await pair();
    for (let i = 0; i < 7; i++) atA.sendControl(text, `${i}`);
    await network.settled();
    await network.advance(pingIntervalMs);
    for (let i = 0; i < 3; i++) atA.sendControl(text, `${i}`);
    network.tick();
    for (let i = 0; i < 2; i++) atA.sendControl(text, `${i}`);
    resetAll(a);
    await network.settled();
    expect(a.breaks.find(({ lane }) => lane === "control")).toMatchObject({ unknown: 3, unsent: 2 });
    expect(atA.counters).toMatchObject({ sent: 12, unknown: 3, unsent: 2 });
  });
});

describe("a peer that is silent", () => {
  test("is found by pings, on both lanes, and the verdict is unreachable", async () => {
    const { network, a, atA } = await pair();
    await network.advance(10_000);
    expect(a.log).toEqual(["peer b#1"]);
    expect(atA.roundTripMs).toBe(0);
    atA.want(false);
    a.host.isCutOff = true;
    await network.advance(4 * pingIntervalMs);
    expect(a.log.filter((line) => line.startsWith("break")).sort()).toEqual([
      "break control: silent",
      "break user: silent",
    ]);
    await network.advance(2 * handshakeDeadlineMs);
    expect(a.log.filter((line) => line.startsWith("verdict"))[0]).toMatch(/unreachable/);
    expect(a.ends).toMatchObject([{ code: "lost" }]);
  });

  test("on one stream alone, half open, is dialled again on that", async () => {
    const { network, a, b } = await pair();
    const [, user] = living(a);
    user!.isHalfOpen = true;
    user!.peer!.isHalfOpen = true;
    await network.advance(4 * pingIntervalMs);
    expectOneStreamALane({ a, b });
    // Who looked first dials first, and has the other one give its stream up.
    await network.advance(lingerMs);
    expect(b.log).toEqual(["peer a#1", "break user: silent", "verdict user: reopened"]);
    expect(a.log).toEqual(["peer b#1", "verdict user: reopened", "break user: superseded"]);
  });
});

describe("the verdict on a peer whose streams broke", () => {
  test("is refused where nobody listens any more", async () => {
    const { network, a, b } = await pair();
    a.transport.peers[0]!.want(false);
    b.host.refuses = { code: "unreachable", text: "it is dead" };
    network.unlisten({ host: "b", port: 1 });
    resetAll(b);
    await network.advance(100);
    expect(a.log).toContain("verdict control: refused");
    expect(a.ends).toMatchObject([{ code: "lost" }]);
    expect(a.transport.peers).toEqual([]);
  });

  test("is replaced where another start of it answers; that is another peer", async () => {
    const { network, a, b } = await pair();
    resetAll(b);
    network.unlisten({ host: "b", port: 1 });
    const host = network.host("b");
    b.host.refuses = { code: "unreachable", text: "it is dead" };
    const again = await node(network, "b", { instance: 2n, host });
    await network.advance(100);
    expect(a.log).toContain("verdict control: replaced");
    expect(a.ends).toMatchObject([{ code: "replaced" }]);
    expect(a.peers.map(({ node }) => node.instance)).toEqual([1n, 2n]);
    a.peers[1]!.send(text, "to the new one");
    expect(a.peers[0]!.send(text, "to the old one")).toMatchObject({ reason: "closed" });
    await network.settled();
    expect([b.received, again.received]).toEqual([[], ["to the new one"]]);
  });

  test("is given again and again only to those who want the peer; it is dialled until it is back", async () => {
    const { network, a, b, atA } = await pair();
    b.host.refuses = { code: "unreachable", text: "it is dead" };
    const listener = network.unlisten({ host: "b", port: 1 });
    resetAll(b);
    await network.advance(20_000);
    expect(a.log.filter((line) => line === "verdict control: refused")).toHaveLength(1);
    expect(a.ends).toEqual([]);
    const dials = a.host.streams.length;
    await network.advance(60_000);
    expect(a.host.streams.length - dials).toBeLessThan(25);
    network.relisten({ host: "b", port: 1 }, listener);
    b.host.refuses = undefined;
    await network.advance(60_000);
    expect(atA.isConnected).toBe(true);
  });
});

describe("an instance that was replaced", () => {
  test("is over at once when the new one comes in, and is refused from then on", async () => {
    const { network, a, b } = await pair();
    const host = network.host("b2");
    const young = await node(network, "b", { instance: 2n, host, listen: { host: "b", port: 1 } });
    const connecting = young.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    expect(a.ends).toMatchObject([{ code: "replaced" }]);
    expect(b.ends).toMatchObject([{ code: "fenced" }]);
    const outcome = b.transport.connect({ host: "a", port: 1 });
    await network.advance(100);
    expect(await outcome).toMatchObject({ status: "notConnected", reason: { by: "peer", code: "replaced" } });
    expect(a.transport.peers.map(({ node }) => node.instance)).toEqual([2n]);
  });

  test("does not replace the new one by a hello that was still under way when it died", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b = await node(network, "b");
    void b.transport.connect({ host: "a", port: 1 });
    // Its hello is under way; then it is dead, without a word.
    network.happen("b1>");
    b.host.isCutOff = true;
    const young = await node(network, "b", { instance: 2n, host: network.host("b2") });
    const connecting = young.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    b.host.isCutOff = false;
    await network.settled();
    await network.advance(handshakeDeadlineMs + 1000);
    expect(a.transport.peers.map(({ node }) => node.instance)).toEqual([2n]);
    expect(a.ends).toEqual([]);
  });

  test("does not replace the new one by the end of a handshake that was still under way when it died", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b = await node(network, "b");
    void b.transport.connect({ host: "a", port: 1 });
    const writesUntil = (kind: number): void => {
      for (let i = 0; !kindsOn(b.host.streams[0]!).includes(kind) && i < 20; i++) {
        network.tick();
        network.happen(network.choices()[0]!);
      }
    };
    writesUntil(frameKind.welcome);
    // Its welcome is in the system of `a`, which has not come to it; then it is dead.
    const unread = network.queues.get("b1>") ?? [];
    network.queues.delete("b1>");
    b.host.isCutOff = true;
    const young = await node(network, "b", { instance: 2n, host: network.host("b2") });
    const connecting = young.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    expect(unread.map(({ label }) => label)).toEqual(["bytes"]);
    b.host.isCutOff = false;
    for (const { run } of unread) run();
    b.host.isCutOff = true;
    await network.advance(1000);
    expect(a.transport.peers.map(({ node }) => node.instance)).toEqual([2n]);
    expect(a.ends).toEqual([]);
  });
});

describe("the end of a peer", () => {
  test("comes behind everything that was sent, with a reason for both, and leaves no timer", async () => {
    const { network, a, b, atA, atB } = await pair();
    atA.send(text, "last words");
    const closed = atA.close();
    expect(atA.send(text, "late")).toMatchObject({ status: "notSent", reason: "closed" });
    await network.settled();
    expect(b.received).toEqual(["last words"]);
    await expect(closed).resolves.toMatchObject({ code: "closed" });
    await expect(atB.closed).resolves.toMatchObject({ code: "left" });
    expect([a.ends.length, b.ends.length, network.timers]).toEqual([1, 1, 0]);
    expect([...a.log, ...b.log].filter((line) => /break|verdict/.test(line))).toEqual([]);
  });

  test("waits for a slow peer, but not for ever", async () => {
    const { network, a, b, atA } = await pair();
    a.host.highWaterMark = 1;
    for (let i = 0; i < 5; i++) atA.send(text, "x".repeat(60_000), i);
    const closed = atA.close();
    await network.advance(3000);
    await expect(closed).resolves.toMatchObject({ code: "closed" });
    expect(b.received).toHaveLength(5);
    expect(a.breaks).toEqual([]);
  });

  test("of a transport ends all, and takes no more streams afterwards", async () => {
    const { network, a, b } = await pair();
    const closing = b.transport.close();
    await network.advance(10);
    await closing;
    expect(a.ends).toMatchObject([{ code: "left" }]);
    const outcome = a.transport.connect({ host: "b", port: 1 });
    await network.advance(10);
    expect(await outcome).toMatchObject({ status: "notConnected", reason: { code: "refused" } });
    expect(await b.transport.connect({ host: "a", port: 1 })).toMatchObject({ status: "notConnected" });
    expect(network.timers).toBe(0);
  });
});

describe("a node that cannot be dialled", () => {
  test("is a peer like any other, and comes back by itself", async () => {
    const network = new MemoryNetwork();
    const b = await node(network, "b");
    const host = network.host("c");
    const catalogue = new Catalogue([text]);
    const c = await openTransport({ host, instance: 9n, catalogue, catalogueDigest: catalogue.text });
    const connecting = c.connect({ host: "b", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    expect(b.peers[0]?.node).toEqual({ host: "localhost", port: 0, instance: 9n });
    resetAll(b);
    await network.advance(1000);
    expect(b.peers[0]?.isConnected).toBe(true);
    b.peers[0]?.send(text, "hello");
    host.isCutOff = true;
    await network.advance(20_000);
    expect(b.ends).toMatchObject([{ code: "lost" }]);
  });
});

describe("a handshake", () => {
  test("that is not finished in time ends by its deadline", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const stream = network.host("x").dial({ host: "a", port: 1 }, deaf);
    await network.settled();
    expect(a.transport.pendingHandshakes).toBe(1);
    await network.advance(handshakeDeadlineMs);
    stream.end();
    await network.advance(1000);
    expect(a.log).toEqual(["refused: handshakeTimedOut"]);
    expect([a.transport.pendingHandshakes, network.timers]).toEqual([0, 0]);
  });

  test("gives way to newer ones where too many are pending, and a real node comes in", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a", { pendingHandshakesMax: 4 });
    const b = await node(network, "b");
    const x = network.host("x");
    for (let i = 0; i < 20; i++) x.dial({ host: "a", port: 1 }, deaf);
    const connecting = b.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    expect([a.transport.crowdedOut, a.transport.pendingHandshakes]).toEqual([17, 3]);
  });
});

const deaf = { opened() {}, received() {}, drained() {}, ended() {}, closed() {} };
