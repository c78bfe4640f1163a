// A cluster as control wants it: what it knows, as messages say it.

import { isFinal, type Place, type TrailEntry } from "../../membership/index.ts";
import type { Cluster } from "../cluster.ts";
import type { ClusterMember } from "../cluster-member.ts";
import { controlReplies, controlRequests } from "./control-types.ts";
import type { ControlledNode } from "./controlled-node.ts";
import { eventReport } from "./event-report.ts";
import { type Forest, forestOf } from "./forest.ts";
import { goesOnEveryMs } from "./limits.ts";
import type { MemberReport, TrailReport } from "./messages.ts";
import { TreeGatherer } from "./tree-gatherer.ts";

/** What control takes of a cluster. */
type Source = Pick<
  Cluster,
  | "self"
  | "nowMs"
  | "counters"
  | "actorCounters"
  | "remoteCounters"
  | "registryCounters"
  | "supervisionCounters"
  | "members"
  | "member"
  | "why"
  | "on"
  | "join"
  | "leave"
  | "drain"
  | "movable"
  | "supervisors"
  | "peerOf"
  | "onMessage"
>;

export interface ControlledClusterOptions {
  /** The places that a seed stands for at this moment. Rejects with a sentence where it is none. */
  readonly resolve: (seed: string) => Promise<readonly Place[]>;
  /** What else is counted at this node. */
  readonly counters?: () => Readonly<Record<string, number>>;
  readonly setTimer: (afterMs: number, run: () => void) => () => void;
}

/** The cluster was given the types of control. */
export function controlledCluster(cluster: Source, options: ControlledClusterOptions): ControlledNode {
  const forest = (): Forest => {
    const { self, nowMs, supervisors } = cluster;
    return forestOf(supervisors, { self, nowMs, name: cluster.member(self)?.name ?? "" });
  };
  const gatherer = new TreeGatherer({
    members: () => cluster.members().filter(({ status }) => !isFinal(status)),
    own: forest,
    ask: (member, request) => cluster.peerOf(member)?.send(controlRequests, request),
    setTimer: options.setTimer,
  });
  cluster.onMessage(controlReplies, (reply, { node }) => gatherer.received(reply, node));
  return {
    get self() {
      return cluster.self;
    },
    members: () => cluster.members().map((member) => reportOf(member, cluster.nowMs)),
    why: (member) => cluster.why(member).map((entry) => trailOf(entry, cluster.nowMs)),
    forest,
    tree: () => gatherer.gather(),
    counters: () => ({
      ...cluster.counters,
      ...named("actors", cluster.actorCounters),
      ...named("remote", cluster.remoteCounters),
      ...named("registry", cluster.registryCounters),
      ...named("supervision", cluster.supervisionCounters),
      ...options.counters?.(),
    }),
    on: (listener) =>
      cluster.on((event) => {
        const report = eventReport(event, cluster.nowMs);
        if (report !== undefined) listener(report);
      }),
    join: async (seeds) => {
      const places = await Promise.all(seeds.map((seed) => options.resolve(seed)));
      cluster.join(places.flat());
    },
    leave: (goesOn) => telling(cluster.leave(), goesOn, options),
    drain: (goesOn) => telling(cluster.drain(), () => goesOn(cluster.movable), options),
  };
}

/** Says now and then that something goes on, as long as it does. */
async function telling<T>(
  what: Promise<T>,
  goesOn: () => void,
  { setTimer }: ControlledClusterOptions,
): Promise<T> {
  let stop = (): void => {};
  const tell = (): void => {
    goesOn();
    stop = setTimer(goesOnEveryMs, tell);
  };
  stop = setTimer(goesOnEveryMs, tell);
  try {
    return await what;
  } finally {
    stop();
  }
}

/** Under names of their own among all others: `actorsDropped`. */
function named(prefix: string, counters: object): Record<string, number> {
  const entries = Object.entries(counters as Readonly<Record<string, number>>);
  return Object.fromEntries(
    entries.map(([name, count]) => [`${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`, count]),
  );
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
    lagMs: Math.round(lagMs),
    ...(sinceMs !== undefined && { forMs: Math.round(nowMs - sinceMs) }),
    ...(heardAtMs !== undefined && { heardMsAgo: Math.round(nowMs - heardAtMs) }),
    ...(roundTripMs !== undefined && { roundTripMs: Math.round(roundTripMs * 1000) / 1000 }),
  };
}

function trailOf({ atMs, from, ...claim }: TrailEntry, nowMs: number): TrailReport {
  return { msAgo: Math.round(nowMs - atMs), ...claim, ...(from !== undefined && { from }) };
}
