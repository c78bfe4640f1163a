// Names and groups, as applications of several nodes see them.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { addressOf, type RefOf, sameActor } from "../actors/index.ts";
import { unboundPort } from "../actors/unbound.ts";
import { registryLimits } from "../registry/index.ts";
import { Relay, RelayActor } from "../remote/relay.testing.ts";
import { Worker, WorkerActor } from "../remote/worker.testing.ts";
import { isOneCluster, TestClusters, type TestNode } from "./clusters.testing.ts";
import type { GroupEvent } from "./index.ts";

type WorkerRef = RefOf<typeof WorkerActor>;

let clusters: TestClusters;
let round = 0;
let label: string;

beforeEach(() => {
  clusters = new TestClusters();
  label = `registry ${round++}`;
});

const bound = { actors: [WorkerActor.from(Worker), RelayActor.from(Relay)] };

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

function near(node: TestNode): WorkerRef {
  return node.cluster.spawn(WorkerActor, [label]);
}

async function far(from: TestNode, on: string): Promise<WorkerRef> {
  const outcome = await of(from.cluster.spawn(WorkerActor, [label], { on }));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const soonMs = 50;

describe("a name", () => {
  test("leads to its actor from every node, until the node that gave it takes it back", async () => {
    const [a, b, c] = await three();
    expect(a.cluster.register("store", near(a))).toEqual({ status: "entered" });
    await clusters.network.advance(soonMs);
    for (const { cluster } of [a, b, c]) {
      expect(await of(cluster.lookup(WorkerActor, "store")!.echo("x"))).toEqual({
        status: "ok",
        value: `${label}: x`,
      });
    }
    expect(b.cluster.unregister("store")).toBe(false);
    expect(a.cluster.unregister("store")).toBe(true);
    expect(a.cluster.lookup(WorkerActor, "store")).toBeUndefined();
    await clusters.network.advance(soonMs);
    expect(c.cluster.lookup(WorkerActor, "store")).toBeUndefined();
  });

  test("can be given to an actor of another node, and is known to who joins later", async () => {
    const [a, b] = await three();
    const ref = await far(a, "b");
    expect(a.cluster.register("store", ref)).toEqual({ status: "entered" });
    await clusters.network.advance(soonMs);
    expect(sameActor(b.cluster.lookup(WorkerActor, "store")!, ref)).toBe(true);
    const d = await clusters.start("d", ["a"], bound);
    await clusters.until(
      () =>
        d.cluster.member("b")?.isConnected === true && d.cluster.lookup(WorkerActor, "store") !== undefined,
    );
    expect(await of(d.cluster.lookup(WorkerActor, "store")!.echo("x"))).toMatchObject({ status: "ok" });
  });

  test("goes with its actor, near or far, however that ends", async () => {
    const [a, b] = await three();
    const [first, second] = [near(a), await far(a, "b")];
    a.cluster.register("first", first);
    a.cluster.register("second", second);
    await clusters.network.advance(soonMs);
    await of(first.fail("no"));
    await of(second.fail("no"));
    await clusters.network.advance(soonMs);
    for (const { cluster } of [a, b]) {
      expect(cluster.lookup(WorkerActor, "first")).toBeUndefined();
      expect(cluster.lookup(WorkerActor, "second")).toBeUndefined();
    }
  });

  test("goes with its actor's node, and with the node that gave it", async () => {
    const [a, b, c] = await three();
    a.cluster.register("of c's", await far(a, "c"));
    c.cluster.register("by c", await far(c, "b"));
    c.cluster.groups.join("workers", near(c));
    await clusters.network.advance(soonMs);
    const dead = () => a.cluster.member("c")?.status === "dead";
    clusters.kill(c);
    await clusters.until(dead);
    await clusters.until(() => b.cluster.member("c")?.status === "dead");
    for (const { cluster } of [a, b]) {
      expect(cluster.lookup(WorkerActor, "of c's")).toBeUndefined();
      expect(cluster.lookup(WorkerActor, "by c")).toBeUndefined();
      expect(cluster.groups.members(WorkerActor, "workers")).toEqual([]);
    }
  });

  test("is one actor's: who asks for one that is taken, or of two at a time the later, is told", async () => {
    const [a, b, c] = await three();
    const lost: unknown[] = [];
    const [atA, atB] = [near(a), near(b)];
    const onLost = (standing: unknown) => lost.push(standing);
    expect(b.cluster.register("store", atB, { onLost }).status).toBe("entered");
    expect(a.cluster.register("store", atA, { onLost }).status).toBe("entered");
    await clusters.network.advance(soonMs);
    expect(lost).toEqual([addressOf(atA)]);
    expect(b.cluster.registryCounters.conflictsLost).toBe(1);
    for (const { cluster } of [a, b, c]) {
      expect(addressOf(cluster.lookup(WorkerActor, "store")!)).toEqual(addressOf(atA));
    }
    expect(b.cluster.register("store", atB)).toMatchObject({ status: "refused", reason: "taken" });
    expect(a.cluster.register("store", near(a))).toMatchObject({ status: "refused", reason: "taken" });
    expect(a.cluster.register("store", atA)).toEqual({ status: "entered" });
  });

  test("leads to nobody where the actor is of another kind, and refuses what cannot have one", async () => {
    const [a] = await three();
    a.cluster.register("store", near(a));
    expect(a.cluster.lookup(RelayActor, "store")).toBeUndefined();
    const gone = near(a);
    await of(a.cluster.stop(gone));
    expect(a.cluster.register("gone", gone)).toMatchObject({ status: "refused", reason: "noSuchActor" });
    expect(a.cluster.lookup(WorkerActor, "gone")).toBeUndefined();
    const unbound = new WorkerActor.handle(unboundPort({ actor: WorkerActor.name, id: 1 }));
    expect(a.cluster.register("unbound", unbound)).toMatchObject({ status: "refused", reason: "unbound" });
    expect(() => a.cluster.register("", near(a))).toThrow(RangeError);
    expect(() => a.cluster.groups.join("g".repeat(129), near(a))).toThrow(RangeError);
  });

  test("is refused where the node has as many entries as it may", async () => {
    const a = await clusters.start("a", [], bound);
    const ref = near(a);
    for (let i = 0; i < registryLimits.entriesMax; i++) a.cluster.groups.join(`g${i}`, ref);
    expect(a.cluster.register("one more", ref)).toMatchObject({ status: "refused", reason: "full" });
    await of(a.cluster.stop(ref));
    expect(a.cluster.register("one more", near(a))).toEqual({ status: "entered" });
  });
});

describe("a group", () => {
  test("has the same members in the same order at every node", async () => {
    const [a, b, c] = await three();
    for (const node of [c, a, b, a])
      expect(node.cluster.groups.join("workers", near(node)).status).toBe("entered");
    await clusters.network.advance(soonMs);
    const views = [a, b, c].map(({ cluster }) =>
      cluster.groups.members(WorkerActor, "workers").map(addressOf),
    );
    expect(views[0]).toHaveLength(4);
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
    for (const ref of b.cluster.groups.members(WorkerActor, "workers")) {
      expect(await of(ref.echo("x"))).toMatchObject({ status: "ok" });
    }
    expect(b.cluster.groups.members(RelayActor, "workers")).toEqual([]);
  });

  test("tells its subscribers who is there, then who comes and goes", async () => {
    const [a, b] = await three();
    const first = near(a);
    a.cluster.groups.join("workers", first);
    await clusters.network.advance(soonMs);
    const seen: string[] = [];
    const text = (event: GroupEvent<WorkerRef>) =>
      event.kind === "snapshot"
        ? `snapshot ${event.members.map((ref) => addressOf(ref).id)}`
        : `${event.kind} ${addressOf(event.ref).id}`;
    const stop = b.cluster.groups.subscribe(WorkerActor, "workers", (event) => seen.push(text(event)));
    b.cluster.groups.subscribe(RelayActor, "workers", (event) => seen.push(event.kind));
    expect(seen.splice(0)).toEqual(["snapshot 1", "snapshot"]);
    const second = near(a);
    a.cluster.groups.join("workers", second);
    a.cluster.groups.join("workers", second);
    await clusters.network.advance(soonMs);
    expect(a.cluster.groups.leave("workers", first)).toBe(true);
    expect(a.cluster.groups.leave("workers", first)).toBe(false);
    await of(second.fail("no"));
    await clusters.network.advance(soonMs);
    expect(seen.splice(0)).toEqual(["joined 2", "left 1", "left 2"]);
    stop();
    a.cluster.groups.join("workers", near(a));
    await clusters.network.advance(soonMs);
    expect(seen).toEqual([]);
  });
});
