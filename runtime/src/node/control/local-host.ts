// The host of a transport between processes of one user: streams go through a socket's file, whatever address they are for.

import { connect, createServer, type Socket } from "node:net";
import type { Address, Listening, OnStream, Stream, StreamEvents } from "../../transport/index.ts";
import { networkError } from "../network-error.ts";
import { NodeHost } from "../node-host.ts";
import { SocketStream } from "../socket-stream.ts";
import { streamFailure } from "../stream-failure.ts";

/** Connections at a time: two for each command that runs. */
const connectionsMax = 64;

export class LocalHost extends NodeHost {
  readonly #path: string;

  constructor(path: string) {
    super({}, { kind: "none" });
    this.#path = path;
  }

  override dial(_address: Address, events: StreamEvents): Stream {
    return new LocalStream(connect({ path: this.#path, allowHalfOpen: true }), events);
  }

  override async listen(address: Address, onStream: OnStream): Promise<Listening> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const stream = new SocketStream(socket);
      stream.tell(onStream(stream, address));
    });
    server.maxConnections = connectionsMax;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => reject(networkError(`listen at ${this.#path}`, error)));
      server.listen({ path: this.#path }, resolve);
    });
    server.on("error", () => {});
    return {
      address,
      close: () =>
        new Promise((resolve) => {
          // Not when it says that it is done: that waits for the sockets that it took, which live on.
          server.close();
          setImmediate(resolve);
        }),
    };
  }
}

class LocalStream implements Stream {
  readonly #socket: Socket;
  readonly #events: StreamEvents;
  #stream: SocketStream | undefined;

  constructor(socket: Socket, events: StreamEvents) {
    this.#socket = socket;
    this.#events = events;
    const failed = (error: Error) => events.closed(streamFailure(error));
    socket.once("error", failed);
    socket.once("connect", () => {
      socket.off("error", failed);
      this.#stream = new SocketStream(socket);
      this.#stream.tell(events);
      events.opened();
    });
  }

  write(bytes: Uint8Array): boolean {
    return this.#stream?.write(bytes) ?? true;
  }

  end(): void {
    if (this.#stream === undefined) this.destroy();
    else this.#stream.end();
  }

  destroy(): void {
    if (this.#stream !== undefined) return this.#stream.destroy();
    this.#socket.removeAllListeners();
    this.#socket.on("error", () => {});
    this.#socket.destroy();
    process.nextTick(() => this.#events.closed());
  }
}
