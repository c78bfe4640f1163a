import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { desk, Worker, WorkerActor } from "../../remote/worker.testing.ts";
import { simulate } from "./simulate.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import type { Simulated } from "./simulated.ts";
import type { SimulationError } from "./simulation-error.ts";

const actors = [WorkerActor.from(Worker)];
const label = "kit";
const it = desk(label);

async function failure(
  options: SimulateOptions,
  script: (sim: Simulated) => void | Promise<void>,
): Promise<SimulationError> {
  const outcome = await simulate(options, script).catch((error: unknown) => error);
  if (!(outcome instanceof Error)) throw new Error("it did not fail");
  return outcome as SimulationError;
}

/** A worker on `b`, as `a` has it. */
async function workerOnB(sim: Simulated) {
  const outcome = await sim.node("a").spawn(WorkerActor, [label], { on: "b" });
  if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe("a simulated cluster", () => {
  test("runs actors near and far, and time passes only while the script waits", async () => {
    const began = performance.now();
    const { simulatedMs } = await simulate({ nodes: 2, actors }, async (sim) => {
      const near = sim.node("a").spawn(WorkerActor, [label]);
      expect(await near.echo("x")).toEqual({ status: "ok", value: `${label}: x` });
      const far = await workerOnB(sim);
      expect(await far.echo("y")).toEqual({ status: "ok", value: `${label}: y` });
      const before = sim.nowMs;
      await sim.advance(100_000);
      expect(sim.nowMs - before).toBe(100_000);
    });
    expect(simulatedMs).toBeGreaterThan(100_000);
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  test("does the same for the same seed, and something else for another one", async () => {
    const script = async (sim: Simulated) => {
      const far = await workerOnB(sim);
      for (let i = 0; i < 5; i++) await far.echo(`${Math.random()} ${Date.now()} ${sim.random.below(1000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      sim.note(`${Math.random()} ${performance.now()} ${crypto.randomUUID()}`);
    };
    const one = await simulate({ nodes: 2, actors, checks: true }, script);
    const again = await simulate({ nodes: 2, actors }, script);
    const other = await simulate({ nodes: 2, actors, seed: 2 }, script);
    expect(again.hash).toBe(one.hash);
    expect(again.trace).toEqual(one.trace);
    expect(other.hash).not.toBe(one.hash);
  });

  test("cuts, heals, freezes, crashes and starts nodes as it is told", async () => {
    await simulate({ actors }, async (sim) => {
      const far = await workerOnB(sim);
      sim.partition(["a"], ["b"]);
      expect(await far.echo("x").within(500)).toMatchObject({ status: "unknown", reason: "timeout" });
      sim.heal();
      await sim.until(() => sim.isWhole);
      expect(await far.echo("x")).toMatchObject({ status: "ok" });
      sim.freeze("c");
      await sim.until(() => sim.node("a").member("c")?.status === "frozen");
      sim.thaw("c");
      await sim.until(() => sim.isWhole);
      it.hold();
      const asked = far.wait("for the end");
      await sim.advance(100);
      sim.crash("b");
      expect(await asked).toMatchObject({ status: "unknown", reason: "nodeDied" });
      expect(() => sim.node("b")).toThrow("no process runs on b");
      await sim.start("b");
      await sim.until(() => sim.isWhole);
      expect(await far.echo("x")).toMatchObject({ status: "notSent" });
      expect(await (await workerOnB(sim)).echo("x")).toMatchObject({ status: "ok" });
    });
  });

  test("runs what an application does when it starts, in each process", async () => {
    const started: string[] = [];
    const start = (cluster: { readonly self: { readonly host: string } }, name: string) => {
      started.push(`${name} ${cluster.self.host}`);
    };
    await simulate({ nodes: ["one", "two"], start }, async (sim) => {
      sim.crash("two");
      await sim.start("two");
    });
    expect(started.toSorted()).toEqual(["one one", "two two", "two two"]);
  });
});

describe("a run fails, with its seed and how to repeat it, where", () => {
  test("the script throws", async () => {
    const error = await failure({ seed: 7, seeds: 3, nodes: 1 }, (sim) => {
      sim.note("it was here");
      if (sim.nowMs >= 0) throw new RangeError("no");
    });
    expect(error.message).toMatch(/^seed 7: script: RangeError: no/);
    expect(error.message).toContain("HEWN_SEED=7");
    expect(error.message).toContain("it was here");
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  test("a handler throws, unless it may", async () => {
    const script = async (sim: Simulated) => void (await (await workerOnB(sim)).fail("oh"));
    const error = await failure({ nodes: 2, actors }, script);
    expect(error.rule).toBe("crashed");
    expect(error.message).toMatch(/b#1 crashed .*Worker#\d+: TypeError: oh/);
    await simulate({ nodes: 2, actors, mayCrash: true }, script);
    await simulate({ nodes: 2, actors, mayCrash: ({ actor }) => actor.actor === "test/Worker" }, script);
  });

  test("it does real input or output", async () => {
    const error = await failure({ nodes: 1 }, async () => void (await fetch("http://127.0.0.1:1/")));
    expect(error.rule).toBe("realIo");
    expect(error.message).toContain("the script called fetch");
    await readFile(import.meta.filename);
  });

  test("the script does not end", async () => {
    const error = await failure({ nodes: 1, limitMs: 30_000 }, () => new Promise(() => {}));
    expect(error.rule).toBe("endless");
  });

  test("something does not become true in time", async () => {
    const error = await failure({ nodes: 1 }, (sim) => sim.until(() => sim.nowMs < 0, 100));
    expect(error.message).toContain("not within 100 ms");
  });

  test("a second run of the seed does something else", async () => {
    let runs = 0;
    const error = await failure({ nodes: 1, checks: true }, (sim) => sim.note(`run ${runs++}`));
    expect(error.rule).toBe("repeatable");
    expect(error.message).toContain("run 1");
  });
});

test("runs of one thread wait for each other, and what else runs in it keeps its own time", async () => {
  const running = [1, 2].map((seed) => simulate({ seed, nodes: 1 }, (sim) => sim.advance(5_000)));
  const before = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(Date.now() - before).toBeGreaterThanOrEqual(4);
  expect(before).toBeGreaterThan(Date.UTC(2020));
  for (const each of running) expect((await each).runs).toBe(1);
});
