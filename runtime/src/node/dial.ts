// Opens a connection to a node.

import { connect, type Socket } from "node:net";
import {
  type Address,
  type Connection,
  formatAddress,
  type NodeId,
  parseAddress,
  transportLimits,
} from "../transport/index.ts";
import { securedAddress } from "./loopback.ts";
import { NetworkError, networkError } from "./network-error.ts";
import { type NodeOptions, newInstance, sessionConfig } from "./node-options.ts";
import { connectSocket } from "./socket-connection.ts";

export interface DialOptions extends NodeOptions {
  /** Who dials, where that node also listens. By default a new node that nobody can dial. */
  readonly node?: NodeId;
  /** Default 5000 ms: for the socket alone. */
  readonly connectDeadlineMs?: number;
}

/**
 * Connects to `address` (`host:port`, `[IPv6]:port` or an {@link Address}) and agrees on a session.
 * @throws NetworkError when nobody is there, or the session does not come about
 */
export async function dial(address: Address | string, options: DialOptions): Promise<Connection> {
  const target = typeof address === "string" ? parseAddress(address) : address;
  const attempt = `dial ${formatAddress(target)}`;
  const host = await securedAddress(target.host, attempt, options.insecure === true);
  const socket = await openSocket({ host, port: target.port }, attempt, options);
  return openSession(socket, attempt, options);
}

function openSocket(address: Address, attempt: string, options: DialOptions): Promise<Socket> {
  const deadlineMs = options.connectDeadlineMs ?? transportLimits.connectDeadlineMs;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port });
    const timer = setTimeout(() => {
      socket.destroy(new NetworkError("unreachable", `cannot ${attempt}: no answer within ${deadlineMs} ms`));
    }, deadlineMs);
    const failed = (error: Error) => {
      clearTimeout(timer);
      reject(error instanceof NetworkError ? error : networkError(attempt, error));
    };
    socket.once("error", failed);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", failed);
      resolve(socket);
    });
  });
}

function openSession(socket: Socket, attempt: string, options: DialOptions): Promise<Connection> {
  const node = options.node ?? { host: socket.localAddress ?? "localhost", port: 0, instance: newInstance() };
  return new Promise((resolve, reject) => {
    const connection = connectSocket(socket, "dialled", sessionConfig(node, options), {
      ...options,
      onOpen(opened) {
        options.onOpen?.(opened);
        resolve(opened);
      },
    });
    void connection.closed.then((reason) => {
      const message = `cannot ${attempt}: ${reason.code}: ${reason.text}`;
      reject(new NetworkError("handshakeFailed", message, { reason }));
    });
  });
}
