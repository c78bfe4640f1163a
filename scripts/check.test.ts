import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

function check(...args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const script = join(import.meta.dirname, "check.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return { code: status, stdout, stderr };
}

test("--help names every gate and the exit codes", () => {
  const { code, stdout } = check("--help");
  expect(code).toBe(0);
  for (const gate of ["style", "layers", "cycles", "dead-files", "catalog", "types", "packages"]) {
    expect(stdout).toContain(`  ${gate} `);
  }
  expect(stdout).toContain("Exit codes");
});

test("a gate that is not there is wrong usage", () => {
  const { code, stderr } = check("no-such-gate");
  expect(code).toBe(2);
  expect(stderr).toContain("there is no gate 'no-such-gate'");
});

test("--json puts one object on stdout, of the gates asked for, and the exit code agrees with it", () => {
  const { code, stdout, stderr } = check("--json", "names", "cycles");
  const report = JSON.parse(stdout) as { ok: boolean; gates: { gate: string; ms: number; violations: [] }[] };
  expect(report.gates.map(({ gate }) => gate)).toEqual(["cycles", "names"]);
  expect(report.ok).toBe(report.gates.every(({ violations }) => violations.length === 0));
  expect(code).toBe(report.ok ? 0 : 1);
  expect(stderr).toMatch(/check: names +\d+ ms/);
});
