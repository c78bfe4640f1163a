// Nodes of a cluster in a process of their own: joins, leaves, blocks its loop and sends letters as it is told, and tells what
// it sees of the others, with the time on the system's clock that all processes share.
import type { Codec } from "@hewn/runtime/codec";
import {
  type ClusterEvent,
  type Evidence,
  type JoinOptions,
  joinCluster,
  type MemberId,
  type MemberStatus,
  type NodeCluster,
} from "@hewn/runtime/node";
import * as workloads from "../../fixtures/bench/workloads.codec.ts";
import type { NodeId } from "../../fixtures/bench/workloads.ts";
import { nowMs, obeyParent, tellParent } from "./program-process.testing.ts";

type Settings = Pick<JoinOptions, "bind" | "advertise" | "seeds" | "profile" | "pulse" | "localHealth">;

export interface JoinOrder extends Settings {
  readonly kind: "join";
  readonly name: string;
  /** Where names lead from here. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Tells `full` when so many are alive, this node counted. */
  readonly expects?: number;
}

export type FleetCommand =
  /** Answers with the time at which the node listened. */
  | JoinOrder
  | { readonly kind: "leave"; readonly name: string }
  | { readonly kind: "members"; readonly name: string }
  | { readonly kind: "counters"; readonly name: string }
  | { readonly kind: "why"; readonly name: string; readonly of: string }
  /** Answers, and then does nothing for so long, `times` times, with a pause between. */
  | { readonly kind: "block"; readonly ms: number; readonly times?: number; readonly pauseMs?: number }
  /** Sends each member that is connected a letter with its own id, until it is told to stop. */
  | { readonly kind: "write"; readonly everyMs: number }
  | { readonly kind: "letters" };

export interface MemberSeen {
  readonly name: string;
  readonly at: string;
  readonly status: MemberStatus;
  readonly instance: string;
  readonly incarnation: number;
  readonly isConnected: boolean;
}

export interface StatusTold {
  readonly kind: "status";
  /** Whose view this is. */
  readonly by: string;
  readonly of: MemberSeen;
  readonly status: MemberStatus;
  readonly evidence: Evidence;
  readonly atMs: number;
}

export type FleetTold =
  | StatusTold
  | { readonly kind: "full"; readonly by: string; readonly atMs: number }
  | { readonly kind: "reborn"; readonly by: string; readonly was: string; readonly instance: string }
  /** A letter came to an instance that it was not meant for. */
  | { readonly kind: "misled"; readonly by: string; readonly meant: string };

export interface Letters {
  readonly sent: number;
  readonly received: number;
}

const letter = workloads.NodeIdCodec as Codec<NodeId>;
const clusters = new Map<string, NodeCluster>();
const letters = { sent: 0, received: 0 };

function clusterOf(name: string): NodeCluster {
  const cluster = clusters.get(name);
  if (cluster === undefined) throw new Error(`no node is called ${name}`);
  return cluster;
}

async function join({ kind: _, expects, addresses, ...options }: JoinOrder): Promise<number> {
  const resolver = {
    addresses: async (name: string) => [addresses?.[name] ?? name],
    services: async () => [],
  };
  const cluster = await joinCluster({
    environment: {},
    log: () => {},
    types: [letter],
    ...(addresses !== undefined && { resolver }),
    ...options,
  });
  const atMs = nowMs();
  clusters.set(options.name, cluster);
  watch(options.name, cluster, expects);
  cluster.onMessage(letter, (meant) => {
    letters.received++;
    if (meant.instance === cluster.self.instance) return;
    tellParent<FleetTold>({ kind: "misled", by: options.name, meant: instanceText(meant) });
  });
  return atMs;
}

function watch(by: string, cluster: NodeCluster, expects = Number.POSITIVE_INFINITY): void {
  let isFull = false;
  const look = (): void => {
    const alive = cluster.members().filter(({ status }) => status === "alive").length;
    if (alive >= expects && !isFull) tellParent<FleetTold>({ kind: "full", by, atMs: nowMs() });
    isFull = alive >= expects;
  };
  cluster.on((event) => {
    tell(by, event);
    look();
  });
  look();
}

function tell(by: string, event: ClusterEvent): void {
  if (event.kind === "reborn") {
    const [was, instance] = [instanceText(event.was), instanceText(event.self)];
    tellParent<FleetTold>({ kind: "reborn", by, was, instance });
  }
  if (event.kind !== "joined" && event.kind !== "statusChanged") return;
  const { member } = event;
  const { status, evidence } = member;
  tellParent<FleetTold>({ kind: "status", by, of: seen(member), status, evidence, atMs: nowMs() });
}

function seen(member: ReturnType<NodeCluster["members"]>[number]): MemberSeen {
  const { name, id, status, incarnation, isConnected } = member;
  const at = `${id.host}:${id.port}`;
  return { name, at, status, instance: instanceText(id), incarnation, isConnected };
}

function instanceText({ instance }: MemberId): string {
  return instance.toString(16);
}

function block(ms: number, times: number, pauseMs: number): void {
  setTimeout(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    if (times > 1) block(ms, times - 1, pauseMs);
  }, pauseMs);
}

function write(): void {
  for (const cluster of clusters.values()) {
    for (const { id, isSelf } of cluster.members()) {
      if (isSelf || cluster.state !== "running") continue;
      if (cluster.peerOf(id)?.send(letter, id).status === "accepted") letters.sent++;
    }
  }
}

obeyParent<FleetCommand>((command) => {
  switch (command.kind) {
    case "join":
      return join(command);
    case "leave":
      return clusterOf(command.name).leave();
    case "members":
      return clusterOf(command.name).members().map(seen);
    case "counters":
      return clusterOf(command.name).counters;
    case "why":
      return clusterOf(command.name)
        .why(command.of)
        .map(({ status, evidence }) => `${status} ${evidence}`);
    case "block":
      return block(command.ms, command.times ?? 1, command.pauseMs ?? 10);
    case "write":
      setInterval(write, command.everyMs);
      return undefined;
    case "letters":
      return letters;
    default:
      return command satisfies never;
  }
});
