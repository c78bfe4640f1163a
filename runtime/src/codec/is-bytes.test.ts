import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import { putBytes } from "./bytes.ts";
import { checkBytes } from "./checks.ts";
import { isBytes } from "./is-bytes.ts";
import { jsonBytes } from "./json-text.ts";
import { beginEncode, endEncode } from "./writer.ts";

test("bytes of another realm are bytes", () => {
  expect(isBytes(runInNewContext("new Uint8Array(2)"))).toBe(true);
});

test("bytes whose memory has been given away are none, in both formats", () => {
  const bytes = new Uint8Array(4);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  const writer = beginEncode();
  expect([...endEncode(writer, putBytes(writer, writer.start, bytes))]).toEqual([0xc4, 0]);
  expect(jsonBytes(bytes)).toBe('""');
  expect(checkBytes(bytes)).toBe(undefined);
});
