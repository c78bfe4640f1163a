// A network of fault proxies between nodes of this machine, one for each ordered pair, so that who dialled is known: a node
// reaches every other one by its name, which leads it to a loopback address that is for this pair alone.
import { FaultProxy } from "./fault-proxy.testing.ts";
import type { Faults, ProxyCommand } from "./faults.testing.ts";

const ports = { node: 7000, pulse: 7500 } as const;

/** What a node needs to join through the network. */
export interface PairPlace {
  readonly bind: string;
  readonly advertise: string;
  readonly addresses: Readonly<Record<string, string>>;
  readonly pulse: { readonly port: number };
}

export class PairNetwork {
  readonly size: number;
  /** Of the addresses: another process may have such a network too. */
  readonly #net = 10 + (process.pid % 240);
  readonly #proxies = new Map<string, readonly FaultProxy[]>();

  constructor(size: number) {
    this.size = size;
  }

  async open(): Promise<void> {
    for (const [from, to] of this.#pairs()) {
      const proxies = Object.values(ports).map(async (port) => {
        const proxy = new FaultProxy(this.#entrance(from, to), port);
        await proxy.obey({ kind: "aim", host: this.#home(to), port });
        await proxy.listen();
        return proxy;
      });
      this.#proxies.set(`${from} ${to}`, await Promise.all(proxies));
    }
  }

  placeOf(node: number): PairPlace {
    const addresses: Record<string, string> = {};
    for (let other = 0; other < this.size; other++) {
      addresses[nameOf(other)] = other === node ? this.#home(node) : this.#entrance(node, other);
    }
    return {
      bind: `${this.#home(node)}:${ports.node}`,
      advertise: this.seedOf(node),
      addresses,
      pulse: { port: ports.pulse },
    };
  }

  seedOf(node: number): string {
    return `${nameOf(node)}:${ports.node}`;
  }

  /** Whatever goes between a node and all others; `heal` mends it. */
  async cutOff(node: number, passage: Faults["passage"] = "discard"): Promise<void> {
    await this.#obey(({ from, to }) => from === node || to === node, { kind: "faults", faults: { passage } });
  }

  /** What one sends to another, and what comes back, on streams that either of them has dialled. */
  async cutPair(one: number, other: number): Promise<void> {
    const isBetween = ({ from, to }: Pair) =>
      (from === one && to === other) || (from === other && to === one);
    await this.#obey(isBetween, { kind: "faults", faults: { passage: "discard" } });
  }

  /** Whatever goes between a node and all others passes again. */
  async mend(node: number): Promise<void> {
    await this.#obey(({ from, to }) => from === node || to === node, { kind: "heal" });
  }

  async heal(): Promise<void> {
    await this.#obey(() => true, { kind: "heal" });
  }

  /** As the system of a process that is gone; or no longer. */
  async refuse(node: number, refuses: boolean): Promise<void> {
    await this.#obey(({ to }) => to === node, { kind: "refuse", refuses });
  }

  async close(): Promise<void> {
    await this.#obey(() => true, { kind: "close" });
  }

  async #obey(isIt: (pair: Pair) => boolean, command: ProxyCommand): Promise<void> {
    for (const [from, to] of this.#pairs()) {
      if (!isIt({ from, to })) continue;
      for (const proxy of this.#proxies.get(`${from} ${to}`) ?? []) await proxy.obey(command);
    }
  }

  #pairs(): readonly (readonly [from: number, to: number])[] {
    const nodes = Array.from({ length: this.size }, (_, node) => node);
    return nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => [from, to] as const));
  }

  #home(node: number): string {
    return `127.${this.#net}.0.${1 + node}`;
  }

  #entrance(from: number, to: number): string {
    return `127.${this.#net}.${1 + from}.${1 + to}`;
  }
}

interface Pair {
  readonly from: number;
  readonly to: number;
}

function nameOf(node: number): string {
  return `n${node}.test`;
}
