// Seeds that are names: what they stand for changes while a cluster lives, so it is asked again as long as a node is alone.

import type { Cluster } from "../cluster/index.ts";
import { type Address, formatAddress } from "../transport/index.ts";
import type { NamedAddress } from "./dialled-stream.ts";
import { NetworkError } from "./network-error.ts";
import type { NodeHost } from "./node-host.ts";
import { parseSeed, type Seed } from "./seeds.ts";

/** Between two questions to the resolver, in milliseconds: the second wait, and the longest. */
const firstMs = 1_000;
const longestMs = 30_000;

/** Addresses of names that are remembered: as many as membership takes seeds. */
const namedMax = 64;

export class SeedFinder {
  /** Those seeds that are addresses. */
  readonly addresses: readonly Address[];
  readonly #host: NodeHost;
  readonly #names: readonly string[];
  /** What names stand for: certificates are asked for the name. */
  readonly #named = new Map<string, NamedAddress>();

  /** @throws TypeError where a text is no seed */
  constructor(host: NodeHost, seeds: readonly string[]) {
    this.#host = host;
    const texts = seeds.flatMap((text) => text.split(",")).map((text) => text.trim());
    const parsed = texts
      .filter((text) => text !== "")
      .map((text): readonly [string, Seed] => [text, parseSeed(text)]);
    this.addresses = parsed.flatMap(([, seed]) => (seed.kind === "address" ? [seed.address] : []));
    this.#names = parsed.flatMap(([text, seed]) => (seed.kind === "address" ? [] : [text]));
  }

  /** The address as it was found, with the name that it stands for. */
  named(address: Address): Address | NamedAddress {
    return this.#named.get(formatAddress(address)) ?? address;
  }

  /** Finds seeds for a node until it has left. */
  start(cluster: Cluster): void {
    if (this.#names.length > 0) void this.#findAgain(cluster, 0);
  }

  async #findAgain(cluster: Cluster, count: number): Promise<void> {
    if (cluster.state !== "running") return;
    if (isAlone(cluster)) {
      const found = await Promise.all(this.#names.map((name) => this.#find(name)));
      if (cluster.state !== "running") return;
      joinBy(cluster, this.#remember(found.flat()));
    }
    const waitMs = Math.min(longestMs, firstMs * 2 ** Math.min(count, 10)) * (0.5 + this.#host.random());
    this.#host.setTimer(waitMs, () => void this.#findAgain(cluster, isAlone(cluster) ? count + 1 : 0));
  }

  /** A name that stands for nothing at the moment is asked for again. */
  async #find(name: string): Promise<readonly (Address | NamedAddress)[]> {
    try {
      return await this.#host.resolve(name);
    } catch (error) {
      if (error instanceof NetworkError) return [];
      throw error;
    }
  }

  /** As many as there is room for: membership would take no more. */
  #remember(found: readonly (Address | NamedAddress)[]): Address[] {
    const room = Math.max(0, namedMax - this.addresses.length);
    const taken = found.slice(0, room);
    this.#named.clear();
    for (const address of taken) {
      if ("name" in address) this.#named.set(formatAddress(address), address);
    }
    return taken.map(({ host, port }) => ({ host, port }));
  }
}

/** What there is no room for, beside all that was found before, is asked for again after the next start. */
function joinBy(cluster: Cluster, places: readonly Address[]): void {
  try {
    cluster.join(places);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function isAlone(cluster: Cluster): boolean {
  return cluster.members().every(({ isSelf, isConnected }) => isSelf || !isConnected);
}
