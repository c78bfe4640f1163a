import { describe, expect, jest, test } from "@jest/globals";
import { onStage, statusOf } from "../testing/node-stage.ts";

jest.setTimeout(120_000);

describe("hewn join and hewn leave", () => {
  test("bring two nodes together that knew nothing of each other, and let one go", async () => {
    await onStage({}, async (stage) => {
      const a = await stage.node("--name", "a");
      const b = await stage.node("--name", "b");
      expect(await stage.hewn("join", a.address, "--node", "b")).toEqual({
        code: 0,
        stdout: "hewn: b sees 1 other\n",
        stderr: "",
      });
      await stage.until((all) => statusOf(all, "b") === "alive", "--node", "a");
      const which = await stage.hewn("leave");
      expect(which.code).toBe(2);
      expect(which.stderr).toMatch(
        /^hewn: Several nodes of yours run on this machine\.\n {2}Say which one with --node: /,
      );
      expect(await stage.hewn("leave", "--node", "b")).toEqual({
        code: 0,
        stdout: "hewn: b has left\n",
        stderr: "",
      });
      expect(await b.process.ended).toBe(0);
      expect(statusOf(await stage.members(), "b")).toBe("left");
      const left = await stage.hewn("leave", "--json");
      expect(JSON.parse(left.stdout)).toMatchObject({ ok: true, node: { name: "a", address: a.address } });
      expect(await a.process.ended).toBe(0);
    });
  });

  test("take no command from whom nobody knows", async () => {
    await onStage({}, async (stage) => {
      const { address } = await stage.node("--name", "a");
      for (const command of [["leave"], ["join", "127.0.0.1:1"]]) {
        const { code, stderr } = await stage.hewn(...command, "--at", address);
        expect(code).toBe(1);
        expect(stderr).toContain("This node is commanded only through the socket on its machine");
      }
      expect((await stage.members()).length).toBe(1);
    });
  });

  test("say so where nobody answers at a seed, or a text is none", async () => {
    await onStage({}, async (stage) => {
      await stage.node("--name", "a");
      const none = await stage.hewn("join", "127.0.0.1:1");
      expect(none.code).toBe(1);
      expect(none.stderr).toMatch(/^hewn: Nobody has answered at 127\.0\.0\.1:1 within 10 s\./);
      const bad = await stage.hewn("join", "nonsense");
      expect(bad.code).toBe(2);
      expect(bad.stderr).toContain("'nonsense' is no address");
    });
  });
});
