import { expect, test } from "@jest/globals";
import { runProgram } from "./random-program.testing.ts";

const programs = 300;

test("random programs of actors keep every promise", async () => {
  const findings: string[] = [];
  for (let seed = 1; seed <= programs; seed++) {
    for (const finding of await runProgram(seed)) findings.push(`seed ${seed}: ${finding}`);
  }
  expect(findings.slice(0, 10)).toEqual([]);
}, 120_000);
