import { describe, expect, jest, test } from "@jest/globals";
import { type NodeStage, onStage, statusOf } from "../testing/node-stage.ts";
import { workerApp } from "../testing/worker-app.ts";

jest.setTimeout(120_000);

interface SeenChild {
  readonly name: string;
  readonly status: string;
  readonly generation: number;
  readonly restarts: number;
  readonly node?: { readonly address: string };
  readonly restarted?: { readonly because: string; readonly reason: string; readonly error?: string };
}

interface SeenNode {
  readonly name: string;
  readonly address: string;
  readonly answer: string;
  readonly supervisors: readonly { readonly name: string; readonly children: readonly SeenChild[] }[];
}

async function treeOf(stage: NodeStage, asked: string): Promise<readonly SeenNode[]> {
  const { code, stdout, stderr } = await stage.hewn("tree", "--json", "--node", asked);
  if (code !== 0) throw new Error(`hewn tree ended with ${code}: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as { readonly nodes: readonly SeenNode[] }).nodes;
}

/** Asks until it is so of the child of that name. */
async function childOf(
  stage: NodeStage,
  name: string,
  isSo: (child: SeenChild) => boolean,
): Promise<SeenChild> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const nodes = await treeOf(stage, "c");
    const children = nodes.flatMap(({ supervisors }) => supervisors.flatMap(({ children }) => children));
    const child = children.find((each) => each.name === name);
    if (child !== undefined && isSo(child)) return child;
    if (performance.now() > deadline) throw new Error(`not in time: ${JSON.stringify(nodes)}`);
  }
}

/** A supervisor on `a` with a child on `b` and one on `c`, each a process. */
async function three(stage: NodeStage) {
  expect((await stage.hewn("generate")).code).toBe(0);
  const b = await stage.node("app.ts", "--name", "b", "--role", "left");
  const c = await stage.node("app.ts", "--name", "c", "--role", "right", "--seeds", b.address);
  const a = await stage.node("app.ts", "--name", "a", "--seeds", b.address, "--", "left", "right");
  await a.process.line(/^supervising$/);
  return { a, b, c };
}

describe("hewn tree", () => {
  test("shows, from any node, who is supervised where; a crash and a death change generation and reason", async () => {
    await onStage(workerApp, async (stage) => {
      const { a, b, c } = await three(stage);
      for (const asked of ["a", "b", "c"]) {
        const nodes = await treeOf(stage, asked);
        expect(nodes.map(({ name, answer }) => `${name} ${answer}`).sort()).toEqual([
          "a whole",
          "b whole",
          "c whole",
        ]);
        expect(nodes[0]?.name).toBe(asked);
        expect(nodes.find(({ name }) => name === "a")?.supervisors).toEqual([
          {
            name: "pool",
            strategy: "oneForOne",
            status: "up",
            generation: 1,
            restarts: 0,
            children: [
              {
                name: "w0",
                actor: "worker/Worker",
                status: "up",
                generation: 1,
                restarts: 0,
                node: expect.objectContaining({ address: b.address }),
              },
              {
                name: "w1",
                actor: "worker/Worker",
                status: "up",
                generation: 1,
                restarts: 0,
                node: expect.objectContaining({ address: c.address }),
              },
            ],
          },
        ]);
      }
      stage.project.write("crash", "w0 lights \u001b[31mout");
      const crashed = await childOf(stage, "w0", ({ generation }) => generation === 2);
      expect(crashed.restarted).toMatchObject({
        because: "w0",
        reason: "crashed",
        error: "RangeError: lights \u001b[31mout",
      });
      await b.process.kill();
      const orphan = await childOf(stage, "w0", ({ status }) => status === "waiting");
      expect(orphan).toMatchObject({
        generation: 3,
        restarts: 2,
        restarted: { because: "w0", reason: "nodeDied" },
      });
      const { stdout, code } = await stage.hewn("tree", "--node", "a");
      expect(code).toBe(0);
      expect(stdout.split("\n")).toEqual([
        expect.stringMatching(/^TREE +ACTOR +STATUS +NODE +GEN +RESTARTS +WHY$/),
        "a",
        expect.stringMatching(/^└─ pool +one for one +up +1 +0$/),
        expect.stringMatching(
          /^ {3}├─ w0 +worker\/Worker +waiting +127\.0\.0\.1:\d+ +3 +2 {2}its node died, \d+ s ago$/,
        ),
        expect.stringMatching(/^ {3}└─ w1 +worker\/Worker +up +c +1 +0$/),
        "hewn: 1 supervisor with 2 actors, 2 restarts, as a gathered it from 2 nodes",
        "",
      ]);
      expect((await a.process.interrupt()).code).toBe(0);
    });
  });

  test("names who does not answer, and goes on", async () => {
    await onStage(workerApp, async (stage) => {
      const { b } = await three(stage);
      b.process.signal("SIGSTOP");
      const nodes = await treeOf(stage, "c");
      expect(nodes.find(({ name }) => name === "b")).toMatchObject({ answer: "silent", supervisors: [] });
      expect(nodes.find(({ name }) => name === "a")).toMatchObject({ answer: "whole" });
      const { stdout } = await stage.hewn("tree", "--node", "c");
      expect(stdout).toMatch(/^b +did not answer in time$|^b +cannot be asked: there is no connection$/m);
      expect(stdout).toContain("1 of 3 nodes did not tell all");
      b.process.signal("SIGCONT");
    });
  });

  test("--watch tells a crash in a line, as text and as JSON, and ends with its node", async () => {
    await onStage(workerApp, async (stage) => {
      const { a, c } = await three(stage);
      const watch = stage.start("tree", "--watch", "--node", "c");
      await watch.line(/^hewn: 1 supervisor with 2 actors, 0 restarts, .*; Ctrl-C ends the watch$/);
      const json = stage.start("tree", "--watch", "--json", "--node", "c");
      await json.line(/^\{"event":"tree","node":\{/);
      stage.project.write("crash", "w1 boom");
      await watch.line(/ {2}a\/pool\/w1 {2}generation 2 (?:starting|up) on c: crashed \(RangeError: boom\)$/);
      const line = await json.line(/^\{"event":"restarted"/);
      expect(JSON.parse(line)).toMatchObject({
        path: ["pool", "w1"],
        generation: 2,
        restarted: { reason: "crashed", error: "RangeError: boom" },
      });
      const told = await a.process.line(/^\{"event":"restarting"/);
      expect(JSON.parse(told)).toMatchObject({
        path: ["pool"],
        children: ["w1"],
        cause: { because: "w1", reason: "crashed", error: "RangeError: boom" },
      });
      expect((await watch.interrupt()).code).toBe(0);
      c.process.signal("SIGTERM");
      expect(await json.ended).toBe(0);
    });
  });

  test("says so where nobody is supervised", async () => {
    await onStage({}, async (stage) => {
      const a = await stage.node("--name", "a");
      await stage.node("--name", "b", "--seeds", a.address);
      await stage.until((all) => statusOf(all, "b") === "alive", "-n", "a");
      const { code, stdout } = await stage.hewn("tree", "-n", "a");
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: "hewn: 0 supervisors with 0 actors, 0 restarts, as a gathered it from 2 nodes\n",
      });
    });
  });
});
