// Nodes of a cluster in a process of their own: joins, leaves, blocks its loop and sends letters as it is told, and tells what
// it sees of the others, with the time on the clock that all processes share.
import {
  Cluster,
  type ClusterEvent,
  formatNodeId,
  type JoinOptions,
  type MemberStatus,
  type NodeCluster,
} from "@hewn/runtime/node";
import { EventLog } from "./event-log.testing.ts";
import { FleetNode, letterCodec } from "./fleet-node.testing.ts";
import { nowMs, obeyParent, tellParent } from "./program-process.testing.ts";

type Settings = Pick<
  JoinOptions,
  "bind" | "advertise" | "seeds" | "profile" | "pulse" | "localHealth" | "secret"
>;

export interface JoinOrder extends Settings {
  readonly kind: "join";
  readonly name: string;
  /** Where names lead from here. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Tells `full` when so many are there, this node counted. */
  readonly expects?: number;
  /** The file of its log. */
  readonly log?: string;
}

export type FleetCommand =
  /** Answers with the time at which it began to: the node listens a little later. */
  | JoinOrder
  | { readonly kind: "leave"; readonly name: string }
  /** Closes it without a word, and starts it anew at its address, so many times; answers when the last one listens. */
  | { readonly kind: "restart"; readonly name: string; readonly times: number }
  | { readonly kind: "members"; readonly name: string }
  | { readonly kind: "counters"; readonly name: string }
  /** Writes down what it says of everybody. */
  | { readonly kind: "view"; readonly name: string }
  /** Answers, and then does nothing for so long, `times` times, with a pause before each; of 0: one turn of the loop. */
  | { readonly kind: "block"; readonly ms: number; readonly times?: number; readonly pauseMs?: number }
  /** Every node sends each member that is connected a letter, again and again. */
  | { readonly kind: "write"; readonly everyMs: number }
  | { readonly kind: "letters" };

export interface MemberSeen {
  readonly name: string;
  /** Host, port and instance. */
  readonly id: string;
  readonly status: MemberStatus;
  readonly isConnected: boolean;
}

export interface StatusTold {
  readonly kind: "status";
  readonly of: MemberSeen;
  readonly status: MemberStatus;
  readonly atMs: number;
}

export type FleetTold =
  | StatusTold
  | { readonly kind: "full"; readonly by: string; readonly atMs: number }
  | { readonly kind: "reborn"; readonly by: string };

export interface Letters {
  readonly sent: number;
  readonly received: number;
  /** Those that came to an instance which they were not meant for. */
  readonly misled: number;
}

const nodes = new Map<string, FleetNode>();
const orders = new Map<string, JoinOrder>();
const past = { sent: 0, received: 0, misled: 0 };
const logs = new Map<string, EventLog>();

function nodeOf(name: string): FleetNode {
  const node = nodes.get(name);
  if (node === undefined) throw new Error(`no node is called ${name}`);
  return node;
}

async function join(order: JoinOrder): Promise<number> {
  const { kind: _, expects, addresses, log, ...options } = order;
  const resolver = {
    addresses: async (name: string) => [addresses?.[name] ?? name],
    services: async () => [],
  };
  const atMs = nowMs();
  const cluster = await Cluster.join({
    environment: {},
    log: () => {},
    // Nodes of tests are none of those that this user's commands are for.
    control: false,
    types: [letterCodec],
    ...(addresses !== undefined && { resolver }),
    ...options,
  });
  orders.set(options.name, order);
  nodes.set(options.name, new FleetNode(cluster, log === undefined ? undefined : logAt(log)));
  watch(options.name, cluster, expects);
  return atMs;
}

/** One for all starts of a node in this process. */
function logAt(file: string): EventLog {
  const log = logs.get(file) ?? new EventLog(file, file);
  logs.set(file, log);
  return log;
}

function watch(by: string, cluster: NodeCluster, expects = Number.POSITIVE_INFINITY): void {
  let isFull = false;
  const look = (): void => {
    // Where ten nodes start in one loop, that is late: a member that is only stalled is known all the same.
    const known = cluster.members().filter(({ status }) => status === "alive" || status === "stalled").length;
    if (known >= expects && !isFull) tellParent<FleetTold>({ kind: "full", by, atMs: nowMs() });
    isFull = known >= expects;
  };
  cluster.on((event) => {
    tell(by, event);
    look();
  });
  look();
}

function tell(by: string, event: ClusterEvent): void {
  if (event.kind === "reborn") tellParent<FleetTold>({ kind: "reborn", by });
  if (event.kind !== "joined" && event.kind !== "statusChanged") return;
  const { status } = event.member;
  tellParent<FleetTold>({ kind: "status", of: seen(event.member), status, atMs: nowMs() });
}

function seen({ name, id, status, isConnected }: ReturnType<NodeCluster["members"]>[number]): MemberSeen {
  return { name, id: formatNodeId(id), status, isConnected };
}

/** Of a node that is over the letters still count. */
function retire(name: string): void {
  const { sent, received, misled } = nodeOf(name);
  past.sent += sent;
  past.received += received;
  past.misled += misled;
  nodes.delete(name);
}

async function restart(name: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await nodeOf(name).close();
    retire(name);
    await join(orders.get(name)!);
  }
}

async function leave(name: string): Promise<void> {
  await nodeOf(name).leave();
  retire(name);
}

function block(ms: number, times: number, pauseMs: number): void {
  const begin = pauseMs === 0 ? setImmediate : (run: () => void) => setTimeout(run, pauseMs);
  begin(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    if (times > 1) block(ms, times - 1, pauseMs);
  });
}

function write(): void {
  for (const node of nodes.values()) node.write();
}

function letters(): Letters {
  const all = [past, ...nodes.values()];
  const sum = (of: (one: Letters) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    sent: sum((one) => one.sent),
    received: sum((one) => one.received),
    misled: sum((one) => one.misled),
  };
}

obeyParent<FleetCommand>((command) => {
  switch (command.kind) {
    case "join":
      return join(command);
    case "leave":
      return leave(command.name);
    case "restart":
      return restart(command.name, command.times);
    case "members":
      return nodeOf(command.name).cluster.members().map(seen);
    case "counters":
      return nodeOf(command.name).cluster.counters;
    case "view":
      return nodeOf(command.name).view();
    case "block":
      return block(command.ms, command.times ?? 1, command.pauseMs ?? 10);
    case "write":
      setInterval(write, command.everyMs);
      return undefined;
    case "letters":
      return letters();
    default:
      return command satisfies never;
  }
});
