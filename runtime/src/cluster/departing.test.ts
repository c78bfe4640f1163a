// Nodes that are drained, or leave, while supervised children run there and calls come.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { addressOf } from "../actors/index.ts";
import { Worker, WorkerActor } from "../remote/worker.testing.ts";
import type { RunningSupervisor } from "../supervision/index.ts";
import { isOneCluster, type TestNode } from "./clusters.testing.ts";
import { Nursery } from "./supervised.testing.ts";

let nursery: Nursery;
let a: TestNode;
let b: TestNode;
let c: TestNode;

beforeEach(async () => {
  nursery = new Nursery();
  [a, b, c] = (await nursery.start(["a", "b", "c"])) as [TestNode, TestNode, TestNode];
});

function hostOf(supervisor: RunningSupervisor, name: string): string {
  return addressOf(supervisor.ref(WorkerActor, name)).node?.[0] ?? "";
}

/** On the first of these hosts that takes it. */
function firstOf(...hosts: readonly string[]) {
  return a.cluster.where((members) => {
    const [first] = hosts.flatMap((host) => members.find(({ id }) => id.host === host) ?? []);
    return first;
  });
}

async function pair(intensity = 0): Promise<RunningSupervisor> {
  const children = ["x", "y"].map((name) => nursery.child("far", name, { on: firstOf("b", "c") }));
  const supervisor = nursery.supervise(children, { intensity });
  await nursery.of(supervisor.ready);
  expect(nursery.said).toBe("+x1 +y1 ready");
  return supervisor;
}

function phasesOf({ events }: TestNode): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === "left") return ["left"];
    return event.kind === "departing" ? [`${event.phase}${event.isLate ? " late" : ""}`] : [];
  });
}

describe("a node that is drained", () => {
  test("has its children elsewhere, which costs nothing, takes no more, and stays until it leaves", async () => {
    const supervisor = await pair();
    const own = b.cluster.spawn(WorkerActor, ["own"]);
    expect(await nursery.of(b.cluster.drain())).toEqual({ handedOver: 2, remaining: 0, actors: 1 });
    expect(b.cluster.departure).toBe("empty");
    await nursery.clusters.until(() => hostOf(supervisor, "x") === "c" && hostOf(supervisor, "y") === "c");
    expect(nursery.said).toBe("-y1:nodeLeft -x1:nodeLeft +y2 +x2");
    const spawned = await nursery.of(a.cluster.spawn(WorkerActor, ["z"], { on: "b" }));
    expect(spawned).toMatchObject({ status: "rejected", reason: "leaving" });
    for (let round = 0; round < 20; round++) {
      const ref = await nursery.of(a.cluster.spawn(WorkerActor, ["z"], { on: a.cluster.anyNode() }));
      expect(ref.status === "ok" && addressOf(ref.value).node?.[0]).not.toBe("b");
    }
    expect(b.cluster.remoteCounters.refused).toBe(1);
    await nursery.pass(20_000);
    expect(b.cluster.state).toBe("running");
    expect(await nursery.of(own.echo("1"))).toMatchObject({ status: "ok" });
    expect(phasesOf(b)).toEqual(["intake", "handOver"]);
    await nursery.of(b.cluster.leave());
    expect(phasesOf(b)).toEqual(["intake", "handOver", "stop", "goodbye", "left"]);
  });

  test("has its own supervisors' children elsewhere too, where they may be; the others stay with these", async () => {
    const inner = [nursery.child("far", "inner", { on: firstOf("a", "b") })];
    const supervisor = nursery.supervise(
      [
        nursery.child("far", "x", { on: firstOf("a", "c") }),
        nursery.child("near", "y"),
        nursery.child("far", "named", { on: "a" }),
        { name: "pool", supervisor: { intensity: 0, children: inner } },
      ],
      { intensity: 0 },
    );
    await nursery.of(supervisor.ready);
    expect(nursery.a.cluster.actorCounters.actors).toBe(4);
    expect(await nursery.of(a.cluster.drain())).toEqual({ handedOver: 3, remaining: 0, actors: 1 });
    await nursery.clusters.until(() => hostOf(supervisor, "x") === "c");
    await nursery.clusters.until(() => b.cluster.actorCounters.actors === 1);
    expect(supervisor.children().map(({ name, status }) => `${name} ${status}`)).toEqual([
      "x up",
      "y up",
      "named waiting",
      "pool up",
    ]);
  });

  test("first has what waits for its children handled", async () => {
    const supervisor = await pair();
    const x = nursery.desk("x");
    x.hold();
    const ref = supervisor.ref(WorkerActor, "x");
    const replies = ["1", "2", "3"].map((value) => ref.wait(value));
    ref.note(4);
    await nursery.pass(100);
    const drained = b.cluster.drain();
    await nursery.pass(100);
    x.release();
    for (const reply of replies) expect(await nursery.of(reply)).toMatchObject({ status: "ok" });
    expect(await nursery.of(drained)).toMatchObject({ handedOver: 2, remaining: 0 });
    expect(x.seen).toEqual(["began 1", "began 2", "began 3", 4]);
  });

  test("waits for none that does not end longer than its patience, and has it elsewhere then", async () => {
    const supervisor = await pair();
    nursery.desk("x").hold();
    const stuck = supervisor.ref(WorkerActor, "x").wait("for ever").within(60_000);
    await nursery.pass(100);
    const since = nursery.clusters.network.nowMs;
    expect(await nursery.of(b.cluster.drain())).toMatchObject({ handedOver: 2, remaining: 0 });
    // Five seconds for what waits, five more for the handler.
    expect(nursery.clusters.network.nowMs - since).toBeLessThanOrEqual(10_050);
    expect((await nursery.of(stuck)).status).toBe("unknown");
    await nursery.clusters.until(() => hostOf(supervisor, "x") === "c");
  });

  test("is asked once, however often", async () => {
    await pair();
    const [one, two] = [b.cluster.drain(), b.cluster.drain()];
    expect(await nursery.of(one)).toMatchObject({ handedOver: 2 });
    await nursery.of(two);
    expect(await nursery.of(b.cluster.drain())).toMatchObject({ handedOver: 0, remaining: 0 });
    expect(phasesOf(b)).toEqual(["intake", "handOver"]);
  });

  test("that is closed meanwhile waits for nothing", async () => {
    await pair();
    nursery.desk("x").hold();
    const drained = b.cluster.drain();
    await nursery.of(b.cluster.close());
    await nursery.of(drained);
    await nursery.of(b.cluster.leave());
    expect([b.cluster.departure, b.cluster.state]).toEqual(["over", "left"]);
  });
});

