// Joins a TCP socket to a connection: carries out what the connection wants, tells it what happens.

import type { Socket } from "node:net";
import {
  Connection,
  type ConnectionEvents,
  type ConnectionHost,
  type SessionConfig,
} from "../transport/index.ts";

/** Starts the session of a socket that is connected. From here on the connection decides when the socket closes. */
export function connectSocket(
  socket: Socket,
  role: "dialled" | "accepted",
  config: SessionConfig,
  events: ConnectionEvents,
): Connection {
  socket.setNoDelay(true);
  const connection = new Connection(hostOf(socket), config, events);
  let failure: Error | undefined;
  socket.on("data", (chunk: Uint8Array) => connection.received(chunk));
  socket.on("drain", () => connection.drained());
  socket.on("end", () => connection.streamEnded());
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("close", () => connection.destroyed(failure));
  connection.begin(role);
  return connection;
}

function hostOf(socket: Socket): ConnectionHost {
  return {
    write(bytes) {
      socket.write(bytes);
      // Not what `write` answers: that is false for each batch as large as the mark, even one that is gone already.
      return socket.writableLength < socket.writableHighWaterMark;
    },
    end: () => socket.end(),
    destroy: () => socket.destroy(),
    schedule: (run) => process.nextTick(run),
    setTimer(afterMs, run) {
      const timer = setTimeout(run, afterMs);
      return () => clearTimeout(timer);
    },
  };
}
