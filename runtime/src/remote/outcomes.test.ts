// Every outcome of an ask that goes to another node, and every reason.
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Outcome, RefIdentity, RefOf } from "../actors/index.ts";
import { addressOf, defineActor } from "../actors/index.ts";
import type { NodeId } from "../transport/index.ts";
import type { FarReply } from "./far-reply.ts";
import { type TestNode, World } from "./nodes.testing.ts";
import { Relay, RelayActor } from "./relay.testing.ts";
import { type Desk, desk, Worker, WorkerActor, workerDefinition } from "./worker.testing.ts";

type Ref = RefOf<typeof WorkerActor>;

let world: World;
let label: string;
let it: Desk;
let round = 0;

beforeEach(() => {
  world = new World();
  label = `outcomes ${round++}`;
  it = desk(label);
});

async function spawned(from: TestNode, on = "b", definition = WorkerActor): Promise<Ref> {
  const outcome = await world.of(spawn(from, on, label, definition));
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value as Ref;
}

function spawn(
  from: TestNode,
  on: string,
  arg: unknown = label,
  definition = WorkerActor,
): Promise<Outcome<RefIdentity>> {
  return from.remote.spawn(definition, [arg], { on }, undefined);
}

const bound = [WorkerActor.from(Worker)];

describe("ok", () => {
  test("an actor on another node answers like one that is near", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    expect(addressOf(ref)).toEqual({ node: "b:1#0000000000000001", id: 1, actor: "test/Worker" });
    expect(await world.of(ref.echo("hello"))).toEqual({ status: "ok", value: `${label}: hello` });
    expect(await world.of(ref.reset())).toEqual({ status: "ok", value: undefined });
    expect(await world.of(ref.reverse(new Uint8Array([1, 2])))).toEqual({
      status: "ok",
      value: new Uint8Array([2, 1]),
    });
  });

  test("tells arrive in order with asks", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    for (let i = 0; i < 10; i++) expect(ref.note(i)).toEqual({ status: "accepted" });
    await world.of(ref.echo("behind"));
    expect(it.seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("both nodes start actors at each other over one connection", async () => {
    const { a, b } = await world.pair(bound);
    const far = await spawned(a, "b");
    const back = await spawned(b, "a");
    expect((await world.of(far.echo("x"))).status).toBe("ok");
    expect((await world.of(back.echo("y"))).status).toBe("ok");
  });
});

describe("failed", () => {
  test("what a handler throws comes as name and message, and nothing else", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    expect(await world.of(ref.fail("broke"))).toEqual({
      status: "failed",
      error: { name: "TypeError", message: "broke" },
    });
  });

  test("a long message is cut, and half a surrogate pair replaced", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    const outcome = await world.of(ref.fail("half"));
    const message = outcome.status === "failed" ? outcome.error.message : "";
    expect(message).toBe("x\ufffd".repeat(512));
  });

  test("a result that does not fit its type is the handler's failure", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    expect(await world.of(ref.wrong())).toMatchObject({ status: "failed", error: { name: "EncodeError" } });
    expect(b.reports).toMatchObject([{ event: "answerLost", type: "test/Worker.wrong:reply" }]);
  });

  test("what a constructor throws is the outcome of the spawn", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    expect(await world.of(spawn(a, "b", "broken"))).toEqual({
      status: "failed",
      error: { name: "RangeError", message: "no such worker can be" },
    });
  });
});

