import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { newClusterSecret } from "@hewn/runtime/node";
import { describe, expect, jest, test } from "@jest/globals";
import { onStage } from "../testing/node-stage.ts";

jest.setTimeout(120_000);

describe("hewn members", () => {
  test("lists all, as a table and as JSON, from the only node or the first of several", async () => {
    await onStage({}, async (stage) => {
      const a = await stage.node("--name", "a", "--role", "db,web");
      const b = await stage.node("--name", "b", "--seeds", a.address);
      const isWhole = (all: readonly { name: string; roundTripMs?: number }[]) =>
        all.length === 2 &&
        all.every(({ name }) => name !== "") &&
        all.some((each) => each.roundTripMs !== undefined);
      const seen = await stage.until(isWhole, "--node", "b");
      expect(seen).toMatchObject([
        { name: "b", address: b.address, status: "alive", incarnation: 0, isSelf: true },
        { name: "a", address: a.address, status: "alive", roles: ["db", "web"], lagMs: expect.any(Number) },
      ]);
      expect(seen[1]?.instance).toMatch(/^[0-9a-f]{16}$/);
      expect(Object.keys(seen[1]?.versions ?? {})).toEqual(["hewn", "node"]);
      const { code, stdout, stderr } = await stage.hewn("members", "-n", "a");
      const [titles, first, second, summary] = stdout.split("\n");
      expect(titles).toMatch(/^ {3}NAME {2}ADDRESS +STATUS +FOR +INC +INSTANCE +ROLES +VERSION +RTT +LAG$/);
      expect(first).toMatch(/^\* {2}a +127\.0\.0\.1:\d+ +alive .* db, web +hewn \d/);
      expect(second).toMatch(/^ {3}b +127\.0\.0\.1:\d+ +alive /);
      expect(summary).toBe("hewn: 2 members: 2 alive, as a sees them");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect((await stage.hewn("members")).stderr).toMatch(/^hewn: --node asks another one: [ab] \(127/);
    });
  });

  test("answers at once beside a frozen node, and says that it does not answer", async () => {
    await onStage({}, async (stage) => {
      await stage.node("--name", "a");
      const b = await stage.node("--name", "b");
      b.process.signal("SIGSTOP");
      const startedMs = performance.now();
      const { code, stderr } = await stage.hewn("members");
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: "hewn: 1 node of yours on this machine did not answer\n",
      });
      expect(performance.now() - startedMs).toBeLessThan(4_000);
      const asked = await stage.hewn("members", "--node", b.address);
      expect(asked.code).toBe(1);
      expect(asked.stderr).toMatch(
        /^hewn: No answer from .*\n {2}It is frozen, or its event loop does not turn\./,
      );
      b.process.signal("SIGCONT");
    });
  });

  test("--watch goes on with a line for each thing that happens, until Ctrl-C", async () => {
    await onStage({}, async (stage) => {
      const a = await stage.node("--name", "a");
      const watch = stage.start("members", "--watch");
      await watch.line(/as a sees them; Ctrl-C ends the watch$/);
      const json = stage.start("members", "--watch", "--json");
      await json.line(/^\{"event":"members","node":\{/);
      const b = await stage.node("--name", "b", "--seeds", a.address);
      await watch.line(new RegExp(`${b.address} {2}(?:alive|tells its name)`));
      await json.line(
        new RegExp(`^\\{"event":"status","at":"[^"]+","address":"${b.address}".*"status":"alive"`),
      );
      await b.process.kill();
      await watch.line(
        /b {2}127\.0\.0\.1:\d+ .*-> dead {2}\(its address refuses connections: the process is gone; found by a\)$/,
      );
      expect((await watch.interrupt()).code).toBe(0);
      a.process.signal("SIGTERM");
      await json.line(/^\{"event":"left","at":"[^"]+"\}$/);
      expect(await json.ended).toBe(0);
    });
  });

  test("asks a node anywhere that it can prove itself to, and no other", async () => {
    await onStage({}, async (stage) => {
      writeFileSync(join(stage.project.directory, "secret"), newClusterSecret(), { mode: 0o600 });
      writeFileSync(join(stage.project.directory, "other"), newClusterSecret(), { mode: 0o600 });
      const { address } = await stage.node("--name", "a", "--secret-file", "secret");
      const asking = ["members", "--at", address] as const;
      expect((await stage.hewn(...asking, "--secret-file", "secret")).stdout).toContain("as a sees them");
      for (const options of [[], ["--secret-file", "other"]]) {
        const { code, stderr } = await stage.hewn(...asking, ...options);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^hewn: No answer from .*\n {2}Give the secret of the cluster: --secret-file/);
      }
      const counted = JSON.parse((await stage.hewn("members", "--json")).stdout) as object;
      expect(counted).toMatchObject({
        counters: { refusedWrongSecret: 1, refusedPlaintext: 1, observers: 1 },
      });
    });
  });

  test.each<readonly [readonly string[], number, RegExp]>([
    [[], 1, /^hewn: No node of yours runs on this machine\.\n {2}Looked in /],
    [["--at", "127.0.0.1:1"], 1, /^hewn: No answer from 127\.0\.0\.1:1: Nobody listens at the address\./],
    [["--at", "nowhere"], 2, /^hewn: 'nowhere' is no address: --at takes host:port/],
    [["--at", "a:1", "--node", "a"], 2, /^hewn: --at and --node exclude each other\./],
    [["--at", "127.0.0.1:1", "--cert", "x"], 2, /--cert, --key and --ca are given together/],
  ])("%j ends with %i and a sentence", async (args, code, sentence) => {
    await onStage({}, async (stage) => {
      const run = await stage.hewn("members", ...args);
      expect(run.stderr).toMatch(sentence);
      expect(run.code).toBe(code);
      const json = await stage.hewn("members", "--json", ...args);
      expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { message: expect.any(String) } });
      expect(json.code).toBe(code);
    });
  });
});