describe("a node that leaves", () => {
  test("goes on without what is not done in its time, and says so", async () => {
    const supervisor = await pair();
    const d = await nursery.clusters.start("d", ["a"], {
      actors: [WorkerActor.from(Worker)],
      departure: { handOverMs: 100, stopMs: 200 },
    });
    await nursery.clusters.until(() => isOneCluster([a, b, c, d]));
    supervisor.add(nursery.child("far", "z", { on: "d" }));
    await nursery.clusters.until(() => hostOf(supervisor, "z") === "d");
    nursery.desk("z").hold();
    void supervisor.ref(WorkerActor, "z").wait("for ever");
    await nursery.pass(100);
    const since = nursery.clusters.network.nowMs;
    await nursery.of(d.cluster.leave());
    expect(nursery.clusters.network.nowMs - since).toBeLessThan(2_000);
    expect(phasesOf(d)).toEqual([
      "intake",
      "handOver",
      "handOver late",
      "stop",
      "stop late",
      "goodbye",
      "left",
    ]);
    // What it left behind is over with it.
    await nursery.clusters.until(() => supervisor.children()[2]?.status === "waiting");
    expect(nursery.said).toBe("+z1 -z1:nodeLeft z waits");
  });

  test.each(["leave", "drain"] as const)(
    "or is told to %s, has an order of children that comes meanwhile carried out elsewhere, which costs nothing",
    async (how) => {
      const on = firstOf("b", "c");
      const leaving: Promise<unknown> = b.cluster[how]();
      // It takes no more from now on, and nobody has told `a` yet.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      const supervisor = nursery.supervise([nursery.child("far", "x", { on })], { intensity: 0 });
      await nursery.of(supervisor.ready);
      expect(nursery.said).toBe("-x1:nodeLeft +x2 ready");
      expect(hostOf(supervisor, "x")).toBe("c");
      await nursery.of(leaving);
    },
  );
});
