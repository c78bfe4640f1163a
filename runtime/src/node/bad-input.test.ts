// What comes to a port in the clear that is no node, or a node that has gone wrong: a typed refusal, a counter, a line in
// the log, and no harm to anybody else.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { encodeFrame, frameKind } from "../transport/frame.ts";
import { FrameDecoder } from "../transport/frame-decoder.ts";
import { goAwayCodeOf, type Peer } from "../transport/index.ts";
import { decodeGoAway, encodeHello, encodeWelcome } from "../transport/messages.codec.ts";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { magic } from "../transport/session.ts";
import { Inbox } from "./host.testing.ts";
import type { Refusal } from "./refusal.ts";
import { type NodeTransport, startTransport } from "./start-transport.ts";

const text = textCodec();
const lines: string[] = [];
const refusals = new Inbox<Refusal>();
const sockets: Socket[] = [];
let node: NodeTransport;
let peers: Inbox<Peer>;

async function start(handshakeDeadlineMs = 5000): Promise<void> {
  lines.length = 0;
  peers = new Inbox<Peer>();
  node = await startTransport({
    types: [text],
    listen: "127.0.0.1:0",
    environment: {},
    times: { handshakeDeadlineMs },
    log: (line) => lines.push(line),
    onRefused: (refusal) => refusals.put(refusal),
    onPeer: (peer) => peers.put(peer),
  });
}

beforeEach(() => start());

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await node.close();
});

async function raw(): Promise<Socket> {
  const socket = connect(node.address!.port, node.address!.host);
  sockets.push(socket);
  socket.on("error", () => {});
  socket.setNoDelay(true);
  await once(socket, "connect");
  return socket;
}

/** The code of the last go-away before the other side ends. */
async function goAway(socket: Socket): Promise<string | undefined> {
  const decoder = new FrameDecoder(1 << 20);
  let code: string | undefined;
  socket.on("data", (chunk: Uint8Array) => {
    decoder.push(chunk);
    while (decoder.next()) {
      const body = decoder.bytes.slice(decoder.start, decoder.end);
      if (decoder.kind === frameKind.goAway) code = goAwayCodeOf(decodeGoAway(body).code);
    }
  });
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
  return code;
}

function hello(change: Partial<Parameters<typeof encodeHello>[0]> = {}): Uint8Array {
  const message = encodeHello({
    protocolMin: 1,
    protocolMax: 1,
    node: { host: "127.0.0.1", port: 0, instance: randomBytes(8).readBigUInt64BE() },
    catalogueDigest: "none",
    lane: "control",
    attempt: 1,
    roles: [],
    ...change,
  });
  return encodeFrame(frameKind.hello, new Uint8Array([...magic, ...message]));
}

async function expectCounted(code: Refusal["code"]): Promise<void> {
  expect(await refusals.next()).toMatchObject({ code, from: { host: "127.0.0.1" } });
  expect(node.refusals[code]).toBe(1);
  expect(lines).toEqual([expect.stringMatching(`^hewn: refused 127\\.0\\.0\\.1:\\d+: ${code}: `)]);
}

/** Nobody else has noticed anything. */
async function expectAlive(): Promise<void> {
  const other = await startTransport({ types: [text], environment: {} });
  try {
    expect(await other.connect(node.address!)).toMatchObject({ status: "connected" });
  } finally {
    await other.close();
  }
}

const tlsHello = Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), randomBytes(506)]);

