import { join } from "node:path";
import { newClusterSecret } from "@hewn/runtime/node";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { FleetProcess } from "./fleet.testing.ts";
import type { FleetTold, StatusTold } from "./fleet-program.testing.ts";
import { Cable, canDropPackets } from "./namespaces.testing.ts";
import { buildPrograms } from "./programs.testing.ts";

let programs: Awaited<ReturnType<typeof buildPrograms>>;

beforeAll(async () => {
  programs = await buildPrograms(["fleet-program.testing.ts"]);
});
afterAll(() => programs.remove());

// Needs root, ip and iptables: elsewhere this is told as skipped.
const describeThere = canDropPackets() ? describe : describe.skip;

/** Everything that a node says of another until it says this, that included. */
async function saysOf(node: FleetProcess, name: string, last: string): Promise<readonly string[]> {
  const isOf = (event: FleetTold): event is StatusTold => event.kind === "status" && event.of.name === name;
  const said: string[] = [];
  while (said.at(-1) !== last) said.push((await node.next(`${name} is ${last}`, isOf, 30_000)).status);
  return said;
}

async function untilThree(nodes: Readonly<Record<string, FleetProcess>>): Promise<void> {
  for (const [name, node] of Object.entries(nodes)) await node.untilSettled(name, 3, 30_000);
}

describeThere("where the kernel drops packets", () => {
  test.each(["INPUT", "OUTPUT"] as const)(
    "%s: who is cut off is unreachable to the others, as they are to it, and nobody is dead, frozen or stalled",
    async (chain) => {
      const cable = new Cable();
      const file = join(programs.folder, "fleet-program.mjs");
      const [a, b, c] = [0, 0, 1].map((end) => new FleetProcess(file, cable.at(end as 0 | 1))) as [
        FleetProcess,
        FleetProcess,
        FleetProcess,
      ];
      const nodes = { a, b, c };
      try {
        const secret = newClusterSecret();
        const seeds = [`${cable.hosts[0]}:7000`];
        const order = { kind: "join", profile: "local", secret, seeds } as const;
        await a.tell({ ...order, name: "a", bind: `${cable.hosts[0]}:7000` });
        await b.tell({ ...order, name: "b", bind: `${cable.hosts[0]}:7001` });
        await c.tell({ ...order, name: "c", bind: `${cable.hosts[1]}:7000` });
        await untilThree(nodes);
        for (const node of [a, b, c]) node.forget();
        cable.drop(chain);
        const said = await Promise.all([
          saysOf(a, "c", "unreachable"),
          saysOf(b, "c", "unreachable"),
          saysOf(c, "a", "unreachable"),
          saysOf(c, "b", "unreachable"),
        ]);
        for (const all of said) {
          expect(all.filter((one) => one !== "suspect" && one !== "alive")).toEqual(["unreachable"]);
        }
        cable.mend();
        await untilThree(nodes);
      } finally {
        await Promise.all([a.kill(), b.kill(), c.kill()]);
        cable.remove();
      }
    },
    60_000,
  );
});
