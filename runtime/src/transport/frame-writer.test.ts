import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { endDecode } from "../codec/index.ts";
import { frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { FrameWriter, type FrameWriterOptions } from "./frame-writer.ts";
import { batchBytes } from "./limits.ts";
import { movableReader, moveReader, readTypeIndex } from "./message-body.ts";
import { overrunningCodec, textCodec } from "./sample-codecs.testing.ts";

const text = textCodec();

/** Keeps what it is given, with a copy to see whether that is ever written again. */
class Recorder {
  readonly writes: Uint8Array[] = [];
  readonly copies: Uint8Array[] = [];
  /** How many more writes it takes before it wants no more. */
  appetite = Number.POSITIVE_INFINITY;
  readonly due: (() => void)[] = [];

  writer(more: Partial<FrameWriterOptions> = {}): FrameWriter {
    return new FrameWriter({
      sink: this,
      schedule: (run) => this.due.push(run),
      lengthMax: 1 << 24,
      ...more,
    });
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
    const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(5000), fc.integer({ min: 60_000, max: 140_000 })), {
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
    const writer = recorder.writer({ lengthMax: 12 });
    // Kind, type index, string header: three bytes beside the text.
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

  test("makes messages be refused at a bound, and says once when there is room", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer({ queuedBytesMax: 1000 });
    let rooms = 0;
    writer.onRoom = () => rooms++;
    writer.write(text, 0, "first");
    recorder.tick();
    const outcomes = Array.from({ length: 20 }, (_, i) => writer.write(text, 0, String(i).padEnd(100)));
    expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(10);
    expect(outcomes.lastIndexOf("accepted")).toBe(9);
    expect(writer.isFull).toBe(true);
    expect(writer.waitingBytes).toBeLessThan(1000 + 120);
    recorder.tick();
    expect(rooms).toBe(0);
    recorder.appetite = 100;
    writer.drained();
    expect(rooms).toBe(1);
    expect(writer.write(text, 0, "again")).toBe("accepted");
    writer.drained();
    expect(rooms).toBe(1);
    recorder.tick();
    expect(recorder.received()).toHaveLength(12);
  });

  test("does not stop the session's own frames", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer({ queuedBytesMax: 10 });
    writer.write(text, 0, "first");
    recorder.tick();
    writer.write(text, 0, "second, and too much");
    expect(writer.write(text, 0, "third")).toBe("full");
    writer.writeFrame(4, new Uint8Array());
    recorder.tick();
    recorder.appetite = 100;
    writer.drained();
    expect(recorder.received()).toEqual(["0:first", "0:second, and too much", 4]);
  });

  test("may be abandoned: then nothing is kept", () => {
    const recorder = new Recorder();
    recorder.appetite = 1;
    const writer = recorder.writer();
    for (let tick = 0; tick < 3; tick++) {
      writer.write(text, 0, "x".repeat(100_000));
      recorder.tick();
    }
    writer.discard();
    expect([writer.waitingBytes, writer.bufferBytes]).toEqual([0, 0]);
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
