// Takes connections from other nodes.

import { createServer, type Server, type Socket } from "node:net";
import {
  type Address,
  type CloseReason,
  type Connection,
  formatAddress,
  type NodeId,
  transportLimits,
} from "../transport/index.ts";
import { isLoopback, securedAddress } from "./loopback.ts";
import { networkError } from "./network-error.ts";
import { type NodeOptions, newInstance, sessionConfig } from "./node-options.ts";
import { connectSocket } from "./socket-connection.ts";

export interface ListenOptions extends NodeOptions {
  /** Default 127.0.0.1. Others than the machine's own need `insecure`. */
  readonly host?: string;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Connections whose handshake is not done; more are dropped as they come. Default 128. */
  readonly pendingHandshakesMax?: number;
  /** A connection ended before it was open: what came was no node, or none that fits. */
  readonly onRefused?: (reason: CloseReason, from: Address) => void;
}

export interface Listener {
  /** Where others reach it: the port is the real one. */
  readonly address: Address;
  readonly node: NodeId;
  /** Connections that are open. */
  readonly connections: ReadonlySet<Connection>;
  /** Connections that were dropped because too many handshakes were pending. */
  readonly dropped: number;
  /** Takes no more connections, closes those that are open, and is done when all sockets are gone. */
  close(): Promise<void>;
}

/**
 * Listens for nodes.
 * @throws NetworkError when the address cannot be had, or leaves this machine without `insecure`
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const name = options.host ?? "127.0.0.1";
  const port = options.port ?? 0;
  const attempt = `listen on ${formatAddress({ host: name, port })}`;
  const host = await securedAddress(name, attempt, options.insecure === true);
  if (!isLoopback(host)) {
    process.emitWarning(
      `${formatAddress({ host, port })} takes connections from beyond this machine, unencrypted and from anybody`,
      { code: "HEWN_INSECURE" },
    );
  }
  const server = createServer();
  const bound = await bind(server, host, port, attempt);
  return new TcpListener(server, { host: name, port: bound }, options);
}

function bind(server: Server, host: string, port: number, attempt: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(networkError(attempt, error)));
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

class TcpListener implements Listener {
  readonly address: Address;
  readonly node: NodeId;
  readonly connections = new Set<Connection>();
  dropped = 0;

  readonly #server: Server;
  readonly #options: ListenOptions;
  readonly #pendingMax: number;
  readonly #pending = new Set<Connection>();

  constructor(server: Server, address: Address, options: ListenOptions) {
    this.#server = server;
    this.#options = options;
    this.#pendingMax = options.pendingHandshakesMax ?? transportLimits.pendingHandshakesMax;
    this.address = address;
    this.node = { ...address, instance: newInstance() };
    const config = sessionConfig(this.node, options);
    server.on("connection", (socket) => this.#accept(socket, config));
  }

  async close(): Promise<void> {
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of [...this.connections, ...this.#pending]) void connection.close();
    await stopped;
  }

  #accept(socket: Socket, config: ReturnType<typeof sessionConfig>): void {
    if (this.#pending.size >= this.#pendingMax) {
      this.dropped++;
      socket.destroy();
      return;
    }
    const from = { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
    const connection = connectSocket(socket, "accepted", config, {
      ...this.#options,
      onOpen: (opened) => this.#opened(opened),
    });
    this.#pending.add(connection);
    void connection.closed.then((reason) => {
      if (this.#pending.delete(connection)) this.#options.onRefused?.(reason, from);
      this.connections.delete(connection);
    });
  }

  #opened(connection: Connection): void {
    this.#pending.delete(connection);
    this.connections.add(connection);
    this.#options.onOpen?.(connection);
  }
}
