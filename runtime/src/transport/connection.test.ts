import { describe, expect, test } from "@jest/globals";
import { putString, putU8 } from "../codec/index.ts";
import type { Connection, ConnectionEvents, Loss } from "./connection.ts";
import { encodeFrame, frameKind } from "./frame.ts";
import { lingerMs, queuedBytesMax } from "./limits.ts";
import { configOf, Link } from "./linked-hosts.testing.ts";
import { textCodec } from "./sample-codecs.testing.ts";

const text = textCodec();
const other = textCodec("Other");

interface Side {
  readonly received: string[];
  readonly losses: Loss[];
  readonly events: ConnectionEvents;
  connection: Connection | undefined;
}

function side(more: ConnectionEvents = {}): Side {
  const it: Side = {
    received: [],
    losses: [],
    connection: undefined,
    events: {
      onOpen(connection) {
        it.connection = connection;
        connection.onMessage(text, (message) => it.received.push(message));
      },
      onLoss: (loss) => it.losses.push(loss),
      ...more,
    },
  };
  return it;
}

function open(more: { left?: ConnectionEvents; right?: ConnectionEvents; size?: number } = {}) {
  const left = side(more.left);
  const right = side(more.right);
  const types = [text, other];
  const link = new Link(
    { config: configOf(1, types), events: left.events },
    { config: configOf(2, types), events: right.events },
  );
  link.settle(more.size);
  return { link, left, right, dialler: left.connection!, acceptor: right.connection! };
}

describe("messages", () => {
  test.each([1, 3, 1000])("arrive in order, both ways, in pieces of %i bytes", (size) => {
    const { link, left, right, dialler, acceptor } = open({ size });
    const texts = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(i % 13));
    for (const each of texts) {
      expect(dialler.send(text, each)).toEqual({ status: "accepted" });
      expect(acceptor.send(text, `to you ${each}`)).toEqual({ status: "accepted" });
    }
    link.settle(size);
    expect(right.received).toEqual(texts);
    expect(left.received).toEqual(texts.map((each) => `to you ${each}`));
    expect(dialler.counters).toEqual({ sent: 50, notSent: 0, delivered: 50, lost: 0 });
  });

  test("sent when the session opens are not missed by a handler registered when it opens", () => {
    const left = side();
    const right = side({
      onOpen(connection) {
        for (const each of ["a", "b"]) connection.send(text, each);
      },
    });
    const link = new Link(
      { config: configOf(1, [text]), events: left.events },
      { config: configOf(2, [text]), events: right.events },
    );
    link.settle();
    expect(left.received).toEqual(["a", "b"]);
  });

  test("may be sent from within a handler, also to close", () => {
    const { link, left, acceptor } = open();
    acceptor.onMessage(text, (message) => {
      acceptor.send(text, `${message}!`);
      if (message === "stop") void acceptor.close();
    });
    for (const each of ["one", "stop", "never read"]) left.connection!.send(text, each);
    link.settle();
    expect(left.received).toEqual(["one!", "stop!"]);
  });

  test("of a type that nobody handles are counted and reported", () => {
    const { link, right, dialler, acceptor } = open();
    dialler.send(other, "lost");
    dialler.send(text, "found");
    link.settle();
    expect(right.losses).toEqual([{ type: "Other", reason: "noHandler" }]);
    expect(right.received).toEqual(["found"]);
    expect(acceptor.counters).toMatchObject({ delivered: 1, lost: 1 });
  });

  test("whose bytes are not of their type are reported with type and offset, and the next one arrives", () => {
    const { link, right, dialler } = open();
    const broken = textCodec("Text", { write: (w, p) => putU8(w, p, 1) });
    const long = textCodec("Text", { write: (w, p, value) => text.write(w, putString(w, p, ""), value, 0) });
    dialler.send(broken, "");
    dialler.send(long, "rest");
    dialler.send(text, "fine");
    link.settle();
    expect(right.losses).toMatchObject([
      { type: "Text", reason: "undecodable", error: { code: "wrongType", path: "Text", offset: 1 } },
      { type: "Text", reason: "undecodable", error: { code: "trailingBytes", offset: 2 } },
    ]);
    expect(right.losses[0]?.error?.message).toContain("Cannot decode Text: ");
    expect(right.received).toEqual(["fine"]);
  });

  test("whose handler throws are reported, and the next one arrives", () => {
    const errors: unknown[] = [];
    const { link, right, acceptor, dialler } = open({
      right: { onHandlerError: (...args) => errors.push(args) },
    });
    let calls = 0;
    right.connection ??= acceptor;
    link.right.connection!.onMessage(text, () => {
      if (++calls === 1) throw new RangeError("mine");
    });
    dialler.send(text, "a");
    dialler.send(text, "b");
    link.settle();
    expect(errors).toEqual([[new RangeError("mine"), "Text"]]);
    expect(calls).toBe(2);
  });

  test("whose handler throws surface as an uncaught exception where nobody listens", () => {
    const { link, acceptor, dialler } = open();
    acceptor.onMessage(text, () => {
      throw new RangeError("mine");
    });
    dialler.send(text, "a");
    expect(() => link.settle()).toThrow("mine");
  });
});

