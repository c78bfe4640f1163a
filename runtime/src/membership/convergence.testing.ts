// What must hold of a simulated cluster when nothing goes wrong any more.

import { keyOf } from "./member-id.ts";
import { messagesPerSecondMax } from "./profile.ts";
import type { SimulatedCluster } from "./simulated-cluster.testing.ts";
import { isReachable } from "./status.ts";

/** All that run know each other as alive, nobody else is, and their tables are the same. */
export function checkConverged(cluster: SimulatedCluster): void {
  const running = cluster.running();
  for (const node of running) {
    for (const other of running) {
      if (node === other) continue;
      const known = node.state.table.members.get(keyOf(other.id));
      if (known?.status !== "alive") {
        throw new Error(`node ${node.index} says that ${other.index} is ${known?.status ?? "not there"}`);
      }
    }
    const alive = [...node.state.table.members.values()].filter(({ status }) => isReachable(status));
    if (alive.length !== running.length - 1) throw new Error(`node ${node.index} sees some that are gone`);
  }
  const [first, ...rest] = running.map((node) => node.view());
  for (const [index, view] of rest.entries()) {
    if (view !== first) throw new Error(`views differ: ${first}\n--- ${running[index + 1]!.index}\n${view}`);
  }
}

/** Since the start, on average. */
export function checkBudget(cluster: SimulatedCluster): void {
  const seconds = cluster.time.nowMs / 1000;
  for (const { state, index } of cluster.running()) {
    const most = messagesPerSecondMax(state.profile);
    const mean = state.counters.messagesSent / seconds;
    if (mean > most) throw new Error(`node ${index} sent ${mean} messages a second, more than ${most}`);
  }
}
