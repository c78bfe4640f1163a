// Random faults for a while, then fair weather: what must hold then, whatever the seed.

import { checkBudget, checkConverged } from "./convergence.testing.ts";
import { profiles } from "./profile.ts";
import { checkService } from "./service.testing.ts";
import { fair, SimulatedCluster } from "./simulated-cluster.testing.ts";

/** What has to happen in some of the runs, or they have tried nothing. */
export interface Sometimes {
  refuted: number;
  indirectlySaved: number;
  healedBySync: number;
  rebirths: number;
  stalls: number;
  frozen: number;
  restarts: number;
}

export const noneYet: Sometimes = {
  refuted: 0,
  indirectlySaved: 0,
  healedBySync: 0,
  rebirths: 0,
  stalls: 0,
  frozen: 0,
  restarts: 0,
};

export const faultsMs = 30_000;
/** After the last fault, all live nodes see the same: two full syncs and the longest redial. */
export const convergesMs = 2 * 1.5 * profiles.local.syncIntervalMs + 2 * 1.5 * profiles.local.redialLongestMs;

/** Throws an error that says what did not hold, with the seed. */
export function run(seed: number, size: number, sometimes: Sometimes): void {
  const cluster = new SimulatedCluster(seed, { profile: profiles.local });
  try {
    for (let index = 0; index < size; index++) cluster.start(index, [0, (index + 1) % size]);
    cluster.time.runUntil(2_000);
    disturb(cluster, size);
    const useful = cluster.total("syncsUseful");
    cluster.time.runUntil(cluster.time.nowMs + convergesMs);
    checkConverged(cluster);
    checkBudget(cluster);
    sometimes.healedBySync += cluster.total("syncsUseful") - useful;
    checkService(cluster, size);
  } catch (error) {
    throw new Error(`seed ${seed}, ${size} nodes: ${(error as Error).message}`, { cause: error });
  }
  sometimes.refuted += cluster.total("suspicionsRefuted");
  sometimes.indirectlySaved += cluster.total("indirectlySaved");
  sometimes.rebirths += cluster.total("rebirths");
  sometimes.stalls += cluster.total("stalls");
  sometimes.frozen += cluster.effects.filter(
    ({ effect }) => effect.kind === "statusChanged" && effect.status === "frozen",
  ).length;
  sometimes.restarts += cluster.everybody.length - size;
}

function disturb(cluster: SimulatedCluster, size: number): void {
  const { random, time } = cluster;
  const endMs = time.nowMs + faultsMs;
  cluster.weather = { loss: 0.1 * random(), double: 0.1 * random(), delayMs: [1, 5 + 60 * random()] };
  while (time.nowMs < endMs) {
    time.runUntil(time.nowMs + 200 + 2_000 * random());
    fault(cluster, Math.floor(random() * size), size);
  }
  cluster.weather = { ...fair };
  cluster.cut.clear();
  for (const node of cluster.nodes) {
    cluster.thaw(node.index);
    node.refuses = false;
    const isGone = node.mode === "crashed" || node.mode === "unplugged";
    // The first is everybody's seed: who left is not dialled, and comes back by a seed that is there.
    const isNeeded = node.index === 0 && node.mode !== "running";
    if (isNeeded || (isGone && random() < 0.5)) cluster.start(node.index, [0, 1, 2]);
  }
}

function fault(cluster: SimulatedCluster, victim: number, size: number): void {
  const { random } = cluster;
  const node = cluster.nodes[victim]!;
  const other = Math.floor(random() * size);
  switch (Math.floor(random() * 9)) {
    case 0:
      return cluster.cut.clear();
    case 1:
      return cluster.split((index) => index <= Math.min(victim, other));
    case 2:
      cluster.cut.add(`${victim}>${other}`);
      return;
    case 3:
      cluster.cut.add(`${victim}>${other}`);
      cluster.cut.add(`${other}>${victim}`);
      return;
    case 4:
      return crashOrStart(cluster, victim);
    case 5:
      return freezeForAWhile(cluster, victim);
    case 6:
      return refuseForAWhile(cluster, victim);
    case 7:
      cluster.weather.loss = random() < 0.5 ? 0.3 : 0;
      return;
    default:
      if (node.mode === "running" && random() < 0.3) cluster.leave(victim);
      else if (node.mode === "running") {
        const metadata = { name: `n${victim}`, roles: [`r${random()}`], tags: {}, actors: [], versions: {} };
        cluster.give(node, (nowMs) => ({ kind: "metadataChanged", metadata, nowMs }));
      }
  }
}

function crashOrStart(cluster: SimulatedCluster, victim: number): void {
  const { mode } = cluster.nodes[victim]!;
  if (mode === "running" && cluster.running().length > 2) {
    if (cluster.random() < 0.3) cluster.unplug(victim);
    else cluster.crash(victim, cluster.random() < 0.5);
  } else if (mode !== "running" && mode !== "frozen") {
    cluster.start(victim, [0, 1, 2]);
  }
}

function freezeForAWhile(cluster: SimulatedCluster, victim: number): void {
  cluster.freeze(victim);
  cluster.time.after(500 + 4_000 * cluster.random(), () => cluster.thaw(victim));
}

/** A listener that is gone for a moment: a false proof of death. */
function refuseForAWhile(cluster: SimulatedCluster, victim: number): void {
  const node = cluster.nodes[victim]!;
  if (node.mode !== "running") return;
  node.refuses = true;
  if (cluster.random() < 0.3) cluster.breakSockets(node);
  cluster.time.after(300, () => {
    node.refuses = false;
  });
}
