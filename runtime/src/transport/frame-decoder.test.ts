import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { encodeFrame, frameKind, headerBytes } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { bodyFirstBytes } from "./limits.ts";

interface Frame {
  readonly kind: number;
  readonly body: readonly number[];
}

/** The slow obvious way: everything at once, cut by hand. */
function oracle(stream: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  let rest = Buffer.from(stream);
  while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
    const end = 4 + rest.readUInt32BE(0);
    frames.push({ kind: rest[4]!, body: [...rest.subarray(5, end)] });
    rest = rest.subarray(end);
  }
  return frames;
}

function take(decoder: FrameDecoder): Frame[] {
  const frames: Frame[] = [];
  while (decoder.next()) {
    frames.push({ kind: decoder.kind, body: [...decoder.bytes.subarray(decoder.start, decoder.end)] });
  }
  return frames;
}

function decode(pieces: readonly Uint8Array[], lengthMax = 1000): Frame[] {
  const decoder = new FrameDecoder(lengthMax);
  const frames: Frame[] = [];
  for (const piece of pieces) {
    decoder.push(piece);
    frames.push(...take(decoder));
  }
  if (decoder.error !== undefined) throw decoder.error;
  return frames;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

function pieces(stream: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
    stream.slice(i * size, (i + 1) * size),
  );
}

const bytes = (...values: number[]) => new Uint8Array(values);
const small = concat([
  encodeFrame(1, bytes()),
  encodeFrame(200, bytes(7)),
  encodeFrame(3, bytes(1, 2, 3, 4)),
]);

describe("splits", () => {
  test("every way to cut a small stream into three pieces gives the same frames", () => {
    const expected = oracle(small);
    expect(expected).toHaveLength(3);
    for (let a = 0; a <= small.length; a++) {
      for (let b = a; b <= small.length; b++) {
        expect(decode([small.slice(0, a), small.slice(a, b), small.slice(b)])).toEqual(expected);
      }
    }
  });

  test("every way to cut one frame at all", () => {
    const stream = encodeFrame(9, bytes(5, 6, 7));
    for (let mask = 0; mask < 2 ** (stream.length - 1); mask++) {
      const cut: Uint8Array[] = [];
      let from = 0;
      for (let i = 1; i <= stream.length; i++) {
        if (i < stream.length && (mask & (1 << (i - 1))) === 0) continue;
        cut.push(stream.slice(from, i));
        from = i;
      }
      expect(decode(cut)).toEqual([{ kind: 9, body: [5, 6, 7] }]);
    }
  });

  test("random frames in random pieces, cut off anywhere", () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.uint8Array({ minLength: 200, maxLength: 900 }),
    );
    const frame = fc.record({ kind: fc.nat(255), body });
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), sizes, fc.nat(2000), (frames, lengths, cutOff) => {
        const stream = concat(frames.map(({ kind, body }) => encodeFrame(kind, body))).slice(
          0,
          -cutOff || undefined,
        );
        const cut: Uint8Array[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = lengths[i % lengths.length]!;
          cut.push(stream.slice(at, at + size));
          at += size;
        }
        expect(decode(cut)).toEqual(oracle(stream));
      }),
    );
  });

  test("what arrived of an incomplete frame is known, so that a stream that ends inside one is seen", () => {
    const decoder = new FrameDecoder(100);
    decoder.push(small.slice(0, 5 + 6));
    expect(take(decoder)).toHaveLength(2);
    expect(decoder.unfinishedBytes).toBe(0);
    for (const [at, unfinished] of [1, 2, 3, 4, 5, 6, 7, 8].entries()) {
      decoder.push(small.slice(11 + at, 12 + at));
      expect(take(decoder)).toEqual([]);
      expect(decoder.unfinishedBytes).toBe(unfinished);
    }
  });
});

