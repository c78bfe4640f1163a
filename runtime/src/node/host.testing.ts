// Hosts and sockets for tests: what happens is collected and can be waited for, and all of it is gone after each test.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Address, Listening, Stream, StreamEvents, StreamFailure } from "../transport/index.ts";
import { type NodeHost, type NodeHostOptions, nodeHost } from "./node-host.ts";
import type { Refusal } from "./refusal.ts";

/** What happens, in order; waits for what has not happened yet. */
export class Inbox<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => {};

  get size(): number {
    return this.#items.length;
  }
  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }
  async next(): Promise<T> {
    while (this.#items.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#items.shift()!;
  }
}

/** Everything that happens to one stream. */
export class Witness implements StreamEvents {
  stream: Stream | undefined;
  readonly chunks: Uint8Array[] = [];
  readonly events: string[] = [];
  readonly isOpen: Promise<void>;
  readonly isClosed: Promise<StreamFailure | undefined>;
  readonly hasEnded: Promise<void>;
  #changed = new Inbox<void>();
  #open: () => void = () => {};
  #end: () => void = () => {};
  #close: (failure: StreamFailure | undefined) => void = () => {};

  constructor() {
    this.isOpen = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.hasEnded = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.isClosed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  opened(): void {
    this.events.push("opened");
    this.#open();
  }
  received(chunk: Uint8Array): void {
    this.chunks.push(Uint8Array.from(chunk));
    this.#changed.put();
  }
  drained(): void {
    this.events.push("drained");
    this.#changed.put();
  }
  ended(): void {
    this.events.push("ended");
    this.#end();
  }
  closed(failure?: StreamFailure): void {
    this.events.push("closed");
    this.#close(failure);
  }
  /** Waits until this many bytes have come. */
  async got(bytes: number): Promise<Buffer> {
    while (this.bytes.length < bytes) await this.#changed.next();
    return this.bytes;
  }
  async drain(): Promise<void> {
    while (!this.events.includes("drained")) await this.#changed.next();
  }
}

export interface Site {
  readonly host: NodeHost;
  readonly listening: Listening;
  readonly address: Address;
  readonly accepted: Inbox<Witness>;
  readonly all: Witness[];
  readonly refusals: Inbox<Refusal>;
  readonly lines: string[];
}

/** All that a test has opened. */
export class Opened {
  readonly #sites: Site[] = [];
  readonly #streams: Stream[] = [];
  readonly #sockets: Socket[] = [];
  readonly #servers: Server[] = [];

  async host(options: NodeHostOptions = {}, lines: string[] = []): Promise<NodeHost> {
    return nodeHost({ environment: {}, log: (line) => lines.push(line), ...options });
  }

  /** A host that listens, and all that comes to it. */
  async site(
    options: NodeHostOptions = {},
    address: Address = { host: "127.0.0.1", port: 0 },
  ): Promise<Site> {
    const lines: string[] = [];
    const refusals = new Inbox<Refusal>();
    const host = await this.host({ ...options, onRefused: (refusal) => refusals.put(refusal) }, lines);
    const accepted = new Inbox<Witness>();
    const all: Witness[] = [];
    const listening = await host.listen(address, (stream) => {
      const witness = new Witness();
      witness.stream = stream;
      this.#streams.push(stream);
      all.push(witness);
      accepted.put(witness);
      return witness;
    });
    const site = { host, listening, address: listening.address, accepted, all, refusals, lines };
    this.#sites.push(site);
    return site;
  }

  dial(host: NodeHost, address: Address): Witness {
    const witness = new Witness();
    witness.stream = host.dial(address, witness);
    this.#streams.push(witness.stream);
    return witness;
  }

  async raw(address: Address): Promise<Socket> {
    const socket = connect(address.port, address.host);
    this.#sockets.push(socket);
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  }

  /** A server that is no node. */
  async server(take: (socket: Socket) => void, host = "127.0.0.1"): Promise<Address> {
    const server = createServer((socket) => {
      this.#sockets.push(socket);
      socket.on("error", () => {});
      take(socket);
    });
    this.#servers.push(server);
    server.listen(0, host);
    await once(server, "listening");
    return { host, port: (server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    for (const stream of this.#streams.splice(0)) stream.destroy();
    for (const socket of this.#sockets.splice(0)) socket.destroy();
    for (const server of this.#servers.splice(0)) server.close();
    await Promise.all(this.#sites.splice(0).map(({ listening }) => listening.close()));
  }
}
