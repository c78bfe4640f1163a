// What a node has counted of each other node, all in all: one that was lost and came back is another peer.
import type { Observation } from "@hewn/runtime/simulation";
import type { NodeId, Peer } from "@hewn/runtime/transport";

/** @param peers all that `at` ever had, and of which nothing is left */
export function talliesOf(
  at: string,
  peers: Iterable<Peer>,
  nameOf: (node: NodeId) => string,
): Observation[] {
  const sums = new Map<string, { sent: number; delivered: number; lost: number; unknown: number }>();
  for (const { node, counters } of peers) {
    const peer = nameOf(node);
    const sum = sums.get(peer) ?? { sent: 0, delivered: 0, lost: 0, unknown: 0 };
    sums.set(peer, sum);
    sum.sent += counters.sent;
    sum.delivered += counters.delivered;
    sum.lost += counters.unsent;
    sum.unknown += counters.unknown;
  }
  return [...sums].map(([peer, sum]) => ({ kind: "tally", at, peer, ...sum }));
}