describe("rejected", () => {
  test("noSuchActor: it has stopped", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    await world.of(b.system.stop(b.system.refOf(b.system.find(1)!)));
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
    ref.note(1);
    await world.settle();
    expect(b.remote.counters.deadLetters).toBe(2);
  });

  test("noSuchActor: there has never been one of that number", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = a.remote.refTo("test/Worker", a.nodeOf("b"), 77) as Ref;
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
  });

  test("noSuchActor: the handle is of another class than the actor", async () => {
    const { a } = await world.pair([WorkerActor, RelayActor], [...bound, RelayActor.from(Relay)]);
    await spawned(a);
    const ref = a.remote.refTo("test/Relay", a.nodeOf("b"), 1) as RefOf<typeof RelayActor>;
    expect(await world.of(ref.call(0))).toMatchObject({ status: "rejected", reason: "noSuchActor" });
  });

  test("stopped: it stops while the message waits", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const first = ref.wait("first");
    const second = ref.wait("second");
    await world.settle();
    void b.system.stop(b.system.refOf(b.system.find(1)!));
    expect(await world.of(second)).toMatchObject({ status: "rejected", reason: "stopped" });
    it.release();
    expect(await world.of(first)).toMatchObject({ status: "ok" });
  });

  test("mailboxFull: no room, and the method does not wait", async () => {
    const definition = workerDefinition({ mailboxMessages: 2 });
    const { a } = await world.pair([definition], [definition.from(Worker)]);
    const ref = await spawned(a, "b", definition);
    it.hold();
    const asks = [1, 2, 3, 4].map((i) => ref.strictWait(`${i}`));
    expect(await world.of(asks[3]!)).toMatchObject({ status: "rejected", reason: "mailboxFull" });
    it.release();
    expect(await world.of(asks[0]!)).toMatchObject({ status: "ok" });
  });

  test("notAuthorised: the node does not let this one start that actor, or cannot say whether", async () => {
    const asked: string[] = [];
    const accept = (peer: NodeId, actor: string): boolean => {
      asked.push(`${peer.host} ${actor}`);
      if (asked.length === 3) throw new Error("no answer");
      return asked.length === 1;
    };
    const a = await world.start("a", [WorkerActor]);
    const b = await world.start("b", bound, {}, { accept });
    await world.connect(a, b);
    expect(await world.of(spawn(a, "b"))).toMatchObject({ status: "ok" });
    for (let i = 0; i < 2; i++) {
      expect(await world.of(spawn(a, "b"))).toMatchObject({ status: "rejected", reason: "notAuthorised" });
    }
    expect(asked).toEqual(Array(3).fill("a test/Worker"));
    expect(b.remote.counters).toMatchObject({ spawned: 1, refused: 2 });
    expect(b.system.counters.actors).toBe(1);
    expect(b.reports).toMatchObject([
      { event: "acceptFailed", type: "test/Worker", text: "Error: no answer" },
    ]);
  });

  test("unsupported: the node knows the protocol, but not the class", async () => {
    const { a } = await world.pair([WorkerActor], [WorkerActor]);
    expect(await world.of(spawn(a, "b"))).toMatchObject({ status: "rejected", reason: "unsupported" });
    expect(await world.of(spawn(a, "a"))).toMatchObject({ status: "rejected", reason: "unsupported" });
  });
});

describe("notSent", () => {
  test("unreachable: no connection to that node", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = a.remote.refTo("test/Worker", { host: "c", port: 1, instance: 9n }, 1) as Ref;
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
    expect(ref.note(1).status).toBe("notSent");
    expect(a.remote.counters.notSent).toBe(1);
    expect(await world.of(spawn(a, "c"))).toMatchObject({ status: "notSent", reason: "unreachable" });
  });

  test("incompatible: the node has another version, and nobody knows that they fit", async () => {
    const other = workerDefinition({ fingerprint: "w2" });
    const { a } = await world.pair([WorkerActor], [other.from(Worker)]);
    expect(await world.of(spawn(a, "b"))).toMatchObject({ status: "notSent", reason: "incompatible" });
    const ref = a.remote.refTo("test/Worker", a.nodeOf("b"), 1) as Ref;
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "incompatible" });
    expect(ref.note(1).status).toBe("notSent");
  });

  test("incompatible: a method is another one there; the others and spawning go on", async () => {
    const version = (wait: string, count: number) =>
      defineActor({
        ...WorkerActor,
        fingerprint: `whole of ${count}, ${wait}`,
        args: { ...WorkerActor.args, fingerprint: "constructor" },
        methods: WorkerActor.methods
          .slice(0, count)
          .map((method) => ({ ...method, fingerprint: method.name === "wait" ? wait : method.name })),
      });
    const [older, newer] = [version("wait", 10), version("wait, changed", 11)];
    const { a } = await world.pair([older], [newer.from(Worker)]);
    const ref = await spawned(a, "b", older);
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "ok" });
    expect(await world.of(ref.wait("x"))).toMatchObject({ status: "notSent", reason: "incompatible" });
    expect(await world.of(ref.reset())).toMatchObject({ status: "ok" });
  });

  test("incompatible: the actor is not among those of this node", async () => {
    const { a } = await world.pair([], bound);
    expect(await world.of(spawn(a, "b"))).toMatchObject({ status: "notSent", reason: "incompatible" });
  });

  test("invalid: an argument does not fit its type", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    const wrong = "x" as unknown as number;
    expect(await world.of(ref.echo(wrong as unknown as string))).toMatchObject({ status: "ok" });
    expect(await world.of(ref.echo(1 as unknown as string))).toMatchObject({
      status: "notSent",
      reason: "invalid",
    });
    expect(ref.note(wrong).status).toBe("notSent");
    expect(a.reports).toMatchObject([{ event: "notSent", type: "test/Worker.note", reason: "invalid" }]);
    expect(await world.of(spawn(a, "b", 1))).toMatchObject({ status: "notSent", reason: "invalid" });
  });

  test("tooLong: longer than the node takes", async () => {
    const takes = { messageLengthMax: 100_000 };
    const { a } = await world.pair([WorkerActor], bound, { takes });
    const ref = await spawned(a);
    const outcome = await world.of(ref.reverse(new Uint8Array(200_000)));
    expect(outcome).toMatchObject({ status: "notSent", reason: "tooLong" });
  });

  test("overloaded: no credit, and the method does not wait", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    for (let i = 0; i < 512; i++) expect(ref.strict(i).status).toBe("accepted");
    expect(ref.strict(512).status).toBe("notSent");
    expect(await world.of(ref.strictWait("x"))).toMatchObject({ status: "notSent", reason: "overloaded" });
    it.release();
  });

  test("expired: its time was up while it waited for credit", async () => {
    const definition = workerDefinition({ mailboxMessages: 2 });
    const { a } = await world.pair([definition], [definition.from(Worker)]);
    const ref = await spawned(a, "b", definition);
    it.hold();
    for (let i = 0; i < 513; i++) ref.slowNote(i);
    const ask = ref.echo("late");
    await world.pass(5_100);
    expect(await world.of(ask)).toMatchObject({ status: "notSent", reason: "expired" });
    it.release();
  });

  test("expired: its time was up in the mailbox of the other node", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const first = ref.wait("first");
    const second = ref.wait("second") as unknown as FarReply;
    // As where the word that it has longer does not come through.
    second.extender = undefined;
    second.within(20_000);
    await world.settle();
    await world.pass(5_100);
    expect(await world.of(first)).toMatchObject({ status: "unknown", reason: "timeout" });
    expect(await world.of(second)).toMatchObject({ status: "notSent", reason: "expired" });
    expect(b.system.counters.expired).toBe(2);
    it.release();
  });
});

