// Messages between two nodes: what arrives, what is refused, and what may wait where.

import { describe, expect, test } from "@jest/globals";
import { putString, putU8 } from "../codec/index.ts";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { bodyFirstBytes, chunkBytes, lingerMs, pingIntervalMs, queuedBytesMax } from "./limits.ts";
import type { MemoryStream } from "./memory-network.testing.ts";
import { node, other, pair, type TestNode, text } from "./nodes.testing.ts";
import { textCodec } from "./sample-codecs.testing.ts";

function userStream({ host }: TestNode): MemoryStream {
  return host.streams.filter(({ isEnded }) => !isEnded)[1]!;
}

/** The frames that were ever written to a stream: kind and body. */
function framesOn(stream: MemoryStream): { kind: number; body: Uint8Array }[] {
  const decoder = new FrameDecoder(1 << 24);
  const frames: { kind: number; body: Uint8Array }[] = [];
  for (const bytes of stream.written) {
    decoder.push(bytes);
    while (decoder.next()) {
      frames.push({ kind: decoder.kind, body: decoder.bytes.slice(decoder.start, decoder.end) });
    }
  }
  return frames;
}

describe("messages", () => {
  test.each([1, 3, 1000])("arrive in order, both ways, in pieces of %i bytes", async (pieceBytes) => {
    const { network, a, b, atA, atB } = await pair();
    a.host.pieceBytes = pieceBytes;
    b.host.pieceBytes = pieceBytes;
    const texts = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(i % 13));
    for (const each of texts) {
      expect(atA.send(text, each)).toEqual({ status: "accepted" });
      expect(atB.send(text, `to you ${each}`)).toEqual({ status: "accepted" });
    }
    await network.settled();
    expect(b.received).toEqual(texts);
    expect(a.received).toEqual(texts.map((each) => `to you ${each}`));
    expect(atA.counters).toMatchObject({ sent: 50, notSent: 0, delivered: 50, lost: 0 });
  });

  test("never come before their peer, also those that are sent as soon as it is there", async () => {
    const log: string[] = [];
    const { network, b } = await pair({
      onPeer(peer) {
        for (const each of ["a", "b"]) expect(peer.send(text, each).status).toBe("accepted");
      },
    });
    b.transport.onMessage(text, (message, peer) => log.push(`${message} from ${peer.node.host}`));
    await network.settled();
    expect(b.received).toEqual(["a", "b"]);
    expect(b.log).toEqual(["peer a#1"]);
  });

  test("may be sent from within a handler, also the last ones", async () => {
    const { network, a, b, atA } = await pair();
    b.transport.onMessage(text, (message, peer) => {
      peer.send(text, `${message}!`);
      if (message === "stop") void peer.close();
    });
    for (const each of ["one", "stop", "never answered"]) atA.send(text, each);
    await network.settled();
    expect(a.received).toEqual(["one!", "stop!"]);
  });

  test("of a type that nobody handles are counted and reported", async () => {
    const { network, b, atA, atB } = await pair();
    atA.send(other, "lost");
    atA.send(text, "found");
    await network.settled();
    expect(b.losses).toEqual([{ type: "Other", reason: "noHandler" }]);
    expect(b.received).toEqual(["found"]);
    expect(atB.counters).toMatchObject({ delivered: 1, lost: 1 });
  });

  test("whose bytes are not of their type are reported with type and offset, and the next one arrives", async () => {
    const { network, b, atA } = await pair();
    const broken = textCodec("Text", { write: (w, p) => putU8(w, p, 1) });
    const long = textCodec("Text", { write: (w, p, value) => text.write(w, putString(w, p, ""), value, 0) });
    atA.send(broken, "");
    atA.send(long, "rest");
    atA.send(text, "fine");
    await network.settled();
    expect(b.losses).toMatchObject([
      { type: "Text", reason: "undecodable", error: { code: "wrongType", path: "Text", offset: 1 } },
      { type: "Text", reason: "undecodable", error: { code: "trailingBytes", offset: 2 } },
    ]);
    expect(b.losses[0]?.error?.message).toContain("Cannot decode Text: ");
    expect(b.received).toEqual(["fine"]);
  });

  test("whose handler throws are reported, and the next one arrives", async () => {
    const errors: unknown[] = [];
    const { network, b, atA } = await pair(
      {},
      { onHandlerError: (error, type) => errors.push([error, type]) },
    );
    let calls = 0;
    b.transport.onMessage(text, () => {
      if (++calls === 1) throw new RangeError("mine");
    });
    atA.send(text, "a");
    atA.send(text, "b");
    await network.settled();
    expect(errors).toEqual([[new RangeError("mine"), "Text"]]);
    expect(calls).toBe(2);
  });

  test("whose handler throws surface as an uncaught exception where nobody listens", async () => {
    const { network, b, atA } = await pair();
    b.transport.onMessage(text, () => {
      throw new RangeError("mine");
    });
    atA.send(text, "a");
    expect(() => network.settle()).toThrow("mine");
  });

  test("of a type that the peer may not send end the peer", async () => {
    const { network, a, b } = await pair();
    // The index of no type; written past the transport, which would not do it.
    userStream(a).write(new Uint8Array([0, 0, 0, 2, frameKind.message, 7]));
    await network.settled();
    expect(b.ends).toMatchObject([{ code: "failed", reason: { by: "us", code: "malformed" } }]);
    expect(a.ends).toMatchObject([{ code: "failed" }]);
  });
});

