// A node of a cluster with all that is written down of it: what it says of the others, and what becomes of the letters that it
// sends to each of them.
import type { Codec } from "@hewn/runtime/codec";
import { type ClusterEvent, type ClusterMember, formatNodeId, type NodeCluster } from "@hewn/runtime/node";
import type { Observation } from "@hewn/runtime/simulation";
import * as workloads from "../../fixtures/bench/workloads.codec.ts";
import type { NodeId } from "../../fixtures/bench/workloads.ts";
import type { EventLog } from "./event-log.testing.ts";

/** A letter names who sends it and who is meant; its number rises with each letter to that one. */
export const letterCodec = workloads.NodeIdCodec as Codec<NodeId>;

const pair = 0;

export class FleetNode {
  readonly cluster: NodeCluster;
  sent = 0;
  received = 0;
  /** Letters that were meant for somebody else. */
  misled = 0;
  readonly #log: EventLog | undefined;
  readonly #sequences = new Map<string, number>();

  constructor(cluster: NodeCluster, log?: EventLog) {
    this.cluster = cluster;
    this.#log = log;
    this.#named();
    cluster.on((event) => this.#happened(event));
    cluster.onMessage(letterCodec, (letter) => this.#received(letter));
  }

  get self(): string {
    return formatNodeId(this.cluster.self);
  }

  /** One letter to everybody who is connected. */
  write(): void {
    if (this.cluster.state !== "running") return;
    for (const { id, isSelf } of this.cluster.members()) {
      const peer = isSelf ? undefined : this.cluster.peerOf(id);
      if (peer === undefined) continue;
      const [from, to] = [this.self, formatNodeId(id)];
      const sequence = (this.#sequences.get(to) ?? 0) + 1;
      const letter = { host: `${from} ${to}`, port: 0, instance: BigInt(sequence) };
      if (peer.send(letterCodec, letter).status !== "accepted") continue;
      this.#sequences.set(to, sequence);
      this.sent++;
      this.#observe({ kind: "accepted", from, to, pair, sequence, bytes: 0 });
    }
  }

  /** What it says of everybody, for the rules. */
  view(): void {
    const alive = this.cluster.members().filter(({ status }) => status === "alive");
    const lines = alive.map(({ id, incarnation, name }) => `${formatNodeId(id)} ${incarnation} ${name}`);
    this.#observe({
      kind: "view",
      at: this.self,
      alive: alive.map(({ id }) => formatNodeId(id)),
      text: lines.sort().join("\n"),
    });
  }

  /** It says goodbye and is gone. */
  async leave(): Promise<void> {
    const { self } = this;
    await this.cluster.leave();
    this.#observe({ kind: "left", process: self });
  }

  /** It is gone without a word. */
  async close(): Promise<void> {
    const { self } = this;
    await this.cluster.close();
    this.#observe({ kind: "died", process: self });
  }

  #named(): void {
    this.#observe({ kind: "named", process: this.self, name: this.self });
  }

  #received({ host, instance }: NodeId): void {
    const [from = "", to = ""] = host.split(" ");
    const at = this.self;
    this.received++;
    if (at !== to) this.misled++;
    this.#observe({ kind: "delivered", at, from, to, pair, sequence: Number(instance) });
  }

  #happened(event: ClusterEvent): void {
    if (event.kind === "reborn") {
      this.#observe({ kind: "died", process: formatNodeId(event.was) });
      this.#named();
    }
    if (event.kind === "joined") this.#says(event.member, false);
    if (event.kind === "statusChanged") this.#says(event.member, event.accusers.length === 1);
  }

  #says({ id, status, incarnation, accusers }: ClusterMember, isSure: boolean): void {
    const isOwn = isSure && accusers.some((one) => formatNodeId(one) === this.self);
    const about = formatNodeId(id);
    this.#observe({ kind: "says", at: this.self, about, status, incarnation, isOwn });
  }

  #observe(observation: Observation): void {
    this.#log?.write(observation);
  }
}
