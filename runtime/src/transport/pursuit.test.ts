// What becomes of the wish for a node that another start of it has taken the place of.

import { expect, test } from "@jest/globals";
import { parseAddress } from "./address.ts";
import { node, type Pair, pair, type TestNode } from "./nodes.testing.ts";

const atB = { host: "b", port: 1 };
const minute = 60_000;

/** The machine that a node runs on is gone, and with it what others had open with it. */
function powerOff(one: Pair, { host }: TestNode): void {
  one.network.unlisten({ host: host.name.slice(0, 1), port: 1 });
  host.isCutOff = true;
  for (const stream of host.streams) {
    stream.peer?.fail({ code: "reset", text: "gone" });
    stream.isGone = true;
  }
}

function start(one: Pair, instance: bigint): Promise<TestNode> {
  return node(one.network, "b", { instance, host: one.network.host(`b${instance}`), listen: atB });
}

function instances({ transport }: TestNode): readonly bigint[] {
  return transport.peers.filter(({ isConnected }) => isConnected).map(({ node }) => node.instance);
}

/** Lets things happen until the first start of `b` is known to have been replaced, and no further. */
function untilReplaced({ network, a }: Pair): void {
  for (let events = 0; !a.log.includes("over b#1: replaced"); events++) {
    expect(events).toBeLessThan(1000);
    network.tick();
    const [queue] = network.choices();
    if (queue !== undefined) network.happen(queue);
  }
}

test("whoever connected to the old start connects to each that comes after it, without being asked", async () => {
  const one = await pair();
  let last = one.b;
  for (const instance of [2n, 3n, 4n]) {
    powerOff(one, last);
    last = await start(one, instance);
    await one.network.advance(minute);
    expect(instances(one.a)).toEqual([instance]);
  }
  // As one that was connected to, it is dialled as long as it takes.
  powerOff(one, last);
  await one.network.advance(5 * minute);
  last = await start(one, 5n);
  await one.network.advance(minute);
  expect(instances(one.a)).toEqual([5n]);
});

test("it does so where the next start is gone again before its handshake is done", async () => {
  const one = await pair();
  powerOff(one, one.b);
  const second = await start(one, 2n);
  untilReplaced(one);
  powerOff(one, second);
  await one.network.advance(minute);
  expect(instances(one.a)).toEqual([]);
  await start(one, 3n);
  await one.network.advance(minute);
  expect(instances(one.a)).toEqual([3n]);
});

test("it does so where the next start came by another name, or was the first to dial", async () => {
  const one = await pair();
  powerOff(one, one.b);
  const second = await start(one, 2n);
  const dialling = second.transport.connect({ host: "a", port: 1 });
  await one.network.advance(minute);
  expect((await dialling).status).toBe("connected");
  powerOff(one, second);
  await one.network.advance(minute);
  await start(one, 3n);
  await one.network.advance(minute);
  expect(instances(one.a)).toEqual([3n]);
});

test("who never asked for the old start does not ask for the next one", async () => {
  const one = await pair();
  const dials = one.b.host.streams.length;
  powerOff(one, one.a);
  const again = await node(one.network, "a", { instance: 2n, host: one.network.host("a2") });
  const connecting = again.transport.connect(parseAddress("b:1"));
  await one.network.advance(minute);
  expect((await connecting).status).toBe("connected");
  const atB = one.b.host.streams.length;
  powerOff(one, again);
  await one.network.advance(minute);
  expect(one.b.ends.map(({ code }) => code)).toEqual(["replaced", "lost"]);
  expect(atB).toBeGreaterThan(dials);
});

test("the old peer's want(false) ends it", async () => {
  const one = await pair();
  powerOff(one, one.b);
  const second = await start(one, 2n);
  untilReplaced(one);
  powerOff(one, second);
  await one.network.advance(minute);
  one.atA.want(false);
  await one.network.advance(minute);
  const dials = one.a.host.streams.length;
  await start(one, 3n);
  await one.network.advance(5 * minute);
  expect(one.a.host.streams.length).toBe(dials);
});
