// A hello takes nothing until its handshake is done: what forgers, stale dials and dials that are given up leave behind.

import { describe, expect, test } from "@jest/globals";
import { frameKind } from "./frame.ts";
import { handshakeDeadlineMs, lingerMs } from "./limits.ts";
import { MemoryNetwork, type MemoryStream } from "./memory-network.testing.ts";
import type { Hello, LaneName, NodeId } from "./messages.ts";
import { node, type Pair, pair, type TestNode, text } from "./nodes.testing.ts";
import { RawStream } from "./raw-stream.testing.ts";
import { living } from "./streams.testing.ts";

const last = 2 ** 32 - 1;

/** What becomes of a stream behind its hello. */
type Aftermath = (raw: RawStream) => void;
const aftermaths: [string, Aftermath][] = [
  ["a go-away", (raw) => raw.leave("closing")],
  ["a go-away that says that the dial is lost", (raw) => raw.leave("dialLost")],
  ["a go-away that says that we are replaced", (raw) => raw.leave("replaced")],
  ["the end of the stream", (raw) => raw.stream!.end()],
  ["a break of the stream", (raw) => raw.stream!.destroy()],
  ["something that has no place there", (raw) => raw.frame(99, new Uint8Array())],
  ["nothing", () => {}],
];

/** Somebody says a hello in the name of another node. */
async function forge(
  network: MemoryNetwork,
  to: string,
  as: NodeId,
  more: Partial<Hello> = {},
  then: Aftermath = () => {},
): Promise<RawStream> {
  const raw = RawStream.dial(network.host("x"), to);
  await network.settled();
  raw.hello(as, more);
  await network.settled();
  then(raw);
  await network.settled();
  return raw;
}

/** As seen by one side alone: to the other the stream lives. */
function breakAt(side: TestNode, lane: LaneName): void {
  const stream = lanes(side)[lane === "control" ? 0 : 1]!;
  stream.isHalfOpen = true;
  stream.peer!.isHalfOpen = true;
  stream.fail({ code: "reset", text: "test" });
}

/** Apart from those that somebody else opened. */
function lanes(side: TestNode): MemoryStream[] {
  return living(side).filter(({ peer }) => peer?.host.name !== "x");
}

async function expectBoth({ network, a, b, atA, atB }: Pair): Promise<void> {
  expect([atA.isConnected, atB.isConnected, a.transport.peers.length]).toEqual([true, true, 1]);
  expect([lanes(a).length, lanes(b).length]).toEqual([2, 2]);
  expect(new Set(lanes(a).map(({ peer }) => peer))).toEqual(new Set(lanes(b)));
  const before = [a.received.length, b.received.length];
  expect([atA.send(text, "to b").status, atB.send(text, "to a").status]).toEqual(["accepted", "accepted"]);
  await network.settled();
  expect([a.received.slice(before[0]), b.received.slice(before[1])]).toEqual([["to a"], ["to b"]]);
}

describe.each(aftermaths)("a hello in the name of a peer, and then %s", (_, then) => {
  describe.each(["control", "user"] as const)("on the %s lane", (lane) => {
    test.each([1, 2, last])(
      "takes no lane that is open, nor the peer's dials after it: attempt %i",
      async (attempt) => {
        const one = await pair();
        const { network, a, b, atA, atB } = one;
        const streams = lanes(a);
        const taken = { instance: a.transport.node.instance, attempt: last };
        await forge(network, "a", b.transport.node, { lane, attempt, taken }, then);
        await expectBoth(one);
        expect(lanes(a)).toEqual(streams);
        expect(a.log.filter((line) => !line.startsWith("refused"))).toEqual(["peer b#1"]);
        // What the peer dials next, which knows that its stream is dead, takes the place of it as ever.
        breakAt(b, lane);
        await network.settled();
        await expectBoth(one);
        expect([a.transport.peers, b.transport.peers]).toEqual([[atA], [atB]]);
        await network.advance(handshakeDeadlineMs + lingerMs);
        await expectBoth(one);
        expect([...a.ends, ...b.ends]).toEqual([]);
        expect(a.transport.pendingHandshakes).toBe(0);
      },
    );

    test("delays no dial of our own: neither one that is under way nor one that is due", async () => {
      const one = await pair();
      const { network, a, b } = one;
      // The larger of the two, which gives its own dial up for one of the smaller.
      lanes(b)[lane === "control" ? 0 : 1]!.fail({ code: "reset", text: "test" });
      const taken = { instance: b.transport.node.instance, attempt: last };
      const raw = RawStream.dial(network.host("x"), "b");
      const strangers = () => network.choices().filter((queue) => queue.includes("x"));
      const letIn = () => {
        for (let [queue] = strangers(); queue !== undefined; [queue] = strangers()) network.happen(queue);
      };
      // It comes in between the dial and its answer.
      letIn();
      raw.hello(a.transport.node, { lane, attempt: last, taken });
      letIn();
      then(raw);
      letIn();
      await network.advance(200);
      await expectBoth(one);
      expect([...a.ends, ...b.ends]).toEqual([]);
    });
  });

  test("says nothing of its roles", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b = await node(network, "b", { roles: ["honest"] });
    await forge(network, "a", b.transport.node, { lane: "control", attempt: 7, roles: ["forged"] }, then);
    const connecting = b.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    expect(a.transport.peers.map(({ roles }) => roles)).toEqual([["honest"]]);
  });

  test("makes no peer, and leads nobody who connects to its address", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b = await node(network, "b");
    await forge(network, "a", { ...b.transport.node, instance: 77n }, { lane: "control" }, then);
    expect([a.transport.peers, a.peers]).toEqual([[], []]);
    const connecting = a.transport.connect({ host: "b", port: 1 });
    await network.settled();
    expect(await connecting).toMatchObject({ status: "connected", peer: { node: b.transport.node } });
    expect(a.log.filter((line) => !line.startsWith("refused"))).toEqual(["peer b#1"]);
    // Neither has it been taken for a start that came before.
    await network.advance(handshakeDeadlineMs + lingerMs);
    expect(a.ends).toEqual([]);
  });

  test("takes a start's place from nobody", async () => {
    const one = await pair();
    const { network, a, b } = one;
    await forge(network, "a", { ...b.transport.node, instance: 77n }, { lane: "control" }, then);
    await network.advance(handshakeDeadlineMs + lingerMs);
    await expectBoth(one);
    expect(a.ends).toEqual([]);
  });
});

