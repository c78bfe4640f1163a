import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { endDecode } from "../codec/index.ts";
import { frameKind, headerBytes } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { FrameWriter, type FrameWriterOptions } from "./frame-writer.ts";
import { batchBytes, chunkBytes } from "./limits.ts";
import { movableReader, moveReader, readTypeIndex } from "./message-body.ts";
import { overrunningCodec, textCodec } from "./sample-codecs.testing.ts";

const text = textCodec();

/** Keeps what it is given, with a copy to see whether that is ever written again. */
class Recorder {
  readonly writes: Uint8Array[] = [];
  readonly copies: Uint8Array[] = [];
  /** How many more writes it takes before it wants no more. */
  appetite = Number.POSITIVE_INFINITY;
  hasTaken = false;
  readonly due: (() => void)[] = [];

  writer(more: Partial<FrameWriterOptions> = {}): FrameWriter {
    const writer = new FrameWriter({ sink: this, schedule: (run) => this.due.push(run), ...more });
    writer.messageLengthMax = 1 << 24;
    return writer;
  }
  write(bytes: Uint8Array): boolean {
    this.writes.push(bytes);
    this.copies.push(bytes.slice());
    return --this.appetite > 0;
  }
  unchanged(): boolean {
    return this.writes.every((bytes, index) => Buffer.compare(bytes, this.copies[index]!) === 0);
  }
  tick(): void {
    for (const run of this.due.splice(0)) run();
  }
  /** What a peer would read: the type index and the text of messages, the kind of others. */
  received(): (string | number)[] {
    const decoder = new FrameDecoder(1 << 24);
    const received: (string | number)[] = [];
    for (const bytes of this.writes) {
      decoder.push(bytes);
      while (decoder.next()) {
        const reader = movableReader();
        moveReader(reader, decoder.bytes, decoder.start, decoder.end);
        if (decoder.kind !== frameKind.message) {
          received.push(decoder.kind);
          continue;
        }
        received.push(`${readTypeIndex(reader)}:${text.read(reader, 0)}`);
        endDecode(reader);
      }
    }
    return received;
  }
}

describe("the buffer", () => {
  test("is written to again once the sink has taken all that was in it, and not before", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    const send = (value: string) => {
      writer.write(text, 0, value);
      recorder.tick();
      return recorder.writes.at(-1)!.byteOffset;
    };
    expect(send("one")).toBe(0);
    expect(send("two")).toBeGreaterThan(0);
    recorder.hasTaken = true;
    const third = send("three");
    expect(third).toBeGreaterThan(0);
    expect(recorder.unchanged()).toBe(true);
    expect([send("four"), send("five")]).toEqual([0, 0]);
    expect(recorder.copies).toHaveLength(5);
  });

  test("is left alone while a long message lies in it", () => {
    const recorder = new Recorder();
    recorder.hasTaken = true;
    const writer = recorder.writer();
    expect(writer.write(text, 0, "x".repeat(2 * chunkBytes))).toBe("long");
    const { long } = writer;
    const kept = long.slice();
    for (let i = 0; i < 100; i++) {
      writer.write(text, 0, `${i}`);
      recorder.tick();
    }
    expect(Buffer.compare(long, kept)).toBe(0);
  });
});

