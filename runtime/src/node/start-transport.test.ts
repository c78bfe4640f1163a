import { once } from "node:events";
import { type AddressInfo, createServer, connect as rawConnect, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { encodeFrame, frameKind } from "../transport/frame.ts";
import { FrameDecoder } from "../transport/frame-decoder.ts";
import { type CloseReason, goAwayCodeOf, type Peer, type Transport } from "../transport/index.ts";
import { decodeGoAway, encodeHello } from "../transport/messages.codec.ts";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { magic } from "../transport/session.ts";
import { Inbox } from "./host.testing.ts";
import { type StartOptions, startTransport } from "./index.ts";

const text = textCodec();

const opened: { transports: Transport[]; sockets: Socket[]; servers: Server[] } = {
  transports: [],
  sockets: [],
  servers: [],
};

afterEach(async () => {
  for (const socket of opened.sockets.splice(0)) socket.destroy();
  await Promise.all(opened.transports.splice(0).map((transport) => transport.close()));
  await Promise.all(opened.servers.splice(0).map((server) => once(server.close(), "close")));
});

/** A node with all that reaches it. */
async function node(options: Partial<StartOptions> = {}) {
  const messages = new Inbox<string>();
  const peers = new Inbox<Peer>();
  const failures = new Inbox<CloseReason>();
  const transport = await startTransport({
    types: [text],
    environment: {},
    log: () => {},
    onPeer: (peer) => peers.put(peer),
    onHandshakeFailed: (reason) => failures.put(reason),
    ...options,
  });
  transport.onMessage(text, (message) => messages.put(message));
  opened.transports.push(transport);
  return { transport, messages, peers, failures };
}

const listening = (options: Partial<StartOptions> = {}) => node({ listen: "127.0.0.1:0", ...options });

async function connected(from: Transport, to: Transport | string): Promise<Peer> {
  const outcome = await from.connect(typeof to === "string" ? to : to.address!);
  if (outcome.status !== "connected") throw new Error(outcome.reason.text);
  return outcome.peer;
}

async function failure(options: Partial<StartOptions>, address: string): Promise<CloseReason | undefined> {
  const { transport } = await node(options);
  const outcome = await transport.connect(address);
  return outcome.status === "connected" ? undefined : outcome.reason;
}

async function raw(transport: Transport): Promise<Socket> {
  const socket = rawConnect(transport.address!.port, transport.address!.host);
  opened.sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

/** The last go-away that comes before the other side ends. */
async function goAway(socket: Socket): Promise<string | undefined> {
  const decoder = new FrameDecoder(1 << 20);
  let code: string | undefined;
  for await (const chunk of socket) {
    decoder.push(chunk);
    while (decoder.next()) {
      const body = decoder.bytes.slice(decoder.start, decoder.end);
      if (decoder.kind === frameKind.goAway) code = goAwayCodeOf(decodeGoAway(body).code);
    }
  }
  return code;
}

function hello(change: Partial<Parameters<typeof encodeHello>[0]> = {}): Uint8Array {
  const message = encodeHello({
    protocolMin: 1,
    protocolMax: 1,
    node: { host: "127.0.0.1", port: 0, instance: 5n },
    catalogueDigest: "none",
    lane: "control",
    attempt: 1,
    roles: [],
    ...change,
  });
  return encodeFrame(frameKind.hello, new Uint8Array([...magic, ...message]));
}

describe("two nodes", () => {
  test("know each other and exchange messages in order, both ways", async () => {
    const far = await listening({ roles: ["db"] });
    const near = await node();
    const peer = await connected(near.transport, far.transport);
    const back = await far.peers.next();
    expect(peer.node).toEqual(far.transport.node);
    expect(peer.roles).toEqual(["db"]);
    expect(back.node).toEqual(near.transport.node);
    const texts = Array.from({ length: 1000 }, (_, i) => `message ${i}`);
    for (const each of texts) peer.send(text, each);
    for (const each of texts) expect(await far.messages.next()).toBe(each);
    back.send(text, "thanks");
    expect(await near.messages.next()).toBe("thanks");
  });

  test("may be reached by text, by name and over IPv6, and every start is another instance", async () => {
    const six = await listening({ listen: "[::1]:0" });
    const near = await node();
    expect((await connected(near.transport, six.transport)).node).toEqual(six.transport.node);
    const named = await listening({ listen: "localhost:0" });
    const { port } = named.transport.node;
    expect((await connected(near.transport, `localhost:${port}`)).node.host).toBe("localhost");
    expect(six.transport.node.instance).not.toBe(named.transport.node.instance);
  });

  test("that connect to each other at the same time have one peer each, and lose nothing", async () => {
    const one = await listening();
    const two = await listening();
    const [there, back] = await Promise.all([
      connected(one.transport, two.transport),
      connected(two.transport, one.transport),
    ]);
    expect(there.send(text, "to two").status).toBe("accepted");
    expect(back.send(text, "to one").status).toBe("accepted");
    expect([await two.messages.next(), await one.messages.next()]).toEqual(["to two", "to one"]);
    expect([one.transport.peers.length, two.transport.peers.length]).toEqual([1, 1]);
  });

  test("exchange messages of many megabytes", async () => {
    const far = await listening();
    const near = await node();
    const peer = await connected(near.transport, far.transport);
    const large = "ä".repeat(4_000_000);
    expect(peer.send(text, large).status).toBe("accepted");
    expect((await far.messages.next()) === large).toBe(true);
    expect(peer.send(text, "x".repeat(17 << 20))).toMatchObject({ reason: "tooLong" });
  });

  test("one that reads slowly holds the other back, and nothing is lost", async () => {
    const far = await listening();
    const near = await node();
    const peer = await connected(near.transport, far.transport);
    const large = "x".repeat(100_000);
    let refusals = 0;
    for (let sent = 0; sent < 300; ) {
      if (peer.send(text, large, sent % 7).status === "accepted") sent++;
      else {
        refusals++;
        await peer.ready();
      }
    }
    expect(refusals).toBeGreaterThan(0);
    for (let i = 0; i < 300; i++) expect((await far.messages.next()).length).toBe(large.length);
  });

  test("both learn who left, and nobody listens afterwards", async () => {
    const far = await listening();
    const near = await node();
    const peer = await connected(near.transport, far.transport);
    const back = await far.peers.next();
    peer.send(text, "bye");
    expect(await peer.close()).toMatchObject({ code: "closed" });
    expect(await back.closed).toMatchObject({ code: "left" });
    expect(await far.messages.next()).toBe("bye");
    const { port } = far.transport.node;
    await far.transport.close();
    expect(await failure({}, `127.0.0.1:${port}`)).toMatchObject({ by: "network", code: "refused" });
  });
});

describe("connecting says why it failed:", () => {
  test("no such host, no such address, beyond this machine", async () => {
    expect(await failure({}, "no-such-host.invalid:1")).toMatchObject({ code: "unknownHost" });
    await expect(failure({}, "nonsense")).rejects.toThrow("'nonsense' is no address");
    expect(await failure({}, "192.0.2.1:9100")).toMatchObject({ by: "network" });
  });

  test("the node reached itself", async () => {
    const { transport } = await listening();
    const outcome = await transport.connect(transport.address!);
    expect(outcome).toMatchObject({ status: "notConnected", reason: { by: "peer", code: "selfConnect" } });
  });

  test("what answers is no node, is silent, or hangs up", async () => {
    const answers = ["220 mail.example ESMTP\r\n", undefined, ""];
    const codes: unknown[] = [];
    for (const answer of answers) {
      const server = createServer((socket) => {
        opened.sockets.push(socket);
        socket.resume();
        if (answer !== undefined) socket.end(answer);
      });
      server.listen(0, "127.0.0.1");
      opened.servers.push(server);
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      codes.push((await failure({ times: { handshakeDeadlineMs: 100 } }, `127.0.0.1:${port}`))?.code);
    }
    expect(codes).toEqual(["notHewn", "handshakeTimedOut", "ended"]);
  });
});

describe("what comes to a port that is no node", () => {
  test.each([
    ["zeros", "\0".repeat(100), "notHewn"],
    ["a small frame of nonsense", "\u0000\u0000\u0000\u0003abc", "notHewn"],
    ["a hello that is too long", "\u0000\u0000\u0010\u0001\u0001", "frameTooLong"],
    ["a wrong version", hello({ protocolMin: 9, protocolMax: 9 }), "versionUnsupported"],
    ["a name that is none", hello({ node: { host: "a\nb", port: 1, instance: 1n } }), "malformed"],
    ["a broken hello", encodeFrame(frameKind.hello, new Uint8Array([...magic, 0xc1])), "malformed"],
  ])("%s gets a typed refusal, and is reported", async (_, input, code) => {
    const { transport, failures } = await listening();
    const socket = await raw(transport);
    socket.write(typeof input === "string" ? Buffer.from(input, "latin1") : input);
    expect(await goAway(socket)).toBe(code);
    expect(await failures.next()).toMatchObject({ by: "us", code });
  });

  test("a hello in single bytes is a hello", async () => {
    const { transport } = await listening();
    const socket = await raw(transport);
    socket.setNoDelay(true);
    const answer = once(socket, "data");
    for (const byte of hello()) await new Promise((resolve) => socket.write(new Uint8Array([byte]), resolve));
    const [chunk] = await answer;
    expect(chunk[4]).toBe(frameKind.hello);
  });

  test("with more than may be pending the oldest gives way, so that a real node comes in", async () => {
    const far = await listening({ pendingHandshakesMax: 3 });
    for (let i = 0; i < 10; i++) (await raw(far.transport)).on("error", () => {});
    const near = await node();
    await connected(near.transport, far.transport);
    expect((await far.peers.next()).node).toEqual(near.transport.node);
    expect(far.transport.pendingHandshakes).toBeLessThanOrEqual(3);
  });
});

describe("starting", () => {
  test("beyond this machine without protection is refused, and without an address to be reached at", async () => {
    await expect(startTransport({ types: [], listen: "0.0.0.0:0", environment: {} })).rejects.toMatchObject({
      code: "misconfigured",
      message: expect.stringContaining("advertise"),
    });
    const beyond = { types: [], listen: "0.0.0.0:0", advertise: "10.0.0.1:0", environment: {} };
    await expect(startTransport(beyond)).rejects.toMatchObject({ code: "insecure" });
  });

  test("on a port that is taken says so", async () => {
    const { transport } = await listening();
    await expect(listening({ listen: transport.address! })).rejects.toMatchObject({ code: "unavailable" });
  });

  test("the port that was given out is the one that others are told", async () => {
    const { transport } = await listening({ advertise: "localhost:0" });
    expect(transport.node).toMatchObject({ host: "localhost", port: transport.address?.port });
    expect(transport.node.port).toBeGreaterThan(0);
  });
});
