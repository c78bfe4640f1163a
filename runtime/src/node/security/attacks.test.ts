// What comes to a node that is not one of its cluster, over real sockets: each is turned away before a stream exists, and
// so before one frame is decoded; counted, told in the log, and told to the other end where TLS can carry that.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import {
  connect as connectTls,
  createSecureContext,
  getCACertificates,
  setDefaultCACertificates,
  TLSSocket,
} from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type Address, FrameDecoder, frameKind } from "../../transport/index.ts";
import { decodeGoAway } from "../../transport/messages.codec.ts";
import { Opened, type Site } from "../host.testing.ts";
import type { NodeHostOptions } from "../node-host.ts";
import type { RefusalCode } from "../refusal.ts";
import { certificateOf, newAuthority, selfSigned } from "./certificates.testing.ts";
import { newClusterSecret, parseClusterSecret } from "./cluster-secret.ts";
import { pskIdentity } from "./tls-terms.ts";

const opened = new Opened();
afterEach(() => opened.close());

const authority = newAuthority();
const otherAuthority = newAuthority("other authority");
const here = ["127.0.0.1"];
const secret = newClusterSecret();
const withSecret: NodeHostOptions = { secret };
const withCertificates: NodeHostOptions = { certificates: certificateOf(authority, here) };
const yesterday = { validFrom: new Date(Date.now() - 9e8), validTo: new Date(Date.now() - 1e6) };

/** Nothing has come through, and it is known why. */
async function expectRefused(site: Site, code: RefusalCode, text?: string): Promise<void> {
  const refusal = await site.refusals.next();
  expect(refusal).toMatchObject({ code, from: { host: "127.0.0.1" } });
  if (text !== undefined) expect(refusal.text).toBe(text);
  expect(site.host.refusals[code]).toBe(1);
  expect(site.lines).toEqual([
    expect.stringMatching(`^hewn: refused 127\\.0\\.0\\.1:\\d+: ${code}: ${refusal.text}$`),
  ]);
  expect(site.all).toEqual([]);
}

async function expectNobodyPending(site: Site): Promise<void> {
  const deadline = Date.now() + 3000;
  while (site.host.pendingHandshakes > 0 && Date.now() < deadline)
    await new Promise((resolve) => setImmediate(resolve));
  expect(site.host.pendingHandshakes).toBe(0);
}

/** What a node is told that dials `site` with `options`: by the failed dial, or by the last frame behind TLS. */
async function toldTo(
  options: NodeHostOptions,
  address: Address,
): Promise<{ code: string; text: string } | undefined> {
  const near = opened.dial(await opened.host(options), address);
  const failure = await near.isClosed.then((reason) => reason, undefined);
  return failure ?? undefined;
}

/** The go-away that the far end of an open dial sent as its only frame. */
async function goAwayTo(options: NodeHostOptions, address: Address): Promise<string> {
  const near = opened.dial(await opened.host(options), address);
  await near.hasEnded;
  near.stream!.end();
  return goAwayIn(near.bytes);
}

function goAwayIn(bytes: Uint8Array): string {
  const decoder = new FrameDecoder(4096);
  decoder.push(bytes);
  expect(decoder.next()).toBe(true);
  expect(decoder.kind).toBe(frameKind.goAway);
  const { code, text } = decodeGoAway(decoder.bytes.subarray(decoder.start, decoder.end));
  expect(code).toBe(10);
  return text;
}

describe("to a port that wants certificates", () => {
  test("without one: refused, and told so behind TLS", async () => {
    const site = await opened.site(withCertificates);
    const socket = connectTls({
      port: site.address.port,
      host: "127.0.0.1",
      ca: authority.pem,
      ALPNProtocols: ["hewn/1"],
    });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    await once(socket, "end");
    expect(goAwayIn(Buffer.concat(chunks))).toBe("It has no certificate.");
    await expectRefused(site, "noCertificate");
    await expectNobodyPending(site);
  });

  test.each([
    [
      "one of another authority",
      certificateOf(otherAuthority, here, { trusts: authority }),
      "leads to no authority that we trust",
    ],
    ["one that has expired", certificateOf(authority, here, yesterday), "has expired"],
    [
      "one that is not valid yet",
      certificateOf(authority, here, { validFrom: new Date(Date.now() + 1e7) }),
      "is not valid yet",
    ],
    [
      "one that signed itself",
      selfSigned(here, authority),
      "is signed by itself and by no authority that we trust",
    ],
  ])("with %s: refused, and told so behind TLS", async (_, certificates, flaw) => {
    const site = await opened.site(withCertificates);
    const socket = connectTls({
      ...certificates,
      port: site.address.port,
      host: "127.0.0.1",
      ALPNProtocols: ["hewn/1"],
    });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.write("what is said before the verdict is not read");
    await once(socket, "end");
    expect(goAwayIn(Buffer.concat(chunks))).toBe(`Your certificate ${flaw}.`);
    await expectRefused(site, "badCertificate", `Its certificate ${flaw}.`);
    await expectNobodyPending(site);
  });

  test("a node is told by its own host what the other said", async () => {
    const site = await opened.site(withCertificates);
    const own = certificateOf(otherAuthority, here, { trusts: authority });
    expect(await goAwayTo({ certificates: own }, site.address)).toBe(
      "Your certificate leads to no authority that we trust.",
    );
  });

  test("with a secret instead: refused at both ends", async () => {
    const site = await opened.site(withCertificates);
    expect(await toldTo(withSecret, site.address)).toMatchObject({ code: "unauthenticated" });
    await expectRefused(site, "hungUp");
  });
});

