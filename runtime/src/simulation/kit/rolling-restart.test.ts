// Nodes that leave and start again, one after the other, while calls come for the children that run there.
import { expect, test } from "@jest/globals";
import type { Outcome } from "../../actors/index.ts";
import { Worker, WorkerActor } from "../../remote/worker.testing.ts";
import { child } from "../../supervision/index.ts";
import { simulate } from "./simulate.ts";

const nodes = ["client", "a", "b", "c"];
const names = ["1", "2", "3", "4", "5", "6"];

test("a rolling restart of three nodes under load loses no call that may be repeated, and none is in doubt", async () => {
  let refused = 0;
  await simulate({ nodes, actors: [WorkerActor.from(Worker)], seeds: 5 }, async (sim) => {
    const client = sim.node("client");
    const on = client.anyNode({ spread: true, self: false });
    const pool = client.supervise({
      intensity: 0,
      children: names.map((name) => child(name, WorkerActor, [name], { on })),
    });
    await pool.ready;
    const repeated: Promise<Outcome<string>>[] = [];
    const once: Promise<Outcome<string>>[] = [];
    const load = setInterval(() => {
      for (const name of names) {
        const ref = pool.ref(WorkerActor, name);
        repeated.push(Promise.resolve(ref.echo(name).retry()));
        once.push(Promise.resolve(ref.wait(name)));
      }
    }, 2);
    for (const name of ["a", "b", "c"]) {
      await sim.advance(50 + sim.random.below(100));
      await sim.node(name).leave();
      sim.crash(name);
      await sim.start(name);
      await sim.until(() => sim.isWhole);
    }
    await sim.advance(100);
    clearInterval(load);
    const outcomes = await Promise.all(repeated);
    expect(outcomes.length).toBeGreaterThan(500);
    expect(outcomes.filter(({ status }) => status !== "ok")).toEqual([]);
    const lost = (await Promise.all(once)).filter(({ status }) => status !== "ok");
    // No handler began with any of them.
    expect(lost.filter(({ status }) => status !== "notSent" && status !== "rejected")).toEqual([]);
    refused += lost.length;
    for (const { lastEnd, generation } of pool.children()) {
      expect(lastEnd).toEqual({ reason: "nodeLeft" });
      expect(generation).toBeGreaterThan(1);
    }
  });
  // Else nothing would have been tried.
  expect(refused).toBeGreaterThan(0);
});
