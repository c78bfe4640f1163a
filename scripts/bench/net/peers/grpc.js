// gRPC: one bidirectional stream a row, with the codecs that its own loader makes of a schema.
import { join } from "node:path";
import { credentials, loadPackageDefinition, Server, ServerCredentials } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const methods = { small: "Small", record: "Record", blob: "Blobs" };

function service() {
  const options = { keepCase: true, longs: Number, arrays: true };
  const definition = loadSync(join(import.meta.dirname, "bench.proto"), options);
  return loadPackageDefinition(definition).bench.Bench;
}

export const stack = {
  async serve(counter) {
    const echo = (call) => {
      call.on("data", (message) => {
        if (counter.isDue()) call.write(message);
      });
      call.on("end", () => call.end());
    };
    const server = new Server({ "grpc.max_receive_message_length": -1 });
    const handlers = Object.values(methods).map((name) => [name, echo]);
    server.addService(service().service, Object.fromEntries(handlers));
    const port = await new Promise((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return `127.0.0.1:${port}`;
  },
  async connect(address, events) {
    const Client = service();
    const client = new Client(address, credentials.createInsecure());
    const calls = {};
    for (const [row, name] of Object.entries(methods)) {
      const call = client[name]();
      call.on("data", events.answered);
      calls[row] = call;
    }
    let call = calls.small;
    return {
      fromNative: (_, message) => withoutAbsent(message),
      begin(row) {
        call = calls[row];
      },
      send(message) {
        call.write(message);
        return true;
      },
    };
  },
};

function withoutAbsent(value) {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const own = Object.entries(value).filter(([key, inner]) => inner !== undefined && !key.startsWith("_"));
  return Object.fromEntries(own.map(([key, inner]) => [key, withoutAbsent(inner)]));
}
