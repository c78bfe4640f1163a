import { describe, expect, test } from "@jest/globals";
import { node } from "../transport/nodes.testing.ts";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { isOneCluster, statusAt, TestClusters, type TestNode } from "./clusters.testing.ts";
import { timerLongestMs } from "./limits.ts";
import { observerRole } from "./member-peers.ts";
import { membershipMessages } from "./runtime-types.ts";

const text = textCodec();

describe("nodes find each other", () => {
  test("by seeds that name all of them, in any order, at the same moment, themselves included", async () => {
    const clusters = new TestClusters();
    const nodes = await clusters.startAll(["a", "b", "c", "d", "e"]);
    expect(await clusters.until(() => isOneCluster(nodes), 3_000)).toBeLessThan(1_000);
    expect(nodes[0]!.events.filter(({ kind }) => kind === "joined")).toHaveLength(4);
  });

  test("where a seed is down, and comes later", async () => {
    const clusters = new TestClusters();
    const b = await clusters.start("b", ["a", "c"]);
    await clusters.network.advance(3_000);
    const a = await clusters.start("a", []);
    await clusters.until(() => isOneCluster([a, b]), 10_000);
  });

  test("by hearsay: who joins by one is connected to all", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", []);
    const b = await clusters.start("b", ["a"]);
    await clusters.until(() => isOneCluster([a, b]), 2_000);
    const c = await clusters.start("c", ["b"]);
    const d = await clusters.start("d", ["c"]);
    await clusters.until(() => isOneCluster([a, b, c, d]), 2_000);
  });

  test("two clusters become one where somebody is told to join", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", []);
    const b = await clusters.start("b", ["a"]);
    const c = await clusters.start("c", []);
    const d = await clusters.start("d", ["c"]);
    await clusters.until(() => isOneCluster([a, b]) && isOneCluster([c, d]), 2_000);
    d.cluster.join([clusters.addressOf("a")]);
    await clusters.until(() => isOneCluster([a, b, c, d]), 5_000);
  });
});

describe("who is gone", () => {
  async function three(): Promise<[TestClusters, TestNode[]]> {
    const clusters = new TestClusters();
    const nodes = await clusters.startAll(["a", "b", "c"]);
    await clusters.until(() => isOneCluster(nodes), 3_000);
    return [clusters, nodes];
  }

  test("is dead within 100 ms where its process was killed", async () => {
    const [clusters, [a, b, c]] = (await three()) as [TestClusters, [TestNode, TestNode, TestNode]];
    clusters.kill(c);
    await clusters.until(() => [a, b].every((node) => statusAt(node, "c") === "dead"), 100);
  });

  test("has left where it left, is never called anything worse, and its listener is closed last", async () => {
    const [clusters, [a, b, c]] = (await three()) as [TestClusters, [TestNode, TestNode, TestNode]];
    const leaving = c.cluster.leave();
    const again = c.cluster.leave();
    let isDone = false;
    void again.then(() => {
      isDone = true;
    });
    await clusters.until(() => [a, b].every((node) => statusAt(node, "c") === "left"), 100);
    expect(isDone).toBe(false);
    await clusters.until(() => isDone, 3_000);
    await leaving;
    await clusters.network.advance(20_000);
    expect(clusters.network.listenerAt(clusters.addressOf("c"))).toBeUndefined();
    for (const { events } of [a, b]) {
      const said = events.flatMap((event) => (event.kind === "statusChanged" ? [event.status] : []));
      expect(said).toEqual(["left"]);
    }
    expect(c.events.at(-1)!.kind).toBe("left");
    expect(c.cluster.state).toBe("left");
  });

  test("is replaced by who starts at its address", async () => {
    const [clusters, [a, b, c]] = (await three()) as [TestClusters, [TestNode, TestNode, TestNode]];
    const old = c.cluster.self;
    clusters.kill(c);
    const next = await clusters.start("c", ["a"]);
    await clusters.until(() => isOneCluster([a, b, next]), 5_000);
    expect(a.cluster.member(old)?.status).toBe("dead");
    await clusters.until(() => b.cluster.member("c")?.id.instance === next.cluster.self.instance, 500);
  });

  test("is unreachable where nothing comes through any more, and alive again when it does", async () => {
    const [clusters, [a, b, c]] = (await three()) as [TestClusters, [TestNode, TestNode, TestNode]];
    c.host.isCutOff = true;
    await clusters.until(() => [a, b].every((node) => statusAt(node, "c") === "unreachable"), 3_000);
    await clusters.network.advance(30_000);
    expect(statusAt(c, "a")).toBe("unreachable");
    expect(statusAt(a, "c")).toBe("unreachable");
    expect(a.cluster.why("c").map(({ evidence }) => evidence)).toContain("suspicionExpired");
    c.host.isCutOff = false;
    await clusters.until(() => isOneCluster([a, b, c]), 10_000);
  });
});

