import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "..");
const app = join(root, "fixtures/apps/sensors");
const script = join(root, "scripts/demo.ts");
/** Compiles twice, on a machine that does other things too. */
const timeout = 180_000;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly code: number | null;
  readonly output: string;
  /** The folder that the demo worked in. */
  readonly stage: string;
}

function demo(...args: readonly string[]): Shown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return { code: status, output: stdout + stderr, stage: /is in (\S+)/.exec(stdout)?.[1] ?? "" };
}

/** A copy of the application with one file changed. */
function changedApp(file: string, from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), "hewn-demo-test-"));
  folders.push(folder);
  cpSync(app, folder, { recursive: true });
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
  return folder;
}

function tree(): string {
  return execFileSync("git", ["status", "--porcelain", "--ignored", "--", app], {
    cwd: root,
    encoding: "utf8",
  });
}

/** Whether a process runs, or waits to be collected by nobody. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.includes("Z");
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Killed processes take a moment; a test that waits in vain ends by its own deadline. */
async function untilEnded(pids: readonly number[]): Promise<void> {
  while (pids.some(runs)) await setImmediate();
}

/** It says what it does before it starts the process that does it. */
async function untilParent(pid: number): Promise<readonly number[]> {
  for (;;) {
    const children = childrenOf(pid);
    if (children.length > 0) return children;
    await setImmediate();
  }
}

async function untilSays(child: ChildProcess, text: string): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (output.includes(text)) return output;
  }
  throw new Error(`the demo ended without saying '${text}':\n${output}`);
}

describe("the demo", () => {
  test(
    "shows two processes that talk, a message byte by byte, and a refusal; and leaves the tree as it was",
    () => {
      const before = tree();
      const { code, output, stage } = demo();
      expect(output).toContain("received 600 of 600 readings from 5 sensors");
      expect(output).toMatch(/16 {2}92 +fixarray, 2 +\.place\n/);
      expect(output).toMatch(/cd 0c ee +uint 16 +\.batteryMv +3310\n/);
      expect(output).toContain('The same as JSON: {"sensorId":"gh1-soil"');
      expect(output).toContain("wrongSecret: It does not know the secret of the cluster.");
      if (process.platform !== "win32") {
        for (const [witness, name, status] of [
          ["a", "b", "frozen"],
          ["c", "b", "frozen"],
          ["a", "b", "alive"],
          ["a", "c", "dead"],
          ["b", "c", "dead"],
          ["a", "b", "left"],
        ]) {
          expect(output).toMatch(new RegExp(`${witness} knew after \\d+ ms: ${name} is ${status}\n`));
        }
        expect(output).toMatch(/dead +its address refuses connections: the process is gone; found by [ab]/);
        expect(output).toMatch(/hewn: 3 members: 1 alive, 1 (?:left, 1 dead|dead, 1 left), as a sees them/);
      }
      expect(output).toMatch(
        /The peer cannot read this version of SensorReading: ours is \w{16}, its \w{16}\./,
      );
      expect(output).toContain("HEWN1001: 'Alert.threshold.onPass' is a function");
      expect(output).toMatch(/pool \| two\.[12]: unknown: (?:nodeDied|connectionLost) \(\d+ times\)/);
      const [, recorded, all] = /pool \| (\d+) of (\d+) recorded, each once/.exec(output) ?? [];
      expect(Number(recorded)).toBeGreaterThan(500);
      expect(recorded).toBe(all);
      expect(output).toMatch(/pool \| \d+ sent again, .*; \d+ executed again by .*; 0 results came twice/);
      expect(output).not.toMatch(/warning|\u001b/i);
      expect(code).toBe(0);
      expect(tree()).toBe(before);
      expect(existsSync(stage)).toBe(false);
    },
    timeout,
  );

  test(
    "fails when the type with a closure is not refused",
    () => {
      const { code, output, stage } = demo(
        changedApp("refused/src/threshold.ts", "(value: number) => void", "string"),
      );
      expect(output).toContain("the wire type with a closure in it was not refused");
      expect(code).toBe(1);
      expect(existsSync(stage)).toBe(false);
    },
    timeout,
  );

  test(
    "leaves no process and no folder behind when it is interrupted",
    async () => {
      const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "ignore"] });
      const output = await untilSays(child, "tspc compiles");
      const children = await untilParent(child.pid ?? 0);
      child.kill("SIGINT");
      const [code] = await once(child, "exit");
      expect(code).toBe(130);
      await untilEnded(children);
      expect(existsSync(/is in (\S+)/.exec(output)?.[1] ?? "")).toBe(false);
    },
    timeout,
  );
});
