import { beforeEach, expect, test } from "@jest/globals";
import { accepted, addressOf, type RefOf } from "../actors/index.ts";
import { creditMessages, creditMessagesFirst, heldWaitingMax, hopsMax } from "./limits.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import { nextOf, Relay, RelayActor } from "./relay.testing.ts";
import { desk, Worker, WorkerActor } from "./worker.testing.ts";

const bound = [WorkerActor.from(Worker), RelayActor.from(Relay)];

let world: World;
let label: string;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `limits ${round++}`;
  nextOf.clear();
});

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

test("a node is at most so far ahead of an actor", async () => {
  const { a, b } = await world.pair(bound);
  const ref = await spawned(a, "b", WorkerActor);
  desk(label).hold();
  for (let sent = 0; sent < 8_000; sent++) {
    ref.slowNote(sent);
    if (sent % 100 === 99) await world.network.settled();
  }
  const { count, terms } = b.system.find(1)!;
  const half = terms.mailboxMessages / 2;
  expect(count).toBeGreaterThan(half);
  expect(count).toBeLessThanOrEqual(half + creditMessages);
  desk(label).release();
});

test("so many wait for the credit of one actor, and no more", async () => {
  const { a } = await world.pair(bound);
  const ref = await spawned(a, "b", WorkerActor);
  desk(label).hold();
  for (let i = 0; i < creditMessagesFirst; i++) expect(ref.slowNote(i)).toBe(accepted);
  for (let i = 0; i < heldWaitingMax; i++) {
    const told = ref.slowNote(i);
    if (told.status !== "accepted") void told.ready();
  }
  expect(ref.slowNote(0).status).toBe("notSent");
  expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "overloaded" });
});

test("a circle over nodes is found among so many actors, and beyond them ends when its time is up", async () => {
  const { a, b } = await world.pair(bound);
  /** Relays by turns on the two nodes, the last of which asks the first. */
  const circle = async (size: number): Promise<RefOf<typeof RelayActor>> => {
    const refs: RefOf<typeof RelayActor>[] = [];
    for (let i = 0; i < size; i++) {
      refs.push(await spawned(a, i % 2 === 0 ? "a" : "b", RelayActor, `${size} ${i}`));
    }
    for (let i = 0; i < size; i++) {
      const next = refs[(i + 1) % size]!;
      // Of the node that asks.
      const at = i % 2 === 0 ? a : b;
      const { node = "", id } = addressOf(next);
      const nodeId = node.startsWith("a") ? a.transport.node : b.transport.node;
      nextOf.set(`${size} ${i}`, at.remote.refTo("test/Relay", nodeId, id) as typeof next);
    }
    return refs[0]!;
  };
  const small = await circle(hopsMax);
  expect(await world.of(small.call(100))).toMatchObject({ value: expect.stringContaining("cycle") });
  const large = await circle(hopsMax + 4);
  const ask = large.call(100);
  await world.pass(6_000);
  expect(await world.of(ask)).not.toMatchObject({ value: expect.stringContaining("cycle") });
});
