// Nodes of clusters for tests: real ones, of this process, and waiting for what they know.

import { afterEach } from "@jest/globals";
import { Cluster, formatAddress, type JoinOptions, type NodeCluster } from "./index.ts";

const opened: NodeCluster[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((cluster) => cluster.close()));
});

/** A node on any port, closed after the test. */
export async function join(options: JoinOptions = {}): Promise<NodeCluster> {
  const cluster = await Cluster.join({
    bind: "127.0.0.1:0",
    environment: {},
    log: () => {},
    profile: "local",
    ...options,
  });
  opened.push(cluster);
  return cluster;
}

export const seedOf = ({ address }: NodeCluster): string => formatAddress(address!);

/** Waits for an event after which it is so, those that have happened included. */
export async function until(cluster: NodeCluster, isWanted: () => boolean, ms = 5_000): Promise<void> {
  const deadline = performance.now() + ms;
  const events = cluster.events({ snapshot: true });
  let timer: NodeJS.Timeout | undefined;
  while (!isWanted()) {
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), Math.min(20, deadline - performance.now()));
    });
    await Promise.race([events.next(), late]);
    clearTimeout(timer);
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms`);
  }
  await events.return?.();
}
