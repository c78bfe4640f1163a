// Actors of two nodes over real sockets.
import { afterEach, describe, expect, test } from "@jest/globals";
import { accepted, type Outcome, port } from "../actors/index.ts";
import { Referral, ReferralActor } from "../remote/referral.testing.ts";
import { desk, Worker, WorkerActor } from "../remote/worker.testing.ts";
import { Cluster, formatAddress, type JoinOptions, type NodeCluster } from "./index.ts";

const opened: NodeCluster[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((cluster) => cluster.close()));
});

async function join(name: string, options: JoinOptions = {}): Promise<NodeCluster> {
  const cluster = await Cluster.join({
    bind: "127.0.0.1:0",
    name,
    environment: {},
    log: () => {},
    profile: "local",
    control: false,
    pulse: false,
    actors: [WorkerActor.from(Worker)],
    ...options,
  });
  opened.push(cluster);
  return cluster;
}

/** Waits until a node is connected to these, and knows what they offer. */
async function connected(node: NodeCluster, names: readonly string[]): Promise<void> {
  const deadline = performance.now() + 10_000;
  const isThere = (name: string): boolean => {
    const member = node.member(name);
    return member?.status === "alive" && member.isConnected && member.actors.length > 0;
  };
  while (!names.every(isThere)) {
    if (performance.now() > deadline) throw new Error("the nodes do not find each other");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function two(options: JoinOptions = {}): Promise<readonly [NodeCluster, NodeCluster]> {
  const a = await join("a", options);
  const b = await join("b", { ...options, seeds: [formatAddress(a.address!)] });
  await connected(a, ["b"]);
  return [a, b];
}

function okOf<T>(outcome: Outcome<T>): T {
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe("actors of another process's node, on real sockets", () => {
  test("are started, asked and told; ten thousand tells arrive in order", async () => {
    const [a] = await two();
    const outcome = await a.spawn(WorkerActor, ["sockets"], { on: a.anyNode({ self: false }) });
    if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
    const ref = outcome.value;
    expect(await ref.echo("hello")).toEqual({ status: "ok", value: "sockets: hello" });
    for (let i = 0; i < 10_000; i++) {
      const told = ref.note(i);
      if (told.status !== "accepted") await told.ready();
    }
    await ref.echo("behind");
    expect(desk("sockets").seen).toEqual([...Array(10_000).keys()]);
    expect(ref.note(1)).toBe(accepted);
  });

  test("have unknown outcomes where their node closes without a goodbye of the cluster's", async () => {
    const [a, b] = await two();
    const outcome = await a.spawn(WorkerActor, ["closing"], { on: "b" });
    if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
    desk("closing").hold();
    const ask = outcome.value.wait("x");
    while (desk("closing").held === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await b.close();
    expect(await ask).toMatchObject({ status: "unknown", reason: "nodeDied" });
    desk("closing").release();
    expect(await outcome.value.echo("x")).toMatchObject({ status: "notSent", reason: "unreachable" });
  });

  test("megabytes and small messages to one actor stay in order", async () => {
    const [a] = await two();
    const outcome = await a.spawn(WorkerActor, ["large"], { on: "b" });
    if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
    const large = new Uint8Array(3_000_000).fill(7);
    const first = outcome.value.reverse(large);
    outcome.value.note(1);
    const reversed = await first;
    expect(reversed.status === "ok" && reversed.value.length).toBe(3_000_000);
    await outcome.value.echo("behind");
    expect(desk("large").seen).toEqual([1]);
  });

  test("are reached by handles that came over three nodes; those of before a restart reach nobody", async () => {
    const actors = [WorkerActor.from(Worker), ReferralActor.from(Referral)];
    const [a, b] = await two({ actors });
    const seeds = [formatAddress(a.address!)];
    const c = await join("c", { seeds, actors });
    await connected(a, ["b", "c"]);
    await connected(b, ["c"]);
    const atC = okOf(await a.spawn(WorkerActor, ["three"], { on: "c" }));
    const atB = okOf(await a.spawn(ReferralActor, ["b"], { on: "b" }));
    const own = a.spawn(WorkerActor, ["own"]);
    await atB.keep(own);
    expect(okOf(await atB.kept())[port]).toBe(own[port]);
    await atB.keep(atC);
    expect(await atB.call("x")).toEqual({ status: "ok", value: "three: x" });
    const home = okOf(await atB.kept());
    expect(await home.echo("y")).toEqual({ status: "ok", value: "three: y" });
    await c.close();
    const next = await join("c", { seeds, actors, bind: formatAddress(c.address!) });
    await connected(next, ["a", "b"]);
    next.spawn(WorkerActor, ["three again"]);
    expect(await home.echo("z")).toMatchObject({ status: "notSent", reason: "unreachable" });
    expect(await atB.call("z")).toEqual({ status: "ok", value: "notSent: unreachable" });
  });
});
