import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Assembler } from "./assembler.ts";
import { bodyFirstBytes, chunkBytes } from "./limits.ts";
import { Outbox, type Piece } from "./outbox.ts";

const limits = { assembliesMax: 4, assembledBytesMax: 40 * chunkBytes, messageLengthMax: 20 * chunkBytes };

/** The body of the frame that a piece goes in. */
function frameOf(piece: Piece): Uint8Array {
  if (piece.kind === "message") return piece.body;
  const head = new Uint8Array(piece.kind === "chunkBegin" ? 8 : 4);
  new DataView(head.buffer).setUint32(0, piece.stream);
  if (piece.kind === "chunkBegin") new DataView(head.buffer).setUint32(4, piece.total);
  return new Uint8Array(Buffer.concat([head, piece.body]));
}

function take(assembler: Assembler, piece: Piece): string | undefined {
  const body = frameOf(piece);
  return piece.kind === "chunkBegin"
    ? assembler.begin(body, 0, body.length)
    : assembler.more(body, 0, body.length, piece.kind === "chunkEnd");
}

function body(length: number, mark: number): Uint8Array {
  return new Uint8Array(length).fill(mark);
}

/** `pair:kind` of each piece, the pair being the mark in its bytes. */
function drain(outbox: Outbox): string[] {
  const pieces: string[] = [];
  for (let piece = outbox.next(); piece !== undefined; piece = outbox.next()) {
    pieces.push(`${piece.body[0]}:${piece.kind}`);
  }
  return pieces;
}

describe("pairs take turns", () => {
  test("a chunk or a message each, and a pair never overtakes itself", () => {
    const outbox = new Outbox(limits);
    outbox.push(1, body(2 * chunkBytes + 1, 1));
    outbox.push(1, body(10, 1));
    outbox.push(2, body(chunkBytes + 1, 2));
    expect([outbox.has(1), outbox.has(3)]).toEqual([true, false]);
    expect(drain(outbox)).toEqual([
      "1:chunkBegin",
      "2:chunkBegin",
      "1:chunk",
      "2:chunkEnd",
      "1:chunkEnd",
      "1:message",
    ]);
    expect([outbox.isEmpty, outbox.cost, outbox.messages]).toEqual([true, 0, 0]);
  });

  test("and no more begin at a time than the receiver puts together", () => {
    const outbox = new Outbox({ assembliesMax: 2, assembledBytesMax: 1000 * chunkBytes });
    for (const pair of [1, 2, 3]) outbox.push(pair, body(2 * chunkBytes, pair));
    outbox.push(4, body(1, 4));
    expect(drain(outbox)).toEqual([
      "1:chunkBegin",
      "2:chunkBegin",
      "4:message",
      "1:chunkEnd",
      "3:chunkBegin",
      "2:chunkEnd",
      "3:chunkEnd",
    ]);
  });

  test("nor more bytes, but one message may always begin", () => {
    const outbox = new Outbox({ assembliesMax: 9, assembledBytesMax: 3 * chunkBytes });
    outbox.push(1, body(4 * chunkBytes, 1));
    outbox.push(2, body(2 * chunkBytes, 2));
    const chunks = (pair: number, count: number) => [
      `${pair}:chunkBegin`,
      ...Array(count - 2).fill(`${pair}:chunk`),
      `${pair}:chunkEnd`,
    ];
    expect(drain(outbox)).toEqual([...chunks(1, 4), ...chunks(2, 2)]);
  });
});

