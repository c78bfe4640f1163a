// Supervised children in real processes whose main loops are blocked, for longer than the lease and for less.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { LeaseCommand, LeaseReport } from "./lease-program.testing.ts";
import { nowMs, ProgramProcess } from "./program-process.testing.ts";
import { buildPrograms } from "./programs.testing.ts";

type Options = Omit<LeaseCommand & { kind: "join" }, "kind" | "name" | "seeds">;
type Report<K extends LeaseReport["kind"]> = LeaseReport & { readonly kind: K };

class Node extends ProgramProcess<LeaseCommand, LeaseReport> {
  says<K extends LeaseReport["kind"]>(kind: K, waitMs?: number): Promise<Report<K>> {
    return this.next(kind, (report): report is Report<K> => report.kind === kind, waitMs);
  }

  get worked(): readonly string[] {
    return this.untaken.flatMap((report) => (report.kind === "worked" ? [report.line] : []));
  }
}

const deadlineMs = 60_000;

describe("a child", () => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  const running: Node[] = [];

  beforeAll(async () => {
    programs = await buildPrograms(["lease-program.testing.ts"]);
  });
  afterAll(() => programs.remove());
  afterEach(async () => {
    await Promise.all(running.splice(0).map((node) => node.kill()));
  });

  async function joined(name: string, seed: number | undefined, options: Options) {
    const node = new Node(join(programs.folder, "lease-program.mjs"));
    running.push(node);
    const seeds = seed === undefined ? [] : [`127.0.0.1:${seed}`];
    return { node, port: (await node.tell({ kind: "join", name, seeds, ...options })) as number };
  }

  async function untilFit(node: Node, expected: string): Promise<void> {
    const deadline = performance.now() + 15_000;
    while (((await node.tell({ kind: "fit" })) as string[]).join() !== expected) {
      if (performance.now() > deadline) throw new Error(`not all of ${expected} are there`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The supervisor, the node of the child, and another one on which it fits. */
  async function three(options: Options = {}): Promise<readonly [Node, Node, Node]> {
    const { node: a, port } = await joined("a", undefined, options);
    const { node: b } = await joined("b", port, options);
    await untilFit(a, "b");
    await a.tell({ kind: "supervise" });
    expect(await a.says("up")).toEqual({ kind: "up", node: "b", generation: 1 });
    const { node: c } = await joined("c", port, options);
    await untilFit(a, "b,c");
    return [a, b, c];
  }

  test(
    "whose process is blocked for longer than the lease has a successor, and handles nothing more when it wakes: that is counted and told",
    async () => {
      const [a, b, c] = await three();
      await a.tell({ kind: "ask", ms: 6000 });
      await b.says("worked");
      await a.tell({ kind: "ask", ms: 1 });
      expect(await a.says("up")).toEqual({ kind: "up", node: "c", generation: 2 });
      await a.tell({ kind: "ask", ms: 2 });
      expect(await c.says("worked")).toMatchObject({ line: "generation 2 begins 2" });
      const { children, lateMs } = await b.says("lost");
      expect(children).toBe(1);
      expect(lateMs).toBeGreaterThan(2500);
      expect(await b.says("actor")).toMatchObject({ event: "leaseLost" });
      expect(await b.tell({ kind: "counters" })).toMatchObject({ leasesLost: 1 });
      // What waited behind the handler that was blocked is handled nowhere.
      expect([b.worked, c.worked]).toEqual([["generation 1 ends 6000"], ["generation 2 ends 2"]]);
      const outcomes = [await a.says("outcome"), await a.says("outcome"), await a.says("outcome")];
      const texts = Object.fromEntries(outcomes.map(({ ms, text }) => [ms, text]));
      expect(texts[2]).toBe("generation 2");
      for (const ms of [6000, 1]) expect(texts[ms]).not.toMatch(/^generation/);
    },
    deadlineMs,
  );

  test(
    "whose process is blocked for longer than the lease is ended with its process where that is wanted, long before it wakes",
    async () => {
      const [a, b] = await three({ onLeaseLost: "exit" });
      const beganMs = nowMs();
      await a.tell({ kind: "ask", ms: 50_000 });
      await b.says("worked");
      expect(await b.ended()).toBe("SIGKILL");
      expect(nowMs() - beganMs).toBeGreaterThan(1000);
      expect(nowMs() - beganMs).toBeLessThan(15_000);
      expect(await a.says("up")).toEqual({ kind: "up", node: "c", generation: 2 });
      expect(b.worked).toEqual([]);
    },
    deadlineMs,
  );

  test(
    "that nobody renews, in a process that runs, has that end by itself where that is wanted",
    async () => {
      const [a, b, c] = await three({ onLeaseLost: "exit" });
      // Neither the loop nor the thread of a process that stands still renews anything.
      a.freeze();
      expect(await b.ended()).toBe(75);
      expect(await c.tell({ kind: "counters" })).toMatchObject({ leasesLost: 0 });
      a.thaw();
      expect(await a.says("up")).toEqual({ kind: "up", node: "c", generation: 2 });
    },
    deadlineMs,
  );

  test(
    "whose process, or its supervisor's, is blocked again and again for less than the lease keeps that by their threads alone",
    async () => {
      const lease = { renewMs: 500, orphanAfterMs: 2400, restartAfterMs: 3200 };
      const [a, b] = await three({ lease });
      // What a loop asks for and is granted takes two passes of it, longer than the lease.
      for (const node of [b, a]) {
        await node.tell({ kind: "stall", ms: 1600, times: 3 });
        await node.says("stalled");
        // Connections may be given up meanwhile: that is no end of a lease.
        await untilFit(a, "b,c");
      }
      await a.tell({ kind: "ask", ms: 3 });
      expect(await a.says("outcome")).toEqual({ kind: "outcome", ms: 3, text: "generation 1" });
      const [ofA, ofB] = [await a.tell({ kind: "counters" }), await b.tell({ kind: "counters" })];
      expect([ofA, ofB]).toMatchObject([{ leasesLost: 0 }, { leasesLost: 0 }]);
      expect((ofA as { pulsesGranted: number }).pulsesGranted).toBeGreaterThanOrEqual(2);
      expect((ofB as { pulsesRenewed: number }).pulsesRenewed).toBeGreaterThanOrEqual(2);
    },
    deadlineMs,
  );
});
