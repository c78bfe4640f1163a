// What two honest nodes say to each other, byte by byte: two handshakes, messages short and long both ways, grants,
// pings, a goodbye.
import type { Address } from "@hewn/runtime/transport";
import { codec, messagesEach, type NodeUnderTest, nodeUnderTest } from "./node-under-test.ts";
import type { ScriptedStream } from "./scripted-host.ts";

export type Side = "a" | "b";

/** Bytes that came to a side at once. */
export interface Delivery {
  /** The number of the stream, by the order in which they were opened. */
  readonly stream: number;
  readonly bytes: Uint8Array;
}

export interface Recording {
  /** Who opened each stream. */
  readonly dialledBy: readonly Side[];
  readonly deliveries: Readonly<Record<Side, readonly Delivery[]>>;
  /** The version of the type that each side has. */
  readonly fingerprints: Readonly<Record<Side, string>>;
  /** How many messages each side received. */
  readonly received: Readonly<Record<Side, number>>;
}

/** Another version of the type, which knows the first. */
const newer = "0000000000000002";

/** `sameTypes: false`: the sides have different versions of the type, so that they compare their catalogues. */
export async function record(sameTypes: boolean): Promise<Recording> {
  const fingerprints = { a: codec.fingerprint, b: sameTypes ? codec.fingerprint : newer };
  const a = await nodeUnderTest("a", "leads", fingerprints.a);
  const b = await nodeUnderTest("b", "follows", fingerprints.b);
  const wire = new Wire(a, b);
  void a.transport.connect({ host: "b", port: 1 });
  wire.run();
  for (let seconds = 0; seconds < 5; seconds++) {
    a.host.advance(1000);
    b.host.advance(1000);
    wire.run();
  }
  void a.peers[0]?.close();
  wire.run();
  const received = { a: a.received.length, b: b.received.length };
  if (received.a !== messagesEach || received.b !== messagesEach) throw new Error("the nodes lost messages");
  return { dialledBy: wire.dialledBy, deliveries: wire.deliveries, fingerprints, received };
}

interface Pipe {
  readonly ends: Readonly<Record<Side, ScriptedStream>>;
  readonly carried: Record<Side, number>;
}

/** Carries bytes between two nodes, and keeps them. */
class Wire {
  readonly dialledBy: Side[] = [];
  readonly deliveries: Record<Side, Delivery[]> = { a: [], b: [] };
  readonly #nodes: Readonly<Record<Side, NodeUnderTest>>;
  readonly #pipes: Pipe[] = [];

  constructor(a: NodeUnderTest, b: NodeUnderTest) {
    this.#nodes = { a, b };
    a.host.onDial = (stream, address) => this.#dialled("a", stream, address);
    b.host.onDial = (stream, address) => this.#dialled("b", stream, address);
  }

  /** Until nothing more happens. */
  run(): void {
    for (let busy = true; busy; ) {
      this.#nodes.a.host.settle();
      this.#nodes.b.host.settle();
      busy = false;
      for (const [number, pipe] of this.#pipes.entries()) {
        busy = this.#carry(number, pipe, "a", "b") || this.#carry(number, pipe, "b", "a") || busy;
        this.#finish(pipe);
      }
    }
  }

  #dialled(by: Side, near: ScriptedStream, _address: Address): void {
    const { host } = this.#nodes[by];
    const other = this.#nodes[by === "a" ? "b" : "a"].host;
    host.soon(() => {
      const far = other.open();
      this.dialledBy.push(by);
      const ends = by === "a" ? { a: near, b: far } : { a: far, b: near };
      this.#pipes.push({ ends, carried: { a: 0, b: 0 } });
      near.events?.opened();
    });
  }

  #carry(number: number, { ends, carried }: Pipe, from: Side, to: Side): boolean {
    const fresh = ends[from].written.slice(carried[from]);
    carried[from] += fresh.length;
    for (const bytes of fresh) {
      if (ends[to].closed) continue;
      this.deliveries[to].push({ stream: number, bytes });
      ends[to].events?.received(Uint8Array.from(bytes));
    }
    return fresh.length > 0;
  }

  #finish({ ends }: Pipe): void {
    for (const [from, to] of [
      [ends.a, ends.b],
      [ends.b, ends.a],
    ] as const) {
      if (!(from.ended || from.destroyed) || to.closed) continue;
      to.events?.ended();
      if (to.ended || to.destroyed) {
        to.close();
        from.close();
      }
    }
  }
}
