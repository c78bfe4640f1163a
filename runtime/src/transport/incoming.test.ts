import { describe, expect, test } from "@jest/globals";
import { encodeFrame, frameKind } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { Incoming } from "./incoming.ts";
import { frameLengthMax } from "./limits.ts";

const takes = {
  messageLengthMax: 1000,
  windowMessages: 4,
  windowBytes: 1000,
  assembliesMax: 1,
  assembledBytesMax: 1000,
};

/** An open stream to which messages of one byte each have come in one piece; `onMessage` is told their numbers. */
function arrived(messages: number, onMessage: (number: number, incoming: Incoming) => void, window = takes) {
  const decoder = new FrameDecoder(frameLengthMax);
  const frames = Array.from({ length: messages }, (_, nth) =>
    encodeFrame(frameKind.message, new Uint8Array([nth])),
  );
  decoder.push(new Uint8Array(Buffer.concat(frames)));
  const incoming = new Incoming(window, true, (bytes, start) => {
    onMessage(bytes[start]!, incoming);
    return undefined;
  });
  return { decoder, incoming };
}

/** The number of the next message that no run has taken. */
function nextNumber(decoder: FrameDecoder): number | undefined {
  return decoder.next() ? decoder.bytes[decoder.start] : undefined;
}

describe("a run of messages", () => {
  test("hands on what was granted; the message after that is a fault", () => {
    const numbers: number[] = [];
    const { decoder, incoming } = arrived(6, (number) => numbers.push(number));
    expect(incoming.run(decoder)).toBeUndefined();
    expect(numbers).toEqual([0, 1, 2, 3]);
    expect(nextNumber(decoder)).toBe(4);
    expect(incoming.message(decoder.bytes, decoder.start, decoder.end)?.code).toBe("creditExceeded");
    expect(numbers).toEqual([0, 1, 2, 3]);
  });

  test("counts bytes as messages one by one do", () => {
    const numbers: number[] = [];
    const { decoder, incoming } = arrived(4, (number) => numbers.push(number), { ...takes, windowBytes: 13 });
    incoming.run(decoder);
    expect(numbers).toEqual([0, 1, 2]);
    expect(incoming.grant()).toEqual({ messages: 3, bytes: 18 });
  });

  test("ends with the message whose handler pauses, and those behind it wait", () => {
    const numbers: number[] = [];
    const { decoder, incoming } = arrived(3, (number, at) => {
      numbers.push(number);
      if (number === 0) at.pause();
    });
    incoming.run(decoder);
    expect(numbers).toEqual([0]);
    expect(nextNumber(decoder)).toBe(1);
    incoming.message(decoder.bytes, decoder.start, decoder.end);
    expect([incoming.waitingMessages, incoming.consumedMessages]).toEqual([1, 1]);
    incoming.resume();
    incoming.run(decoder);
    expect(numbers).toEqual([0, 1, 2]);
  });

  test("ends with the message whose handler ends the stream", () => {
    const { decoder, incoming } = arrived(3, (_, at) => at.stop());
    incoming.run(decoder);
    expect(nextNumber(decoder)).toBe(1);
  });

  test("counts the message at hand as consumed: a goodbye that its handler says tells of it", () => {
    const consumed: number[] = [];
    const { decoder, incoming } = arrived(3, (_, at) => consumed.push(at.consumedMessages));
    incoming.run(decoder);
    expect(consumed).toEqual([1, 2, 3]);
    expect(incoming.consumedMessages).toBe(3);
  });

  test("counts what it has handed on where a handler's failure comes through", () => {
    const { decoder, incoming } = arrived(3, (number) => {
      if (number === 1) throw new Error("thrown");
    });
    expect(() => incoming.run(decoder)).toThrow("thrown");
    expect(incoming.consumedMessages).toBe(2);
    expect(nextNumber(decoder)).toBe(2);
  });
});