test.each<[string, NodeHostOptions, object]>([
  [
    "a secret",
    withSecret,
    { ciphers: "TLS_AES_128_GCM_SHA256", ca: [], checkServerIdentity: () => undefined },
  ],
  ["certificates", withCertificates, certificateOf(authority, here)],
])("a session that is resumed proves nothing to a port that wants %s", async (_, options, client) => {
  const site = await opened.site(options);
  const { id, key } = parseClusterSecret(secret, "this test");
  const psk = () => ({ identity: pskIdentity({ id, key }, randomBytes(12).toString("base64url")), psk: key });
  const common = { port: site.address.port, host: "127.0.0.1", ALPNProtocols: ["hewn/1"], ...client };
  const first = connectTls("ciphers" in client ? { ...common, pskCallback: psk } : common);
  const [session] = await once(first, "session");
  first.destroy();
  expect((await site.accepted.next()).events).not.toContain("closed");
  const again = connectTls({ ...common, session });
  again.on("error", () => {});
  await closed(again);
  expect(["wrongSecret", "badCertificate", "tlsFailed"]).toContain((await site.refusals.next()).code);
  expect(site.all).toHaveLength(1);
});

describe("a node with certificates does not take for a peer", () => {
  test.each([
    [
      "one of another authority",
      certificateOf(otherAuthority, here, { trusts: authority }),
      "leads to no authority that we trust.",
    ],
    [
      "one whose certificate is for another name",
      certificateOf(authority, ["else.example"]),
      "is not for 127.0.0.1.",
    ],
    ["one whose certificate is for no name", certificateOf(authority, []), "is not for 127.0.0.1."],
    [
      "one that signed itself",
      selfSigned(here, authority),
      "is signed by itself and by no authority that we trust.",
    ],
  ])("%s", async (_, certificates, flaw) => {
    const site = await opened.site({ certificates });
    const own = certificateOf(authority, here);
    expect(await toldTo({ certificates: own }, site.address)).toEqual({
      code: "unauthenticated",
      text: `The peer's certificate ${flaw}`,
    });
    expect(site.all.flatMap(({ chunks }) => chunks)).toEqual([]);
  });

  test("one whose certificate has expired", async () => {
    const expired = certificateOf(authority, here, yesterday);
    const address = await opened.server((socket) => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(expired) });
      secure.on("error", () => {});
    });
    expect(await toldTo(withCertificates, address)).toEqual({
      code: "unauthenticated",
      text: "The peer's certificate has expired.",
    });
  });

  test("a TLS server of another kind with a certificate of the same authority", async () => {
    const address = await opened.server((socket) => {
      const context = createSecureContext(certificateOf(authority, here));
      new TLSSocket(socket, { isServer: true, secureContext: context }).on("error", () => {});
    });
    expect(await toldTo(withCertificates, address)).toEqual({
      code: "unauthenticated",
      text: "The peer is a TLS server of another kind.",
    });
  });

  test("anybody, when the environment says that certificates need not hold", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const site = await opened.site({ certificates: certificateOf(otherAuthority, here) });
      expect(await toldTo(withCertificates, site.address)).toMatchObject({ code: "unauthenticated" });
      expect(site.all).toEqual([]);
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    }
  });
});

