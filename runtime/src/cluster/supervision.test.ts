// Supervisors at work, with children on their own node and on another one: the same table for both.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { addressOf } from "../actors/index.ts";
import { WorkerActor } from "../remote/worker.testing.ts";
import type { Restart, Strategy } from "../supervision/index.ts";
import { Nursery, type Where } from "./supervised.testing.ts";

let nursery: Nursery;

beforeEach(async () => {
  nursery = new Nursery();
  await nursery.start();
});

describe.each<[Where]>([["near"], ["far"]])("children that are %s", (where) => {
  const three = async (strategy: Strategy, restart: Restart, intensity = 1) => {
    const children = (["a", "b", "c"] as const).map((name) => nursery.child(where, name, { restart }));
    const supervisor = nursery.supervise(children, { strategy, intensity });
    expect(await nursery.of(supervisor.ready)).toBe(undefined);
    expect(nursery.said).toBe("+a1 +b1 +c1 ready");
    return supervisor;
  };

  const again: Record<Strategy, (how: string) => string> = {
    oneForOne: (how) => `-b1:${how} +b2`,
    oneForAll: (how) => `-b1:${how} -c1:shutdown -a1:shutdown +a2 +b2 +c2`,
    restForOne: (how) => `-b1:${how} -c1:shutdown +b2 +c2`,
  };
  const grid = (["oneForOne", "oneForAll", "restForOne"] as const).flatMap((strategy) =>
    (
      [
        ["permanent", "normal", true],
        ["permanent", "abnormal", true],
        ["transient", "normal", false],
        ["transient", "abnormal", true],
        ["temporary", "normal", false],
        ["temporary", "abnormal", false],
      ] as const
    ).map((row) => [strategy, ...row] as const),
  );

  test.each(grid)(
    "with %s, a %s one that ended %s: started again %s",
    async (strategy, restart, how, isAgain) => {
      const supervisor = await three(strategy, restart);
      await nursery.end(supervisor, "b", how);
      const reason = how === "normal" ? "exited" : "crashed";
      expect(nursery.said).toBe(isAgain ? again[strategy](reason) : `-b1:${reason}`);
      const names = supervisor.children().map(({ name }) => name);
      expect(names).toEqual(restart === "temporary" ? ["a", "c"] : ["a", "b", "c"]);
    },
  );

  test("are counted by their generation, which they know", async () => {
    const supervisor = await three("oneForOne", "permanent");
    await nursery.end(supervisor, "b", "abnormal");
    expect(nursery.desk("b").generation).toBe(2);
  });

  test("end the supervisor when they were started again too often", async () => {
    const supervisor = await three("oneForOne", "permanent", 0);
    await nursery.end(supervisor, "b", "abnormal");
    expect(nursery.said).toBe("-b1:crashed -c1:shutdown -a1:shutdown failed: tooManyRestarts b");
    expect(await nursery.of(supervisor.over)).toMatchObject({ reason: "tooManyRestarts", child: "b" });
  });

  test("are stopped the last first, each when the one behind it has ended", async () => {
    const supervisor = await three("oneForOne", "permanent");
    await nursery.of(supervisor.stop());
    expect(nursery.said).toBe("-c1:shutdown -b1:shutdown -a1:shutdown stopped");
    expect(nursery.nodes.map(({ cluster }) => cluster.actorCounters.actors)).toEqual([0, 0]);
  });

  test("that cannot be started end the supervisor at once, and the others", async () => {
    const supervisor = nursery.supervise([
      nursery.child(where, "a"),
      nursery.child(where, "x", {}, "broken"),
    ]);
    expect(await nursery.of(supervisor.ready)).toMatchObject({
      reason: "startFailed",
      child: "x",
      end: { reason: "crashed", error: { name: "RangeError", message: "no such worker can be" } },
    });
    expect(nursery.said).toBe("+a1 -x1:crashed -a1:shutdown failed: startFailed x");
  });

  test("that do not end in their time handle nothing more", async () => {
    const supervisor = nursery.supervise([nursery.child(where, "a", { shutdownMs: 200 })]);
    await nursery.of(supervisor.ready);
    const desk = nursery.desk("a");
    desk.hold();
    const ref = supervisor.ref("a");
    void ref.wait("x").within(60_000);
    ref.note(1);
    await nursery.pass(50);
    const since = nursery.clusters.network.nowMs;
    await nursery.of(supervisor.stop());
    expect(nursery.clusters.network.nowMs - since).toBeLessThan(500);
    desk.release();
    await nursery.pass(1000);
    expect(desk.seen).toEqual(["began x"]);
  });

  test("can be added and removed", async () => {
    const supervisor = nursery.supervise([]);
    supervisor.add(nursery.child(where, "x"));
    await nursery.clusters.until(() => supervisor.children()[0]?.status === "up");
    const ref = supervisor.ref(WorkerActor, "x");
    expect(await nursery.of(ref.echo("1"))).toMatchObject({ status: "ok" });
    expect(() => supervisor.add(nursery.child(where, "x"))).toThrow(RangeError);
    supervisor.remove("x");
    await nursery.pass(100);
    expect(supervisor.children()).toEqual([]);
    expect(await nursery.of(ref.echo("2"))).toMatchObject({ status: "notSent", reason: "unreachable" });
  });

  test("have a handle that leads to whichever start is up, and says so while none is", async () => {
    const supervisor = await three("oneForOne", "permanent");
    const ref = supervisor.ref(WorkerActor, "b");
    const before = addressOf(ref);
    void ref.fail("boom");
    await nursery.clusters.until(() => supervisor.children()[1]?.generation === 2);
    const between = ref.echo("between");
    const retried = ref.echo("retried").retry();
    expect(["ok", "notSent"]).toContain((await nursery.of(between)).status);
    expect(await nursery.of(retried)).toMatchObject({ status: "ok" });
    expect(addressOf(ref)).not.toEqual(before);
    expect(await nursery.of(ref.echo("after"))).toMatchObject({ status: "ok" });
  });

  test("are below a supervisor below another one, which is started again with them", async () => {
    const supervisor = nursery.supervise(
      [{ name: "pool", supervisor: { intensity: 0, children: [nursery.child(where, "w")] } }],
      { intensity: 1 },
    );
    await nursery.of(supervisor.ready);
    expect(nursery.said).toBe("+pool/w1 pool/ready +pool1 ready");
    const ref = supervisor.ref(WorkerActor, "pool/w");
    await nursery.of(ref.fail("boom"));
    await nursery.pass(100);
    expect(nursery.said).toBe(
      "-pool/w1:crashed pool/failed: tooManyRestarts w -pool1:crashed +pool/w2 pool/ready +pool2",
    );
    // What fences it outside must never be seen twice.
    expect(nursery.desk("w").generation).toBe(2);
    expect(await nursery.of(ref.echo("again"))).toMatchObject({ status: "ok" });
    expect(() => supervisor.ref({ ...WorkerActor, name: "test/Other" }, "pool/w")).toThrow(TypeError);
  });

  test("tell their cluster why they are started again, and when, and are counted", async () => {
    const supervisor = await three("restForOne", "permanent");
    const { cluster, events } = nursery.a;
    await nursery.end(supervisor, "b", "abnormal");
    const told = events.flatMap((event) => (event.kind === "supervision" ? [event.event] : []));
    // Of starts and ends there may be too many for whoever listens for members.
    expect(told.map(({ kind }) => kind)).toEqual(["restarting"]);
    expect(told[0]).toEqual({
      kind: "restarting",
      atMs: expect.any(Number),
      path: ["supervisor"],
      children: ["b", "c"],
      because: "b",
      end: { reason: "crashed", error: { name: "TypeError", message: "boom" } },
      afterMs: 0,
    });
    expect(cluster.supervisionCounters).toMatchObject({
      started: 5,
      restarts: 1,
      restarted: 2,
      crashed: 1,
      shutdown: 1,
      failed: 0,
    });
    await nursery.end(supervisor, "a", "normal");
    expect(cluster.supervisionCounters).toMatchObject({ restarts: 1, failed: 1, exited: 1, shutdown: 3 });
  });

  test("end before their node leaves", async () => {
    await three("oneForOne", "permanent");
    await nursery.of(nursery.a.cluster.leave());
    expect(nursery.said).toBe("-c1:shutdown -b1:shutdown -a1:shutdown stopped");
  });
});
