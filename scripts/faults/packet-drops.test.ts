import { join } from "node:path";
import { newClusterSecret } from "@hewn/runtime/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Histories } from "./histories.testing.ts";
import { Cable, canDropPackets } from "./namespaces.testing.ts";
import { connectedAgain, expectSoundHistory, Node, speaks } from "./nodes.testing.ts";
import { buildPrograms } from "./programs.testing.ts";

let programs: Awaited<ReturnType<typeof buildPrograms>>;
const nodes: Node[] = [];
const cables: Cable[] = [];
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
    await Promise.all(nodes.splice(0).map((node) => node.kill()));
    for (const cable of cables.splice(0)) cable.remove();
    histories.remove();
  }
});

async function pair() {
  const cable = new Cable();
  cables.push(cable);
  const secret = newClusterSecret();
  const [near, far] = ([0, 1] as const).map(
    (end) => new Node(join(programs.folder, "node-program.mjs"), cable.at(end)),
  ) as [Node, Node];
  nodes.push(near, far);
  const port = await far.start(histories, { listen: `${cable.hosts[1]}:0`, secret });
  await near.start(histories, { secret });
  expect(await near.tell({ kind: "connect", address: `${cable.hosts[1]}:${port}` })).toBe("connected");
  await Promise.all([near.event("peer"), far.event("peer")]);
  await speaks(near, far, 1);
  return { cable, near, far };
}

// Needs root, ip and iptables: elsewhere these are told as skipped.
const describeThere = canDropPackets() ? describe : describe.skip;

describeThere("where the kernel drops packets", () => {
  test.each(["INPUT", "OUTPUT"] as const)(
    "%s: both ends notice it, and come together when it is over",
    async (chain) => {
      const { cable, near, far } = await pair();
      cable.drop(chain);
      await Promise.all([near.event("break"), far.event("break")]);
      expect((await near.verdict("control")).verdict).toBe("unreachable");
      cable.mend();
      await connectedAgain(near, far, 1000);
    },
  );
});
