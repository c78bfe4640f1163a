import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { pulseThreadFile, pulseThreadSource } from "./pulse-thread.ts";

test("the committed text of the pulse thread is what its sources make", async () => {
  expect(readFileSync(pulseThreadFile, "utf8")).toBe(await pulseThreadSource());
});
