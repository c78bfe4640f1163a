// Nodes of a cluster as processes, that can be killed, frozen, blocked and cut off, and what they tell of each other.
import type { FleetCommand, FleetTold, MemberSeen, StatusTold } from "./fleet-program.testing.ts";
import { PairNetwork } from "./pair-network.testing.ts";
import { ProgramProcess } from "./program-process.testing.ts";

export type ProfileName = "local" | "lan";

export interface FleetOptions {
  /** The program, as it was built. */
  readonly file: string;
  readonly size: number;
  readonly profile: ProfileName;
  /** With the proxies that can cut nodes off. */
  readonly isProxied?: boolean;
  readonly pulse?: boolean;
  readonly localHealth?: boolean;
  /** A file for the log of one more process. */
  readonly logFile?: (node: number) => string;
}

/** Long enough for a machine that does much else. */
const patienceMs = 90_000;

export class FleetProcess extends ProgramProcess<FleetCommand, FleetTold> {
  async members(name: string): Promise<readonly MemberSeen[]> {
    return (await this.tell({ kind: "members", name })) as readonly MemberSeen[];
  }

  /** Waits until its node has so many members that are alive and connected; fails with what it sees instead. */
  async untilSettled(name: string, size: number, waitMs = patienceMs): Promise<void> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const members = await this.members(name);
      const settled = members.filter(({ status, isConnected }) => status === "alive" && isConnected);
      if (settled.length === size) return;
      if (performance.now() > deadline) {
        throw new Error(`${name} does not see ${size}, but ${JSON.stringify(members)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export class Fleet {
  readonly size: number;
  readonly #options: FleetOptions;
  readonly #network: PairNetwork | undefined;
  readonly #processes: FleetProcess[] = [];
  readonly #ports: number[];

  private constructor(options: FleetOptions) {
    this.#options = options;
    this.size = options.size;
    this.#network = options.isProxied === true ? new PairNetwork(options.size) : undefined;
    this.#ports = Array.from({ length: options.size }, (_, node) => portOf(node));
  }

  /** Starts a node in each of so many processes, and waits until all are one cluster. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options);
    await fleet.#network?.open();
    await Promise.all(fleet.#ports.map((_, node) => fleet.join(node)));
    await fleet.settled();
    return fleet;
  }

  get network(): PairNetwork {
    if (this.#network === undefined) throw new Error("nothing is between these nodes");
    return this.#network;
  }

  get nodes(): readonly number[] {
    return this.#ports.map((_, node) => node);
  }

  process(node: number): FleetProcess {
    return this.#processes[node]!;
  }

  /** A new process with this node; answers when it began to join, once it has. */
  async join(node: number): Promise<number> {
    const started = this.prepare(node);
    return (await started.tell(this.order(node))) as number;
  }

  /** A new process, without a node. */
  prepare(node: number): FleetProcess {
    const started = new FleetProcess(this.#options.file);
    this.#processes[node] = started;
    return started;
  }

  order(node: number): FleetCommand & { readonly kind: "join" } {
    const { profile, pulse = true, localHealth, logFile } = this.#options;
    const place = this.#network?.placeOf(node);
    const at = (one: number): string => this.#network?.seedOf(one) ?? `127.0.0.1:${this.#ports[one]}`;
    return {
      kind: "join",
      name: nameOf(node),
      profile,
      expects: this.size,
      seeds: [at(0), at(1)],
      ...(localHealth !== undefined && { localHealth }),
      ...(logFile && { log: logFile(node) }),
      ...(place === undefined ? { bind: at(node) } : place),
      ...(pulse ? {} : { pulse: false }),
    };
  }

  /** Everybody knows everybody as alive and is connected; what happened before is forgotten. */
  async settled(): Promise<void> {
    for (const node of this.nodes) await this.process(node).untilSettled(nameOf(node), this.size);
    for (const node of this.nodes) this.process(node).forget();
  }

  /** What it is called as long as this start of it lives. */
  async idOf(node: number): Promise<string> {
    return (await this.process(node).members(nameOf(node)))[0]!.id;
  }

  /** When each of these nodes came to say one of these things of a member. */
  async told(
    by: readonly number[],
    id: string,
    statuses: readonly StatusTold["status"][],
  ): Promise<readonly number[]> {
    const isIt = (event: FleetTold): event is StatusTold =>
      event.kind === "status" && event.of.id === id && statuses.includes(event.status);
    const what = `${statuses.join(" or ")} of ${id}`;
    const events = by.map((node) => this.process(node).next(`${nameOf(node)}: ${what}`, isIt, patienceMs));
    return (await Promise.all(events)).map(({ atMs }) => atMs);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.kill()));
    await this.#network?.close();
  }
}

export function nameOf(node: number): string {
  return `node${node}`;
}

/** The same at every start, so that who starts again is at its address; none that systems give out by themselves. */
export function portOf(node: number): number {
  return 12_000 + (process.pid % 500) * 40 + node;
}