describe("a batch", () => {
  test("holds all frames of a tick in one write, in order", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    for (const value of ["a", "b", "c"]) expect(writer.write(text, 3, value)).toBe("accepted");
    writer.writeFrame(4, new Uint8Array([1, 2]));
    expect(recorder.writes).toHaveLength(0);
    expect(recorder.due).toHaveLength(1);
    recorder.tick();
    expect(recorder.writes).toHaveLength(1);
    expect(recorder.received()).toEqual(["3:a", "3:b", "3:c", 4]);
    recorder.tick();
    expect(recorder.writes).toHaveLength(1);
  });

  test("goes at once when it is full, without waiting for the end of the tick", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    const value = "x".repeat(1000);
    for (let i = 0; i < 200; i++) writer.write(text, 0, value);
    const bytes = recorder.writes.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeGreaterThan(2 * batchBytes);
    expect(recorder.writes.length).toBeLessThan(12);
    recorder.tick();
    expect(recorder.received()).toHaveLength(200);
  });

  test("goes early when its buffer is used up, so that it need not be moved", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    const expected = Array.from({ length: 20_000 }, (_, i) => `0:${i}`);
    for (let i = 0; i < expected.length; i++) writer.write(text, 0, `${i}`);
    recorder.tick();
    expect(recorder.received()).toEqual(expected);
    expect(recorder.writes.length).toBeLessThan(10);
    expect(recorder.unchanged()).toBe(true);
  });

  test("is never written again once it was handed over", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    for (let tick = 0; tick < 300; tick++) {
      for (let i = 0; i < tick % 7; i++) writer.write(text, tick, `${i}`.repeat((tick * 31) % 900));
      recorder.tick();
    }
    expect(recorder.unchanged()).toBe(true);
  });

  test.each([127, 128, 255, 256, 65_535, 65_536])("says the type index %i in its shortest form", (index) => {
    const recorder = new Recorder();
    recorder.writer().write(text, index, "a");
    recorder.tick();
    expect(recorder.received()).toEqual([`${index}:a`]);
  });

  test("whatever its messages' sizes, all arrive whole and in order", () => {
    const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(5000), fc.integer({ min: 20_000, max: 32_000 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(30)), (lengths, ticks) => {
        const recorder = new Recorder();
        const writer = recorder.writer();
        const expected = lengths.map((length, i) => `${i}:${String(i % 10).repeat(length)}`);
        for (const [i, length] of lengths.entries()) {
          if (ticks.includes(i)) recorder.tick();
          expect(writer.write(text, i, String(i % 10).repeat(length))).toBe("accepted");
        }
        recorder.tick();
        expect(recorder.received()).toEqual(expected);
        expect(recorder.unchanged()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a message that cannot be sent", () => {
  test("leaves nothing behind when its value does not fit its type", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.write(text, 0, "before");
    expect(() => writer.write(text, 0, "\ud800")).toThrow("Cannot encode Text: ");
    expect(() => writer.write(overrunningCodec(), 0, 1_000_000)).toThrow("changed while it was encoded");
    writer.write(text, 0, "after");
    recorder.tick();
    expect(recorder.received()).toEqual(["0:before", "0:after"]);
  });

  test("leaves nothing behind when the peer would not take it", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.messageLengthMax = 11;
    // Type index and string header: two bytes beside the text.
    expect(writer.write(text, 0, "123456789")).toBe("accepted");
    expect(writer.write(text, 0, "1234567890")).toBe("tooLong");
    expect(writer.write(text, 0, "x".repeat(1_000_000))).toBe("tooLong");
    expect(writer.write(text, 0, "after")).toBe("accepted");
    recorder.tick();
    expect(recorder.received()).toEqual(["0:123456789", "0:after"]);
  });

  test("because it is sent by a getter of another one makes that one fail", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    const nested = textCodec("Nested", {
      write: (w, p, value) => {
        writer.write(text, 0, "inner");
        return text.write(w, p, value, 0);
      },
    });
    expect(() => writer.write(nested, 0, "outer")).toThrow("sent by a getter");
    writer.write(text, 0, "after");
    recorder.tick();
    expect(recorder.received()).toEqual(["0:after"]);
  });
});

describe("a sink that takes no more", () => {
  test("holds everything back until it has drained, in order", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer();
    for (let tick = 0; tick < 5; tick++) {
      writer.write(text, 0, `${tick}`);
      recorder.tick();
    }
    expect(recorder.writes).toHaveLength(1);
    recorder.appetite = 2;
    writer.drained();
    expect(recorder.writes).toHaveLength(3);
    recorder.appetite = 100;
    writer.drained();
    expect(recorder.received()).toEqual(["0:0", "0:1", "0:2", "0:3", "0:4"]);
    expect(writer.waitingBytes).toBe(0);
  });

  test("is full at a bound; the session's own frames wait behind it all the same", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer({ queuedBytesMax: 1000 });
    writer.write(text, 0, "first");
    recorder.tick();
    for (let i = 0; !writer.isFull; i++) writer.write(text, 0, String(i).padEnd(100));
    expect(writer.waitingBytes).toBeLessThan(1000 + 120);
    expect(writer.waitingMessages).toBe(10);
    writer.writeFrame(4, new Uint8Array());
    recorder.tick();
    expect(writer.writeUrgent(5, new Uint8Array())).toBe(false);
    recorder.appetite = 100;
    writer.drained();
    expect(writer.isFull).toBe(false);
    expect(recorder.received()).toHaveLength(12);
    expect(recorder.received().at(-1)).toBe(4);
  });

  test("may be abandoned: then nothing is kept", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer();
    for (let tick = 0; tick < 3; tick++) {
      writer.write(text, 0, "x".repeat(20_000));
      recorder.tick();
    }
    writer.discard();
    expect([writer.waitingBytes, writer.bufferBytes]).toEqual([0, 0]);
  });
});

