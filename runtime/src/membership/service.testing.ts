// What a cluster in fair weather does, and in what time: news, newcomers, the frozen, the dead and the leaving, one after
// the other. Nobody else is accused meanwhile.

import { checkConverged } from "./convergence.testing.ts";
import { keyOf } from "./member-id.ts";
import type { MemberStatus } from "./messages.ts";
import { idleMessagesPerSecondMax, type Profile } from "./profile.ts";
import type { SimulatedCluster } from "./simulated-cluster.testing.ts";
import type { SimulatedNode } from "./simulated-node.testing.ts";
import { suspicionBounds } from "./suspicion.ts";

/** News reaches all. */
const toldMs = 1_000;

/** Known to all at the latest: a probe by one of many, its round, the longest suspicion, and the telling. */
function detectedMs({ probeIntervalMs, redialLongestMs }: Profile, size: number, profile: Profile): number {
  return (
    probeIntervalMs * 2 * size + suspicionBounds(profile, size).longestMs + redialLongestMs * 1.5 + toldMs
  );
}

export function checkService(cluster: SimulatedCluster, size: number): void {
  const { time } = cluster;
  const since = cluster.effects.length;
  checkIdle(cluster);
  checkNews(cluster);
  const newcomer = checkNewcomer(cluster, cluster.nodes.length);
  const { profile } = newcomer.state;
  const boundMs = detectedMs(profile, size + 1, profile);
  cluster.freeze(newcomer.index);
  waitUntilAllSay(cluster, newcomer, ["unreachable", "frozen"], boundMs);
  cluster.thaw(newcomer.index);
  time.runUntil(time.nowMs + toldMs);
  checkConverged(cluster);
  checkNobodyElse(cluster, since, newcomer);
  cluster.crash(newcomer.index, false);
  waitUntilAllSay(cluster, newcomer, ["dead"], boundMs);
  const leaver = checkNewcomer(cluster, newcomer.index + 1);
  cluster.leave(leaver.index);
  waitUntilAllSay(cluster, leaver, ["left"], toldMs);
}

function checkIdle(cluster: SimulatedCluster): void {
  const { time } = cluster;
  const before = cluster.total("messagesSent");
  time.runUntil(time.nowMs + 5_000);
  const running = cluster.running();
  const mean = (cluster.total("messagesSent") - before) / 5 / running.length;
  const most = idleMessagesPerSecondMax(running[0]!.state.profile);
  if (mean > most) throw new Error(`an idle node sends ${mean} messages a second, more than ${most}`);
}

function checkNews(cluster: SimulatedCluster): void {
  const author = cluster.running()[0]!;
  const metadata = { name: "news", roles: [], tags: { a: "b" }, actors: [], versions: {} };
  cluster.give(author, (nowMs) => ({ kind: "metadataChanged", metadata, nowMs }));
  cluster.time.runUntil(cluster.time.nowMs + toldMs);
  for (const node of cluster.running()) {
    const known = node.state.table.members.get(keyOf(author.id));
    if (node !== author && known?.metadata?.name !== "news") {
      throw new Error(`node ${node.index} has not heard the news in ${toldMs} ms`);
    }
  }
}

function checkNewcomer(cluster: SimulatedCluster, index: number): SimulatedNode {
  const newcomer = cluster.start(index, [cluster.running()[0]!.index]);
  cluster.time.runUntil(cluster.time.nowMs + toldMs);
  checkConverged(cluster);
  return newcomer;
}

function waitUntilAllSay(
  cluster: SimulatedCluster,
  about: SimulatedNode,
  statuses: readonly MemberStatus[],
  withinMs: number,
): void {
  const { time } = cluster;
  const key = keyOf(about.id);
  const statusAt = ({ state }: SimulatedNode) => state.table.members.get(key)?.status;
  for (const endMs = time.nowMs + withinMs; time.nowMs < endMs; ) {
    time.runUntil(time.nowMs + 50);
    const others = cluster.running().filter((node) => node !== about);
    if (others.every((node) => statuses.includes(statusAt(node) ?? "alive"))) return;
  }
  const says = cluster.running().map((node) => `${node.index}: ${statusAt(node)}`);
  throw new Error(`not ${statuses.join(" or ")} for all in ${withinMs} ms: ${says.join(", ")}`);
}

function checkNobodyElse(cluster: SimulatedCluster, since: number, victim: SimulatedNode): void {
  for (const { index, effect } of cluster.effects.slice(since)) {
    if (effect.kind !== "statusChanged" || effect.status === "alive" || effect.was === undefined) continue;
    if (keyOf(effect.member) === keyOf(victim.id)) continue;
    throw new Error(`node ${index} says that ${keyOf(effect.member)} is ${effect.status}, in fair weather`);
  }
}