describe("instead of a hello", () => {
  test.each<[string, string | Uint8Array, Refusal["code"]]>([
    ["an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "notHewn"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "notHewn"],
    ["SSH", "SSH-2.0-OpenSSH_9.7\r\n", "notHewn"],
    ["a TLS hello", tlsHello, "notHewn"],
    ["random bytes", Buffer.concat([Buffer.from([0xff]), randomBytes(5000)]), "notHewn"],
    ["a frame of a kind that nobody knows", encodeFrame(99, new Uint8Array(8)), "notHewn"],
    ["a frame without a kind", new Uint8Array(4), "notHewn"],
    ["a frame that is too long", new Uint8Array([0, 0, 0x10, 1, 1]), "frameTooLong"],
    ["a message", encodeFrame(frameKind.message, new Uint8Array([0, 1])), "notHewn"],
    ["a wrong version", hello({ protocolMin: 7, protocolMax: 9 }), "versionUnsupported"],
    [
      "a name with control characters",
      hello({ node: { host: "a\u001b[2J\n", port: 1, instance: 1n } }),
      "malformed",
    ],
    [
      "a name that is too long",
      hello({ node: { host: "x".repeat(254), port: 1, instance: 1n } }),
      "malformed",
    ],
    [
      "a hello with bytes behind it",
      encodeFrame(1, new Uint8Array([...hello().subarray(5), 0])),
      "malformed",
    ],
  ])("%s is told why, counted and logged", async (_, input, code) => {
    const socket = await raw();
    socket.write(typeof input === "string" ? Buffer.from(input, "latin1") : input);
    expect(await goAway(socket)).toBe(code);
    await expectCounted(code);
    expect(lines.join("")).not.toMatch(/[^\x20-\x7e…]/);
    await expectAlive();
  });

  test("a hello that is cut off, and a connection that is reset", async () => {
    const cut = await raw();
    cut.end(hello().subarray(0, 20));
    await expectCounted("cutOff");
    const reset = await raw();
    reset.write(hello().subarray(0, 20));
    reset.resetAndDestroy();
    expect(["reset", "cutOff"]).toContain((await refusals.next()).code);
    await expectAlive();
  });

  test("a byte now and then, without end: the deadline ends it", async () => {
    await node.close();
    await start(80);
    const socket = await raw();
    const bytes = hello();
    let sent = 0;
    const drip = setInterval(() => socket.write(bytes.subarray(sent, ++sent)), 10);
    expect(await goAway(socket)).toBe("handshakeTimedOut");
    clearInterval(drip);
    expect(sent).toBeLessThan(30);
    await expectCounted("handshakeTimedOut");
  });

  test("8 MB of nonsense in pieces of 1 KB costs a fraction of a second, and next to no memory", async () => {
    const socket = await raw();
    const piece = Buffer.alloc(1024, 0xa5);
    const before = process.memoryUsage().arrayBuffers;
    const answer = goAway(socket);
    for (let i = 0; i < 8192 && !socket.destroyed; i++) socket.write(piece);
    expect(await answer).toBe("notHewn");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20);
    await expectCounted("notHewn");
    await expectAlive();
  });
});

describe("behind a hello", () => {
  /** A handshake by hand, as far as the welcome; `then` follows in the same breath. */
  async function greeted(then: Uint8Array): Promise<Socket> {
    const socket = await raw();
    const welcome = encodeWelcome({
      protocol: 1,
      messageLengthMax: 1 << 20,
      windowMessages: 1000,
      windowBytes: 1 << 20,
      assembliesMax: 4,
      assembledBytesMax: 1 << 20,
      catalogue: [],
    });
    socket.write(Buffer.concat([hello(), encodeFrame(frameKind.welcome, welcome), then]));
    return socket;
  }

  test.each<[string, Uint8Array, string]>([
    ["a kind that nobody knows", encodeFrame(99, new Uint8Array(1)), "unexpectedFrame"],
    ["a second hello", hello(), "unexpectedFrame"],
    [
      "a message before all is agreed",
      encodeFrame(frameKind.message, new Uint8Array([0, 0xa0])),
      "unexpectedFrame",
    ],
    ["an agreement that is none", encodeFrame(frameKind.agreement, new Uint8Array([0xc1])), "malformed"],
    ["a frame beyond what the stage allows", new Uint8Array([0, 0x20, 0, 1, 1]), "frameTooLong"],
    ["a frame without a kind", new Uint8Array(4), "frameEmpty"],
  ])("%s ends the handshake", async (_, frame, code) => {
    const socket = await greeted(frame);
    expect(await goAway(socket)).toBe(code);
    expect((await refusals.next()).code).toBe(code);
    expect(node.peers).toEqual([]);
    await expectAlive();
  });
});
