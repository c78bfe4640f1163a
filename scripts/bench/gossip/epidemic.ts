// How a cluster of so many nodes behaves in virtual time: when all know of all, when all know of news and of a frozen node, and
// what it costs when nothing happens.
import { keyOf } from "../../../runtime/src/membership/member-id.ts";
import { profiles } from "../../../runtime/src/membership/profile.ts";
import { SimulatedCluster } from "../../../runtime/src/membership/simulated-cluster.testing.ts";
import type { SimulatedNode } from "../../../runtime/src/membership/simulated-node.testing.ts";

/** Milliseconds until the last node knows, of each trial; messages a node and second. */
export interface Epidemic {
  readonly join: readonly number[];
  readonly news: readonly number[];
  readonly freeze: readonly number[];
  readonly idle: number;
}

const lookEveryMs = 10;
const idleMs = 10_000;
/** Longer than anything here takes. */
const patienceMs = 60_000;

type IsTold = (node: SimulatedNode) => boolean;

export function epidemic(size: number, trials: number): Epidemic {
  const found = { join: [] as number[], news: [] as number[], freeze: [] as number[] };
  const costs: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const cluster = new SimulatedCluster(1 + trial, { profile: profiles.lan });
    for (let index = 0; index < size; index++) cluster.start(index, [0, 1, 2]);
    found.join.push(until(cluster, ({ state }) => state.table.living === size - 1));
    until(cluster, ({ state }) => state.queue.items.size === 0);
    const idle = sentBy(cluster, () => cluster.time.runUntil(cluster.time.nowMs + idleMs));
    found.news.push(news(cluster, trial));
    found.freeze.push(freeze(cluster, trial));
    costs.push(mean(idle) / (idleMs / 1000));
  }
  return { ...found, idle: mean(costs) };
}

function news(cluster: SimulatedCluster, trial: number): number {
  const source = cluster.nodes[(7 * trial) % cluster.nodes.length]!;
  const metadata = { name: "news", roles: [], tags: {}, actors: [], versions: {} };
  cluster.give(source, (nowMs) => ({ kind: "metadataChanged", metadata, nowMs }));
  const key = keyOf(source.id);
  return until(
    cluster,
    (node) => node === source || node.state.table.members.get(key)?.metadata?.name === "news",
  );
}

function freeze(cluster: SimulatedCluster, trial: number): number {
  const index = (11 * trial + 3) % cluster.nodes.length;
  const key = keyOf(cluster.nodes[index]!.id);
  cluster.freeze(index);
  const statuses: readonly (string | undefined)[] = ["unreachable", "frozen"];
  return until(cluster, ({ state }) => statuses.includes(state.table.members.get(key)?.status));
}

/** How long it takes until this is so at all that run. */
function until(cluster: SimulatedCluster, isTold: IsTold): number {
  const sinceMs = cluster.time.nowMs;
  let waiting = cluster.running();
  while (waiting.length > 0) {
    cluster.time.runUntil(cluster.time.nowMs + lookEveryMs);
    waiting = waiting.filter((node) => !isTold(node));
    if (cluster.time.nowMs > sinceMs + patienceMs) throw new Error(`${waiting.length} were never told`);
  }
  return cluster.time.nowMs - sinceMs;
}

function sentBy(cluster: SimulatedCluster, run: () => void): readonly number[] {
  const sent = (): readonly number[] => cluster.nodes.map(({ state }) => state.counters.messagesSent);
  const before = sent();
  run();
  return sent().map((count, index) => count - before[index]!);
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, one) => sum + one, 0) / figures.length;
}
