import { expect, test } from "@jest/globals";
import { FrameReceiver } from "./raw-frames.ts";

const texts = ["a", "", "bc".repeat(40), "d"];

function framed(): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(text.length);
      return [head, Buffer.from(text)];
    }),
  );
}

test("messages are the same wherever their bytes are cut", () => {
  const bytes = framed();
  for (let step = 1; step <= bytes.length; step++) {
    const found: string[] = [];
    const receiver = new FrameReceiver((chunk, start, end) => {
      found.push(Buffer.from(chunk.subarray(start, end)).toString());
    });
    for (let at = 0; at < bytes.length; at += step) receiver.push(bytes.subarray(at, at + step));
    expect(found).toEqual(texts);
  }
});
