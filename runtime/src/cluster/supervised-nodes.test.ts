// Supervised children on nodes that die, cannot be reached, come back, or are not there yet.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { addressOf } from "../actors/index.ts";
import { Worker, WorkerActor } from "../remote/worker.testing.ts";
import { child, type RunningSupervisor } from "../supervision/index.ts";
import type { TestNode } from "./clusters.testing.ts";
import { Nursery } from "./supervised.testing.ts";

let nursery: Nursery;
let a: TestNode;
let b: TestNode;
let c: TestNode;

beforeEach(async () => {
  nursery = new Nursery();
  [a, b, c] = (await nursery.start(["a", "b", "c"])) as [TestNode, TestNode, TestNode];
});

/** Two that run on `b` while they can, and anywhere but here else. */
async function pair(spec = {}): Promise<RunningSupervisor> {
  const on = a.cluster.where(
    (members) => members.find(({ id }) => id.host === "b") ?? members.find(({ id }) => id.host === "c"),
  );
  const supervisor = nursery.supervise(
    [nursery.child("far", "x", { on }), nursery.child("far", "y", { on })],
    spec,
  );
  expect(await nursery.of(supervisor.ready)).toBe(undefined);
  expect(nursery.said).toBe("+x1 +y1 ready");
  return supervisor;
}

function hostOf(supervisor: RunningSupervisor, name: string): string {
  return addressOf(supervisor.ref(WorkerActor, name)).node?.[0] ?? "";
}

describe("a node that dies", () => {
  test("costs the budget once, whatever it takes along; they run elsewhere in a moment", async () => {
    const supervisor = await pair({ intensity: 1 });
    nursery.clusters.kill(b);
    const ms = await nursery.clusters.until(() => hostOf(supervisor, "y") === "c");
    expect(nursery.said).toBe("-x1:nodeDied -y1:nodeDied +x2 +y2");
    // The redial is refused: no gossip, no lease is waited for.
    expect(ms).toBeLessThanOrEqual(50);
    expect(await nursery.of(supervisor.ref(WorkerActor, "x").echo("1"))).toMatchObject({ status: "ok" });
  });

  test("with the supervisor leaves no child behind", async () => {
    await pair();
    nursery.clusters.kill(a);
    await nursery.clusters.until(() => b.cluster.actorCounters.actors === 0);
    expect(nursery.desk("x").seen).toEqual([]);
  });
});

describe("a connection that breaks while both live", () => {
  test("starts nothing again", async () => {
    const supervisor = await pair();
    for (const stream of b.host.streams) {
      const { peer } = stream;
      stream.fail({ code: "reset", text: "broken by the test" });
      peer?.fail({ code: "reset", text: "broken by the test" });
    }
    await nursery.pass(20_000);
    expect(nursery.said).toBe("");
    expect(await nursery.of(supervisor.ref(WorkerActor, "x").echo("1"))).toMatchObject({ status: "ok" });
  });
});

describe("a node that cannot be reached", () => {
  test("has its children elsewhere when the lease is over, and has stopped them before", async () => {
    const supervisor = await pair();
    const [x, y] = [nursery.desk("x"), nursery.desk("y")];
    expect([x.generation, y.generation]).toEqual([1, 1]);
    b.host.isCutOff = true;
    const since = nursery.clusters.network.nowMs;
    await nursery.clusters.until(() => b.cluster.actorCounters.actors === 0);
    const stopped = nursery.clusters.network.nowMs - since;
    expect(x.generation).toBe(1);
    await nursery.clusters.until(() => hostOf(supervisor, "y") === "c");
    const started = nursery.clusters.network.nowMs - since;
    expect(nursery.said).toBe("-x1:leaseExpired -y1:leaseExpired +x2 +y2");
    expect(stopped).toBeLessThanOrEqual(1400);
    expect(started).toBeGreaterThan(stopped);
    expect(started).toBeLessThan(2200);
  });

  test("has stopped them before also where it hears everything, and only its own words are lost", async () => {
    const supervisor = await pair({ intensity: 10 });
    a.host.isCutOff = true;
    await nursery.clusters.until(() => b.cluster.actorCounters.actors === 0);
    expect(nursery.desk("x").generation).toBe(1);
    a.host.isCutOff = false;
    await nursery.clusters.until(() =>
      supervisor.children().every(({ generation, status }) => generation >= 2 && status === "up"),
    );
  });

  test("gets nothing back when it can be reached again", async () => {
    const supervisor = await pair();
    b.host.isCutOff = true;
    await nursery.clusters.until(() => hostOf(supervisor, "y") === "c");
    b.host.isCutOff = false;
    await nursery.clusters.until(() => a.cluster.peerOf(b.cluster.self) !== undefined);
    await nursery.pass(10_000);
    expect([b, c].map(({ cluster }) => cluster.actorCounters.actors)).toEqual([0, 2]);
  });
});

describe("where a child is started", () => {
  test("waits until a node fits, and is stopped while it waits", async () => {
    const on = a.cluster.anyNode({ role: "work" });
    const supervisor = nursery.supervise([nursery.child("far", "x", { on })]);
    await nursery.pass(1000);
    expect(nursery.said).toBe("x waits");
    expect(supervisor.children()[0]?.status).toBe("waiting");
    await nursery.clusters.start("d", ["a"], {
      actors: [WorkerActor.from(Worker)],
      metadata: { name: "d", roles: ["work"] },
    });
    await nursery.of(supervisor.ready);
    expect(nursery.said).toBe("+x1 ready");
    const another = nursery.supervise([nursery.child("far", "y", { on: "nobody" })]);
    await nursery.of(another.stop());
    expect(nursery.said).toBe("y waits -y1:shutdown stopped");
  });

  test("escalates instead, where told so", async () => {
    const supervisor = nursery.supervise([
      nursery.child("far", "x", { on: "nobody", whenNowhere: "escalate" }),
    ]);
    expect(await nursery.of(supervisor.ready)).toMatchObject({
      reason: "startFailed",
      end: { error: { name: "NowhereError" } },
    });
  });

  test("is where the fewest are under spread, and elsewhere than before under another", async () => {
    const spread = a.cluster.anyNode({ spread: true });
    const names = ["1", "2", "3", "4", "5", "6"];
    const pool = nursery.supervise(names.map((name) => nursery.child("far", name, { on: spread })));
    await nursery.of(pool.ready);
    expect(names.map((name) => hostOf(pool, name)).sort()).toEqual(["a", "a", "b", "b", "c", "c"]);
    const another = a.cluster.anyNode({ another: true });
    const moving = nursery.supervise([nursery.child("far", "m", { on: another })], { intensity: 20 });
    await nursery.of(moving.ready);
    for (let i = 2; i < 8; i++) {
      const before = hostOf(moving, "m");
      void moving.ref(WorkerActor, "m").fail("boom");
      await nursery.clusters.until(
        () => moving.children()[0]?.status === "up" && moving.children()[0]?.generation === i,
      );
      expect(hostOf(moving, "m")).not.toBe(before);
    }
  });
});

describe("a node that leaves", () => {
  test("hands its children over before it goes, which costs nothing of the budget", async () => {
    const supervisor = await pair({ intensity: 0 });
    await nursery.of(b.cluster.leave());
    await nursery.clusters.until(() => hostOf(supervisor, "y") === "c");
    expect(nursery.said).toBe("-y1:nodeLeft -x1:nodeLeft +y2 +x2");
  });

  test("supervises nothing any more", async () => {
    await nursery.of(a.cluster.leave());
    expect(() => nursery.supervise([child("z", WorkerActor, ["z"])])).toThrow("leaving");
  });
});