describe("a message is refused, before any byte goes out,", () => {
  test("where its type is incompatible; everything else goes on", async () => {
    const newer = textCodec("Text", { fingerprint: "Text-2" });
    const { network, a, b, atA } = await pair({ types: [newer, other] });
    const written = userStream(a).written.length;
    expect(atA.send(newer, "no")).toEqual({
      status: "notSent",
      reason: "incompatible",
      text: "The peer cannot read this version of Text: ours is Text-2, its Text-1.",
    });
    await network.settled();
    expect(userStream(a).written.length).toBe(written);
    expect(atA.send(other, "yes").status).toBe("accepted");
    await network.settled();
    expect(b.losses).toEqual([{ type: "Other", reason: "noHandler" }]);
    expect(atA.termsOf(newer)).toMatchObject({ standing: "incompatible" });
    expect(atA.counters).toMatchObject({ sent: 1, notSent: 1 });
  });

  test("where the peer has no such type, or this node was not given it", async () => {
    const { a, atA } = await pair({}, { types: [text] });
    expect(atA.send(other, "x")).toMatchObject({
      reason: "unknownType",
      text: "The peer has no type Other.",
    });
    const unknown = textCodec("New");
    expect(atA.send(unknown, "x")).toMatchObject({
      reason: "unknownType",
      text: "New is not among the types of this node.",
    });
    expect(() => a.transport.onMessage(unknown, () => {})).toThrow("New is not among the types");
  });

  test("where its value does not fit its type", async () => {
    const { atA } = await pair();
    expect(atA.send(text, "\ud800")).toMatchObject({
      reason: "invalid",
      text: expect.stringContaining("Cannot encode Text"),
    });
  });

  test("where the peer takes none of that length; the control lane takes short ones alone", async () => {
    const { network, b, atA } = await pair({}, { takes: { messageLengthMax: 100_000 } });
    expect(atA.send(text, "x".repeat(100_000))).toMatchObject({ reason: "tooLong" });
    expect(atA.send(text, "x".repeat(99_000)).status).toBe("accepted");
    expect(atA.sendControl(text, "x".repeat(chunkBytes))).toMatchObject({ reason: "tooLong" });
    expect(atA.sendControl(text, "x".repeat(chunkBytes - 10)).status).toBe("accepted");
    await network.settled();
    expect(b.received.map(({ length }) => length).sort()).toEqual([chunkBytes - 10, 99_000]);
  });

  test.each([
    ["the socket takes nothing", 1, undefined],
    ["no credit is left", Number.POSITIVE_INFINITY, { windowBytes: 1000 }],
  ])(
    "where too much waits because %s; ready() says when to go on, and nothing is lost",
    async (_, mark, takes) => {
      const { network, a, b, atA, atB } = await pair({}, takes === undefined ? {} : { takes });
      a.host.highWaterMark = mark;
      if (takes !== undefined) atB.pause();
      const message = "x".repeat(10_000);
      let count = 0;
      while (atA.send(text, message).status === "accepted") count++;
      expect(atA.send(text, "small")).toMatchObject({ status: "notSent", reason: "overloaded" });
      expect(count * message.length).toBeLessThan(queuedBytesMax + 200_000);
      let ready = false;
      void atA.ready().then(() => {
        ready = true;
      });
      await Promise.resolve();
      expect(ready).toBe(false);
      if (takes !== undefined) {
        await network.settled();
        expect(ready).toBe(false);
        atB.resume();
      }
      await network.settled();
      expect(ready).toBe(true);
      expect(atA.send(text, "after").status).toBe("accepted");
      await network.settled();
      expect(b.received).toHaveLength(count + 1);
      expect(b.received.at(-1)).toBe("after");
      a.host.highWaterMark = Number.POSITIVE_INFINITY;
    },
  );
});

