import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "@jest/globals";
import { runtimeCodecs } from "./runtime.ts";

test("the committed codecs of the runtime's own messages are what the generator writes", () => {
  const codecs = runtimeCodecs();
  expect(codecs.map(({ file }) => relative("runtime/src", file))).toEqual(["transport/messages.codec.ts"]);
  for (const { file, text } of codecs) expect(readFileSync(file, "utf8")).toBe(text);
});
