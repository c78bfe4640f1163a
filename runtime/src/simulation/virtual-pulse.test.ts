import { describe, expect, test } from "@jest/globals";
import { newWorld } from "./programs.testing.ts";
import { VirtualPulse } from "./virtual-pulse.ts";

/** Two processes with pulses; `ask` has the first ask the second, and answers the lag that it was told within 100 ms. */
async function pair() {
  const { simulation, network } = newWorld();
  const start = (machine: string) => {
    let pulse: VirtualPulse | undefined;
    const process = network.start(machine, (it) => {
      pulse = new VirtualPulse(it, network);
    });
    return { process, pulse: () => pulse! };
  };
  const a = start("a");
  const b = start("b");
  const after = (ms: number) => simulation.runUntil(simulation.nowUs / 1000 + ms);
  await after(1);
  const { place } = b.pulse();
  const peer = { host: "b", port: 9100, instance: 1n };
  const ask = async (): Promise<number | undefined> => {
    let told: number | undefined;
    a.pulse().onAnswer = (_, lagMs) => {
      told = lagMs;
    };
    a.pulse().ask(peer, { ...place, host: "b" });
    await after(100);
    return told;
  };
  return { a, b, after, ask, network };
}

describe("the pulse of a process", () => {
  test("answers while its loop is blocked, says for how long, and is told when it runs again", async () => {
    const { b, after, ask } = await pair();
    expect(await ask()).toBe(0);
    b.process.block();
    await after(1000);
    expect(await ask()).toBeCloseTo(1001, 0);
    const stalls: number[] = [];
    b.pulse().onStalled = (lagMs) => stalls.push(lagMs);
    b.process.thaw();
    await after(10);
    expect(stalls).toEqual([1100]);
    expect(await ask()).toBe(0);
  });

  test("does not answer where all of it is frozen, is gone, or another process is in its place", async () => {
    const { b, ask, network } = await pair();
    b.process.freeze();
    expect(await ask()).toBeUndefined();
    b.process.thaw();
    expect(await ask()).toBe(0);
    network.crash("b");
    expect(await ask()).toBeUndefined();
    network.start("b", (it) => void new VirtualPulse(it, network));
    expect(await ask()).toBeUndefined();
  });

  test("answers nobody whom the network does not let through", async () => {
    const { ask, network } = await pair();
    network.link("b", "a").cut();
    expect(await ask()).toBeUndefined();
  });
});
