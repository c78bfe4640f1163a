import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ProxyCommand, ProxyCounts } from "./faults.testing.ts";
import { Histories } from "./histories.testing.ts";
import { connectedAgain, expectSoundHistory, Node, speaks } from "./nodes.testing.ts";
import { ProgramProcess } from "./program-process.testing.ts";
import { buildPrograms } from "./programs.testing.ts";
import type { ProgramCommand } from "./proxy-program.testing.ts";

let programs: Awaited<ReturnType<typeof buildPrograms>>;
const running: { kill(): Promise<void> }[] = [];
let nodes: Node[] = [];
let histories: Histories;

beforeAll(async () => {
  programs = await buildPrograms(["node-program.testing.ts", "proxy-program.testing.ts"]);
});
afterAll(() => programs.remove());
beforeEach(() => {
  histories = new Histories();
});
afterEach(async () => {
  try {
    await expectSoundHistory(nodes, histories);
  } finally {
    nodes = [];
    await Promise.all(running.splice(0).map((one) => one.kill()));
    histories.remove();
  }
});

class Proxy extends ProgramProcess<ProgramCommand, never> {
  async counts(): Promise<ProxyCounts> {
    return (await this.tell({ kind: "look" })) as ProxyCounts;
  }
}

function program<T extends { kill(): Promise<void> }>(type: new (file: string) => T, name: string): T {
  const one = new type(join(programs.folder, `${name}.mjs`));
  running.push(one);
  return one;
}

async function started(options: Parameters<Node["start"]>[1] = {}) {
  const node = program(Node, "node-program");
  nodes.push(node);
  return { node, port: await node.start(histories, options) };
}

/** Two nodes that know each other; with a proxy the one dials the other through it. */
async function pair() {
  const { node: far, port } = await started({ listen: "127.0.0.1:0" });
  const { node: near } = await started();
  expect(await near.tell({ kind: "connect", address: `127.0.0.1:${port}` })).toBe("connected");
  await Promise.all([near.event("peer"), far.event("peer")]);
  return { near, far, port };
}

async function proxied() {
  const proxy = program(Proxy, "proxy-program");
  const via = (await proxy.tell({ kind: "listen" })) as number;
  const { node: far, port } = await started({ listen: "127.0.0.1:0", advertise: `127.0.0.1:${via}` });
  await proxy.tell({ kind: "aim", host: "127.0.0.1", port });
  const { node: near } = await started();
  expect(await near.tell({ kind: "connect", address: `127.0.0.1:${via}` })).toBe("connected");
  await Promise.all([near.event("peer"), far.event("peer")]);
  return { proxy, near, far, via };
}

describe("real processes", () => {
  test("a peer that is killed breaks both lanes, and nobody listens any more", async () => {
    const { near, far } = await pair();
    await far.die(histories);
    await near.event("break");
    expect(await near.verdict("control")).toMatchObject({ verdict: "refused" });
  });

  test("a peer that is started anew at its address has replaced the one before", async () => {
    const { near, far, port } = await pair();
    await far.die(histories);
    await near.event("break");
    const { node: again } = await started({ listen: `127.0.0.1:${port}` });
    expect(await near.event("over")).toMatchObject({ code: "replaced" });
    // It had been connected to, so nobody has to do so again.
    await Promise.all([near.event("peer"), again.event("peer")]);
    await connectedAgain(near, again, 1);
  });

  test("a frozen peer is silent, though its sockets are open, and is there again when it thaws", async () => {
    const { near, far } = await pair();
    far.freeze();
    await near.event("break");
    expect(await near.verdict("control")).toMatchObject({ verdict: "silent" });
    far.thaw();
    await connectedAgain(near, far, 10);
  });
});

describe("real processes with a network between them that fails", () => {
  test("bytes that come one by one, late and slowly, are the same messages", async () => {
    const { proxy, near, far } = await proxied();
    await proxy.tell({ kind: "faults", faults: { singleBytes: true } });
    await speaks(near, far, 1);
    await proxy.tell({ kind: "faults", faults: { singleBytes: false, delayMs: 100 } });
    await speaks(near, far, 1000);
    await proxy.tell({ kind: "faults", faults: { delayMs: 0, bytesPerSecond: 20_000 } });
    await speaks(near, far, 2000);
  });

  test("a reset with both alive is dialled again at once", async () => {
    const { proxy, near, far } = await proxied();
    await proxy.tell({ kind: "reset" });
    expect(await near.verdict("control")).toMatchObject({ verdict: "reopened" });
    await connectedAgain(near, far, 1);
  });

  test.each(["hold", "discard"] as const)(
    "a cut that does not tell anybody (%s) is noticed at both ends, and mends",
    async (passage) => {
      const { proxy, near, far } = await proxied();
      await proxy.tell({ kind: "faults", faults: { passage } });
      await Promise.all([near.event("break"), far.event("break")]);
      expect(await near.verdict("control")).toMatchObject({ verdict: "silent" });
      await proxy.tell({ kind: "heal" });
      await connectedAgain(near, far, 1);
    },
  );

  test.each(["there", "back"] as const)(
    "a cut of one direction alone (%s) breaks both lanes too",
    async (direction) => {
      const { proxy, near, far } = await proxied();
      await proxy.tell({ kind: "faults", direction, faults: { passage: "discard" } });
      await Promise.all([near.event("break"), far.event("break")]);
      await proxy.tell({ kind: "heal" });
      await connectedAgain(near, far, 1);
    },
  );

  test("streams that only one end knows to be closed give way to new ones", async () => {
    const { proxy, near, far } = await proxied();
    await proxy.tell({ kind: "halfOpen", closed: "dialler" });
    await near.event("break");
    await connectedAgain(near, far, 1);
    expect((await proxy.counts()).streams).toBeGreaterThanOrEqual(4);
  });

  test("while nobody takes new streams it is dialled again and again", async () => {
    const { proxy, near, far } = await proxied();
    await proxy.tell({ kind: "refuse", refuses: true });
    await proxy.tell({ kind: "reset" });
    expect(await near.verdict("control")).toMatchObject({ verdict: "refused" });
    await proxy.tell({ kind: "refuse", refuses: false });
    await connectedAgain(near, far, 1);
  });
});

test("a storm of messages both ways, in everything that can go wrong, breaks no rule", async () => {
  const { proxy, near, far, via } = await proxied();
  const say = (command: ProxyCommand) => proxy.tell(command);
  let target = far;
  await Promise.all([near, far].map((node) => node.tell({ kind: "storm", isOn: true })));
  for (const fault of [
    () => say({ kind: "reset" }),
    () => say({ kind: "halfOpen", closed: "dialler" }),
    () => say({ kind: "faults", faults: { passage: "discard" } }),
    () => say({ kind: "faults", direction: "back", faults: { passage: "hold", delayMs: 30 } }),
    async () => target.freeze(),
    async () => {
      await target.die(histories);
      const next = await started({ listen: "127.0.0.1:0", advertise: `127.0.0.1:${via}` });
      await say({ kind: "aim", host: "127.0.0.1", port: next.port });
      target = next.node;
      await near.event("over");
      await target.event("peer");
      await target.tell({ kind: "storm", isOn: true });
    },
    () => say({ kind: "reset" }),
  ]) {
    await pause(300);
    await fault();
    await pause(700);
    target.thaw();
    await say({ kind: "heal" });
  }
  await pause(2000);
  await Promise.all([near, target].map((node) => node.tell({ kind: "storm", isOn: false })));
  expect(histories.judge().entries).toBeGreaterThan(1000);
}, 60_000);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