describe("copies", () => {
  test("a frame that lies whole in a chunk is a window on it", () => {
    const decoder = new FrameDecoder(100);
    decoder.push(small);
    expect(decoder.next() && decoder.next()).toBe(true);
    expect(decoder.bytes).toBe(small);
    expect([decoder.start, decoder.end]).toEqual([10, 11]);
    expect(decoder.copiedBytes).toBe(0);
  });

  test("8 MB of frames in 1 KB chunks are copied once", () => {
    const frame = encodeFrame(1, new Uint8Array(64 * 1024));
    const stream = concat(Array.from({ length: 128 }, () => frame));
    const decoder = new FrameDecoder(1 << 20);
    let count = 0;
    for (const piece of pieces(stream, 1024)) {
      decoder.push(piece);
      while (decoder.next()) count++;
    }
    expect(count).toBe(128);
    expect(decoder.copiedBytes).toBeLessThanOrEqual(stream.length);
  });

  test("one frame of 8 MB in 1 KB chunks is copied twice at most", () => {
    const stream = encodeFrame(1, new Uint8Array(8 << 20).fill(3));
    const decoder = new FrameDecoder(16 << 20);
    for (const piece of pieces(stream, 1024)) {
      decoder.push(piece);
      if (decoder.next()) expect(decoder.end - decoder.start).toBe(8 << 20);
    }
    expect(decoder.bytes.every((byte) => byte === 3)).toBe(true);
    expect(decoder.copiedBytes).toBeLessThanOrEqual(2 * stream.length);
  });

  test("a chunk may be overwritten once the next one is pushed", () => {
    const decoder = new FrameDecoder(100);
    const stream = encodeFrame(1, bytes(1, 2, 3, 4, 5, 6));
    const shared = new Uint8Array(4);
    const frames: Frame[] = [];
    for (let at = 0; at < stream.length; at += shared.length) {
      const piece = stream.subarray(at, at + shared.length);
      shared.set(piece);
      decoder.push(shared.subarray(0, piece.length));
      frames.push(...take(decoder));
    }
    expect(frames).toEqual([{ kind: 1, body: [1, 2, 3, 4, 5, 6] }]);
  });
});

describe("limits", () => {
  test("a frame of exactly the limit passes, one byte more does not", () => {
    expect(decode([encodeFrame(1, new Uint8Array(9))], 10)).toHaveLength(1);
    expect(() => decode([encodeFrame(1, new Uint8Array(10))], 10)).toThrow("11 bytes where at most 10");
  });

  test("a length above the limit is refused after its fourth byte, and nothing was kept", () => {
    const decoder = new FrameDecoder(4096);
    for (const byte of [0, 0, 0x10]) {
      decoder.push(bytes(byte));
      expect(decoder.next()).toBe(false);
      expect(decoder.error).toBeUndefined();
    }
    decoder.push(bytes(1));
    expect(decoder.next()).toBe(false);
    expect(decoder.error).toMatchObject({ name: "FrameError", code: "frameTooLong" });
    expect(decoder.heldBytes).toBe(0);
  });

  test("the largest length there is does not become negative", () => {
    const decoder = new FrameDecoder(4096);
    decoder.push(bytes(255, 255, 255, 255, 1));
    expect(decoder.next()).toBe(false);
    expect(decoder.error?.message).toContain("4294967295");
  });

  test("a length of 0 is refused", () => {
    for (const chunks of [[bytes(0, 0, 0, 0)], [bytes(0, 0), bytes(0, 0)]]) {
      const decoder = new FrameDecoder(4096);
      for (const chunk of chunks) {
        decoder.push(chunk);
        expect(decoder.next()).toBe(false);
      }
      expect(decoder.error?.code).toBe("frameEmpty");
    }
  });

  test("frames before the bad one are handed out, and nothing after it", () => {
    const decoder = new FrameDecoder(10);
    decoder.push(concat([encodeFrame(1, bytes(1)), bytes(9, 9, 9, 9, 9), encodeFrame(1, bytes(1))]));
    expect(take(decoder)).toHaveLength(1);
    decoder.push(encodeFrame(1, bytes(1)));
    expect(take(decoder)).toEqual([]);
  });

  test("a limit that is raised holds from the next header on", () => {
    const decoder = new FrameDecoder(10);
    decoder.push(concat([encodeFrame(1, bytes(1)), encodeFrame(2, new Uint8Array(50))]));
    expect(decoder.next()).toBe(true);
    decoder.lengthMax = 100;
    expect(decoder.next()).toBe(true);
    expect(decoder.kind).toBe(2);
  });

  test("a header that declares 16 MiB costs nothing before its bytes arrive, and then what has arrived", () => {
    const decoder = new FrameDecoder(16 << 20);
    decoder.push(encodeFrame(1, new Uint8Array((16 << 20) - 1)).slice(0, headerBytes));
    expect(decoder.next()).toBe(false);
    expect(decoder.heldBytes).toBe(0);
    let arrived = 0;
    for (const size of [1, 1, bodyFirstBytes, 1000, 1_000_000, 5_000_000]) {
      decoder.push(new Uint8Array(size));
      expect(decoder.next()).toBe(false);
      arrived += size;
      expect(decoder.heldBytes).toBeLessThanOrEqual(Math.max(bodyFirstBytes, 2 * arrived));
    }
  });

  test("one-byte chunks pin no more than the frame", () => {
    const decoder = new FrameDecoder(1 << 20);
    const stream = encodeFrame(1, new Uint8Array(10_000));
    let pinned = 0;
    for (const byte of stream) {
      decoder.push(bytes(byte));
      decoder.next();
      pinned = Math.max(pinned, decoder.heldBytes);
    }
    expect(pinned).toBe(10_000);
    expect(decoder.heldBytes).toBe(0);
  });
});