describe("to a port that wants the secret", () => {
  test("with another one: refused at both ends", async () => {
    const site = await opened.site(withSecret);
    expect(await toldTo({ secret: newClusterSecret() }, site.address)).toEqual({
      code: "unauthenticated",
      text: "The peer does not take our secret: it has another one, or certificates.",
    });
    await expectRefused(site, "wrongSecret");
    await expectNobodyPending(site);
  });

  test("with the right name of the secret and a wrong key", async () => {
    const site = await opened.site(withSecret);
    const { id } = parseClusterSecret(secret, "this test");
    const socket = pskClient(
      site,
      pskIdentity({ id, key: new Uint8Array(32) }, "0123456789abcdef"),
      new Uint8Array(32),
    );
    await closed(socket);
    await expectRefused(site, "wrongSecret");
    await expectNobodyPending(site);
  });

  test("with a certificate instead", async () => {
    const site = await opened.site(withSecret);
    expect(await toldTo(withCertificates, site.address)).toMatchObject({ code: "unauthenticated" });
    await expectRefused(site, "wrongSecret");
  });

  test("the second of two is taken, a third is not", async () => {
    const [one, two, three] = [newClusterSecret(), newClusterSecret(), newClusterSecret()];
    const site = await opened.site({ secret: [one, two] });
    for (const each of [one, two])
      await opened.dial(await opened.host({ secret: each }), site.address).isOpen;
    expect(await toldTo({ secret: three }, site.address)).toMatchObject({ code: "unauthenticated" });
    const both = await opened.host({ secret: [one, two] });
    const onlyOne = await opened.site({ secret: one });
    await opened.dial(both, onlyOne.address).isOpen;
    const onlyTwo = await opened.site({ secret: two });
    expect(await opened.dial(both, onlyTwo.address).isClosed).toMatchObject({ code: "unauthenticated" });
  });

  function pskClient(site: Site, identity: string, psk: Uint8Array): TLSSocket {
    const socket = connectTls({
      port: site.address.port,
      host: "127.0.0.1",
      ciphers: "TLS_AES_128_GCM_SHA256",
      pskCallback: () => ({ identity, psk }),
      ALPNProtocols: ["hewn/1"],
      checkServerIdentity: () => undefined,
    });
    socket.on("error", () => {});
    return socket;
  }
});

describe("a node with a secret does not take for a peer", () => {
  test("a server that shows a certificate instead, whoever signed it", async () => {
    const address = await opened.server((socket) => {
      const context = createSecureContext(certificateOf(authority, here));
      new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ["hewn/1"] }).on(
        "error",
        () => {},
      );
    });
    expect(await toldTo(withSecret, address)).toMatchObject({ code: "unauthenticated" });
    // Also where the public trusts who signed it.
    if (setDefaultCACertificates === undefined) return;
    const before = getCACertificates("default");
    setDefaultCACertificates([authority.pem]);
    try {
      expect(await toldTo(withSecret, address)).toEqual({
        code: "unauthenticated",
        text: "The peer does not know the secret of the cluster.",
      });
    } finally {
      setDefaultCACertificates(before);
    }
  });

  test("itself: the address leads back here", async () => {
    const site = await opened.site(withSecret);
    const near = opened.dial(site.host, site.address);
    expect(await near.isClosed).toEqual({
      code: "unauthenticated",
      text: "The address leads back to this node.",
    });
    await expectRefused(site, "reflected");
  });

  test("who sends its dial back to it through another port", async () => {
    const site = await opened.site(withSecret);
    const mirror = await opened.server(async (socket) => {
      const back = await opened.raw(site.address);
      socket.pipe(back).pipe(socket);
    });
    expect(await opened.dial(site.host, mirror).isClosed).toMatchObject({
      text: "The address leads back to this node.",
    });
    await expectRefused(site, "reflected");
  });
});