describe("a message is refused, before any byte goes out,", () => {
  test("where its type is incompatible; everything else goes on", () => {
    const left = side();
    const right = side();
    const newer = textCodec("Text", { fingerprint: "Text-2" });
    const link = new Link(
      {
        config: configOf(1, [newer, other]),
        events: { onOpen: (connection) => (left.connection = connection) },
      },
      { config: configOf(2, [text, other]), events: right.events },
    );
    link.settle();
    const dialler = left.connection!;
    right.connection!.onMessage(other, (message) => right.received.push(message));
    expect(dialler.send(newer, "no")).toEqual({
      status: "notSent",
      reason: "incompatible",
      text: "The peer cannot read this version of Text: ours is Text-2, its Text-1.",
    });
    expect(link.left.outgoingBytes).toBe(0);
    expect(dialler.send(other, "yes").status).toBe("accepted");
    link.settle();
    expect(right.received).toEqual(["yes"]);
    expect(dialler.termsOf(newer)).toMatchObject({ standing: "incompatible" });
    expect(dialler.counters).toMatchObject({ sent: 1, notSent: 1 });
  });

  test("where the peer has no such type, or this node was not given it", () => {
    const left = side();
    const link = new Link(
      { config: configOf(1, [text, other]), events: left.events },
      { config: configOf(2, [text]), events: {} },
    );
    link.settle();
    expect(left.connection!.send(other, "x")).toMatchObject({
      reason: "unknownType",
      text: "The peer has no type Other.",
    });
    expect(left.connection!.send(textCodec("New"), "x")).toMatchObject({
      reason: "unknownType",
      text: "New is not among the types of this node.",
    });
    expect(() => left.connection!.onMessage(textCodec("New"), () => {})).toThrow(
      "New is not among the types",
    );
  });

  test("where its value does not fit its type", () => {
    const { dialler } = open();
    expect(dialler.send(text, "\ud800")).toMatchObject({
      reason: "invalid",
      text: expect.stringContaining("Cannot encode Text"),
    });
  });

  test("where the peer takes no frame of that length", () => {
    const left = side();
    const link = new Link(
      { config: configOf(1, [text]), events: left.events },
      { config: configOf(2, [text], { frameLengthMax: 100 }), events: {} },
    );
    link.settle();
    expect(left.connection!.send(text, "x".repeat(100))).toMatchObject({ reason: "tooLong" });
    expect(left.connection!.send(text, "x".repeat(90)).status).toBe("accepted");
    link.settle();
    expect(link.right.gone).toBe(false);
  });

  test("where too much is waiting; ready() says when to go on, and nothing that was accepted is lost", async () => {
    const { link, right, dialler } = open();
    link.left.highWaterMark = 1;
    const large = "x".repeat(100_000);
    let acceptedCount = 0;
    while (dialler.send(text, large).status === "accepted") acceptedCount++;
    expect(dialler.send(text, "small")).toMatchObject({ status: "notSent", reason: "overloaded" });
    expect(acceptedCount * large.length).toBeLessThan(queuedBytesMax + 3 * large.length);
    let ready = false;
    void dialler.ready().then(() => {
      ready = true;
    });
    await Promise.resolve();
    expect(ready).toBe(false);
    link.settle();
    await Promise.resolve();
    expect(ready).toBe(true);
    expect(dialler.send(text, "after").status).toBe("accepted");
    link.settle();
    expect(right.received).toHaveLength(acceptedCount + 1);
    expect(right.received.at(-1)).toBe("after");
  });

  test("where the connection is closed, or closing", () => {
    const { dialler } = open();
    void dialler.close();
    expect(dialler.send(text, "late")).toMatchObject({ reason: "closed" });
  });
});

