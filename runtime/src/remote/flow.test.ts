// Credit between nodes: who is held up by a slow actor, and what becomes of what finds no room.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { accepted, type RefOf } from "../actors/index.ts";
import { dice } from "../membership/dice.testing.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import type { OutFlow } from "./out-flow.ts";
import { type Desk, desk, Worker, WorkerActor, workerDefinition } from "./worker.testing.ts";

type Ref = RefOf<typeof WorkerActor>;

let world: World;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `flow ${round++}`;
  it = desk(label);
});

async function spawned(from: TestNode, of = label, definition = WorkerActor): Promise<Ref> {
  const outcome = await world.of(from.remote.spawn(definition, [of], { on: "b" }, undefined));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as Ref;
}

/** A mailbox of two: nearly all of what is sent has to wait somewhere. */
const small = workerDefinition({ mailboxMessages: 2 });

function flowOf(node: TestNode, actor: number): OutFlow {
  const session = node.remote.sessionWith(node.nodeOf("b"))!;
  return session.flowTo(actor, node.remote.protocol("test/Worker")!);
}

describe("a slow actor", () => {
  test("holds up those who tell it, and nobody else", async () => {
    const { a } = await world.pair([WorkerActor], [WorkerActor.from(Worker)]);
    const slow = await spawned(a);
    const other = await spawned(a, `${label} other`);
    it.hold();
    let told: unknown = accepted;
    let sent = 0;
    // The network carries what it may, until the sender is told to wait.
    for (; told === accepted && sent < 20_000; sent++) {
      told = slow.slowNote(sent);
      if (sent % 100 === 99) await world.network.settled();
    }
    expect(sent).toBeLessThan(8_192);
    expect(sent).toBeGreaterThan(4_096);
    expect(await world.of(other.echo("x"))).toMatchObject({ status: "ok" });
    it.release();
  });

  test("under wait loses nothing of those who wait, and keeps their order", async () => {
    const { a } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    const sending = (async () => {
      for (let i = 0; i < 1_500; i++) {
        const told = ref.slowNote(i);
        if (told.status !== "accepted") await told.ready();
      }
    })();
    await world.settle();
    it.release();
    for (let i = 0; i < 1_000 && it.seen.length < 1_500; i++) await world.settle();
    await sending;
    expect(it.seen).toEqual([...Array(1_500).keys()]);
    expect(a.remote.counters.notSent).toBe(0);
  });

  test("under wait has what is told by one who does not wait counted as not sent", async () => {
    const { a } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    const all = Array.from({ length: 800 }, (_, i) => ref.slowNote(i));
    expect(all.filter((told) => told !== accepted)).toHaveLength(800 - 512 - 256);
    expect(a.remote.counters.notSent).toBe(800 - 512 - 256);
    it.release();
    for (let i = 0; i < 20; i++) await world.settle();
    expect(it.seen).toEqual([...Array(512 + 256).keys()]);
  });

  test("under reject refuses, here or there, and every refusal is counted", async () => {
    const { a, b } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 600; i++) ref.strict(i);
    await world.settle();
    it.release();
    for (let i = 0; i < 20; i++) await world.settle();
    expect(a.remote.counters.notSent).toBe(600 - 512);
    expect(it.seen.length + a.remote.counters.notSent + b.system.counters.notSent).toBe(600);
  });

  test("under dropOldest lets the oldest go, here or there, and counts it", async () => {
    const { a, b } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 1_000; i++) expect(ref.newest(i)).toBe(accepted);
    expect(a.remote.counters.dropped).toBe(1_000 - 512 - 256);
    await world.settle();
    it.release();
    for (let i = 0; i < 20; i++) await world.settle();
    expect(it.seen.at(-1)).toBe(999);
    expect(it.seen.length + a.remote.counters.dropped + b.system.counters.dropped).toBe(1_000);
  });

  test("lets asks wait for credit until their time is up", async () => {
    const { a } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 600; i++) ref.slowNote(i);
    const ask = ref.echo("x");
    await world.settle();
    it.release();
    for (let i = 0; i < 20; i++) await world.settle();
    expect(await world.of(ask)).toMatchObject({ status: "ok" });
    expect(it.seen).toHaveLength(600);
  });

  test("is held to bytes as well as messages", async () => {
    const { a } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    const first = ref.wait("x");
    const large = new Uint8Array(300_000);
    const asks = Array.from({ length: 6 }, () => ref.reverse(large));
    await world.settle();
    expect(flowOf(a, 1).waiting).toBe(2);
    it.release();
    for (const ask of [first, ...asks]) expect(await world.of<unknown>(ask)).toMatchObject({ status: "ok" });
    expect(flowOf(a, 1).waiting).toBe(0);
  });

  test("is held to bytes by long tells too, however much room its mailbox has, and order holds", async () => {
    const { a, b } = await world.pair([WorkerActor], [WorkerActor.from(Worker)]);
    const ref = await spawned(a);
    it.hold();
    const sent = Array.from({ length: 200 }, (_, nth) => (nth % 2 === 0 ? 100_000 + nth : nth));
    for (const length of sent) expect(ref.slowText("x".repeat(length))).toBe(accepted);
    await world.settle();
    // A mebibyte at first, and no more until something is handled.
    expect(b.remote.counters.received).toBeLessThan(24);
    it.release();
    for (let i = 0; i < 400 && it.seen.length < sent.length; i++) await world.settle();
    expect(it.seen).toEqual(sent);
    expect(flowOf(a, 1).waiting).toBe(0);
  });

  test("and a connection that takes no more have messages wait in their order", async () => {
    const { a } = await world.pair([WorkerActor], [WorkerActor.from(Worker)]);
    const large = await spawned(a);
    const ref = await spawned(a, `${label} other`);
    a.host.highWaterMark = 1;
    const asks = Array.from({ length: 5 }, () => large.reverse(new Uint8Array(300_000)));
    world.network.tick();
    for (let i = 0; i < 10; i++) ref.note(i);
    expect(flowOf(a, 2).waiting).toBe(10);
    const refused = large.strictWait("x");
    world.network.settle();
    // There is room now, and nobody has been told yet.
    ref.note(10);
    expect(await world.of(Promise.all(asks.map((ask) => ask.then(({ status }) => status))))).not.toContain(
      "unknown",
    );
    expect(await world.of(refused)).toMatchObject({ status: "notSent", reason: "overloaded" });
    await world.of(ref.echo("behind"));
    expect(desk(`${label} other`).seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("that ends lets go of what waits for it: asks are told, tells are counted", async () => {
    const { a, b } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 700; i++) ref.slowNote(i);
    const ask = ref.echo("x");
    await world.settle();
    void b.system.stop(b.system.refOf(b.system.find(1)!));
    it.release();
    expect(await world.of(ask)).toMatchObject({ status: "rejected", reason: "noSuchActor" });
    expect(a.remote.counters.notSent).toBeGreaterThan(100);
    expect(a.remote.counters.notSent + b.remote.counters.received).toBe(700);
    // Nothing is kept for it on either side.
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
  });
});