test("a node that was declared dead is another instance in place, and what was meant for the old one is lost", async () => {
  const clusters = new TestClusters();
  const received: string[] = [];
  const [a, b, c] = (await clusters.startAll(["a", "b", "c"], { types: [text] })) as [
    TestNode,
    TestNode,
    TestNode,
  ];
  await clusters.until(() => isOneCluster([a, b, c]), 3_000);
  c.cluster.onMessage(text, (message) => received.push(message));
  const was = c.cluster.self;
  const listener = clusters.network.unlisten(clusters.addressOf("c"));
  // Its streams break, and for a moment its address refuses: a false proof of death.
  c.host.refuses = { code: "unreachable", text: "no way" };
  for (const stream of c.host.streams) stream.destroy();
  await clusters.until(() => statusAt(a, "c") === "dead", 1_000);
  c.host.refuses = undefined;
  clusters.network.relisten(clusters.addressOf("c"), listener);
  await clusters.until(() => isOneCluster([a, b, c]), 20_000);
  expect(c.cluster.self.instance).not.toBe(was.instance);
  const reborn = c.events.find((event) => event.kind === "reborn");
  expect(reborn).toMatchObject({ was, self: c.cluster.self, evidence: "refused" });
  expect(a.cluster.peerOf(was)).toBeUndefined();
  expect(a.cluster.peerOf(c.cluster.self)!.send(text, "to the new one").status).toBe("accepted");
  await clusters.network.advance(100);
  expect(received).toEqual(["to the new one"]);
});

test("an address that had led to a member, and refuses now, is no proof of its death", async () => {
  const clusters = new TestClusters();
  const { network } = clusters;
  const b = await clusters.start("b", []);
  const proxy = clusters.addressOf("proxy");
  network.alias(proxy, clusters.addressOf("b"));
  const a = await clusters.start("a", ["proxy"]);
  await clusters.until(() => isOneCluster([a, b]), 2_000);
  network.unlisten(proxy);
  b.host.refuses = { code: "unreachable", text: "no way" };
  for (const stream of a.host.streams) stream.destroy();
  await clusters.until(() => a.cluster.peerOf(b.cluster.self) === undefined, 1_000);
  await clusters.until(() => isOneCluster([a, b]), 5_000);
  expect(a.events.filter(({ kind }) => kind === "statusChanged")).toEqual([]);
  expect(b.cluster.counters.rebirths).toBe(0);
});

describe("peers", () => {
  test("that only look are no members, and what they say of membership is not heard", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", []);
    const { transport } = await node(clusters.network, "x", {
      types: [membershipMessages],
      roles: [observerRole],
      listen: undefined as never,
      advertise: { host: "x", port: 0 },
    });
    const connecting = transport.connect(clusters.addressOf("a"));
    await clusters.network.advance(100);
    const outcome = await connecting;
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
    const lie = { node: a.cluster.self, status: "dead", incarnation: 0, evidence: "refused" } as const;
    const updates = [{ ...lie, accusers: [], ageS: 0 }];
    outcome.peer.sendControl(membershipMessages, { kind: "gossip", updates });
    await clusters.network.advance(5_000);
    expect(a.cluster.members()).toHaveLength(1);
    expect(a.cluster.counters).toMatchObject({ observers: 1, fromObservers: 1, rebirths: 0 });
    expect(a.events).toEqual([]);
  });

  test("without the membership messages are no members", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", ["x"], { types: [text] });
    await node(clusters.network, "x", { types: [text] });
    await clusters.network.advance(5_000);
    expect(a.cluster.members()).toHaveLength(1);
    expect(a.cluster.counters.observers).toBe(1);
  });
});

