import { describe, expect, jest, test } from "@jest/globals";
import { onStage } from "../testing/node-stage.ts";
import { workerApp } from "../testing/worker-app.ts";

jest.setTimeout(120_000);

describe("hewn drain", () => {
  test("has children elsewhere before it says so, and the node stays until it leaves", async () => {
    await onStage(workerApp, async (stage) => {
      expect((await stage.hewn("generate")).code).toBe(0);
      const b = await stage.node("app.ts", "--name", "b", "--role", "left");
      const a = await stage.node("app.ts", "--name", "a", "--seeds", b.address, "--", "left");
      await a.process.line(/^supervising$/);
      const c = await stage.node("app.ts", "--name", "c", "--role", "left", "--seeds", b.address);
      await stage.until((all) => all.length === 3 && all.every(({ name }) => name !== ""), "-n", "a");
      const several = await stage.hewn("drain");
      expect(several.code).toBe(2);
      expect(several.stderr).toMatch(/^hewn: Several nodes of yours run on this machine\./);
      expect((await stage.hewn("drain", "b", "--node", "b")).code).toBe(2);
      const drained = await stage.hewn("drain", "b");
      expect(drained).toMatchObject({ code: 0, stdout: "hewn: b is empty: 1 child handed over\n" });
      const restarted = await a.process.line(/^\{"event":"restarting"/);
      expect(JSON.parse(restarted)).toMatchObject({ children: ["w0"], cause: { reason: "nodeLeft" } });
      const watch = stage.start("tree", "--node", "a");
      await watch.line(/└─ w0 +worker\/Worker +up +c +2 +1 {2}its node left, \d+ s ago$/);
      const again = await stage.hewn("drain", "b", "--json");
      expect(JSON.parse(again.stdout)).toMatchObject({
        ok: true,
        node: { name: "b", address: b.address },
        handedOver: 0,
        remaining: 0,
        actors: 0,
      });
      expect((await stage.members("-n", "a")).find(({ name }) => name === "b")?.status).toBe("alive");
      expect((await stage.hewn("leave", "--node", "b")).stdout).toBe("hewn: b has left\n");
      expect(await b.process.ended).toBe(0);
      // A supervisor ends with its node, and its children with it.
      a.process.signal("SIGTERM");
      expect(await a.process.ended).toBe(0);
      const left = await stage.hewn("tree", "--node", "c");
      expect(left.stdout).toMatch(/^hewn: 0 supervisors with 0 actors/);
      expect((await c.process.interrupt()).code).toBe(0);
    });
  });

  test("SIGTERM has children elsewhere too, and says nothing of a death", async () => {
    await onStage(workerApp, async (stage) => {
      expect((await stage.hewn("generate")).code).toBe(0);
      const b = await stage.node("app.ts", "--name", "b", "--role", "left");
      const a = await stage.node("app.ts", "--name", "a", "--seeds", b.address, "--", "left");
      await a.process.line(/^supervising$/);
      await stage.node("app.ts", "--name", "c", "--role", "left", "--seeds", b.address);
      await stage.until((all) => all.length === 3 && all.every(({ name }) => name !== ""), "-n", "a");
      b.process.signal("SIGTERM");
      expect(await b.process.ended).toBe(0);
      const restarted = await a.process.line(/^\{"event":"restarting"/);
      expect(JSON.parse(restarted)).toMatchObject({ cause: { because: "w0", reason: "nodeLeft" } });
      await a.process.line(/"name":"b".*"status":"left"/);
    });
  });
});