describe("an assembler", () => {
  const begin = (stream: number, total: number, have: number): Piece => {
    return { kind: "chunkBegin", stream, total, body: body(have, 1) };
  };
  const more = (stream: number, have: number): Piece => ({ kind: "chunk", stream, body: body(have, 1) });

  const last = (stream: number, have: number): Piece => {
    return { kind: "chunkEnd", stream, body: body(have, 1) };
  };

  const refusals: [string, Piece[], RegExp][] = [
    ["a message longer than the longest", [begin(1, limits.messageLengthMax + 1, 1)], /^a message of/],
    ["a stream that began twice", [begin(1, 10, 1), begin(1, 10, 1)], /^stream 1 began twice/],
    ["a chunk of nothing that began", [more(7, 1)], /^a chunk of stream 7, which has not begun/],
    ["a chunk of a message that is whole", [begin(1, 2, 1), last(1, 1), last(1, 1)], /^a chunk of stream 1/],
    [
      "more than was declared",
      [begin(1, 10, 5), more(1, 2), last(1, 6)],
      /^the last chunk of stream 1 with byte 13 of 10/,
    ],
    [
      "a last one that is not",
      [begin(1, 10, 5), last(1, 4)],
      /^the last chunk of stream 1 with byte 9 of 10/,
    ],
    ["a last one that does not say so", [begin(1, 10, 5), more(1, 5)], /^a chunk of stream 1 with byte 10/],
    ["all of it, or more, at once", [begin(1, 10, 10)], /^stream 1 begins with all/],
    ["an empty first chunk", [begin(1, 10, 0)], /^a first chunk without bytes/],
    ["an empty chunk", [begin(1, 10, 1), more(1, 0)], /^a chunk without bytes/],
    ["too many at a time", [1, 2, 3, 4, 5].map((stream) => begin(stream, 10, 1)), /^more than 4 messages/],
    [
      "too many bytes at a time",
      [1, 2, 3].map((stream) => begin(stream, 15 * chunkBytes, 1)),
      /^more than \d+ bytes of messages/,
    ],
  ];
  test.each(refusals)("refuses %s, before it makes room", (_, pieces, text) => {
    const assembler = new Assembler(limits);
    const faults = pieces.map((piece) => take(assembler, piece));
    expect(faults.at(-1)).toMatch(text);
    expect(faults.slice(0, -1)).toEqual(faults.slice(0, -1).map(() => undefined));
    // What was declared costs nothing before it comes.
    expect(assembler.heldBytes).toBeLessThanOrEqual(4 * bodyFirstBytes);
  });

  test("keeps at most twice what has arrived", () => {
    const assembler = new Assembler(limits);
    take(assembler, begin(1, 20 * chunkBytes, chunkBytes));
    expect(assembler.heldBytes).toBe(bodyFirstBytes);
    for (let have = 2; have < 20; have++) {
      take(assembler, more(1, chunkBytes));
      expect(assembler.heldBytes).toBeLessThanOrEqual(Math.max(bodyFirstBytes, 2 * have * chunkBytes));
    }
    expect(assembler.whole).toBeUndefined();
    take(assembler, last(1, chunkBytes));
    expect([assembler.whole?.end, assembler.heldBytes]).toEqual([20 * chunkBytes, 0]);
  });
});

test("whatever is sent by whatever pairs, it comes out whole, once, and in the order of its pair", () => {
  const message = fc.record({
    pair: fc.nat(4),
    length: fc.oneof(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: chunkBytes - 2, max: 5 * chunkBytes }),
    ),
    taken: fc.nat(6),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 25 }), (messages) => {
      const outbox = new Outbox(limits);
      const assembler = new Assembler(limits);
      const arrived: { pair: number; number: number; length: number }[] = [];
      const arrive = (bytes: Uint8Array, length: number) =>
        arrived.push({ pair: bytes[0]!, number: bytes[length - 1]!, length });
      const move = (count: number) => {
        for (let i = 0; i < count; i++) {
          const piece = outbox.next();
          if (piece === undefined) return;
          if (piece.kind === "message") arrive(piece.body, piece.body.length);
          else {
            expect(take(assembler, piece)).toBeUndefined();
            if (assembler.whole !== undefined) arrive(assembler.whole.bytes, assembler.whole.end);
          }
        }
      };
      for (const [number, { pair, length, taken }] of messages.entries()) {
        const bytes = body(Math.max(2, length), pair);
        bytes[bytes.length - 1] = number;
        outbox.push(pair, bytes);
        move(taken);
      }
      move(Number.POSITIVE_INFINITY);
      for (let pair = 0; pair <= 4; pair++) {
        const sent = messages.flatMap((each, number) =>
          each.pair === pair ? [{ pair, number, length: Math.max(2, each.length) }] : [],
        );
        expect(arrived.filter((each) => each.pair === pair)).toEqual(sent);
      }
      expect([outbox.cost, outbox.messages, assembler.heldBytes]).toEqual([0, 0, 0]);
    }),
    { numRuns: 60 },
  );
});
