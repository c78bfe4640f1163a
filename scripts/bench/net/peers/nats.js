// NATS: two clients of one server, which is a process of its own; messages are published to a subject of the other.
import { spawn } from "node:child_process";
import { connect } from "@nats-io/transport-node";
import { pack, unpack } from "./msgpackr.js";

/** Answers the address of a server that ends with this process. */
async function startServer() {
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn("nats-server", ["-a", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  process.once("exit", () => server.kill());
  process.once("SIGTERM", () => process.exit());
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`nats-server ended with ${code}`)));
    server.stderr.on("data", (text) => {
      if (String(text).includes("Server is ready")) resolve(undefined);
    });
  });
  return `127.0.0.1:${port}`;
}

export const stack = {
  async serve(counter) {
    const address = await startServer();
    const nats = await connect({ servers: address });
    nats.subscribe("bench.there", {
      callback(error, { data }) {
        if (error) throw error;
        const message = unpack(data);
        if (counter.isDue()) nats.publish("bench.back", pack(message));
      },
    });
    await nats.flush();
    return address;
  },
  async connect(address, events) {
    const nats = await connect({ servers: address });
    nats.subscribe("bench.back", {
      callback(error, { data }) {
        if (error) throw error;
        events.answered(unpack(data));
      },
    });
    await nats.flush();
    return {
      begin() {},
      send(message) {
        nats.publish("bench.there", pack(message));
        return true;
      },
    };
  },
};
