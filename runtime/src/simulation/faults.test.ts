import { describe, expect, test } from "@jest/globals";
import { Faults } from "./faults.ts";
import { intruderMachine } from "./intruder.ts";
import { parsePlan } from "./plan.ts";
import { bytes, newWorld, startClient, startServer } from "./programs.testing.ts";

function world(allocatedBytes?: () => number) {
  const { simulation, network } = newWorld();
  const log: string[] = [];
  const faults = new Faults(simulation, network, ["a", "b"], {
    start(machine) {
      log.push(`start ${machine}`);
      startServer(network, machine);
    },
    died: (process) => log.push(`died ${process}`),
    allocatedBytes,
  });
  const perform = (line: string) => {
    for (const action of parsePlan(`machines a b\n0 ${line}`).actions) faults.perform(action);
  };
  const now = () => simulation.nowUs / 1000;
  const after = (ms: number) => simulation.runUntil(now() + ms);
  return { simulation, network, log, perform, after };
}

describe("an action of a plan", () => {
  test("ends processes and machines and starts the next ones, but none beside one that lives", async () => {
    const { network, log, perform, after } = world();
    for (const line of ["start a", "start a", "crash a", "start a", "power-off a", "start b", "calm"]) {
      perform(line);
      await after(10);
    }
    expect(log).toEqual(["start a", "died a#1", "start a", "died a#2", "start b", "start a"]);
    expect(network.machine("a").process?.name).toBe("a#3");
  });

  test("cuts and freezes for a time, or until it is taken back", async () => {
    const { network, perform, after } = world();
    perform("start b");
    await after(1);
    perform("cut a<>b ms=50");
    perform("freeze b ms=70");
    await after(49);
    expect([network.link("a", "b").isCut, network.link("b", "a").isCut]).toEqual([true, true]);
    await after(10);
    expect([network.link("a", "b").isCut, network.machine("b").process?.isFrozen]).toEqual([false, true]);
    await after(20);
    expect(network.machine("b").process?.isFrozen).toBe(false);
    for (const line of ["cut a>b", "freeze b", "refuse b", "pieces b", "reading b"]) perform(line);
    await after(1000);
    expect(network.link("a", "b").isCut).toBe(true);
    perform("calm");
    expect(network.link("a", "b").isCut).toBe(false);
    expect(network.machine("b")).toMatchObject({
      refusesDials: false,
      pieceBytesMax: Number.POSITIVE_INFINITY,
      readBytesPerMs: Number.POSITIVE_INFINITY,
    });
  });

  test("breaks the connection that it names, as one or both ends learn", async () => {
    const { simulation, network, perform, after } = world();
    const server = startServer(network, "b");
    const client = startClient(network, "a", "b");
    await after(10);
    perform("half-open b>a which=7");
    await after(10);
    expect(server.ends[0]?.log).toEqual(["closed reset"]);
    expect(client.log).toEqual(["opened"]);
    expect(Object.fromEntries(simulation.counts)).toEqual({ "fault: half-open of an open connection": 1 });
    client.stream?.write(bytes("x"));
    await after(10);
    perform("reset a>b");
    expect(simulation.counts.get("fault: reset of an open connection")).toBeUndefined();
  });
});

describe("an intruder", () => {
  test.each([0, 1, 2, 3, 4, 5, 6])(
    "who speaks in way %i reaches the listener and disturbs nobody else",
    async (which) => {
      const { simulation, network, perform, after } = world(() => 0);
      const server = startServer(network, "b");
      await after(10);
      perform(`intrude b which=${which}`);
      await after(2000);
      expect(server.ends).toHaveLength(1);
      expect(server.ends[0]?.log.some((line) => line.startsWith("received"))).toBe(
        which !== 0 && which !== 6,
      );
      expect(simulation.failures).toEqual([]);
      expect(network.machine(intruderMachine).process?.isAlive).toBe(true);
    },
  );

  test("who costs too much memory fails the run", async () => {
    let allocated = 0;
    const { simulation, network, perform, after } = world(() => allocated);
    startServer(network, "b");
    perform("intrude b");
    allocated = 2 ** 30;
    await after(20);
    expect(simulation.failures).toMatchObject([{ rule: "memory" }]);
  });
});
