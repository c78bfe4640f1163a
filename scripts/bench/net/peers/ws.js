// ws: one message a frame, as its users send them; without compression, which is its default.
import { once } from "node:events";
import WebSocket, { WebSocketServer } from "ws";
import { pack, unpack } from "./msgpackr.js";

export const stack = {
  async serve(counter) {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    server.on("connection", (socket) => {
      socket.on("message", (bytes) => {
        const message = unpack(bytes);
        if (counter.isDue()) socket.send(pack(message));
      });
    });
    await once(server, "listening");
    return `ws://127.0.0.1:${server.address().port}`;
  },
  async connect(address, events) {
    const socket = new WebSocket(address);
    await once(socket, "open");
    socket.on("message", (bytes) => events.answered(unpack(bytes)));
    return {
      begin() {},
      send(message) {
        socket.send(pack(message));
        return true;
      },
    };
  },
};