describe("a hello that answers our dial in the name of another start", () => {
  test.each([
    ["closing", "hello"],
    ["dialLost", "hello"],
    ["replaced", "hello"],
    ["closing", "welcome"],
    ["dialLost", "welcome"],
    ["replaced", "welcome"],
  ] as const)(
    "and then goes away takes the peer's place from nobody: %s behind its %s",
    async (code, lastFrame) => {
      const one = await pair();
      const { network, a, b } = one;
      const listener = network.unlisten({ host: "b", port: 1 });
      const x = network.host("x");
      await x.listen({ host: "b", port: 1 }, (stream) => {
        const raw = new RawStream();
        raw.stream = stream;
        raw.onFrame = (kind) => {
          if (kind !== frameKind.hello) return;
          const { lane, attempt } = raw.theirs!;
          raw.hello({ ...b.transport.node, instance: 77n }, { lane, attempt });
          if (lastFrame === "welcome") raw.welcome();
          raw.leave(code);
        };
        return raw;
      });
      // The peer cannot dial, and does not notice so far.
      b.host.refuses = { code: "unreachable", text: "one way only" };
      breakAt(a, "user");
      await network.advance(50);
      network.unlisten({ host: "b", port: 1 });
      network.relisten({ host: "b", port: 1 }, listener);
      await network.advance(3000);
      expect([a.ends, a.log.filter((line) => line.includes("replaced"))]).toEqual([[], []]);
      await expectBoth(one);
    },
  );
});

test("a hello that refuses our dial in the name of another peer leads nobody there", async () => {
  const one = await pair();
  const { network, a, b } = one;
  const c = await node(network, "c");
  const first = a.transport.connect({ host: "c", port: 1 });
  await network.settled();
  expect(await first).toMatchObject({ status: "connected", peer: { node: c.transport.node } });
  const listener = network.unlisten({ host: "c", port: 1 });
  await network.host("x").listen({ host: "c", port: 1 }, (stream) => {
    const raw = new RawStream();
    raw.stream = stream;
    raw.onFrame = (kind) => {
      if (kind !== frameKind.hello) return;
      const { lane, attempt } = raw.theirs!;
      raw.hello(b.transport.node, { lane, attempt });
      raw.leave("dialLost");
    };
    return raw;
  });
  c.host.refuses = { code: "unreachable", text: "one way only" };
  a.host.streams.findLast(({ peer }) => peer?.host === c.host)!.fail({ code: "reset", text: "test" });
  await network.advance(50);
  const connecting = a.transport.connect({ host: "c", port: 1 });
  await network.settled();
  network.unlisten({ host: "c", port: 1 });
  network.relisten({ host: "c", port: 1 }, listener);
  await network.advance(3000);
  expect(await connecting).toMatchObject({ status: "connected", peer: { node: c.transport.node } });
});

