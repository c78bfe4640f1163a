// One process of the pair that shows what a probe on the control lane takes while the user lane is flooded with long
// messages: `serve` tells its address and process, takes the flood and answers probes; `flood <address> <process>` sends
// both, and answers every line `<ms>` with `<p50> <p99> <longest> <MB/s>`: the milliseconds that the two were running
// while a probe was on its way, which on one core that they share is how long it took, and how much went through.
import { createInterface } from "node:readline";
import type { Codec } from "@hewn/runtime/codec";
import { type Peer, startTransport, type Transport } from "@hewn/runtime/node";
import * as blobs from "../../../fixtures/bench/blob.codec.ts";
import type { Blob64k } from "../../../fixtures/bench/blob.ts";
import * as workloads from "../../../fixtures/bench/workloads.codec.ts";
import type { NodeId } from "../../../fixtures/bench/workloads.ts";
import { processorNs } from "./processor-time.ts";

const probeMs = 5;
const blob = blobs.Blob64kCodec as Codec<Blob64k>;
const probe = workloads.NodeIdCodec as Codec<NodeId>;
const options = { types: [blob, probe], environment: {} };
const message: Blob64k = { id: "flood", data: new Uint8Array(64 * 1024).fill(7) };

async function serve(): Promise<Transport> {
  const transport = await startTransport({ ...options, listen: "127.0.0.1:0" });
  transport.onMessage(blob, () => {});
  transport.onMessage(probe, (asked, peer) => {
    peer.sendControl(probe, asked);
  });
  return transport;
}

class Flood {
  readonly #peer: Peer;
  readonly #pids: readonly number[];
  readonly #tookMs: number[] = [];
  /** When probes were asked, by their number. */
  readonly #asked = new Map<bigint, number>();
  #number = 0n;
  #sent = 0;
  #endMs = 0;

  constructor(peer: Peer, pids: readonly number[]) {
    this.#peer = peer;
    this.#pids = pids;
  }

  answered({ instance }: NodeId): void {
    const askedMs = this.#asked.get(instance);
    this.#asked.delete(instance);
    if (askedMs !== undefined) this.#tookMs.push(this.#nowMs() - askedMs);
  }

  async run(ms: number): Promise<string> {
    this.#tookMs.length = 0;
    this.#sent = 0;
    const startMs = performance.now();
    this.#endMs = startMs + ms;
    const timer = setInterval(() => this.#ask(), probeMs);
    await this.#pour();
    clearInterval(timer);
    const seconds = (performance.now() - startMs) / 1000;
    const sorted = this.#tookMs.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
    const megabytes = (this.#sent * message.data.length) / 1e6 / seconds;
    return [at(0.5), at(0.99), at(1), megabytes].map((figure) => figure.toFixed(2)).join(" ");
  }

  /** As much as the lane takes, all the time. */
  async #pour(): Promise<void> {
    while (performance.now() < this.#endMs) {
      while (this.#peer.send(blob, message).status === "accepted") this.#sent++;
      await this.#peer.ready();
    }
  }

  #ask(): void {
    const instance = this.#number++;
    this.#asked.set(instance, this.#nowMs());
    this.#peer.sendControl(probe, { host: "", port: 0, instance });
  }

  /** What others do on the machine does not count; by the clock where the system tells no processor time. */
  #nowMs(): number {
    const ns = processorNs(this.#pids);
    return ns === undefined ? performance.now() : ns / 1e6;
  }
}

async function flood(address: string, pid: number): Promise<Flood> {
  const transport = await startTransport(options);
  const outcome = await transport.connect(address);
  if (outcome.status !== "connected") throw new Error(outcome.reason.text);
  const running = new Flood(outcome.peer, [process.pid, pid]);
  transport.onMessage(probe, (answer) => running.answered(answer));
  return running;
}

const [role, address = "", pid] = process.argv.slice(2);
const running = role === "serve" ? undefined : await flood(address, Number(pid));
console.log(running === undefined ? `127.0.0.1:${(await serve()).address?.port} ${process.pid}` : "ready");
for await (const line of createInterface({ input: process.stdin })) {
  if (running !== undefined) console.log(await running.run(Number(line)));
}
process.exit();