describe("what a cluster tells its application", () => {
  test("begins with a snapshot for who wants one, and ends with the cluster", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", []);
    const events = a.cluster.events({ snapshot: true });
    const kinds: string[] = [];
    const reading = (async () => {
      for await (const { kind } of events) kinds.push(kind);
    })();
    const b = await clusters.start("b", ["a"]);
    await clusters.until(() => isOneCluster([a, b]), 2_000);
    b.cluster.setMetadata({ tags: { load: "high" } });
    await clusters.until(() => a.cluster.member("b")?.tags["load"] === "high", 500);
    const leaving = a.cluster.leave();
    await clusters.network.advance(3_000);
    await Promise.all([leaving, reading]);
    expect(kinds).toEqual([
      "members",
      "joined",
      "metadataChanged",
      "metadataChanged",
      ...Array(4).fill("departing"),
      "left",
    ]);
  });

  test("goes on where a listener throws, which is told as an error that nobody caught", async () => {
    const clusters = new TestClusters();
    const a = await clusters.start("a", []);
    a.cluster.on(() => {
      throw new Error("of the application");
    });
    await clusters.start("b", ["a"]);
    await expect(clusters.network.advance(1_000)).rejects.toThrow("of the application");
    expect(statusAt(a, "b")).toBe("alive");
  });

  test("is refused where it is out of bounds, and nothing changes", async () => {
    const clusters = new TestClusters();
    const { cluster } = await clusters.start("a", []);
    expect(() => cluster.setMetadata({ name: "\u001b[2J" })).toThrow(RangeError);
    const seeds = Array.from({ length: 65 }, (_, port) => ({ host: "x", port: port + 1 }));
    expect(() => cluster.join(seeds)).toThrow(RangeError);
    expect(() => cluster.events({ waitingMax: 0 })).toThrow(RangeError);
    expect(cluster.member("a")?.name).toBe("a");
  });
});

test("a table of the largest size goes out whole in messages that the control lane takes", async () => {
  const clusters = new TestClusters();
  const [a, b] = (await clusters.startAll(["a", "b"])) as [TestNode, TestNode];
  await clusters.until(() => isOneCluster([a, b]), 2_000);
  const tags = Object.fromEntries(Array.from({ length: 14 }, (_, tag) => [`tag${tag}`, "x".repeat(250)]));
  const updates = Array.from({ length: 100 }, (_, number) => ({
    node: { host: `gone${number}.example`, port: 1, instance: 7n },
    status: "left" as const,
    incarnation: 0,
    evidence: "goodbye" as const,
    accusers: [],
    ageS: 0,
    metadata: { revision: 1, name: `gone ${number}`, roles: [], tags, actors: [], versions: {} },
  }));
  for (const update of updates) {
    b.cluster.peerOf(a.cluster.self)!.sendControl(membershipMessages, { kind: "gossip", updates: [update] });
  }
  await clusters.until(() => a.cluster.members().length >= 102, 2_000);
  const c = await clusters.start("c", ["a"]);
  await clusters.until(() => c.cluster.members().length >= 103, 1_000);
  for (const { cluster } of [a, b, c]) expect(cluster.counters.notSent).toBe(0);
});

test("a loop that stood still accuses nobody when it runs again", async () => {
  const clusters = new TestClusters();
  const nodes = (await clusters.startAll(["a", "b", "c"])) as [TestNode, TestNode, TestNode];
  await clusters.until(() => isOneCluster(nodes), 2_000);
  for (let stall = 0; stall < 5; stall++) {
    await clusters.network.step(2_500);
    await clusters.network.advance(2_000);
  }
  for (const { events, cluster } of nodes) {
    expect(events.filter(({ kind }) => kind === "statusChanged")).toEqual([]);
    expect(cluster.counters.stalls).toBeGreaterThanOrEqual(5);
  }
});

test("a node that is alone wakes once a minute", async () => {
  const clusters = new TestClusters();
  const { cluster } = await clusters.start("a", []);
  let timers = 0;
  for (let minute = 0; minute < 10; minute++) {
    await clusters.network.advance(timerLongestMs);
    timers += clusters.network.timers;
  }
  expect(timers).toBe(10);
  expect(cluster.counters).toMatchObject({ stalls: 0, dials: 0, messagesSent: 0 });
});