describe("of two hellos with the same attempt", () => {
  test("the first whose handshake is done is taken, the other one refused", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const b: NodeId = { host: "b", port: 1, instance: 1n };
    const [first, second] = [
      await forge(network, "a", b, { lane: "control" }),
      await forge(network, "a", b, { lane: "control" }),
    ];
    for (const raw of [second, first]) {
      raw.welcome();
      await network.settled();
    }
    expect([first.goAway, second.goAway]).toEqual(["dialLost", undefined]);
    expect(living(a)).toHaveLength(1);
  });
});

describe("a handshake that is done", () => {
  test("takes the lane where its hello came before others, and an earlier one comes too late", async () => {
    const one = await pair();
    const { network, a, b } = one;
    const taken = { instance: a.transport.node.instance, attempt: last };
    const early = await forge(network, "a", b.transport.node, { attempt: 2, taken });
    const late = await forge(network, "a", b.transport.node, { attempt: 3, taken });
    late.welcome();
    await network.settled();
    expect(late.kinds).toContain(frameKind.ready);
    expect(a.log).toContain("verdict user: reopened");
    early.welcome();
    await network.settled();
    expect(early.goAway).toBe("dialLost");
  });

  test("comes too late where its sender has been replaced meanwhile", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const young = await node(network, "b", { instance: 2n });
    const old = await forge(network, "a", { ...young.transport.node, instance: 1n }, { lane: "control" });
    const older = await forge(network, "a", { ...young.transport.node, instance: 1n }, { attempt: 1 });
    old.welcome();
    await network.settled();
    const connecting = young.transport.connect({ host: "a", port: 1 });
    await network.settled();
    expect((await connecting).status).toBe("connected");
    // Also where its successor is gone again.
    void young.transport.close();
    await network.advance(lingerMs);
    older.welcome();
    await network.settled();
    expect([older.goAway, older.kinds.includes(frameKind.ready)]).toEqual(["replaced", false]);
    expect(a.transport.peers).toEqual([]);
  });

  test("comes too late where a later start of the node was quicker, and is closed", async () => {
    const network = new MemoryNetwork();
    const a = await node(network, "a");
    const young = await node(network, "b", { instance: 2n });
    // What it said last was under way for longer than it lived.
    const dead = await forge(network, "a", { ...young.transport.node, instance: 1n }, { lane: "control" });
    const connecting = young.transport.connect({ host: "a", port: 1 });
    await network.settled();
    const connected = await connecting;
    expect(connected.status).toBe("connected");
    dead.welcome();
    await network.settled();
    expect(dead.goAway).toBe("replaced");
    expect(a.transport.peers.map(({ node, isConnected }) => [node.instance, isConnected])).toEqual([
      [2n, true],
    ]);
    expect([a.ends, lanes(a).length]).toEqual([[], 2]);
  });

  test("after this node said goodbye to the peer brings it back to nobody", async () => {
    const one = await pair();
    const { network, a, b, atA } = one;
    const taken = { instance: a.transport.node.instance, attempt: last };
    const raw = await forge(network, "a", b.transport.node, { attempt: 9, taken });
    void atA.close();
    raw.welcome();
    await network.settled();
    expect(raw.goAway).toBe("dialLost");
    expect(a.transport.peers).toEqual([]);
  });
});

describe("handshakes that are not done, as many as somebody likes", () => {
  test.each([
    ["in the name of a peer", () => 1n],
    ["in the names of starts that nobody knows", (nth: number) => BigInt(100 + nth)],
  ])("%s, are bounded and counted, and cost the peer nothing", async (_, instanceOf) => {
    const one = await pair({ pendingHandshakesMax: 4 });
    const { network, a, b } = one;
    const streams = lanes(a);
    const taken = { instance: a.transport.node.instance, attempt: last };
    for (let nth = 0; nth < 20; nth++) {
      const as = { ...b.transport.node, instance: instanceOf(nth) };
      const raw = await forge(network, "a", as, { attempt: 5 + nth, taken });
      expect(raw.kinds).toEqual([frameKind.hello, frameKind.welcome]);
      expect(a.transport.pendingHandshakes).toBe(Math.min(nth + 1, 4));
    }
    expect(a.transport.crowdedOut).toBe(16);
    expect(a.log.filter((line) => line === "refused: ended")).toHaveLength(16);
    expect(lanes(a)).toEqual(streams);
    await expectBoth(one);
    await network.advance(handshakeDeadlineMs + lingerMs);
    await expectBoth(one);
    expect([a.transport.pendingHandshakes, a.transport.crowdedOut, a.ends]).toEqual([0, 16, []]);
    expect(a.log.filter((line) => line.startsWith("refused"))).toHaveLength(20);
  });
});

