// A cluster as control wants it: what it knows, as messages say it.

import type { Place, TrailEntry } from "../../membership/index.ts";
import type { Cluster } from "../cluster.ts";
import type { ClusterEvent } from "../cluster-event.ts";
import type { ClusterMember } from "../cluster-member.ts";
import type { ControlledNode } from "./controlled-node.ts";
import type { EventReport, MemberReport, TrailReport } from "./messages.ts";

/** What control takes of a cluster. */
type Source = Pick<Cluster, "self" | "nowMs" | "counters" | "members" | "why" | "on" | "join" | "leave">;

export interface ControlledClusterOptions {
  /** The places that a seed stands for at this moment. Rejects with a sentence where it is none. */
  readonly resolve: (seed: string) => Promise<readonly Place[]>;
  /** What else is counted at this node. */
  readonly counters?: () => Readonly<Record<string, number>>;
}

export function controlledCluster(cluster: Source, options: ControlledClusterOptions): ControlledNode {
  return {
    get self() {
      return cluster.self;
    },
    members: () => cluster.members().map((member) => reportOf(member, cluster.nowMs)),
    why: (member) => cluster.why(member).map((entry) => trailOf(entry, cluster.nowMs)),
    counters: () => ({ ...cluster.counters, ...options.counters?.() }),
    on: (listener) =>
      cluster.on((event) => {
        for (const report of reportsOf(event, cluster)) listener(report);
      }),
    join: async (seeds) => {
      const places = await Promise.all(seeds.map((seed) => options.resolve(seed)));
      cluster.join(places.flat());
    },
    leave: () => cluster.leave(),
  };
}

function reportOf(member: ClusterMember, nowMs: number): MemberReport {
  const { id: node, isSelf, status, incarnation, evidence, accusers, name, roles, tags, actors } = member;
  const { versions, isConnected, sinceMs, heardAtMs, roundTripMs, lagMs } = member;
  return {
    node,
    isSelf,
    status,
    incarnation,
    evidence,
    accusers,
    name,
    roles,
    tags,
    actors,
    versions,
    isConnected,
    lagMs,
    ...(sinceMs !== undefined && { forMs: nowMs - sinceMs }),
    ...(heardAtMs !== undefined && { heardMsAgo: nowMs - heardAtMs }),
    ...(roundTripMs !== undefined && { roundTripMs }),
  };
}

function trailOf({ atMs, from, ...claim }: TrailEntry, nowMs: number): TrailReport {
  return { msAgo: nowMs - atMs, ...claim, ...(from !== undefined && { from }) };
}

function reportsOf(event: ClusterEvent, cluster: Source): readonly EventReport[] {
  const msAgo = cluster.nowMs - event.atMs;
  switch (event.kind) {
    case "members":
      return [];
    case "joined": {
      const { id, name, status, incarnation, evidence, accusers } = event.member;
      return [{ kind: "status", msAgo, member: id, name, status, incarnation, evidence, accusers }];
    }
    case "statusChanged": {
      const { member, was, status, incarnation, evidence, accusers } = event;
      const claim = { status, incarnation, evidence, accusers, ...(was !== undefined && { was }) };
      return [{ kind: "status", msAgo, member: member.id, name: member.name, ...claim }];
    }
    case "metadataChanged":
      return [{ kind: "metadata", msAgo, member: event.member.id, name: event.member.name }];
    case "reborn": {
      const { was, self, evidence, accusers } = event;
      return [{ kind: "reborn", msAgo, was, self, evidence, accusers }];
    }
    case "standDown":
      return [{ kind: "standDown", msAgo }];
    case "left":
      return [{ kind: "left", msAgo }];
    case "missed":
      return [{ kind: "missed", count: event.count }];
    default:
      return event satisfies never;
  }
}
