// What actors of two nodes hold with each other when connections break, and asks that lead back to their senders.
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { RefOf } from "../actors/index.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import { nextOf, Relay, RelayActor } from "./relay.testing.ts";
import { type Desk, desk, Worker, WorkerActor } from "./worker.testing.ts";

let world: World;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `connections ${round++}`;
  it = desk(label);
  nextOf.clear();
});

const bound = [WorkerActor.from(Worker), RelayActor.from(Relay)];

async function spawned<D extends typeof WorkerActor | typeof RelayActor>(
  from: TestNode,
  on: string,
  definition: D,
  of = label,
): Promise<RefOf<D>> {
  const outcome = await world.of(from.remote.spawn(definition, [of], { on }, undefined));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as RefOf<D>;
}

describe("a connection that breaks", () => {
  test("leaves a gap that is reported, and order behind it", async () => {
    const { a, b } = await world.pair(bound);
    const ref = await spawned(a, "b", WorkerActor);
    for (let i = 0; i < 10; i++) ref.note(i);
    await world.settle();
    for (let i = 10; i < 20; i++) ref.note(i);
    world.network.tick();
    world.breakStreams(a);
    await world.settle();
    for (let i = 20; i < 30; i++) ref.note(i);
    await world.of(ref.echo("behind"));
    expect(it.seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    const gap = a.reports.find(({ event }) => event === "gap");
    expect(gap).toMatchObject({ event: "gap", node: b.transport.node });
    const lost = gap?.event === "gap" ? gap.unknown + gap.unsent : 0;
    expect(lost).toBeGreaterThanOrEqual(10);
    expect(a.remote.counters.unknown).toBeGreaterThanOrEqual(10);
  });

  test("has nothing sent while it is down, and is used again when it is there", async () => {
    const { a, b } = await world.pair(bound);
    const ref = await spawned(a, "b", WorkerActor);
    a.host.refuses = { code: "unreachable", text: "cut" };
    b.host.refuses = { code: "unreachable", text: "cut" };
    world.breakStreams(a);
    await world.settle();
    expect(ref.note(1).status).toBe("notSent");
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
    a.host.refuses = undefined;
    b.host.refuses = undefined;
    await world.pass(20_000);
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "ok" });
    expect(it.seen).toEqual([]);
  });

  test("does nothing to asks where only the other lane breaks", async () => {
    const { a } = await world.pair(bound);
    const ref = await spawned(a, "b", WorkerActor);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    const control = a.host.streams[0]!;
    control.peer?.fail({ code: "reset", text: "broken by the test" });
    control.fail({ code: "reset", text: "broken by the test" });
    await world.pass(1_000);
    it.release();
    expect(await world.of(ask)).toMatchObject({ status: "ok" });
  });

  test("ends asks whose node cannot be reached any more as connectionLost", async () => {
    const { a, b } = await world.pair(bound);
    const ref = await spawned(a, "b", WorkerActor);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    a.host.refuses = { code: "unreachable", text: "cut" };
    b.host.refuses = { code: "unreachable", text: "cut" };
    world.breakStreams(a);
    await world.pass(4_000);
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "connectionLost" });
    it.release();
  });

  test("has no late answer reach anybody", async () => {
    const { a, b } = await world.pair(bound);
    const ref = await spawned(a, "b", WorkerActor);
    it.hold();
    const first = ref.wait("first");
    await world.settle();
    world.breakStreams(a);
    expect(await world.of(first)).toMatchObject({ status: "unknown" });
    const second = ref.wait("second");
    await world.settle();
    it.release();
    expect(await world.of(second)).toEqual({ status: "ok", value: "second" });
    expect(a.remote.counters.late).toBe(0);
    expect(b.system.counters.handled).toBe(2);
  });
});

describe("a spawn", () => {
  test("that nobody waits for any more leaves no actor behind", async () => {
    const { a, b } = await world.pair(bound);
    const spawning = a.remote.spawn(WorkerActor, [label], { on: "b" }, undefined);
    world.network.tick();
    // Deadlines are looked at every 25 ms, and what was added since counts from then.
    await world.network.step(30);
    await world.network.step(5_100);
    await world.network.step(100);
    expect(await world.of(spawning)).toMatchObject({ status: "unknown", reason: "timeout" });
    await world.settle();
    expect(b.system.counters).toMatchObject({ started: 1, actors: 0 });
    expect(a.remote.counters.late).toBe(1);
  });

  test("that breaks off is unknown", async () => {
    const { a } = await world.pair(bound);
    const spawning = a.remote.spawn(WorkerActor, [label], { on: "b" }, undefined);
    world.network.tick();
    world.breakStreams(a);
    expect(await world.of(spawning)).toMatchObject({ status: "unknown", reason: "connectionLost" });
  });

  test("gives its actor its name, the bound of its mailbox and a first generation", async () => {
    const { a, b } = await world.pair(bound);
    const options = { on: "b", name: "first", mailboxMessages: 7 };
    await world.of(a.remote.spawn(WorkerActor, [label], options, undefined));
    expect(b.system.find(1)?.terms).toMatchObject({ name: "first", mailboxMessages: 7, generation: 1 });
    expect(it.generation).toBe(1);
  });
});

describe("an ask that leads back to an actor that waits for it", () => {
  test("is refused at once, with the way it takes, over two nodes", async () => {
    const { a, b } = await world.pair(bound);
    const one = await spawned(a, "a", RelayActor, "one");
    const two = await spawned(a, "b", RelayActor, "two");
    await spawned(b, "a", WorkerActor);
    nextOf.set("one", two);
    nextOf.set("two", b.remote.refTo("test/Relay", b.nodeOf("a"), 1) as typeof two);
    const outcome = await world.of(one.call(10));
    expect(outcome).toEqual({
      status: "ok",
      value:
        "cycle: The answer would have to wait for itself: test/Relay#1 -> actor 1 of b:1#0000000000000001 -> test/Relay#1.",
    });
  });

  test("also where an actor near by stands between", async () => {
    const { a, b } = await world.pair(bound);
    const one = await spawned(a, "a", RelayActor, "one");
    const between = await spawned(a, "a", RelayActor, "between");
    const two = await spawned(a, "b", RelayActor, "two");
    nextOf.set("one", between);
    nextOf.set("between", two);
    nextOf.set("two", b.remote.refTo("test/Relay", a.transport.node, 1) as typeof two);
    const outcome = await world.of(one.call(10));
    expect(outcome).toMatchObject({ status: "ok", value: expect.stringContaining("cycle:") });
  });

  test("and one that only comes by is none", async () => {
    const { a, b } = await world.pair(bound);
    const one = await spawned(a, "a", RelayActor, "one");
    const two = await spawned(a, "b", RelayActor, "two");
    const three = await spawned(b, "a", RelayActor, "three");
    nextOf.set("one", two);
    nextOf.set("two", three);
    expect(await world.of(one.call(10))).toEqual({ status: "ok", value: "end" });
  });
});
