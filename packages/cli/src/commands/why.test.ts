import { describe, expect, jest, test } from "@jest/globals";
import { onStage, statusOf } from "../testing/node-stage.ts";

jest.setTimeout(120_000);

describe("hewn why", () => {
  test("tells who found a member so, when, and on what evidence; of its earlier starts too", async () => {
    await onStage({}, async (stage) => {
      const a = await stage.node("--name", "a");
      const b = await stage.node("--name", "b", "--seeds", a.address);
      await stage.until((all) => statusOf(all, "b") === "alive", "-n", "a");
      await b.process.kill();
      await stage.until((all) => statusOf(all, "b") === "dead", "-n", "a");
      const dead = await stage.hewn("why", "b");
      expect(dead.stdout).toMatch(
        /^b \(127\.0\.0\.1:\d+\): dead \d+ s ago, incarnation 0, instance [0-9a-f]{16}, as a sees it\nThis is final: a new start at that address is another member\.\n\n/,
      );
      expect(dead.stdout).toMatch(
        /^ {2}\d\d:\d\d:\d\d\.\d{3} {2}dead +its address refuses connections: the process is gone; found by a$/m,
      );
      await stage.node("--bind", b.address, "--name", "b", "--seeds", a.address);
      await stage.until((all) => statusOf(all, "b") === "alive", "-n", "a");
      const again = await stage.hewn("why", b.address, "-n", "a");
      expect(again.stdout).toMatch(/^b \(\S+\): alive for .*\nAn earlier start of it:\n\nb \(\S+\): dead /s);
      const json = JSON.parse((await stage.hewn("why", "b", "--json", "-n", "a")).stdout) as object;
      expect(json).toMatchObject({
        ok: true,
        starts: [
          { name: "b", status: "alive" },
          {
            name: "b",
            status: "dead",
            trail: expect.arrayContaining([expect.objectContaining({ evidence: "refused" })]),
          },
        ],
      });
    });
  });

  test("says that nobody is called so, without a word of it reaching the terminal raw", async () => {
    await onStage({}, async (stage) => {
      await stage.node("--name", "a");
      const { code, stdout, stderr } = await stage.hewn("why", "x\u001b[2J\u202e");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toBe(
        "hewn: No member has the name, the address or the instance 'x\\u{1b}[2J\\u{202e}'.\n",
      );
      expect((await stage.hewn("why", "a")).stdout).toContain(
        "A node keeps no trail of itself: ask another one.",
      );
      expect((await stage.hewn("why")).code).toBe(2);
    });
  });
});