describe("credit", () => {
  test("comes back with another stream, and what waited goes on in order", async () => {
    const { a } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 700; i++) ref.slowNote(i);
    await world.settle();
    expect(flowOf(a, 1)).toMatchObject({ credit: 0, waiting: 188 });
    world.breakStreams(a);
    await world.settle();
    expect(flowOf(a, 1)).toMatchObject({ waiting: 0 });
    it.release();
    for (let i = 0; i < 20; i++) await world.settle();
    expect(it.seen).toEqual([...Array(700).keys()]);
  });

  test("comes back, and what waited goes on, also where the first dial after the break fails", async () => {
    const { a, b } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    it.hold();
    for (let i = 0; i < 700; i++) ref.slowNote(i);
    await world.settle();
    a.host.refuses = { code: "unreachable", text: "cut" };
    b.host.refuses = { code: "unreachable", text: "cut" };
    world.breakStreams(a);
    await world.pass(1_000);
    a.host.refuses = undefined;
    b.host.refuses = undefined;
    it.release();
    await world.pass(30_000);
    for (let i = 0; i < 40; i++) await world.settle();
    expect(it.seen).toEqual([...Array(700).keys()]);
  });

  test("is counted from nothing on another stream, on both sides", async () => {
    const { a, b } = await world.pair([small], [small.from(Worker)]);
    const ref = await spawned(a, label, small);
    for (let i = 0; i < 24; i++) {
      for (let j = 0; j < 200; j++) ref.note(j);
      for (let j = 0; j < 40 && it.seen.length < (i + 1) * 200; j++) await world.settle();
    }
    expect(it.seen).toHaveLength(4_800);
    world.breakStreams(a);
    await world.settle();
    it.hold();
    const before = b.remote.counters.received;
    for (let i = 0; i < 700; i++) ref.slowNote(i);
    await world.settle();
    expect(b.remote.counters.received - before).toBe(512);
    it.release();
  });

  test("is never less than nothing, always comes back, and order holds, whatever breaks when", async () => {
    for (let seed = 1; seed <= 60; seed++) await oneRun(seed);
  }, 60_000);
});

/** Tells at random moments, with streams that break and an actor that is slow at times. */
async function oneRun(seed: number): Promise<void> {
  const random = dice(seed);
  world = new World();
  label = `flow run ${seed}`;
  it = desk(label);
  const definition = workerDefinition({ mailboxMessages: 1 + Math.floor(random() * 40) });
  const { a } = await world.pair([definition], [definition.from(Worker)]);
  const ref = await spawned(a, label, definition);
  let sent = 0;
  let refused = 0;
  for (let step = 0; step < 40; step++) {
    const dieRoll = random();
    if (dieRoll < 0.1) world.breakStreams(a);
    else if (dieRoll < 0.3) it.hold();
    else if (dieRoll < 0.5) it.release();
    else if (dieRoll < 0.6) await world.network.advance(Math.floor(random() * 300));
    else if (dieRoll < 0.7) world.network.tick();
    else
      for (let i = Math.floor(random() * 300); i > 0; i--) if (ref.slowNote(sent++) !== accepted) refused++;
    if (random() < 0.5) await world.network.settled();
    expect(flowOf(a, 1).credit).toBeGreaterThanOrEqual(0);
  }
  it.release();
  await world.pass(30_000);
  for (let i = 0; i < 40 && it.seen.length + refused < sent; i++) await world.settle();
  expect(flowOf(a, 1).credit).toBeGreaterThan(0);
  const order = it.seen.map(Number);
  expect(flowOf(a, 1)).toMatchObject({ waiting: 0 });
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(new Set(order).size).toBe(order.length);
  expect(a.remote.counters.notSent).toBe(refused);
  const gaps = a.reports.map((report) => (report.event === "gap" ? report.unknown + report.unsent : 0));
  expect(order.length + refused + gaps.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(sent);
  expect(await world.of(ref.echo("x"))).toMatchObject({ status: "ok" });
}