describe("a long message", () => {
  test.each([chunkBytes - 3, chunkBytes, 5 * chunkBytes + 1, 3_000_000])(
    "of %i bytes arrives whole",
    async (n) => {
      const { network, a, b, atA } = await pair();
      const long = `begin${"x".repeat(n - 8)}end`;
      for (const each of ["before", long, "after"]) expect(atA.send(text, each).status).toBe("accepted");
      await network.settled();
      expect(b.received.map((each) => each.length)).toEqual(["before".length, n, "after".length]);
      expect(b.received[1] === long).toBe(true);
      const longest = Math.max(...framesOn(userStream(a)).map(({ body }) => body.length));
      expect(longest).toBeLessThanOrEqual(chunkBytes + 8);
    },
  );

  test("arrives though it is longer than the window, also where a grant lets a single frame go", async () => {
    for (const windowBytes of [1, 40_000]) {
      const { network, b, atA } = await pair({}, { takes: { windowBytes, windowMessages: 2 } });
      const messages = Array.from({ length: 6 }, (_, i) => `${i}`.repeat(150_000));
      for (const [i, each] of messages.entries()) atA.send(text, each, i % 2);
      await network.settled();
      expect([...b.received].sort().map((each) => `${each[0]} ${each.length}`)).toEqual(
        messages.map((each) => `${each[0]} ${each.length}`),
      );
      expect(atA.counters.notSent).toBe(0);
    }
  });

  test("of up to four chunks goes out at once where nothing takes turns", async () => {
    const { network, a, b, atA } = await pair();
    for (const pair of [1, 2, 3]) atA.send(text, `${pair} ${"x".repeat(40_000)}`, pair);
    await network.settled();
    expect(b.received.map((each) => each[0])).toEqual(["1", "2", "3"]);
    const kinds = framesOn(userStream(a)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind >= frameKind.chunkBegin)).toEqual(
      [1, 2, 3].flatMap(() => [frameKind.chunkBegin, frameKind.chunkEnd]),
    );
  });

  test("lets messages of other pairs pass, but none of its own", async () => {
    const { network, a, b, atA } = await pair();
    a.host.highWaterMark = 1;
    atA.send(text, `1 ${"x".repeat(10 * chunkBytes)}`, 1);
    atA.send(text, "1 small", 1);
    atA.send(text, `2 ${"x".repeat(3 * chunkBytes)}`, 2);
    atA.send(text, "3 small", 3);
    await network.settled();
    expect(b.received.map((each) => each.slice(0, 7))).toEqual(["3 small", "2 xxxxx", "1 xxxxx", "1 small"]);
    const streams = framesOn(userStream(a))
      .filter(({ kind }) => kind >= frameKind.chunkBegin)
      .map(({ body }) => body[3]);
    // The first batch went at once, before there was a second pair.
    expect(streams.slice(2, 8)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  test("that never comes whole costs what came of it, not what it declared", async () => {
    const { network, a, b } = await pair();
    const begin = new Uint8Array([0, 0, 0, 10, frameKind.chunkBegin, 0, 0, 0, 9, 0, 255, 255, 255, 1]);
    userStream(a).write(begin);
    await network.settled();
    expect(b.ends).toEqual([]);
    expect(bodyFirstBytes).toBeLessThan(0xffffff);
  });

  test("in chunks that make none ends the peer", async () => {
    const { network, a, b } = await pair();
    userStream(a).write(new Uint8Array([0, 0, 0, 6, frameKind.chunk, 0, 0, 0, 9, 1]));
    await network.settled();
    expect(b.ends).toMatchObject([{ code: "failed", reason: { by: "us", code: "chunksMixedUp" } }]);
  });
});

describe("credit", () => {
  const takes = { windowMessages: 8, windowBytes: 1 << 20 };

  test("lets no more wait at a reader that pauses than was granted, and nothing is lost or moved", async () => {
    const { network, a, b, atA, atB } = await pair({}, { takes });
    atB.pause();
    const texts = Array.from({ length: 50 }, (_, i) => `${i}`);
    for (const each of texts) expect(atA.send(text, each).status).toBe("accepted");
    await network.advance(10 * pingIntervalMs);
    expect(b.received).toEqual([]);
    expect(framesOn(userStream(a)).filter(({ kind }) => kind === frameKind.message)).toHaveLength(8);
    // A paused reader is not a dead one.
    expect([a.log, b.log]).toEqual([["peer b#1"], ["peer a#1"]]);
    atB.resume();
    await network.settled();
    expect(b.received).toEqual(texts);
  });

  test("bounds long messages at a reader that pauses too", async () => {
    const bytes = { windowMessages: 1000, windowBytes: 200_000, messageLengthMax: 100_000 };
    const { network, a, b, atA, atB } = await pair({}, { takes: bytes });
    atB.pause();
    for (let i = 0; i < 10; i++)
      expect(atA.send(text, `${i % 10}`.repeat(90_000), i % 4).status).toBe("accepted");
    await network.settled();
    const sum = framesOn(userStream(a)).reduce((total, { body }) => total + body.length, 0);
    expect(sum).toBeLessThan(200_000 + chunkBytes + 1000);
    atB.resume();
    await network.settled();
    expect(b.received).toHaveLength(10);
  });

  test("that comes behind a goodbye lets nothing out any more, and what was left is counted", async () => {
    const takes = { windowMessages: 1000, windowBytes: 100_000, messageLengthMax: 200_000 };
    const { network, a, atA, atB } = await pair({}, { takes });
    atB.pause();
    for (let i = 0; i < 6; i++)
      expect(atA.send(text, `${i}`.repeat(5 * chunkBytes), i % 4).status).toBe("accepted");
    await network.settled();
    const user = userStream(a);
    const closed = atA.close();
    await network.advance(lingerMs - 1);
    await network.step(2);
    atB.resume();
    network.tick();
    // The grant comes while the goodbye is under way.
    while (network.choices().includes("<a1")) network.happen("<a1");
    await network.advance(3 * lingerMs);
    expect((await closed).code).toBe("closed");
    expect(framesOn(user).at(-1)!.kind).toBe(frameKind.goAway);
    const { delivered } = atB.counters;
    const { unknown, unsent } = atA.counters;
    expect(unsent).toBeGreaterThan(0);
    expect(delivered + unknown + unsent).toBe(6);
  });

  test("is waited for by every close of the transport, also by one that comes later", async () => {
    const takes = { windowMessages: 1000, windowBytes: 100_000, messageLengthMax: 200_000 };
    const { network, a, atA, atB } = await pair({}, { takes });
    atB.pause();
    for (let i = 0; i < 3; i++) atA.send(text, `${i}`.repeat(5 * chunkBytes));
    await network.settled();
    const closes = [a.transport.close(), a.transport.close()];
    let isDone = false;
    void closes[1]!.then(() => {
      isDone = true;
    });
    await network.settled();
    expect(isDone).toBe(false);
    await network.advance(3 * lingerMs);
    await Promise.all(closes);
    expect(atA.counters.unknown + atA.counters.unsent).toBe(3);
  });

  test("holds where handlers pause and resume as they like", async () => {
    const { network, b, atA, atB } = await pair({}, { takes });
    const seen: number[] = [];
    b.transport.onMessage(text, (message, peer) => {
      seen.push(Number(message));
      if (seen.length % 3 === 0) peer.pause();
      if (seen.length % 9 === 0) peer.resume();
    });
    for (let i = 0; i < 100; i++) atA.send(text, `${i}`);
    for (let turn = 0; turn < 60; turn++) {
      await network.settled();
      atB.resume();
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test("does not stop the control lane", async () => {
    const { network, b, atA, atB } = await pair({}, { takes });
    atB.pause();
    for (let i = 0; i < 50; i++) atA.send(text, "user");
    for (let i = 0; i < 50; i++) atA.sendControl(text, `control ${i}`);
    await network.settled();
    expect(b.received).toEqual(Array.from({ length: 50 }, (_, i) => `control ${i}`));
  });

  test("that was lost with the control lane is given again", async () => {
    const { network, a, b, atA } = await pair({}, { takes });
    const control = a.host.streams[0]!;
    // Grants are on their way, and never arrive.
    control.peer!.isHalfOpen = true;
    for (let i = 0; i < 30; i++) atA.send(text, `${i}`);
    await network.settled();
    expect(b.received).toHaveLength(8);
    await network.advance(10 * pingIntervalMs);
    expect(b.received).toEqual(Array.from({ length: 30 }, (_, i) => `${i}`));
    expect(a.log.filter((line) => /user/.test(line))).toEqual([]);
  });

  test("is enforced: a peer that sends more is ended", async () => {
    const { network, a, b } = await pair({}, { takes });
    const message = [0, 0, 0, 3, frameKind.message, 1, 0xa0];
    userStream(a).write(new Uint8Array(Array.from({ length: 9 }, () => message).flat()));
    await network.settled();
    expect(b.ends).toMatchObject([{ code: "failed", reason: { by: "us", code: "creditExceeded" } }]);
    expect(b.received).toHaveLength(8);
  });

  test("for more than was sent ends the peer that grants it, and a grant for another stream changes nothing", async () => {
    for (const [attempt, ends] of [
      [1, [{ code: "failed", reason: { by: "us", code: "malformed" } }]],
      [7, []],
    ] as const) {
      const { network, a } = await pair();
      const control = a.host.streams[0]!.peer!;
      // dialledBySender: false, attempt, messages: 100, bytes: 100
      control.write(new Uint8Array([0, 0, 0, 6, frameKind.grant, 0x94, 0xc2, attempt, 100, 100]));
      await network.settled();
      expect(a.ends).toMatchObject(ends);
      expect(a.ends).toHaveLength(ends.length);
    }
  });
});

test("messages that a paused reader had received when the stream broke reach it before those of the next stream", async () => {
  const { network, a, b, atA, atB } = await pair();
  atB.pause();
  for (const each of ["1", "2"]) atA.send(text, each);
  await network.settled();
  const stream = userStream(a);
  stream.peer?.fail({ code: "reset", text: "test" });
  stream.fail({ code: "reset", text: "test" });
  await network.advance(1000);
  for (const each of ["3", "4"]) expect(atA.send(text, each).status).toBe("accepted");
  await network.settled();
  expect(b.received).toEqual([]);
  atB.resume();
  expect(b.received).toEqual(["1", "2", "3", "4"]);
});

test("a frame of the session that has no place on its lane ends the peer", async () => {
  for (const kind of [frameKind.grant, frameKind.hello, 99]) {
    const { network, a, b } = await pair();
    userStream(a).write(new Uint8Array([0, 0, 0, 1, kind]));
    await network.settled();
    expect(b.ends).toMatchObject([{ code: "failed", reason: { by: "us", code: "unexpectedFrame" } }]);
  }
});

test("a flood of pings is answered without a queue", async () => {
  const { network, a, b } = await pair();
  b.host.highWaterMark = 1;
  const ping = [0, 0, 0, 3, frameKind.ping, 0x91, 5];
  for (let i = 0; i < 1000; i++) a.host.streams[0]!.write(new Uint8Array(ping));
  await network.settled();
  const pongs = framesOn(a.host.streams[0]!.peer!).filter(({ kind }) => kind === frameKind.pong);
  expect(pongs.length).toBeGreaterThan(0);
  expect(b.ends).toEqual([]);
});

test("a third node does not come between two", async () => {
  const { network, a, b, atA } = await pair();
  const c = await node(network, "c");
  const connecting = c.transport.connect({ host: "b", port: 1 });
  await network.settled();
  const outcome = await connecting;
  if (outcome.status === "connected") outcome.peer.send(text, "from c");
  atA.send(text, "from a");
  await network.settled();
  expect([...b.received].sort()).toEqual(["from a", "from c"]);
  expect(a.received).toEqual([]);
});
