// Makes this process a node of a cluster: sockets, TLS, clock and chance from `nodeHost`, everything else from the cluster.

import { createHash, randomBytes } from "node:crypto";
import { controlReplies, controlRequests } from "../cluster/control/index.ts";
import {
  type Cluster,
  type ClusterHost,
  type ClusterNode,
  type ClusterOptions,
  openCluster,
} from "../cluster/index.ts";
import type { Metadata } from "../membership/index.ts";
import type { Address } from "../transport/index.ts";
import { actorHost } from "./actor-host.ts";
import type { ControlSocket } from "./control/control-socket.ts";
import { controlNode } from "./control/node-control.ts";
import type { NodeHost, NodeHostOptions } from "./node-host.ts";
import { type OpenPlace, openPlace } from "./place.ts";
import { NodePulse } from "./pulse/node-pulse.ts";
import type { RefusalCounters } from "./refusal.ts";
import type { Resolver } from "./resolver.ts";
import { SeedFinder } from "./seed-finder.ts";
import { runtimeVersion } from "./version.ts";

/** What may be set of the cluster as it is. */
type Settings = Omit<ClusterOptions, "host" | "listen" | "advertise" | "seeds" | "metadata">;

/** Of the second thread. */
export interface PulsePorts {
  /** Any that is free. */
  readonly port?: number;
  /** The one that it listens on. */
  readonly advertisePort?: number;
}

export interface JoinOptions extends NodeHostOptions, Settings {
  /** Where to take connections: `host:port`, `[IPv6]:port`; port 0 is any that is free. Without it nobody can dial this node. */
  readonly bind?: Address | string;
  /** Under which address others reach this node, where that is not where it listens. Port 0: the one it listens on. */
  readonly advertise?: Address | string;
  /**
   * Any members: `host:port`, `dns://name:port`, `dns+srv://name`, several of them with commas between. In any order, down or
   * not, this node among them or not. Names are resolved anew as long as this node is alone.
   */
  readonly seeds?: readonly string[];
  /** For people, and to find the node by. At most 64 characters. */
  readonly name?: string;
  /** What this node is there for. At most 16. */
  readonly roles?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * A second thread, with a port of its own beside that of the node, shows while the loop is blocked that the process lives.
   * Default: true where this node can be dialled; or its port, and that by which others reach it.
   */
  readonly pulse?: boolean | PulsePorts;
  /** Of whatever is worth telling: the application, the runtime. Its own is added as `hewn`, Node's as `node`. */
  readonly versions?: Readonly<Record<string, string>>;
  /**
   * Whether the commands of this user on this machine (`hewn members`, `hewn tree`, `hewn leave`) reach the node, through a
   * socket that nobody else can. Default: true.
   */
  readonly control?: boolean;
}

export interface NodeCluster extends Cluster {
  /** Where this node listens; undefined where it does not. */
  readonly address: Address | undefined;
  /** How many were turned away, by reason. */
  readonly refusals: Readonly<RefusalCounters>;
  /** The file of the socket for commands; undefined where there is none. */
  readonly controlPath: string | undefined;
}

/** What `Cluster.join` is. */
export async function joinCluster(options: JoinOptions = {}): Promise<NodeCluster> {
  const { bind, advertise, seeds = [], pulse = true, control = true, ...rest } = options;
  const place = await openPlace({
    ...options,
    ...(bind !== undefined && { listen: bind }),
    ...(advertise !== undefined && { advertise }),
  });
  const { host } = place;
  const finder = new SeedFinder(host, seeds);
  // It starts alongside: nobody is to wait for a thread to hear of this node. Only its own program does, which may block.
  const thread = pulseOf(pulse, place, options.resolver);
  const opening = openCluster({
    ...rest,
    types: [controlRequests, controlReplies, ...(options.types ?? [])],
    host: clusterHost(host, finder, thread),
    ...(place.listen && { listen: place.listen }),
    ...(place.advertise && { advertise: place.advertise }),
    seeds: finder.addresses,
    metadata: metadataOf(options),
    transfer: process.env["HEWN_DEV"] === "1" ? "checked" : "shared",
    onHandshakeFailed(reason, from) {
      host.handshakeFailed(reason, from);
      options.onHandshakeFailed?.(reason, from);
    },
  });
  const cluster = await opening.catch(async (error: unknown) => {
    await thread?.close();
    throw error;
  });
  finder.start(cluster);
  await orClose(cluster, thread?.started);
  const socket = control ? await controlNode(cluster, host, options) : undefined;
  return asNode(cluster, host, socket);
}

function metadataOf({ name = "", roles = [], tags = {}, versions }: JoinOptions): Partial<Metadata> {
  const all = { hewn: runtimeVersion, node: process.versions.node, ...versions };
  return { name, roles, tags, versions: all };
}

function pulseOf(
  wanted: boolean | PulsePorts,
  { listen }: OpenPlace,
  resolver: Resolver | undefined,
): NodePulse | undefined {
  if (wanted === false || listen === undefined) return undefined;
  const ports = wanted === true ? {} : wanted;
  const pulse = new NodePulse({ ...ports, host: listen.host, ...(resolver && { resolver }) });
  // It may fail before the cluster is there; `orClose` tells.
  pulse.started.catch(() => {});
  return pulse;
}

async function orClose(cluster: ClusterNode, started: Promise<void> | undefined): Promise<void> {
  try {
    await started;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

function clusterHost(host: NodeHost, finder: SeedFinder, pulse: NodePulse | undefined): ClusterHost {
  return {
    ...(pulse && { pulse }),
    actors: actorHost,
    now: () => host.now(),
    random: () => host.random(),
    schedule: (run) => host.schedule(run),
    setTimer: (afterMs, run) => host.setTimer(afterMs, run),
    dial: (address, events) => host.dial(finder.named(address), events),
    listen: (address, onStream) => host.listen(address, onStream),
    newInstance: () => randomBytes(8).readBigUInt64BE(),
    exit: (code) => process.exit(code),
    digest: (text) => createHash("sha256").update(text).digest("base64url"),
  };
}

/** The socket for commands is the last to close: it tells them that the node has left. */
function asNode(
  cluster: ClusterNode,
  { refusals }: NodeHost,
  socket: ControlSocket | undefined,
): NodeCluster {
  const close = cluster.close.bind(cluster);
  return Object.assign(cluster, {
    refusals,
    controlPath: socket?.path,
    close: () => close().then(() => socket?.close()),
  });
}