describe.each([
  ["a secret", withSecret],
  ["certificates", withCertificates],
])("with %s", (_, options) => {
  test("bytes that come straight back are no handshake", async () => {
    const address = await opened.server((socket) => socket.pipe(socket));
    expect(await toldTo(options, address)).toEqual({
      code: "unauthenticated",
      text: "What the peer answered is no answer to a TLS hello.",
    });
  });

  test("a handshake that was recorded opens nothing, here and at another node", async () => {
    const site = await opened.site(options);
    const recording: Buffer[] = [];
    const proxy = await opened.server(async (socket) => {
      const onward = await opened.raw(site.address);
      socket.on("data", (chunk: Buffer) => recording.push(chunk));
      socket.pipe(onward).pipe(socket);
    });
    const near = opened.dial(await opened.host(options), proxy);
    await near.isOpen;
    near.stream!.write(Buffer.from("once"));
    await (await site.accepted.next()).got(4);
    for (const target of [site, await opened.site(options)]) {
      const before = target.all.length;
      const replay = await opened.raw(target.address);
      replay.write(Buffer.concat(recording));
      await closed(replay);
      expect((await target.refusals.next()).code).toBe("tlsFailed");
      expect(target.all).toHaveLength(before);
    }
  });

  test("TLS 1.2 is refused at both ends, whoever wants it", async () => {
    const site = await opened.site(options);
    const socket = connectTls({ port: site.address.port, host: "127.0.0.1", maxVersion: "TLSv1.2" });
    const [error] = await once(socket, "error");
    expect(error.code).toMatch(/PROTOCOL_VERSION$/);
    await expectRefused(site, "versionUnsupported");
    const old = await opened.server((incoming) => {
      const context = createSecureContext({ ...certificateOf(authority, here), maxVersion: "TLSv1.2" });
      new TLSSocket(incoming, { isServer: true, secureContext: context }).on("error", () => {});
    });
    expect(await toldTo(options, old)).toEqual({
      code: "unauthenticated",
      text: "The peer does not speak TLS 1.3.",
    });
  });

  test("plaintext is refused at both ends, in its own words", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(), site.address);
    await near.isOpen;
    near.stream!.write(Buffer.from("0000004b0148455754", "hex"));
    await near.hasEnded;
    expect(goAwayIn(near.bytes)).toMatch(/^This node takes TLS only/);
    near.stream!.end();
    await expectRefused(site, "plaintext");
    await expectNobodyPending(site);
  });

  test("TLS to a port in plaintext is refused by who dials", async () => {
    const address = await opened.server((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    );
    expect(await toldTo(options, address)).toEqual({
      code: "unauthenticated",
      text: "The peer does not speak TLS: nothing protects its port.",
    });
  });

  test.each([
    ["an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "plaintext"],
    ["one wrong byte", "\u0017", "plaintext"],
    ["a TLS record that is no hello", "\u0016\u0003\u0001\u0000\u0004\u0002\u0000\u0000\u0000", "plaintext"],
    ["a hello that announces too much", "\u0016\u0003\u0001\u0020\u0000\u0001", "helloTooLong"],
    [
      "a hello of nonsense",
      `\u0016\u0003\u0001\u0000\u0020\u0001\u0000\u0000\u001c${"x".repeat(28)}`,
      "tlsFailed",
    ],
    ["a hello in pieces", "\u0016\u0003\u0001\u0000\u0004\u0001\u0001\u00ff\u00b8", "helloTooLong"],
  ] as const)("%s costs it a refusal", async (__, input, code) => {
    const site = await opened.site(options);
    const socket = await opened.raw(site.address);
    socket.write(Buffer.from(input, "latin1"));
    await closed(socket);
    await expectRefused(site, code);
    await expectNobodyPending(site);
  });

  test("who hangs up, says nothing, or says it too slowly is counted as what it is", async () => {
    const site = await opened.site({ ...options, authenticationDeadlineMs: 60 });
    const early = await opened.raw(site.address);
    early.end();
    expect((await site.refusals.next()).code).toBe("hungUp");
    await opened.raw(site.address);
    expect((await site.refusals.next()).code).toBe("timedOut");
    const reset = await opened.raw(site.address);
    reset.write(Buffer.from([22]));
    reset.resetAndDestroy();
    expect((await site.refusals.next()).code).toBe("hungUp");
    const drip = await opened.raw(site.address);
    let sent = 0;
    const dripping = setInterval(() => {
      sent++;
      drip.write(Buffer.from([[22, 3, 1, 1, 0, 1, 0, 0, 252][sent - 1] ?? 0]));
    }, 5);
    await closed(drip);
    clearInterval(dripping);
    expect((await site.refusals.next()).code).toBe("timedOut");
    expect(sent).toBeLessThan(40);
    await expectNobodyPending(site);
  });

  test("who stops in the middle of TLS has the same deadline", async () => {
    const site = await opened.site({ ...options, authenticationDeadlineMs: 60 });
    const hello = await clientHello();
    const socket = await opened.raw(site.address);
    socket.write(hello);
    await closed(socket);
    const { code } = await site.refusals.next();
    // Without the secret TLS answers at once; with certificates it waits for the client's.
    expect(["timedOut", "wrongSecret"]).toContain(code);
    await expectNobodyPending(site);
  });
});

/** The first bytes of a dial with certificates. */
async function clientHello(): Promise<Buffer> {
  let got: (chunk: Buffer) => void = () => {};
  const hello = new Promise<Buffer>((resolve) => {
    got = resolve;
  });
  const address = await opened.server((socket) => socket.once("data", got));
  opened.dial(await opened.host(withCertificates), address);
  return hello;
}

async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
}
