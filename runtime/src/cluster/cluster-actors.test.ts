import { beforeEach, describe, expect, test } from "@jest/globals";
import { accepted, addressOf, type RefOf } from "../actors/index.ts";
import { type Desk, desk, Worker, WorkerActor } from "../remote/worker.testing.ts";
import { formatNodeId } from "../transport/index.ts";
import { isOneCluster, TestClusters, type TestNode } from "./clusters.testing.ts";

let clusters: TestClusters;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  clusters = new TestClusters();
  label = `cluster ${round++}`;
  it = desk(label);
});

const bound = { actors: [WorkerActor.from(Worker)] };

/** Waits for a promise while time passes. */
async function of<T>(promise: PromiseLike<T>): Promise<T> {
  let value: { readonly it: T } | undefined;
  void promise.then((it) => {
    value = { it };
  });
  await clusters.until(() => value !== undefined);
  return value!.it;
}

async function two(): Promise<readonly [TestNode, TestNode]> {
  const nodes = await clusters.startAll(["a", "b"], bound);
  await clusters.until(
    () =>
      isOneCluster(nodes) &&
      nodes.every(({ cluster }) => cluster.members().every(({ actors }) => actors.length > 0)),
  );
  return [nodes[0]!, nodes[1]!];
}

async function worker(from: TestNode, on: string): Promise<RefOf<typeof WorkerActor>> {
  const outcome = await of(from.cluster.spawn(WorkerActor, [label], { on }));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe.each([
  ["near", "a"],
  ["far", "b"],
])("an actor that is %s", (_, on) => {
  test("is where it was started", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    expect(addressOf(ref).node).toBe(formatNodeId(a.cluster.member(on)!.id));
  });

  test("answers", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    expect(await of(ref.echo("x"))).toEqual({ status: "ok", value: `${label}: x` });
    expect(await of(ref.echo("x").orThrow())).toBe(`${label}: x`);
    expect(await of(ref.reset())).toEqual({ status: "ok", value: undefined });
  });

  test("fails as its handler does, and is gone then", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    expect(await of(ref.fail("no"))).toEqual({
      status: "failed",
      error: { name: "TypeError", message: "no" },
    });
    expect(await of(ref.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
  });

  test("handles what one sender sends in order, tells and asks alike", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    for (let i = 0; i < 20; i++) ref.note(i);
    const answer = ref.wait("then");
    ref.note(20);
    await of(answer);
    await of(ref.echo("behind"));
    expect(it.seen).toEqual([...Array(20).keys(), "began then", 20]);
  });

  test("gives a copy of what can be changed, both ways", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    const given = new Uint8Array([1, 2, 3]);
    const answer = ref.reverse(given);
    given.fill(9);
    expect(await of(answer)).toEqual({ status: "ok", value: new Uint8Array([3, 2, 1]) });
  });

  test("does not begin what has no time left, and says which handler may have run", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    it.hold();
    const first = ref.wait("first");
    const second = ref.wait("second");
    await clusters.network.advance(5_200);
    expect(await of(first)).toMatchObject({ status: "unknown", reason: "timeout" });
    expect(["notSent expired", "unknown timeout"]).toContain(
      Object.values(await of(second))
        .slice(0, 2)
        .join(" "),
    );
    it.release();
    expect(await of(ref.echo("x"))).toMatchObject({ status: "ok" });
    expect(it.seen).toEqual(["began first"]);
  });

  test("is asked with a deadline of the caller's", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    it.hold();
    const ask = ref.wait("x").within(100);
    await clusters.network.advance(200);
    expect(await of(ask)).toMatchObject({ status: "unknown", reason: "timeout" });
    await clusters.network.advance(20);
    expect(it.signals[0]?.aborted).toBe(true);
    it.release();
  });

  test("holds up a sender who waits, and loses nothing", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 12_000; sent++) {
        const told = ref.slowNote(sent);
        if (told !== accepted)
          await (told as Exclude<typeof told, typeof accepted> & { ready(): Promise<void> }).ready();
      }
    })();
    it.hold();
    await clusters.network.advance(50);
    expect(sent).toBeLessThan(12_000);
    it.release();
    await of(sending);
    await of(ref.echo("behind").within(60_000));
    expect(it.seen).toEqual([...Array(12_000).keys()]);
  });

  test("is refused what does not fit its type", async () => {
    const [a] = await two();
    const ref = await worker(a, on);
    if (on === "a") return;
    expect(await of(ref.echo(1 as unknown as string))).toMatchObject({
      status: "notSent",
      reason: "invalid",
    });
  });
});

