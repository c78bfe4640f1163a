import { describe, expect, test } from "@jest/globals";
import { checkConverged } from "./convergence.testing.ts";
import type { Policy } from "./policy.ts";
import { profiles } from "./profile.ts";
import { SimulatedCluster } from "./simulated-cluster.testing.ts";

function started(size: number, policy: Policy): SimulatedCluster {
  const cluster = new SimulatedCluster(7, { profile: profiles.local, policy });
  // The first dials the second, and nobody has a seed on the other side but the first.
  for (let index = 0; index < size; index++)
    cluster.start(index, index === 0 ? [1] : index < size / 2 ? [0] : []);
  for (let index = Math.ceil(size / 2); index < size; index++) {
    cluster.give(cluster.nodes[0]!, (nowMs) => ({
      kind: "joinRequested",
      seeds: [cluster.placeOf(index)],
      nowMs,
    }));
  }
  cluster.time.runUntil(5_000);
  checkConverged(cluster);
  return cluster;
}

const standDowns = (cluster: SimulatedCluster) =>
  cluster.effects.filter(({ effect }) => effect.kind === "standDown").map(({ index }) => index);

describe("two halves that are cut apart", () => {
  test("come together again without anybody being reborn, where unreachable is not final", () => {
    const cluster = started(6, { kind: "none" });
    cluster.split((index) => index < 3);
    cluster.time.runUntil(30_000);
    cluster.cut.clear();
    cluster.time.runUntil(45_000);
    checkConverged(cluster);
    expect(cluster.total("rebirths")).toBe(0);
  });

  test("come together again as new instances, where each has removed the other", () => {
    const cluster = started(6, { kind: "after", afterMs: 2_000 });
    cluster.split((index) => index < 3);
    // Whoever had a seed on the other side is gone: only those who dial the dead can find them.
    cluster.nodes[0]!.state.seeds = [];
    cluster.time.runUntil(30_000);
    cluster.cut.clear();
    cluster.time.runUntil(75_000);
    checkConverged(cluster);
    expect(cluster.total("rebirths")).toBeGreaterThan(0);
  });

  test("know under keep majority which of them gives way", () => {
    const cluster = started(5, { kind: "keepMajority", stableMs: 1_000 });
    cluster.split((index) => index < 2);
    cluster.time.runUntil(20_000);
    expect(new Set(standDowns(cluster))).toEqual(new Set([0, 1]));
    expect(cluster.nodes[4]!.state.table.living).toBe(2);
    expect(cluster.nodes[0]!.state.table.living).toBe(4);
  });
});

test("a link that is cut between two does not make either unreachable, as long as others reach both", () => {
  const cluster = started(5, { kind: "none" });
  cluster.cut.add("1>3").add("3>1");
  cluster.time.runUntil(60_000);
  const unreachable = cluster.effects.filter(
    ({ effect }) => effect.kind === "statusChanged" && effect.status === "unreachable",
  );
  expect(unreachable).toEqual([]);
  expect(cluster.total("indirectlySaved")).toBeGreaterThan(10);
});
