// Handles that travel in messages between nodes.
import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  type ActorContext,
  ActorHandle,
  addressOf,
  defineLocalActor,
  port,
  type RefIdentity,
  type RefOf,
  type Signal,
  sameActor,
  signalled,
} from "../actors/index.ts";
import { unboundPort } from "../actors/unbound.ts";
import { formatNodeId } from "../transport/index.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import { PeerRefs, type PortFinder } from "./peer-refs.ts";
import { Referral, ReferralActor } from "./referral.testing.ts";
import { desk, Worker, WorkerActor } from "./worker.testing.ts";

type WorkerRef = RefOf<typeof WorkerActor>;
type ReferralRef = RefOf<typeof ReferralActor>;

let world: World;
let label: string;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `handles ${round++}`;
});

const bound = [WorkerActor.from(Worker), ReferralActor.from(Referral)];

async function three(): Promise<{ a: TestNode; b: TestNode; c: TestNode }> {
  const { a, b } = await world.pair(bound);
  const c = await world.start("c", bound);
  await world.connect(a, c);
  await world.connect(b, c);
  return { a, b, c };
}

/** A referral of another node, by a handle of `of`. */
async function referral(of: TestNode, on: string): Promise<ReferralRef> {
  const outcome = await world.of(of.remote.spawn(ReferralActor, [label], { on }, undefined));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as ReferralRef;
}

async function workerAt(of: TestNode, on: string): Promise<WorkerRef> {
  const outcome = await world.of(of.remote.spawn(WorkerActor, [label], { on }, undefined));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as WorkerRef;
}

