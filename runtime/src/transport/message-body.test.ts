import { expect, test } from "@jest/globals";
import { readF64 } from "../codec/index.ts";
import { movableReader, moveReader, readTypeIndex, releaseReader } from "./message-body.ts";

test("a reader that moves to another chunk reads that one, also through what it made of the first", () => {
  const reader = movableReader();
  for (const value of [1.5, -2.25]) {
    const chunk = new Uint8Array(12);
    chunk.set([0x7f, 0x03, 0xcb]);
    new DataView(chunk.buffer).setFloat64(3, value);
    moveReader(reader, chunk, 1, 11);
    expect(readTypeIndex(reader)).toBe(3);
    expect(readF64(reader)).toBe(value);
    reader.view ??= new DataView(chunk.buffer);
  }
});

test("a released reader keeps no chunk", () => {
  const reader = movableReader();
  moveReader(reader, new Uint8Array(100), 0, 100);
  reader.view = new DataView(new ArrayBuffer(8));
  releaseReader(reader);
  expect(reader).toMatchObject({ view: null, offset: 0, end: 0, elements: 0 });
  expect(reader.bytes).toHaveLength(0);
});

test("a message whose type is no index has none", () => {
  const reader = movableReader();
  for (const bytes of [[], [0xc0], [0xcd, 1]]) {
    moveReader(reader, new Uint8Array(bytes), 0, bytes.length);
    expect(readTypeIndex(reader)).toBe(-1);
  }
});
