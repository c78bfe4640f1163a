import { beforeEach, describe, expect, test } from "@jest/globals";
import { accepted, addressOf, type DownReason, type RefOf } from "../actors/index.ts";
import { leaseTimes } from "../supervision/index.ts";
import { formatNodeId, type NodeId } from "../transport/index.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import { RemoteWatches } from "./remote-watches.ts";
import { systemMessages } from "./runtime-types.ts";
import { type Desk, desk, Worker, WorkerActor } from "./worker.testing.ts";

let world: World;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `watches ${round++}`;
  it = desk(label);
});

const bound = [WorkerActor.from(Worker)];

async function far(from: TestNode): Promise<RefOf<typeof WorkerActor>> {
  const outcome = await world.of(from.remote.spawn(WorkerActor, [label], { on: "b" }, undefined));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as RefOf<typeof WorkerActor>;
}

async function watched() {
  const { a, b } = await world.pair(bound);
  const ref = await far(a);
  const told: DownReason[] = [];
  const cancel = a.system.watch(ref, (down) => told.push(down));
  await world.settle();
  const actor = b.system.refOf(b.system.find(addressOf(ref).id)!);
  return { a, b, ref, told, cancel, actor };
}

describe("watching an actor of another node", () => {
  test("tells that it was stopped, once", async () => {
    const { b, told, actor } = await watched();
    await world.of(b.system.stop(actor));
    await world.pass(5000);
    expect(told).toEqual([{ reason: "exited" }]);
  });

  test("tells what it threw", async () => {
    const { ref, told } = await watched();
    await world.of(ref.fail("no"));
    await world.settle();
    expect(told).toEqual([{ reason: "crashed", error: { name: "TypeError", message: "no" } }]);
  });

  test("tells that there is none, or none any more", async () => {
    const { a, b, ref, actor } = await watched();
    await world.of(b.system.stop(actor));
    const told: DownReason[] = [];
    a.system.watch(ref, (down) => told.push(down));
    a.system.watch(a.remote.refTo(WorkerActor.name, a.nodeOf("b"), 99)!, (down) => told.push(down));
    await world.settle();
    expect(told).toEqual([{ reason: "neverExisted" }, { reason: "neverExisted" }]);
  });

  test("tells nothing once it was ended", async () => {
    const { b, told, cancel, actor } = await watched();
    cancel();
    await world.settle();
    await world.of(b.system.stop(actor));
    await world.pass(5000);
    expect(told).toEqual([]);
  });

  test("tells that its node died", async () => {
    const { b, told } = await watched();
    world.kill(b);
    await world.pass(5000);
    expect(told).toEqual([{ reason: "nodeDied" }]);
  });

  test("hears nothing more of a node that is over, and takes nothing of it for a fault", async () => {
    const { a, b, told, actor } = await watched();
    const second = await far(a);
    a.system.watch(second, (down) => told.push(down));
    await world.settle();
    await world.of(b.system.stop(actor));
    await world.settle();
    const node = a.nodeOf("b");
    a.gone.add(formatNodeId(node));
    a.remote.died(node);
    await world.of(b.system.stop(b.system.refOf(b.system.find(addressOf(second).id)!)));
    await world.pass(5000);
    expect(told).toEqual([{ reason: "exited" }, { reason: "nodeDied" }]);
    expect(a.reports).toEqual([]);
  });

  test("hears nothing of a node whose connection is over", async () => {
    const { a } = await watched();
    const heard = new Map<unknown, (message: unknown, from: { readonly node: NodeId }) => void>();
    const reports: unknown[] = [];
    const network = {
      self: a.transport.node,
      peerOf: () => undefined,
      onMessage: (codec: unknown, run: unknown) => void heard.set(codec, run as never),
    };
    const node = {
      ...{ system: a.system, lease: leaseTimes.lan, becameStartable: () => {} },
      counters: { resent: 0, leasesLost: 0 },
      leaseKeeper: undefined,
      onLeaseLost: "stop" as const,
      exit: () => {},
      sessionOf: (): never => {
        throw new Error("nobody asked for a session");
      },
      report: (report: unknown) => void reports.push(report),
    };
    new RemoteWatches(node, network).listen();
    heard.get(systemMessages)!({ kind: "acknowledged", acknowledged: 7 }, { node: a.nodeOf("b") });
    expect(reports).toEqual([]);
  });

  test("outlives streams: what was said while there were none comes when there are, once", async () => {
    const { a, b, told, actor } = await watched();
    world.breakStreams(b);
    await world.of(b.system.stop(actor));
    world.breakStreams(b);
    await world.pass(10_000);
    expect(told).toEqual([{ reason: "exited" }]);
    expect(a.remote.counters.resent + b.remote.counters.resent).toBeGreaterThan(0);
  });

  test("is told by the stream that there is when the end of an earlier one is heard of late", async () => {
    const { a, b, told, actor } = await watched();
    const reason = { by: "peer", code: "superseded", text: "another stream took its place" } as const;
    for (const { remote, transport } of [a, b]) {
      remote.broke(transport.peers[0]!, { lane: "control", reason, unknown: 0, unsent: 0 });
    }
    await world.of(b.system.stop(actor));
    await world.pass(5000);
    expect(told).toEqual([{ reason: "exited" }]);
  });

  test("tells behind the last message of the actor to its watcher, also where that waits for credit", async () => {
    const { a, b, ref } = await watched();
    const watcher = a.system.spawn(bound[0]!, [label]);
    const here = addressOf(watcher).id;
    const received: number[] = [];
    a.remote.watch(ref, () => received.push(a.remote.counters.received), here);
    await world.settle();
    it.hold();
    const back = b.remote.refTo(WorkerActor.name, b.nodeOf("a"), here) as RefOf<typeof WorkerActor>;
    let sent = 0;
    while (sent < 10_000 && back.slowNote(sent) === accepted) sent++;
    await world.of(b.system.stop(b.system.refOf(b.system.find(addressOf(ref).id)!)));
    await world.settle();
    it.release();
    await world.settle();
    expect(received).toHaveLength(1);
    expect(received[0]).toBeGreaterThanOrEqual(sent);
  });
});
