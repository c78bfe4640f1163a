import { describe, expect, test } from "@jest/globals";
import type { HeldLease, OnLeaseLost } from "../remote/index.ts";
import { type LeaseMemory, leaseTimes } from "../supervision/index.ts";
import { newWorld } from "./programs.testing.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";
import { VirtualPulse } from "./virtual-pulse.ts";

const times = leaseTimes.lan;
const term = 1;
const holderId = { host: "holder", port: 9100, instance: 1n };
const granterId = { host: "granter", port: 9100, instance: 2n };

function start(network: VirtualNetwork, machine: string, exit: () => void = () => {}) {
  let pulse: VirtualPulse | undefined;
  const process = network.start(machine, (it) => {
    pulse = new VirtualPulse(it, network, exit);
  });
  return { process, pulse: () => pulse! };
}

interface Held {
  readonly holder: VirtualProcess;
  readonly granter: VirtualProcess;
  readonly network: VirtualNetwork;
  readonly lease: HeldLease;
  readonly grant: LeaseMemory;
  readonly exits: readonly string[];
  readonly after: (ms: number) => Promise<unknown>;
}

/** A lease of one child; the main loops do nothing for it from now on. */
async function held(onLost: OnLeaseLost = "stop"): Promise<Held> {
  const { simulation, network } = newWorld();
  const exits: string[] = [];
  const holder = start(network, "holder", () => exits.push("holder"));
  const granter = start(network, "granter", () => exits.push("granter"));
  const after = (ms: number) => simulation.runUntil(simulation.nowUs / 1000 + ms);
  await after(1);
  const both = { term, times };
  const grant = granter.pulse().leases.grant({
    ...both,
    self: granterId,
    peer: holderId,
    untilMs: granter.process.now() + times.restartAfterMs,
  });
  const lease = holder.pulse().leases.hold(
    {
      ...both,
      self: holderId,
      peer: granterId,
      untilMs: holder.process.now() + times.orphanAfterMs,
    },
    onLost,
  );
  lease.children(1);
  holder.pulse().learned(granterId, { ...granter.pulse().place, host: "granter" });
  return { holder: holder.process, granter: granter.process, network, lease, grant, exits, after };
}

/** Past the end that the lease began with, and within the one that a thread may give it. */
const longerMs = times.orphanAfterMs * 1.3;

describe("leases by the threads of simulated processes", () => {
  test("go on while the holder's loop is blocked, and no longer than one lease from its last beat", async () => {
    const { holder, lease, grant, after } = await held();
    holder.block();
    await after(times.orphanAfterMs * 0.95);
    expect(lease.memory.untilMs).toBeGreaterThan(holder.now());
    expect(grant.untilMs).toBeGreaterThan(0);
    await after(times.orphanAfterMs * 0.5);
    expect(lease.memory.untilMs).toBe(Number.NEGATIVE_INFINITY);
  });

  test("go on while the granter's loop is blocked", async () => {
    const { holder, granter, lease, after } = await held();
    await after(times.renewMs * 2.5);
    granter.block();
    await after(times.orphanAfterMs * 0.9);
    expect(lease.memory.untilMs).toBeGreaterThan(holder.now());
    await after(times.orphanAfterMs * 0.2);
    expect(lease.memory.untilMs).toBe(Number.NEGATIVE_INFINITY);
  });

  test("end where all of the granter is frozen, or nothing comes through", async () => {
    for (const stop of [
      ({ granter }: Held) => granter.freeze(),
      ({ network }: Held) => network.link("granter", "holder").cut(),
    ]) {
      const all = await held();
      stop(all);
      all.holder.block();
      await all.after(longerMs);
      expect(all.lease.memory.untilMs).toBe(Number.NEGATIVE_INFINITY);
    }
  });

  test("end a frozen holder's process only once it runs again, where that is wanted", async () => {
    const { holder, exits, after } = await held("exit");
    holder.freeze();
    await after(longerMs);
    expect(exits).toEqual([]);
    holder.thaw();
    await after(2000);
    expect(exits).toEqual(["holder"]);
  });

  test("end a blocked holder's process, where that is wanted", async () => {
    const { holder, granter, exits, after } = await held("exit");
    granter.freeze();
    holder.block();
    await after(longerMs);
    expect(exits).toEqual(["holder"]);
  });
});