test("an idle decoder lets go of the last chunk and the last frame", () => {
  const decoder = new FrameDecoder(100);
  decoder.push(small);
  take(decoder);
  expect(decoder.bytes).toHaveLength(0);
});

test("a chunk pushed too early is the caller's mistake and says so", () => {
  const decoder = new FrameDecoder(100);
  decoder.push(small);
  expect(() => decoder.push(small)).toThrow("before the frames of the one before were taken");
});

describe("a run", () => {
  const message = (...body: number[]) => encodeFrame(frameKind.message, bytes(...body));
  const ping = encodeFrame(frameKind.ping, bytes(9));

  /** Takes at most so many; the others are for `next`. */
  function taker(frames: Frame[], most = Infinity) {
    return {
      take(chunk: Uint8Array, start: number, end: number): boolean {
        frames.push({ kind: frameKind.message, body: [...chunk.subarray(start, end)] });
        return --most > 0;
      },
    };
  }

  test("and `next` together find the same frames in the same order, whatever pieces they arrive in", () => {
    const frame = fc
      .tuple(fc.constantFrom(frameKind.message, frameKind.ping), fc.array(fc.integer({ min: 0, max: 255 })))
      .map(([kind, body]) => encodeFrame(kind, bytes(...body)));
    const size = fc.integer({ min: 1, max: 60 });
    const rule = fc.property(fc.array(frame), size, fc.integer({ min: 1, max: 5 }), (frames, size, most) => {
      const stream = concat(frames);
      const decoder = new FrameDecoder(1000);
      const found: Frame[] = [];
      for (const piece of pieces(stream, size)) {
        decoder.push(piece);
        do decoder.run(taker(found, most), 100);
        while (takeOne(decoder, found));
      }
      expect(found).toEqual(oracle(stream));
    });
    fc.assert(rule);
  });

  function takeOne(decoder: FrameDecoder, frames: Frame[]): boolean {
    if (!decoder.next()) return false;
    frames.push({ kind: decoder.kind, body: [...decoder.bytes.subarray(decoder.start, decoder.end)] });
    return true;
  }

  function runOf(stream: Uint8Array, lengthMax = 1000, bytesMax = 1000) {
    const decoder = new FrameDecoder(lengthMax);
    decoder.push(stream);
    const frames: Frame[] = [];
    const taken = decoder.run(taker(frames), bytesMax);
    return { decoder, bodies: frames.map(({ body }) => body), taken };
  }

  test("ends before a frame of another kind, and says how many bytes were taken", () => {
    const { decoder, bodies, taken } = runOf(concat([message(1), message(2, 3), ping, message(4)]));
    expect(bodies).toEqual([[1], [2, 3]]);
    expect(taken).toBe(2 * headerBytes + 3);
    expect(take(decoder).map(({ body }) => body)).toEqual([[9], [4]]);
  });

  test("takes the frame that begins within the bytes, and none behind them", () => {
    const stream = concat([message(1), message(2), message(3)]);
    expect(runOf(stream, 1000, headerBytes + 1).bodies).toEqual([[1]]);
    expect(runOf(stream, 1000, headerBytes + 2).bodies).toEqual([[1], [2]]);
    expect(runOf(stream, 1000, 0).bodies).toEqual([]);
  });

  test.each([
    ["is too long", message(1, 2, 3, 4), "frameTooLong"],
    ["has a length of 4 GB", bytes(255, 255, 255, 255, frameKind.message, 0), "frameTooLong"],
    ["is empty", bytes(0, 0, 0, 0, frameKind.message, 0), "frameEmpty"],
  ])("leaves a frame that %s to `next`, which refuses it", (_, bad, code) => {
    const { decoder, bodies } = runOf(concat([message(1), bad]), 4);
    expect(bodies).toEqual([[1]]);
    expect(decoder.next()).toBe(false);
    expect(decoder.error?.code).toBe(code);
  });

  test("that a taker throws out of goes on behind the message", () => {
    const decoder = new FrameDecoder(1000);
    decoder.push(concat([message(1), message(2)]));
    const thrower = {
      take(): boolean {
        throw new Error("thrown");
      },
    };
    expect(() => decoder.run(thrower, 1000)).toThrow("thrown");
    expect(take(decoder).map(({ body }) => body)).toEqual([[2]]);
  });
});
