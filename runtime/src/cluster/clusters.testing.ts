// Nodes of a cluster on a network in memory and in virtual time, with all that their applications are told.

import { dice } from "../membership/dice.testing.ts";
import type { Address } from "../transport/index.ts";
import { MemoryHost, MemoryNetwork } from "../transport/memory-network.testing.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import type { ClusterHost } from "./cluster-host.ts";
import { type ClusterNode, openCluster } from "./cluster-node.ts";
import type { ClusterOptions } from "./cluster-options.ts";

export class MemoryClusterHost extends MemoryHost implements ClusterHost {
  #instances = 0n;
  #isStopped = false;

  newInstance(): bigint {
    this.#instances++;
    return BigInt(this.network.hosts.indexOf(this) + 1) * 1000n + this.#instances;
  }

  digest(text: string): string {
    return text;
  }

  /** Nothing runs here any more. */
  stop(): void {
    this.#isStopped = true;
    for (const stream of this.streams) {
      stream.events = undefined;
      stream.destroy();
    }
  }

  override schedule(run: () => void): void {
    super.schedule(() => this.#isStopped || run());
  }

  override setTimer(afterMs: number, run: () => void): () => void {
    return super.setTimer(afterMs, () => this.#isStopped || run());
  }
}

export interface TestNode {
  readonly name: string;
  readonly host: MemoryClusterHost;
  readonly cluster: ClusterNode;
  readonly events: ClusterEvent[];
}

export class TestClusters {
  readonly network = new MemoryNetwork();
  readonly #random = dice(7);

  addressOf(name: string): Address {
    return { host: name, port: 1 };
  }

  /** A process called `name`; an earlier one of that name should be gone. */
  async start(name: string, seeds: readonly string[], more: Partial<ClusterOptions> = {}): Promise<TestNode> {
    const host = new MemoryClusterHost(this.network, name);
    host.chance = this.#random;
    this.network.hosts.push(host);
    const cluster = await openCluster({
      host,
      listen: this.addressOf(name),
      seeds: seeds.map((seed) => this.addressOf(seed)),
      metadata: { name },
      profile: "local",
      ...more,
    });
    const events: ClusterEvent[] = [];
    cluster.on((event) => events.push(event));
    return { name, host, cluster, events };
  }

  /** All of these, each with all as its seeds, at the same moment. */
  async startAll(names: readonly string[], more: Partial<ClusterOptions> = {}): Promise<TestNode[]> {
    return Promise.all(names.map((name) => this.start(name, names, more)));
  }

  /** The process is gone: its system closes what it had open, and refuses. */
  kill({ host, cluster }: TestNode): void {
    this.network.unlisten(cluster.address!);
    host.stop();
  }

  /** Time passes until something holds; throws when it does not within `ms`. Answers how long that took. */
  async until(what: () => boolean, ms = 60_000): Promise<number> {
    const since = this.network.nowMs;
    while (!what()) {
      if (this.network.nowMs - since >= ms) throw new Error(`not within ${ms} ms: ${what}`);
      await this.network.advance(10);
    }
    return this.network.nowMs - since;
  }
}

/** What a node says of another by its name; the latest instance of it. */
export function statusAt(node: TestNode, name: string): string | undefined {
  const all = node.cluster.members().filter((member) => member.id.host === name);
  return (all.find(({ status }) => status === "alive") ?? all.at(-1))?.status;
}

/** All know all as alive and are connected. */
export function isOneCluster(nodes: readonly TestNode[]): boolean {
  return nodes.every((node) => {
    const alive = node.cluster.members().filter(({ status }) => status === "alive");
    return alive.length === nodes.length && alive.every(({ isConnected }) => isConnected);
  });
}
