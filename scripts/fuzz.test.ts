import { mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { boundedArguments, readArguments } from "./fuzz/arguments.ts";
import { Dice } from "./fuzz/dice.ts";
import { planOf } from "./fuzz/plan.ts";
import { plantedBugs } from "./fuzz/planted-bugs.ts";
import type { Report } from "./fuzz/report.ts";
import { planted } from "./planted/planted-bugs.ts";
import { runScript } from "./run-script.testing.ts";

const fuzz = (args: readonly string[], last?: string, folder = tmpdir()) =>
  runScript("fuzz.ts", args, last, { TMPDIR: folder, TEMP: folder });

describe("a campaign against random types", () => {
  test("finds nothing, and everything that must happen happens", async () => {
    const { code, stdout, stderr } = await fuzz([...boundedArguments, "--json"]);
    if (stdout === "") throw new Error(stderr);
    const report = JSON.parse(stdout) as Report;
    expect(report.findings).toEqual([]);
    expect(report.missing).toEqual([]);
    expect(report.total).toBeGreaterThanOrEqual(15_000);
    expect(code).toBe(0);
  }, 600_000);

  test("says at an interrupt what was done, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hewn-fuzz-test-"));
    const args = ["--cases", "1000000", "--seed", "7", "--threads", "1"];
    const { code, stdout } = await fuzz(args, "fuzz: seed 7\n", folder);
    expect(stdout).toMatch(/\d+ cases .*\nseed 7, hash [0-9a-f]{16}/);
    expect(code).toBe(130);
    // Fails where something is in it.
    rmdirSync(folder);
  }, 60_000);

  test("tells of options that it does not know", async () => {
    const { code, stderr } = await fuzz(["--only", "nothing"]);
    expect(stderr).toContain("--only knows no 'nothing'");
    expect(code).toBe(2);
  });
});

describe("the same seed", () => {
  test("gives the same numbers", () => {
    const sequence = (...seeds: readonly number[]) => {
      const dice = new Dice(...seeds);
      return Array.from({ length: 50 }, () => dice.below(1000));
    };
    expect(sequence(1, 2)).toEqual(sequence(1, 2));
    expect(sequence(1, 2)).not.toEqual(sequence(2, 1));
  });

  test("gives the same jobs, with at least as many cases as were asked for", () => {
    const plan = planOf({ seed: 1, cases: 200_000, modules: 6, only: undefined });
    const cases = plan.flatMap(({ quotas }) => Object.values(quotas)).reduce((sum, quota) => sum + quota, 0);
    expect(cases).toBeGreaterThanOrEqual(200_000);
    expect(new Set(plan.map(({ setting }) => setting)).size).toBe(6);
  });
});

test("a campaign has a million cases unless it is told otherwise", () => {
  expect(readArguments([], 5, 1)).toMatchObject({ cases: 1_000_000, seed: 5, threads: 2 });
});

test.each(plantedBugs.map((bug) => [bug.name, bug] as const))("%s: the bug can be planted", (_, bug) => {
  const source = readFileSync(join(import.meta.dirname, "..", bug.file), "utf8");
  expect(planted(source, bug)).not.toBe(source);
});