describe("where an actor is started", () => {
  test("any node that offers it and can be reached; with a role; but this one; what a function chooses", async () => {
    const a = await clusters.start("a", ["b", "c"], { ...bound });
    const b = await clusters.start("b", ["a"], { actors: [WorkerActor], metadata: { name: "b" } });
    const c = await clusters.start("c", ["a"], { ...bound, metadata: { name: "c", roles: ["work"] } });
    await clusters.until(() => isOneCluster([a, b, c]) && a.cluster.member("c")?.actors.length === 1);
    const on = async (where: Parameters<typeof a.cluster.spawn>[2] & { on: unknown }) => {
      const outcome = await of(a.cluster.spawn(WorkerActor, [label], where as { on: string }));
      return outcome.status === "ok" ? addressOf(outcome.value).node?.[0] : outcome.status;
    };
    const any = new Set<unknown>();
    for (let i = 0; i < 20; i++) any.add(await on({ on: a.cluster.anyNode() }));
    expect([...any].sort()).toEqual(["a", "c"]);
    expect(await on({ on: a.cluster.anyNode({ self: false }) })).toBe("c");
    expect(await on({ on: a.cluster.anyNode({ role: "work" }) })).toBe("c");
    expect(await on({ on: a.cluster.anyNode({ role: "play" }) })).toBe("notSent");
    expect(await on({ on: a.cluster.node("c") })).toBe("c");
    expect(await on({ on: a.cluster.where((members) => members.find(({ name }) => name === "c")) })).toBe(
      "c",
    );
    expect(await on({ on: "b" })).toBe("rejected");
    expect(await on({ on: "nobody" })).toBe("notSent");
  });

  test("here, without a word to anybody", async () => {
    const [a] = await two();
    const ref = a.cluster.spawn(WorkerActor, [label]);
    expect(await of(ref.echo("x"))).toMatchObject({ status: "ok" });
    await of(a.cluster.stop(ref));
    expect(a.cluster.actorCounters.actors).toBe(0);
  });
});

describe("watching an actor", () => {
  test.each(["a", "b"])("on %s tells that it ended, or failed", async (on) => {
    const nodes = await two();
    const told: unknown[] = [];
    const ref = await worker(nodes[0], on);
    nodes[0].cluster.watch(ref, (down) => told.push(down));
    await of(ref.fail("no"));
    await clusters.until(() => told.length > 0);
    expect(told).toEqual([{ reason: "crashed", error: { name: "TypeError", message: "no" } }]);
  });

  test("tells that its node died, also to whoever asks afterwards", async () => {
    const [a, b] = await two();
    const told: unknown[] = [];
    const [ref, another] = [await worker(a, "b"), await worker(a, "b")];
    a.cluster.watch(ref, ({ reason }) => told.push(reason));
    await clusters.network.advance(100);
    clusters.kill(b);
    await clusters.until(() => told.length > 0);
    a.cluster.watch(another, ({ reason }) => told.push(reason));
    expect(told).toEqual(["nodeDied", "nodeDied"]);
  });
});

describe("an instance that is over", () => {
  test("takes its handles along: nothing reaches the next one, and who waits is told", async () => {
    const [a, b] = await two();
    const ref = await worker(a, "b");
    it.hold();
    const ask = ref.wait("x");
    await clusters.network.advance(5);
    clusters.kill(b);
    expect(await of(ask)).toMatchObject({ status: "unknown", reason: "nodeDied" });
    const next = await clusters.start("b", ["a"], bound);
    await clusters.until(
      () => isOneCluster([a, next].map((node) => node)) || a.cluster.member("b")?.status === "alive",
    );
    next.cluster.spawn(WorkerActor, [label]);
    it.release();
    it.seen.length = 0;
    expect(ref.note(1).status).toBe("notSent");
    expect(await of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
    expect(it.seen).toEqual([]);
  });
});