describe("the end", () => {
  test("comes behind everything that was sent, with a reason for both sides, and leaves no timer", async () => {
    const { link, right, dialler, acceptor } = open();
    dialler.send(text, "last words");
    const closed = dialler.close();
    link.settle();
    expect(right.received).toEqual(["last words"]);
    await expect(closed).resolves.toMatchObject({ by: "us", code: "closing" });
    await expect(acceptor.closed).resolves.toMatchObject({ by: "peer", code: "closing" });
    expect([link.left.timers, link.right.timers]).toEqual([0, 0]);
    await expect(dialler.close()).resolves.toMatchObject({ by: "us", code: "closing" });
    await expect(dialler.ready()).resolves.toBeUndefined();
  });

  test("comes as soon as a slow peer has taken everything", async () => {
    const { link, right, dialler } = open();
    link.left.highWaterMark = 1;
    for (let i = 0; i < 5; i++) dialler.send(text, "x".repeat(100_000));
    void dialler.close();
    link.settle();
    expect(right.received).toHaveLength(5);
    await expect(dialler.closed).resolves.toMatchObject({ by: "us", code: "closing" });
  });

  test("waits for a slow peer, but not for ever", async () => {
    const { link, dialler } = open();
    link.left.highWaterMark = 1;
    for (let i = 0; i < 5; i++) dialler.send(text, "x".repeat(100_000));
    void dialler.close();
    link.left.tick();
    expect(link.left.ended).toBe(false);
    link.left.advance(lingerMs);
    link.left.tick();
    expect(link.left.gone).toBe(true);
    await expect(dialler.closed).resolves.toMatchObject({ by: "us", code: "closing" });
  });

  test("wakes those that wait for room", async () => {
    const { link, dialler } = open();
    link.left.highWaterMark = 1;
    while (dialler.send(text, "x".repeat(100_000)).status === "accepted");
    const ready = dialler.ready();
    dialler.streamEnded();
    await expect(ready).resolves.toBeUndefined();
  });

  test("in the middle of a frame is told from one between frames", async () => {
    const cut = open();
    cut.acceptor.received(encodeFrame(frameKind.message, new Uint8Array(10)).subarray(0, 7));
    cut.acceptor.streamEnded();
    cut.link.settle();
    await expect(cut.acceptor.closed).resolves.toMatchObject({ by: "network", code: "cutOff" });
    const clean = open();
    clean.acceptor.streamEnded();
    clean.link.settle();
    await expect(clean.acceptor.closed).resolves.toMatchObject({ by: "network", code: "ended" });
  });

  test("by a message of a type that the peer may not send", async () => {
    for (const index of [[7], [0xc0], []]) {
      const { link, acceptor, dialler } = open();
      acceptor.received(encodeFrame(frameKind.message, new Uint8Array(index)));
      link.settle();
      await expect(acceptor.closed).resolves.toMatchObject({ by: "us", code: "malformed" });
      await expect(dialler.closed).resolves.toMatchObject({ by: "peer", code: "malformed" });
    }
  });

  test("a handshake that is not finished in time ends by its deadline", async () => {
    const { left } = new Link({ config: configOf(1, [text]) }, { config: configOf(2, [text]) });
    left.advance(4999);
    left.tick();
    expect(left.ended).toBe(false);
    left.advance(1);
    left.tick();
    left.advance(lingerMs);
    left.tick();
    await expect(left.connection!.closed).resolves.toMatchObject({ by: "us", code: "handshakeTimedOut" });
    expect(left.timers).toBe(0);
  });
});
