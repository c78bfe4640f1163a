import { afterEach, describe, expect, test } from "@jest/globals";
import type { Address } from "../transport/index.ts";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { connectSeed } from "./connect-seed.ts";
import type { Resolver } from "./resolver.ts";
import { certificateOf, newAuthority } from "./security/certificates.testing.ts";
import { type NodeTransport, type StartOptions, startTransport } from "./start-transport.ts";

const opened: NodeTransport[] = [];
afterEach(() => Promise.all(opened.splice(0).map((transport) => transport.close())));

async function start(options: Partial<StartOptions> = {}): Promise<NodeTransport> {
  const listen = "127.0.0.1:0";
  const node = await startTransport({
    types: [textCodec()],
    listen,
    environment: {},
    log: () => {},
    ...options,
  });
  opened.push(node);
  return node;
}

function resolver(addresses: readonly string[], services: readonly Address[] = []): Resolver {
  const found = services.map(({ host, port }, priority) => ({ name: host, port, priority, weight: 0 }));
  return { addresses: async () => addresses, services: async () => found };
}

/** An address where nobody listens any more. */
async function deserted(): Promise<Address> {
  const node = await start();
  await node.close();
  return node.address!;
}

describe("a seed", () => {
  test("that is an address connects to it", async () => {
    const [near, far] = [await start(), await start()];
    const outcome = await connectSeed(near, `127.0.0.1:${far.address!.port}`);
    expect(outcome).toMatchObject({ status: "connected", peer: { node: far.node } });
  });

  test("that is a service is tried entry by entry, past those that are gone and this node itself", async () => {
    const [near, far] = [await start(), await start()];
    const entries = resolver([], [await deserted(), near.address!, far.address!]);
    const outcome = await connectSeed(near, "dns+srv://_hewn._tcp.example", entries);
    expect(outcome).toMatchObject({ status: "connected", peer: { node: far.node } });
  });

  test("that is a name demands certificates for that name, at whichever address", async () => {
    const authority = newAuthority();
    const named = { certificates: certificateOf(authority, ["127.0.0.1", "nodes.example"]) };
    const other = { certificates: certificateOf(authority, ["127.0.0.1"]) };
    const [near, far, stranger] = [await start(named), await start(named), await start(other)];
    const addresses = resolver(["127.0.0.1"]);
    const outcome = await connectSeed(near, `dns://nodes.example:${far.address!.port}`, addresses);
    expect(outcome).toMatchObject({ status: "connected", peer: { node: far.node } });
    const refused = await connectSeed(near, `dns://nodes.example:${stranger.address!.port}`, addresses);
    expect(refused).toMatchObject({
      status: "notConnected",
      reason: { code: "unauthenticated", text: "The peer's certificate is not for nodes.example." },
    });
  });

  test("where nobody answers gives the outcome of the last that was another node, and says so where there is none", async () => {
    const near = await start();
    const entries = resolver([], [await deserted(), near.address!]);
    expect(await connectSeed(near, "dns+srv://x.example", entries)).toMatchObject({
      status: "notConnected",
      reason: { by: "network", code: "refused" },
    });
    expect(await connectSeed(near, "dns+srv://x.example", resolver([]))).toMatchObject({
      status: "notConnected",
      reason: { code: "unknownHost", text: "dns+srv://x.example stands for no node at this moment." },
    });
  });
});