async function kept(by: ReferralRef): Promise<WorkerRef> {
  const outcome = await world.of(by.kept());
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe("a handle in a message", () => {
  test("leads from the node of its reader to its actor, wherever that is", async () => {
    const { a, b, c } = await three();
    const atC = await workerAt(b, "c");
    const toB = await referral(a, "b");
    const here = a.system.spawn(WorkerActor, [`${label} here`]);
    expect(await world.of(toB.keep(here))).toMatchObject({ status: "ok" });
    expect(await world.of(toB.call("x"))).toEqual({ status: "ok", value: `${label} here: x` });
    expect(addressOf(atC).node).toBe(c.remote.selfKey);
  });

  test("leads there over three hops too, from one node to the next and back", async () => {
    const { a, b, c } = await three();
    const atB = await referral(a, "b");
    const atCByB = await referral(b, "c");
    const atCByA = await referral(a, "c");
    const worker = await workerAt(a, "c");
    // A gives B a handle of C's actor; B gives it to C, where it is near; C gives it to A.
    await world.of(atB.keep(worker));
    expect(await world.of(atB.call("by b"))).toEqual({ status: "ok", value: `${label}: by b` });
    expect(sameActor(atCByA, atCByB)).toBe(false);
    expect(await world.of(atB.passOn(atCByA))).toEqual({ status: "ok", value: "ok" });
    expect(await world.of(atCByA.call("by c"))).toEqual({ status: "ok", value: `${label}: by c` });
    const home = await kept(atCByA);
    expect(sameActor(home, worker)).toBe(true);
    expect(await world.of(home.echo("by a"))).toEqual({ status: "ok", value: `${label}: by a` });
    expect(c.remote.counters.received).toBeGreaterThan(0);
  });

  test("is the local one where its actor is of its reader's node", async () => {
    const { a } = await three();
    const own = a.system.spawn(WorkerActor, [label]);
    const atB = await referral(a, "b");
    await world.of(atB.keep(own));
    const home = await kept(atB);
    expect(home[port]).toBe(own[port]);
  });

  test("of an own actor that has ended is answered as near by", async () => {
    const { a } = await three();
    const own = a.system.spawn(WorkerActor, [label]);
    const atB = await referral(a, "b");
    await world.of(atB.keep(own));
    await world.of(a.system.stop(own));
    const home = await kept(atB);
    expect(await world.of(home.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
    expect(home.note(1).status).toBe("notSent");
    expect(a.system.counters.deadLetters).toBe(2);
    const told: unknown[] = [];
    a.system.watch(home, (down) => told.push(down));
    expect(told).toEqual([{ reason: "neverExisted" }]);
  });

  test("of another kind of actor than the one of that id is answered as if there were none", async () => {
    const { a, b } = await three();
    const atB = await referral(a, "b");
    const forged = b.remote.refTo("test/Worker", a.transport.node, 1)!;
    a.system.spawn(ReferralActor, [label]);
    await world.of(atB.keep(forged as WorkerRef));
    const home = await kept(atB);
    expect(await world.of(home.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
  });

  test("of before a restart reaches nobody of the new instance, although the ids are the same", async () => {
    const { a, c } = await three();
    const old = await workerAt(a, "c");
    const atB = await referral(a, "b");
    await world.of(atB.keep(old));
    world.kill(c);
    await world.pass(1000);
    const next = await world.start("c", bound, { instance: 2n });
    await world.connect(next, world.nodes[1]!);
    await world.connect(next, a);
    const fresh = next.system.spawn(WorkerActor, [`${label} new`]);
    expect(addressOf(fresh).id).toBe(addressOf(old).id);
    const home = await kept(atB);
    const atNext = await referral(a, "c");
    for (const given of [old, home]) {
      expect(await world.of(given.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
      await world.of(atNext.keep(given));
      expect(await world.of(atNext.call("x"))).toEqual({ status: "ok", value: "notSent: unreachable" });
    }
    expect(desk(`${label} new`).seen).toEqual([]);
  });

  test("of an actor that the reader was not given is kept, handed on, and refused where it is used", async () => {
    const { a, b } = await world.pair(bound, [ReferralActor.from(Referral)]);
    const own = a.system.spawn(WorkerActor, [label]);
    const atB = await referral(a, "b");
    await world.of(atB.keep(own));
    expect(await world.of(atB.call("x"))).toEqual({ status: "ok", value: "notSent: incompatible" });
    expect((await kept(atB))[port]).toBe(own[port]);
    expect(b.remote.counters.notSent).toBe(1);
  });

  test("is known by its address: to watch by another handle what is watched changes nothing", async () => {
    const { a } = await three();
    const worker = await workerAt(a, "c");
    const atB = await referral(a, "b");
    await world.of(atB.keep(worker));
    const again = await kept(atB);
    const signals: Signal[] = [];
    class Lookout {
      constructor(context: ActorContext, refs: readonly RefIdentity[]) {
        for (const ref of refs) context.watch(ref);
      }
      [signalled](signal: Signal): void {
        signals.push(signal);
      }
    }
    class LookoutHandle extends ActorHandle {}
    const definition = { name: "test/Lookout", handle: LookoutHandle, methods: [] };
    const lookout = defineLocalActor<Lookout, readonly [refs: readonly RefIdentity[]]>(definition);
    a.system.spawn(lookout.from(Lookout), [[worker, again]]);
    await world.settle();
    await world.of(worker.fail("no"));
    await world.pass(10);
    expect(signals.map(({ signal }) => signal)).toEqual(["down"]);
  });
});

describe("an address in a message", () => {
  const here = { host: "a", port: 1, instance: 1n };
  const found: unknown[] = [];
  const finder: PortFinder = {
    portTo(name, node, actor) {
      found.push([name, formatNodeId(node), actor]);
      return unboundPort({ actor: name, id: actor });
    },
  };

  test("without a node is one of the node that wrote it", () => {
    const refs = new PeerRefs(finder, here);
    refs.portTo({ actor: "x/X", id: 3 });
    refs.portTo({ actor: "x/X", id: 4, node: "b:2#0000000000000002" });
    expect(found.splice(0)).toEqual([
      ["x/X", "a:1#0000000000000001", 3],
      ["x/X", "b:2#0000000000000002", 4],
    ]);
  });

  test("with what is no node's name leads nowhere", async () => {
    const refs = new PeerRefs(finder, here);
    for (const node of ["", "b", "b:2", "b:2#2"]) {
      const to = refs.portTo({ actor: "x/X", id: 3, node });
      expect(await to.ask(0, [])).toMatchObject({ status: "notSent", reason: "unbound" });
      expect(to.address).toEqual({ actor: "x/X", id: 3, node });
    }
    expect(found).toEqual([]);
  });
});
