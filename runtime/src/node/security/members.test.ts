// Whole transports over TLS: who is a peer, and under which name.

import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "@jest/globals";
import { Catalogue, openTransport, type Transport } from "../../transport/index.ts";
import { textCodec } from "../../transport/sample-codecs.testing.ts";
import { Inbox } from "../host.testing.ts";
import { nodeHost } from "../node-host.ts";
import type { Refusal } from "../refusal.ts";
import { type StartOptions, startTransport } from "../start-transport.ts";
import { certificateOf, newAuthority } from "./certificates.testing.ts";
import { newClusterSecret } from "./cluster-secret.ts";

const text = textCodec();
const authority = newAuthority();
const secret = newClusterSecret();
const opened: Transport[] = [];
afterEach(() => Promise.all(opened.splice(0).map((transport) => transport.close())));

async function start(options: Partial<StartOptions>): Promise<Transport> {
  const transport = await startTransport({ types: [text], environment: {}, log: () => {}, ...options });
  opened.push(transport);
  return transport;
}

describe.each([
  ["a secret", { secret }],
  ["certificates", { certificates: certificateOf(authority, ["127.0.0.1"]) }],
])("nodes with %s", (_, options) => {
  test("are peers, and exchange messages on both lanes' streams", async () => {
    const far = await start({ ...options, listen: "127.0.0.1:0" });
    const got = new Promise<string>((resolve) => far.onMessage(text, resolve));
    const near = await start({ ...options, listen: "127.0.0.1:0" });
    const outcome = await near.connect(far.address!);
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
    expect(outcome.peer.node).toEqual(far.node);
    outcome.peer.send(text, "hello");
    expect(await got).toBe("hello");
  });

  test("take nobody else: the other node learns why, and this one tells who came", async () => {
    const refusals = new Inbox<Refusal>();
    const far = await start({
      ...options,
      listen: "127.0.0.1:0",
      onRefused: (refusal) => refusals.put(refusal),
    });
    for (const wrong of [
      { secret: newClusterSecret() },
      { certificates: certificateOf(newAuthority(), ["127.0.0.1"]) },
    ]) {
      const near = await start(wrong);
      const outcome = await near.connect(far.address!);
      expect(outcome).toMatchObject({ status: "notConnected", reason: { code: "unauthenticated" } });
      expect((await refusals.next()).from.host).toBe("127.0.0.1");
    }
    expect(far.peers).toEqual([]);
  });
});

describe("a node learns why it is not taken", () => {
  const own = { certificates: certificateOf(authority, ["127.0.0.1"]) };
  const other = newAuthority("other authority");

  test.each<[string, Partial<StartOptions>, Partial<StartOptions>, object]>([
    [
      "by one that does not trust its authority",
      own,
      { certificates: certificateOf(other, ["127.0.0.1"], { trusts: authority }) },
      { by: "peer", text: "Your certificate leads to no authority that we trust." },
    ],
    [
      "by one that takes TLS only",
      { secret },
      {},
      { by: "peer", text: expect.stringMatching(/^This node takes TLS only/) },
    ],
    [
      "where nothing protects the other's port",
      {},
      { secret },
      { by: "network", text: "The peer does not speak TLS: nothing protects its port." },
    ],
    [
      "by one with certificates, where it has a secret",
      own,
      { secret },
      { by: "network", text: "The peer does not know the secret of the cluster." },
    ],
  ])("%s", async (_, far, near, reason) => {
    const listening = await start({ ...far, listen: "127.0.0.1:0" });
    const outcome = await (await start(near)).connect(listening.address!);
    expect(outcome).toMatchObject({ status: "notConnected", reason: { code: "unauthenticated", ...reason } });
    expect(listening.peers).toEqual([]);
  });
});

describe("the name of a node with a certificate", () => {
  const certificates = certificateOf(authority, ["127.0.0.1", "one.example"]);

  test("must be one that its certificate is for, or it does not start", async () => {
    await expect(
      start({ certificates, listen: "127.0.0.1:0", advertise: "two.example:0" }),
    ).rejects.toMatchObject({
      code: "badCertificate",
      message: expect.stringContaining("not for two.example"),
    });
    const node = await start({ certificates, listen: "127.0.0.1:0", advertise: "one.example:0" });
    expect(node.node.host).toBe("one.example");
  });

  test("is one of its certificate's where nobody connects to it", async () => {
    const far = await start({ certificates, listen: "127.0.0.1:0" });
    const client = await start({ certificates: certificateOf(authority, ["client.example"]) });
    expect(client.node).toMatchObject({ host: "client.example", port: 0 });
    expect(await client.connect(far.address!)).toMatchObject({ status: "connected" });
  });

  test("is refused when it claims another's, whoever has dialled", async () => {
    const victim = await start({ certificates, listen: "127.0.0.1:0" });
    const reasons: unknown[] = [];
    const far = await start({
      certificates,
      listen: "127.0.0.1:0",
      onHandshakeFailed: (reason) => reasons.push(reason.code),
    });
    expect(await far.connect(victim.address!)).toMatchObject({ status: "connected" });
    const catalogue = new Catalogue([text]);
    const impostor = await openTransport({
      host: await nodeHost({ environment: {}, certificates: certificateOf(authority, ["127.0.0.2"]) }),
      instance: 666n,
      listen: { host: "127.0.0.2", port: 0 },
      advertise: victim.address!,
      catalogue,
      catalogueDigest: createHash("sha256").update(catalogue.text).digest("base64url"),
    });
    opened.push(impostor);
    expect(await impostor.connect(far.address!)).toMatchObject({
      status: "notConnected",
      reason: { by: "peer", code: "unauthenticated" },
    });
    expect(reasons).toEqual(["unauthenticated"]);
    expect(await far.connect(impostor.address!)).toMatchObject({
      status: "notConnected",
      reason: { by: "us", code: "unauthenticated" },
    });
    // Nobody has taken the victim's place.
    expect(far.peers.map(({ node }) => node)).toEqual([victim.node]);
  });
});
