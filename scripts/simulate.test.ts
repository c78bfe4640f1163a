import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { membershipMutants } from "./mutants/membership-mutants.ts";
import { mutants } from "./mutants/mutants.ts";
import { remoteMutants } from "./mutants/remote-mutants.ts";
import { editsOf, planted } from "./planted/planted-bugs.ts";
import { runScript } from "./run-script.testing.ts";
import { letterOf, textOf } from "./simulate/letter.ts";
import type { Report } from "./simulate/report.ts";
import { scenario, scenarioNames } from "./simulate/scenarios.ts";

const simulate = (args: readonly string[], last?: string) => runScript("simulate.ts", args, last);

describe("the transport on a simulated network", () => {
  test("breaks no rule in a hundred seeds, each run twice, and everything that must happen happens", async () => {
    const { code, stdout, stderr } = await simulate("--seed 1 --seeds 100 --check --json".split(" "));
    if (stdout === "") throw new Error(stderr);
    const { findings, missing, seeds } = JSON.parse(stdout) as Report;
    expect(findings.map(({ seed, rule, text, plan }) => ({ seed, rule, text, plan }))).toEqual([]);
    expect(missing).toEqual([]);
    expect(seeds).toBe(100);
    expect(code).toBe(0);
  }, 300_000);

  test.each(scenarioNames())("does in %s what its trace says", async (name) => {
    const { found, expected } = await scenario(name);
    expect(found).toBe(expected);
  });
});

describe("clusters on a simulated network", () => {
  test.each([
    [3, 20],
    [5, 9],
    [25, 1],
  ])(
    "of %i nodes break no rule in %i seeds",
    async (nodes, seeds) => {
      const args = `--system cluster --nodes ${nodes} --seed 1 --seeds ${seeds} --json`;
      const { code, stdout, stderr } = await simulate(args.split(" "));
      if (stdout === "") throw new Error(stderr);
      const { findings } = JSON.parse(stdout) as Report;
      expect(findings.map(({ seed, rule, text, plan }) => ({ seed, rule, text, plan }))).toEqual([]);
      expect(code).toBe(0);
    },
    300_000,
  );
});

describe("actors on a simulated network", () => {
  test("break no rule in forty seeds", async () => {
    const args = "--system actors --nodes 3 --seed 1 --seeds 40 --json";
    const { code, stdout, stderr } = await simulate(args.split(" "));
    if (stdout === "") throw new Error(stderr);
    const { findings } = JSON.parse(stdout) as Report;
    expect(findings.map(({ seed, rule, text, plan }) => ({ seed, rule, text, plan }))).toEqual([]);
    expect(code).toBe(0);
  }, 300_000);
});

describe("the command", () => {
  test("gives the same hash for the same seed, in one thread and in two", async () => {
    const run = async (threads: number) => {
      const { stdout } = await simulate([
        "--seed",
        "7",
        "--seeds",
        "12",
        "--threads",
        `${threads}`,
        "--json",
      ]);
      return (JSON.parse(stdout) as Report).hash;
    };
    expect(await run(2)).toBe(await run(1));
  }, 60_000);

  test("says at an interrupt what was done", async () => {
    const { code, stdout } = await simulate(["--seed", "7", "--seeds", "1000000"], "simulate: 1");
    expect(stdout).toMatch(/\d+ seeds from 7, .* seeds a second\ncommit .*, hash [0-9a-f]{16}/);
    expect(code).toBe(130);
  }, 60_000);

  test("runs a plan from a file and prints its trace", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hewn-simulate-"));
    try {
      const file = join(folder, "plan.txt");
      writeFileSync(file, "machines a b\n10 connect a>b\n100 send a>b\n");
      const { code, stdout } = await simulate(["--scenario", file, "--trace", "--seed", "3"]);
      expect(stdout).toContain("a dials b");
      expect(stdout).toContain("no rule was broken");
      expect(code).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [["--scenario", "nothing"], "'nothing' is neither a file nor one of mixed"],
    [["--seeds", "none"], "--seeds wants a whole number"],
    [["--speed", "1"], "--speed"],
  ])("tells of %j, which it cannot do", async (args, message) => {
    const { code, stderr } = await simulate(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

test("a letter is read as it was written, and a damaged one is noticed", () => {
  const letter = { from: "a#1", to: "b#2", pair: 3, sequence: 27, bytes: 4 };
  expect(textOf(letter)).toBe("a#1 b#2 3 27 4 bbbb");
  expect(letterOf(textOf(letter))).toEqual(letter);
  expect(letterOf("a#1 b#2 3 27 4 bbb")).toBeUndefined();
  expect(letterOf("a#1 b#2 3 27 4 bbcb")).toBeUndefined();
});

const bugs = [...mutants, ...membershipMutants, ...remoteMutants];

test.each(bugs.map((bug) => [bug.name, bug] as const))("%s: the bug can be planted", (_, bug) => {
  for (const edit of editsOf(bug)) {
    const source = readFileSync(join(import.meta.dirname, "..", edit.file), "utf8");
    expect(planted(source, edit)).not.toBe(source);
  }
});