describe("unknown", () => {
  test("the time that a caller gives is the time that the handler has, also where it is longer than the method's", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x").within(60_000);
    await world.pass(30_000);
    expect(it.signals.map(({ aborted }) => aborted)).toEqual([false]);
    it.release();
    expect(await world.of(ask)).toEqual({ status: "ok", value: "x" });
  });

  test("so it is where the ask waits in its actor's mailbox, and where it has not gone out", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const first = ref.wait("first").within(60_000);
    const second = ref.wait("second").within(60_000);
    const short = ref.wait("short");
    await world.pass(30_000);
    it.release();
    expect(await world.of(first)).toEqual({ status: "ok", value: "first" });
    expect(await world.of(second)).toEqual({ status: "ok", value: "second" });
    expect(await world.of(short)).toMatchObject({ status: expect.stringMatching("notSent|unknown") });
    expect(it.seen).toEqual(["began first", "began second"]);
  });

  test("timeout: no answer in time; the handler is told, and a late answer vanishes and is counted", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x").within(100);
    await world.settle();
    await world.pass(200);
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "timeout" });
    expect(it.signals[0]?.aborted).toBe(true);
    it.release();
    await world.settle();
    expect((await world.of(ref.echo("on"))).status).toBe("ok");
  });

  test("timeout: a signal gives up the ask, and the handler's signal says so", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const controller = new AbortController();
    const ask = ref.wait("x").withSignal(controller.signal);
    await world.settle();
    controller.abort();
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "timeout" });
    await world.settle();
    expect(it.signals[0]?.aborted).toBe(true);
    it.release();
  });

  test("connectionLost: the lane broke after the message had gone out, and the same node is there again", async () => {
    const { a } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    world.breakStreams(a);
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "connectionLost" });
    expect(it.signals[0]?.aborted).toBe(true);
    it.release();
    await world.pass(1_000);
    expect(await world.of(ref.echo("again"))).toMatchObject({ status: "ok" });
  });

  test("nodeDied: nobody listens at its address any more", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    world.kill(b);
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "nodeDied" });
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
  });

  test("nodeDied: another start of the node is at its address, which nothing reaches that was meant for the old one", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    world.kill(b);
    const next = await world.start("b", bound, { instance: 2n });
    next.system.start(bound[0]!, [label]);
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "nodeDied" });
    await world.connect(a, next);
    it.release();
    it.seen.length = 0;
    ref.note(1);
    expect(await world.of(ref.echo("x"))).toMatchObject({ status: "notSent", reason: "unreachable" });
    await world.pass(1_000);
    expect(it.seen).toEqual([]);
    expect(next.remote.counters.received).toBe(0);
    const young = a.remote.refTo("test/Worker", a.nodeOf("b"), 1) as Ref;
    expect(await world.of(young.echo("x"))).toMatchObject({ status: "ok" });
  });

  test("nodeDied: the node has said goodbye", async () => {
    const { a, b } = await world.pair([WorkerActor], bound);
    const ref = await spawned(a);
    it.hold();
    const ask = ref.wait("x");
    await world.settle();
    void b.transport.close();
    expect(await world.of(ask)).toMatchObject({ status: "unknown", reason: "nodeDied" });
    it.release();
  });
});