describe("a grant", () => {
  /** Short of when a peer that answers no pings is given up. */
  const patienceMs = 1000;

  /** A peer spoken by hand whose control lane is open, and which listens; the user lane is yet to come. */
  async function byHand() {
    const network = new MemoryNetwork();
    const a = await node(network, "a", { times: { handshakeDeadlineMs: patienceMs } });
    const node1: NodeId = { host: "b", port: 1, instance: 1n };
    const control = await forge(network, "a", node1, { lane: "control" });
    control.welcome();
    await network.settled();
    expect(control.kinds.at(-1)).toBe(frameKind.ready);
    return { network, a, node1, control };
  }

  const more = { messages: 1, bytes: 1 };

  test("for a stream that the peer dialled and whose handshake is not done changes nothing", async () => {
    const { network, a, node1, control } = await byHand();
    const user = await forge(network, "a", node1, { attempt: 3 });
    control.grant({ dialledBySender: true, attempt: 3, ...more });
    await network.settled();
    user.welcome();
    await network.settled();
    expect([control.goAway, user.goAway, user.kinds.at(-1)]).toEqual([undefined, undefined, frameKind.ready]);
    expect(a.transport.peers.map(({ isConnected }) => isConnected)).toEqual([true]);
    // From now on it counts: nothing has been sent.
    control.grant({ dialledBySender: true, attempt: 3, ...more });
    await network.settled();
    expect(control.goAway).toBe("malformed");
  });

  test("for one that this node dialled and that the peer has not taken changes nothing", async () => {
    const { network, a, node1, control } = await byHand();
    const user = new RawStream();
    await network.host("y").listen({ host: "b", port: 1 }, (stream) => {
      user.stream = stream;
      return user;
    });
    user.onFrame = (kind) => {
      if (kind === frameKind.hello) user.hello(node1, { attempt: 1 });
      if (kind === frameKind.hello) user.welcome();
    };
    await network.advance(patienceMs);
    expect(user.kinds).toEqual([frameKind.hello, frameKind.welcome]);
    control.grant({ dialledBySender: false, attempt: 1, ...more });
    await network.settled();
    user.frame(frameKind.ready, new Uint8Array());
    await network.settled();
    expect([control.goAway, user.goAway]).toEqual([undefined, undefined]);
    expect(a.transport.peers.map(({ isConnected }) => isConnected)).toEqual([true]);
  });
});

test("a handshake that is refused when it is done leaves nothing behind", async () => {
  const network = new MemoryNetwork();
  const a = await node(network, "a");
  const b = { host: "b", port: 1 };
  // Attempts begin with 1: this one is refused, whoever says it.
  const raw = await forge(network, "a", { ...b, instance: 77n }, { lane: "control", attempt: 0 });
  raw.welcome();
  await network.settled();
  expect(raw.goAway).toBe("dialLost");
  // What were left of it would be waited for here.
  let outcome: string | undefined;
  void a.transport.connect(b).then(({ status }) => {
    outcome = status;
  });
  await network.settled();
  expect(outcome).toBe("notConnected");
});

test("a node that closes when it hears of a peer's end closes the stream of the start that took its place", async () => {
  const closes: Promise<void>[] = [];
  const onPeerOver = () => void closes.push(a.transport.close());
  const network = new MemoryNetwork();
  const a: TestNode = await node(network, "a", { onPeerOver });
  const b = await node(network, "b");
  const connecting = b.transport.connect({ host: "a", port: 1 });
  await network.settled();
  await connecting;
  const young = await forge(network, "a", { ...b.transport.node, instance: 2n }, { lane: "control" });
  young.welcome();
  await network.settled();
  expect([young.goAway, closes.length > 0]).toEqual(["dialLost", true]);
  await Promise.all(closes);
  expect(living(a)).toEqual([]);
});

test("a dial that this node gives up because it takes too long says nothing against the peer", async () => {
  const one = await pair({ times: { connectPatienceMs: 1000 } });
  const { network, a, b } = one;
  await network.host("x").listen({ host: "alias", port: 1 }, (stream) => {
    const raw = new RawStream();
    raw.stream = stream;
    raw.onFrame = (kind) => {
      if (kind !== frameKind.hello) return;
      raw.hello(b.transport.node, { lane: "control", attempt: raw.theirs!.attempt });
      raw.welcome();
    };
    return raw;
  });
  // The control lane is down and cannot be dialled, and the peer does not notice so far.
  const listener = network.unlisten({ host: "b", port: 1 });
  breakAt(a, "control");
  await network.advance(500);
  const connecting = a.transport.connect({ host: "alias", port: 1 });
  await network.advance(1000);
  expect(await connecting).toMatchObject({ status: "notConnected", reason: { code: "timedOut" } });
  expect(a.ends).toEqual([]);
  network.relisten({ host: "b", port: 1 }, listener);
  await network.advance(20_000);
  await expectBoth(one);
});