describe("a message too long for a frame", () => {
  test("is set aside behind what was written before it, and leaves no trace in the batch", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.write(text, 0, "before");
    const long = "x".repeat(chunkBytes);
    expect(writer.write(text, 7, long)).toBe("long");
    const copy = writer.long.slice();
    writer.write(text, 0, "after");
    for (let i = 0; i < 1000; i++) writer.write(text, 0, "y".repeat(100));
    recorder.tick();
    const reader = movableReader();
    moveReader(reader, writer.long, 0, writer.long.length);
    expect(readTypeIndex(reader)).toBe(7);
    expect(text.read(reader, 0) === long).toBe(true);
    expect(recorder.received().slice(0, 2)).toEqual(["0:before", "0:after"]);
    expect(Buffer.compare(writer.long, copy)).toBe(0);
  });

  test("is one byte longer than the longest that a frame takes", () => {
    const writer = new Recorder().writer();
    // Type index and string header: four bytes beside the text.
    expect(writer.write(text, 0, "x".repeat(chunkBytes - 4))).toBe("accepted");
    expect(writer.write(text, 0, "x".repeat(chunkBytes - 3))).toBe("long");
    writer.messageLengthMax = chunkBytes;
    expect(writer.write(text, 0, "x".repeat(chunkBytes - 3))).toBe("tooLong");
  });
});

describe("credit", () => {
  test("cuts a batch between two frames, and what is behind goes when more is granted", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.allowed.messages = 2;
    for (let i = 0; i < 6; i++) writer.write(text, 0, `${i}`);
    recorder.tick();
    expect(recorder.received()).toEqual(["0:0", "0:1"]);
    expect([writer.isBlocked, writer.isHeld, writer.waitingMessages]).toEqual([true, false, 4]);
    writer.allowed.messages = 5;
    writer.advance();
    expect(recorder.received()).toEqual(["0:0", "0:1", "0:2", "0:3", "0:4"]);
    expect(writer.handed.messages).toBe(5);
  });

  test("in bytes lets the frame go that exceeds it, and none behind that", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.allowed.bytes = 1;
    writer.write(text, 0, "a".repeat(500));
    writer.write(text, 0, "b");
    recorder.tick();
    expect(recorder.received()).toEqual([`0:${"a".repeat(500)}`]);
    expect(writer.handed).toEqual({ messages: 1, bytes: headerBytes + 504 });
  });

  test("does not hold back what is urgent, nor count it", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    writer.allowed.messages = 1;
    for (const each of ["a", "b"]) writer.write(text, 0, each);
    expect(writer.writeUrgent(5, new Uint8Array(1))).toBe(true);
    recorder.tick();
    expect(writer.writeUrgent(6, new Uint8Array(1))).toBe(true);
    recorder.tick();
    expect(recorder.received()).toEqual([5, "0:a", 6]);
    expect(writer.handed.messages).toBe(1);
  });

  test("whatever comes in between, sends everything once, in order, and never more than was granted", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ send: fc.nat(300) }),
        fc.record({ messages: fc.nat(4), bytes: fc.nat(600) }),
        fc.constant("tick" as const),
        fc.constant("drain" as const),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.nat(3), (script, appetite) => {
        const recorder = new Recorder();
        const writer = recorder.writer();
        writer.allowed.messages = 1;
        writer.allowed.bytes = 100;
        const sent: string[] = [];
        for (const each of script) {
          if (each === "tick") recorder.tick();
          else if (each === "drain") {
            recorder.appetite = appetite;
            writer.drained();
          } else if ("send" in each) {
            sent.push(`0:${String(sent.length).padEnd(each.send)}`);
            writer.write(text, 0, sent.at(-1)!.slice(2));
          } else {
            writer.allowed.messages += each.messages;
            writer.allowed.bytes += each.bytes;
            writer.advance();
          }
          expect(writer.handed.messages).toBeLessThanOrEqual(writer.allowed.messages);
          expect(recorder.received()).toHaveLength(writer.handed.messages);
          expect(writer.handed.messages + writer.waitingMessages).toBe(sent.length);
        }
        recorder.tick();
        recorder.appetite = Number.POSITIVE_INFINITY;
        writer.allowed.messages = Number.POSITIVE_INFINITY;
        writer.allowed.bytes = Number.POSITIVE_INFINITY;
        writer.drained();
        expect(recorder.received()).toEqual(sent);
        expect(writer.waitingBytes).toBe(0);
      }),
    );
  });
});

describe("memory", () => {
  test("a writer that was never used has no buffer, and a quiet one a small one", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    expect(writer.bufferBytes).toBe(0);
    for (let tick = 0; tick < 1000; tick++) {
      writer.write(text, 0, "a short message");
      recorder.tick();
    }
    expect(writer.bufferBytes).toBeLessThanOrEqual(8192);
  });

  test("a writer that falls quiet after much traffic lets go of its large buffer", () => {
    const recorder = new Recorder();
    const writer = recorder.writer();
    for (let i = 0; i < 100; i++) writer.write(text, 0, "x".repeat(10_000));
    recorder.tick();
    writer.write(text, 0, "x".repeat(3_000_000));
    recorder.tick();
    writer.write(text, 0, "a short message");
    recorder.tick();
    expect(writer.bufferBytes).toBeLessThanOrEqual(16 * 1024);
  });
});
