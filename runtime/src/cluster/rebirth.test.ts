// What becomes of actors when their node is declared dead although it lives, and goes on as another instance.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { addressOf, type RefOf } from "../actors/index.ts";
import { type Desk, desk, Worker, WorkerActor } from "../remote/worker.testing.ts";
import { formatNodeId } from "../transport/index.ts";
import { isOneCluster, statusAt, TestClusters, type TestNode } from "./clusters.testing.ts";

let clusters: TestClusters;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  clusters = new TestClusters();
  label = `rebirth ${round++}`;
  it = desk(label);
});

const bound = { actors: [WorkerActor.from(Worker)] };

async function of<T>(promise: PromiseLike<T>): Promise<T> {
  let value: { readonly it: T } | undefined;
  void promise.then((it) => {
    value = { it };
  });
  await clusters.until(() => value !== undefined);
  return value!.it;
}

async function three(): Promise<readonly [TestNode, TestNode, TestNode]> {
  const nodes = await clusters.startAll(["a", "b", "c"], bound);
  await clusters.until(() => isOneCluster(nodes));
  return [nodes[0]!, nodes[1]!, nodes[2]!];
}

/** An actor of `on`, by a handle of `from`. */
async function worker(from: TestNode, on: string): Promise<RefOf<typeof WorkerActor>> {
  const outcome = await of(from.cluster.spawn(WorkerActor, [label], { on }));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** The network says that nobody listens at c's address, which is taken for a proof, although c lives. */
async function bear(nodes: readonly [TestNode, TestNode, TestNode]): Promise<void> {
  const [a, , c] = nodes;
  const listener = clusters.network.unlisten(clusters.addressOf("c"));
  c.host.refuses = { code: "unreachable", text: "cut" };
  for (const stream of c.host.streams) stream.destroy();
  await clusters.until(() => statusAt(a, "c") === "dead", 1_000);
  c.host.refuses = undefined;
  clusters.network.relisten(clusters.addressOf("c"), listener);
  await clusters.until(() => isOneCluster(nodes), 20_000);
  await clusters.network.advance(100);
}

describe("at a rebirth of their node", () => {
  test("actors live on, with what they have, under addresses of the new instance", async () => {
    const nodes = await three();
    const [, , c] = nodes;
    const own = c.cluster.spawn(WorkerActor, [label]);
    own.note(1);
    await bear(nodes);
    own.note(2);
    expect(await of(own.echo("x"))).toEqual({ status: "ok", value: `${label}: x` });
    expect(it.seen).toEqual([1, 2]);
    expect(addressOf(own).node).toBe(formatNodeId(c.cluster.self));
    expect(c.cluster.actorCounters).toMatchObject({ actors: 1, started: 1 });
  });

  test("handles that others have are dead, and who watched is told once that the node died", async () => {
    const nodes = await three();
    const [a, , c] = nodes;
    const ref = await worker(a, "c");
    const told: string[] = [];
    a.cluster.watch(ref, ({ reason }) => told.push(reason));
    await clusters.network.advance(50);
    await bear(nodes);
    expect(told).toEqual(["nodeDied"]);
    expect(await of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
    expect(ref.note(1).status).toBe("notSent");
    expect(it.seen).toEqual([]);
    expect(c.cluster.actorCounters.actors).toBe(1);
    await clusters.network.advance(5_000);
    expect(told).toEqual(["nodeDied"]);
  });

  test("who watches from there is told that the other node cannot be reached", async () => {
    const nodes = await three();
    const [, , c] = nodes;
    const ref = await worker(c, "a");
    const told: string[] = [];
    c.cluster.watch(ref, ({ reason }) => told.push(reason));
    await clusters.network.advance(50);
    await bear(nodes);
    expect(told).toEqual(["unreachable"]);
    expect(await of(ref.echo("x"))).toMatchObject({ status: "ok" });
  });

  test("names and memberships are entered anew, of actors near and far", async () => {
    const nodes = await three();
    const [a, b, c] = nodes;
    const [own, far] = [c.cluster.spawn(WorkerActor, [label]), await worker(c, "a")];
    c.cluster.register("own", own);
    c.cluster.register("far", far);
    c.cluster.groups.join("workers", own);
    await clusters.network.advance(50);
    const seen: string[] = [];
    b.cluster.groups.subscribe(WorkerActor, "workers", ({ kind }) => seen.push(kind));
    await bear(nodes);
    for (const { cluster } of [a, b]) {
      expect(await of(cluster.lookup(WorkerActor, "own")!.echo("x"))).toMatchObject({ status: "ok" });
      expect(await of(cluster.lookup(WorkerActor, "far")!.echo("x"))).toMatchObject({ status: "ok" });
      const members = cluster.groups.members(WorkerActor, "workers");
      expect(members.map((ref) => addressOf(ref).node)).toEqual([formatNodeId(c.cluster.self)]);
    }
    expect(seen).toEqual(["snapshot", "left", "joined"]);
    await of(far.fail("no"));
    await clusters.network.advance(100);
    expect(b.cluster.lookup(WorkerActor, "far")).toBeUndefined();
  });

  test("a name that another node has given away meanwhile is one actor's in the end, and who loses it is told", async () => {
    const nodes = await three();
    const [a, b, c] = nodes;
    const lost: unknown[] = [];
    c.cluster.register("store", c.cluster.spawn(WorkerActor, [label]), {
      onLost: (other) => lost.push(other),
    });
    await clusters.network.advance(50);
    const atB = b.cluster.spawn(WorkerActor, [label]);
    let given = false;
    b.cluster.on(() => {
      given ||= b.cluster.register("store", atB).status === "entered";
    });
    await bear(nodes);
    expect(given).toBe(true);
    for (const { cluster } of [a, b, c]) {
      expect(addressOf(cluster.lookup(WorkerActor, "store")!)).toEqual(addressOf(atB));
    }
    expect(lost).toEqual([addressOf(atB)]);
  });
});
