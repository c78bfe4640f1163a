// Moleculer over its own TCP transporter: asked by calls, told by events. JSON is what it writes by default; it has no
// form for bytes, which go as text in base64.
import { ServiceBroker } from "moleculer";

/** @param {string} nodeID */
function brokerOf(nodeID, options) {
  return new ServiceBroker({
    nodeID,
    logger: false,
    requestTimeout: 60_000,
    transporter: { type: "TCP", options: { udpDiscovery: false, ...options } },
  });
}

export const stack = {
  async serve(counter) {
    const port = 20_000 + (process.pid % 20_000);
    const broker = brokerOf("server", { port });
    broker.createService({
      name: "bench",
      actions: {
        echo(context) {
          if (!counter.isDue()) throw new Error("some events have not arrived before the call behind them");
          return context.params;
        },
      },
      events: {
        "bench.tell"() {
          if (counter.isDue()) throw new Error("more events have arrived than were sent");
        },
      },
    });
    await broker.start();
    return String(port);
  },
  async connect(port, events) {
    const broker = brokerOf("client", { urls: [`127.0.0.1:${port}/server`] });
    await broker.start();
    await broker.waitForServices("bench", 30_000, 50);
    let every = 1;
    let count = 0;
    const failed = (error) => {
      throw error;
    };
    return {
      toNative: (row, value) =>
        row === "blob" ? { ...value, data: Buffer.from(value.data).toString("base64") } : value,
      fromNative: (row, message) =>
        row === "blob" ? { ...message, data: Buffer.from(message.data, "base64") } : message,
      begin(_, nth) {
        every = nth;
        count = 0;
      },
      send(message) {
        if (++count < every) broker.emit("bench.tell", message).catch(failed);
        else {
          count = 0;
          broker.call("bench.echo", message).then(events.answered, failed);
        }
        return true;
      },
    };
  },
};
