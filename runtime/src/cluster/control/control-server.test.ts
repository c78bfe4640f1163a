import { describe, expect, test } from "@jest/globals";
import type { Codec } from "../../codec/codec.ts";
import type { PeerEnd, SendOutcome } from "../../transport/index.ts";
import { type Asker, ControlServer } from "./control-server.ts";
import { memberReport, SampleNode } from "./controlled-node.testing.ts";
import type { ControlReply, ControlRequest, EventReport } from "./messages.ts";

/** One that keeps what it is sent, while there is room. */
class SampleAsker implements Asker {
  readonly heard: ControlReply[] = [];
  room = Infinity;
  #ready: (() => void)[] = [];
  #close: (end: PeerEnd) => void = () => {};
  readonly closed = new Promise<PeerEnd>((resolve) => {
    this.#close = resolve;
  });

  send<T>(_codec: Codec<T>, value: T): SendOutcome {
    if (this.room-- <= 0) return { status: "notSent", reason: "overloaded", text: "" };
    this.heard.push(value as ControlReply);
    return { status: "accepted" };
  }
  ready(): Promise<void> {
    return new Promise((resolve) => this.#ready.push(resolve));
  }
  async makeRoom(room: number): Promise<void> {
    this.room = room;
    for (const resolve of this.#ready.splice(0)) resolve();
    await settle();
  }
  async end(): Promise<void> {
    this.#close({ code: "left", text: "" });
    await settle();
  }
  get kinds(): readonly string[] {
    return this.heard.map(({ kind }) => kind);
  }
}

/** Everything that only waits for promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

function setUp() {
  const node = new SampleNode();
  return { node, server: new ControlServer(node), asker: new SampleAsker() };
}

const standDown: EventReport = { kind: "standDown", msAgo: 0 };

describe("control", () => {
  test("tells who answers, every member, what is counted, and that this was all", async () => {
    const { node, server, asker } = setUp();
    node.all = [node.all[0]!, memberReport({ name: "b" })];
    server.asked({ kind: "members", number: 7 }, asker, false);
    await settle();
    expect(asker.kinds).toEqual(["node", "member", "member", "counters", "done"]);
    expect(asker.heard.every(({ number }) => number === 7)).toBe(true);
  });

  test("waits for room, and stops for one that is gone", async () => {
    const { node, server, asker } = setUp();
    node.all = Array.from({ length: 100 }, () => memberReport());
    asker.room = 10;
    server.asked({ kind: "members", number: 1 }, asker, false);
    await settle();
    expect(asker.heard.length).toBe(10);
    await asker.makeRoom(Infinity);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(asker.kinds.at(-1)).toBe("done");
    expect(asker.heard.length).toBe(103);
  });

  test("tells the trail of each start of a member that is asked for, and of nobody else", async () => {
    const { node, server, asker } = setUp();
    const dead = memberReport({ name: "b", status: "dead", forMs: 5, node: { ...node.self, port: 1 } });
    node.all = [node.all[0]!, dead];
    node.trails = [{ msAgo: 5, status: "dead", incarnation: 0, evidence: "refused", accusers: [] }];
    server.asked({ kind: "why", number: 1, member: "b" }, asker, false);
    await settle();
    expect(asker.kinds).toEqual(["node", "member", "trail", "done"]);
    server.asked({ kind: "why", number: 2, member: "nobody" }, asker, false);
    await settle();
    expect(asker.heard.at(-1)).toMatchObject({ kind: "refused", number: 2, code: "unknownMember" });
    expect(server.counters).toEqual({ asked: 2, refused: 1 });
  });

  test("tells a watch what happens, how much it missed, and ends with its connection", async () => {
    const { node, server, asker } = setUp();
    server.asked({ kind: "watch", number: 1 }, asker, false);
    node.happen(standDown);
    expect(asker.heard).toEqual([{ kind: "event", number: 1, event: standDown }]);
    asker.room = 0;
    for (let count = 0; count < 1000; count++) node.happen(standDown);
    await asker.makeRoom(2);
    expect(asker.heard.slice(1)).toEqual([
      { kind: "event", number: 1, event: { kind: "missed", count: 1000 } },
    ]);
    await asker.end();
    expect(node.watchers).toBe(0);
  });

  test("has the node join and leave only for who may command", async () => {
    const commands: ControlRequest[] = [
      { kind: "join", number: 1, seeds: ["a:1"] },
      { kind: "leave", number: 2 },
      { kind: "drain", number: 3 },
    ];
    const stranger = setUp();
    for (const command of commands) stranger.server.asked(command, stranger.asker, false);
    await settle();
    expect(stranger.asker.heard).toMatchObject(Array(3).fill({ code: "forbidden" }));
    expect(stranger.node).toMatchObject({ joined: [], left: 0, drained: 0 });
    const owner = setUp();
    for (const command of commands) owner.server.asked(command, owner.asker, true);
    await settle();
    const kindsOf = (asked: number) =>
      owner.asker.heard.filter(({ number }) => number === asked).map(({ kind }) => kind);
    expect(kindsOf(1)).toEqual(["done"]);
    expect(kindsOf(2)).toEqual(["node", "leaving", "leaving", "done"]);
    expect(kindsOf(3)).toEqual(["node", "draining", "drained", "done"]);
    expect(owner.asker.heard).toContainEqual({
      kind: "drained",
      number: 3,
      handedOver: 3,
      remaining: 0,
      actors: 1,
    });
    expect(owner.node).toMatchObject({ joined: ["a:1"], left: 1, drained: 1 });
  });

  test("refuses seeds that are none, too many, or too long", async () => {
    const { node, server, asker } = setUp();
    node.joins = () => Promise.reject(new TypeError("'x' is no seed"));
    for (const seeds of [["x"], Array.from({ length: 65 }, () => "a:1"), ["x".repeat(301)]]) {
      server.asked({ kind: "join", number: 1, seeds }, asker, true);
    }
    await settle();
    expect(asker.heard.length).toBe(3);
    for (const reply of asker.heard) expect(reply).toMatchObject({ kind: "refused", code: "badSeeds" });
  });

  test("answers no more than a few questions of a peer at a time", async () => {
    const { server, asker } = setUp();
    asker.room = 0;
    for (let number = 0; number < 8; number++) server.asked({ kind: "members", number }, asker, false);
    await asker.makeRoom(1);
    asker.room = 1;
    server.asked({ kind: "members", number: 99 }, asker, false);
    await settle();
    expect(asker.heard.at(-1)).toMatchObject({ kind: "refused", number: 99, code: "tooMany" });
    await asker.makeRoom(Infinity);
    await asker.makeRoom(Infinity);
    await server.settled();
    server.asked({ kind: "members", number: 100 }, asker, false);
    await settle();
    expect(asker.heard.at(-1)).toEqual({ kind: "done", number: 100 });
  });

  test("a watch counts as a question until its connection ends", async () => {
    const { node, server, asker } = setUp();
    for (let number = 0; number < 20; number++) server.asked({ kind: "watch", number }, asker, false);
    expect(node.watchers).toBe(8);
    await asker.end();
    expect(node.watchers).toBe(0);
  });
});
