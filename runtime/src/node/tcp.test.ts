import { once } from "node:events";
import { type AddressInfo, createServer, connect as rawConnect, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { encodeFrame, frameKind } from "../transport/frame.ts";
import { FrameDecoder } from "../transport/frame-decoder.ts";
import { type CloseReason, type Connection, goAwayCodeOf, type Loss } from "../transport/index.ts";
import { decodeGoAway, encodeHello } from "../transport/messages.codec.ts";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { magic } from "../transport/session.ts";
import { dial, type Listener, type ListenOptions, listen, NetworkError } from "./index.ts";

const text = textCodec();
const types = [text];

const opened: { listeners: Listener[]; sockets: Socket[]; servers: Server[] } = {
  listeners: [],
  sockets: [],
  servers: [],
};

afterEach(async () => {
  for (const socket of opened.sockets.splice(0)) socket.destroy();
  await Promise.all(opened.listeners.splice(0).map((listener) => listener.close()));
  await Promise.all(opened.servers.splice(0).map((server) => once(server.close(), "close")));
});

async function listening(options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await listen({ types, ...options });
  opened.listeners.push(listener);
  return listener;
}

/** A listener with all that reaches it: each waits for the next one of its kind. */
async function observed(options: Partial<ListenOptions> = {}) {
  const messages = new Inbox<string>();
  const refusals = new Inbox<CloseReason>();
  const connections = new Inbox<Connection>();
  const losses = new Inbox<Loss>();
  const listener = await listening({
    onOpen(connection) {
      connection.onMessage(text, (message) => messages.put(message));
      connections.put(connection);
    },
    onRefused: (reason) => refusals.put(reason),
    onLoss: (loss) => losses.put(loss),
    ...options,
  });
  return { listener, messages, refusals, connections, losses };
}

class Inbox<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => {};
  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }
  async next(): Promise<T> {
    while (this.#items.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#items.shift()!;
  }
  async take(count: number): Promise<T[]> {
    const taken: T[] = [];
    while (taken.length < count) taken.push(await this.next());
    return taken;
  }
}

async function raw(listener: Listener): Promise<Socket> {
  const socket = rawConnect(listener.address.port, listener.address.host);
  opened.sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

/** Reads until the other side ends; the frames that came. */
async function frames(socket: Socket): Promise<{ kind: number; body: Uint8Array }[]> {
  const decoder = new FrameDecoder(1 << 20);
  const all: { kind: number; body: Uint8Array }[] = [];
  for await (const chunk of socket) {
    decoder.push(chunk);
    while (decoder.next())
      all.push({ kind: decoder.kind, body: decoder.bytes.slice(decoder.start, decoder.end) });
  }
  return all;
}

async function goAwayFor(bytes: Uint8Array, listener: Listener): Promise<string | undefined> {
  const socket = await raw(listener);
  socket.write(bytes);
  const last = (await frames(socket)).at(-1);
  return last?.kind === frameKind.goAway ? goAwayCodeOf(decodeGoAway(last.body).code) : undefined;
}

function hello(change: Partial<Parameters<typeof encodeHello>[0]> = {}): Uint8Array {
  const message = encodeHello({
    protocolMin: 1,
    protocolMax: 1,
    node: { host: "127.0.0.1", port: 0, instance: 5n },
    catalogueDigest: "none",
    ...change,
  });
  return encodeFrame(frameKind.hello, new Uint8Array([...magic, ...message]));
}

describe("two nodes", () => {
  test("know each other and exchange messages in order, both ways", async () => {
    const { listener, messages, connections } = await observed();
    const replies = new Inbox<string>();
    const near = await dial(listener.address, {
      types,
      onOpen: (connection) => connection.onMessage(text, (message) => replies.put(message)),
    });
    const far = await connections.next();
    expect(near.peer).toEqual(listener.node);
    expect(far.peer).toMatchObject({ host: "127.0.0.1", port: 0 });
    expect(far.peer.instance).not.toBe(near.peer.instance);
    const texts = Array.from({ length: 1000 }, (_, i) => `message ${i}`);
    for (const each of texts) near.send(text, each);
    expect(await messages.take(1000)).toEqual(texts);
    far.send(text, "thanks");
    expect(await replies.next()).toBe("thanks");
  });

  test("may be dialled by text, by name and over IPv6", async () => {
    const four = await observed();
    await dial(`127.0.0.1:${four.listener.address.port}`, { types });
    await dial(`localhost:${four.listener.address.port}`, { types }).catch((error) => {
      // Where localhost is ::1 first, nobody listens there.
      expect(error).toMatchObject({ code: "refused" });
    });
    const six = await observed({ host: "::1" });
    const connection = await dial(`[::1]:${six.listener.address.port}`, { types });
    expect(connection.peer).toEqual(six.listener.node);
  });

  test("exchange large messages", async () => {
    const { listener, messages } = await observed();
    const near = await dial(listener.address, { types });
    const large = "ä".repeat(4_000_000);
    expect(near.send(text, large).status).toBe("accepted");
    expect((await messages.next()) === large).toBe(true);
    expect(near.send(text, "x".repeat(17 << 20))).toMatchObject({ reason: "tooLong" });
  });

  test("a slow reader holds its sender back, and loses nothing", async () => {
    const { listener, messages } = await observed();
    const near = await dial(listener.address, { types });
    const large = "x".repeat(100_000);
    let sent = 0;
    let refusals = 0;
    while (sent < 300) {
      if (near.send(text, large).status === "accepted") {
        sent++;
        continue;
      }
      refusals++;
      await near.ready();
    }
    expect(refusals).toBeGreaterThan(0);
    expect(await messages.take(300)).toHaveLength(300);
  });

  test("both learn who closed, and no socket is left", async () => {
    const { listener, connections } = await observed();
    const near = await dial(listener.address, { types });
    const far = await connections.next();
    near.send(text, "bye");
    expect(await near.close()).toEqual({
      by: "us",
      code: "closing",
      text: "The node closed the connection.",
    });
    expect(await far.closed).toMatchObject({ by: "peer", code: "closing" });
    expect(listener.connections.size).toBe(0);
  });

  test("a listener that closes says so to all, and is done when they are gone", async () => {
    const { listener, connections } = await observed();
    const near = await Promise.all([dial(listener.address, { types }), dial(listener.address, { types })]);
    await connections.take(2);
    await listener.close();
    for (const connection of near)
      expect(await connection.closed).toMatchObject({ by: "peer", code: "closing" });
    await expect(dial(listener.address, { types })).rejects.toMatchObject({ code: "refused" });
  });
});

describe("a dial that fails says why", () => {
  async function failure(address: string, options: Partial<Parameters<typeof dial>[1]> = {}) {
    return dial(address, { types, ...options }).then(
      () => "connected",
      (error: unknown) => (error instanceof NetworkError ? error : `untyped: ${error}`),
    );
  }

  test("nobody listens", async () => {
    const listener = await listening();
    await listener.close();
    const error = await failure(`127.0.0.1:${listener.address.port}`);
    expect(error).toMatchObject({ code: "refused", message: expect.stringMatching(/^cannot dial 127/) });
  });

  test("no such host, no such address", async () => {
    expect(await failure("no-such-host.invalid:1")).toMatchObject({ code: "unknownHost" });
    expect(await failure("nonsense")).toMatch("untyped: TypeError: 'nonsense' is no address");
  });

  test("beyond this machine, unless told otherwise", async () => {
    expect(await failure("192.0.2.1:9100")).toMatchObject({
      code: "insecure",
      message: expect.stringContaining("neither encrypted nor authenticated"),
    });
    const insecure = await failure("192.0.2.1:9100", { insecure: true, connectDeadlineMs: 50 });
    expect(["unreachable", "refused", "failed"]).toContain(insecure instanceof NetworkError && insecure.code);
  });

  test("the node reached itself", async () => {
    const { listener } = await observed();
    expect(await failure(`127.0.0.1:${listener.address.port}`, { node: listener.node })).toMatchObject({
      code: "handshakeFailed",
      reason: { by: "peer", code: "selfConnect" },
    });
  });

  test("what answers is no node", async () => {
    const server = createServer((socket) => socket.resume().end("220 mail.example ESMTP\r\n"));
    server.listen(0, "127.0.0.1");
    opened.servers.push(server);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await failure(`127.0.0.1:${port}`)).toMatchObject({
      code: "handshakeFailed",
      reason: { by: "us", code: "notHewn" },
    });
  });

  test("nothing answers before the deadline, or the other side hangs up", async () => {
    const server = createServer((socket) => opened.sockets.push(socket)).listen(0, "127.0.0.1");
    opened.servers.push(server);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const silent = failure(`127.0.0.1:${port}`, { handshakeDeadlineMs: 20 });
    expect(await silent).toMatchObject({ reason: { by: "us", code: "handshakeTimedOut" } });
    const hungUp = failure(`127.0.0.1:${port}`);
    await once(server, "connection");
    opened.sockets.at(-1)!.end();
    expect(await hungUp).toMatchObject({ reason: { by: "network", code: "ended" } });
  });
});

describe("what comes to a port that is no node", () => {
  test.each([
    ["an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "notHewn"],
    ["a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "notHewn"],
    ["zeros", "\0".repeat(100), "notHewn"],
    ["a small frame of nonsense", "\u0000\u0000\u0000\u0003abc", "notHewn"],
    ["a hello that is too long", "\u0000\u0000\u0010\u0001\u0001", "frameTooLong"],
  ])("%s gets a typed refusal, and is reported", async (_, input, code) => {
    const { listener, refusals } = await observed();
    expect(await goAwayFor(Buffer.from(input, "latin1"), listener)).toBe(code);
    expect(await refusals.next()).toMatchObject({ by: "us", code });
  });

  test("a megabyte of noise costs the listener nothing, and others go on", async () => {
    const { listener, refusals, messages } = await observed();
    const near = await dial(listener.address, { types });
    const socket = await raw(listener);
    socket.on("error", () => {});
    socket.write(Buffer.alloc(1 << 20, 0xa5));
    expect(await refusals.next()).toMatchObject({ by: "us", code: "notHewn" });
    near.send(text, "still here");
    expect(await messages.next()).toBe("still here");
  });

  test("a wrong version and a broken hello get a typed refusal", async () => {
    const { listener } = await observed();
    expect(await goAwayFor(hello({ protocolMin: 9, protocolMax: 9 }), listener)).toBe("versionUnsupported");
    expect(await goAwayFor(hello({ node: { host: "a\nb", port: 1, instance: 1n } }), listener)).toBe(
      "malformed",
    );
    const broken = encodeFrame(frameKind.hello, new Uint8Array([...magic, 0xc1]));
    expect(await goAwayFor(broken, listener)).toBe("malformed");
  });

  test("a hello in single bytes is a hello", async () => {
    const { listener } = await observed();
    const socket = await raw(listener);
    socket.setNoDelay(true);
    const answer = once(socket, "data");
    for (const byte of hello()) await new Promise((resolve) => socket.write(new Uint8Array([byte]), resolve));
    const [chunk] = await answer;
    expect(chunk[4]).toBe(frameKind.hello);
  });

  test("a silent one is dropped at the deadline, one that hangs up at once", async () => {
    const { listener, refusals } = await observed({ handshakeDeadlineMs: 20 });
    const silent = await raw(listener);
    expect(await frames(silent)).toMatchObject([{ kind: frameKind.goAway }]);
    expect(await refusals.next()).toMatchObject({ by: "us", code: "handshakeTimedOut" });
    const early = await raw(listener);
    early.end(hello().subarray(0, 6));
    expect(await refusals.next()).toMatchObject({ by: "network", code: "cutOff" });
    const reset = await raw(listener);
    reset.resetAndDestroy();
    expect(await refusals.next()).toMatchObject({ by: "network", code: "failed" });
  });

  test("more than may be pending are dropped, and a real node still comes in afterwards", async () => {
    const { listener, connections } = await observed({ pendingHandshakesMax: 3 });
    const idle = await Promise.all([raw(listener), raw(listener), raw(listener)]);
    const late = await raw(listener);
    expect(await frames(late)).toEqual([]);
    expect(listener.dropped).toBe(1);
    for (const socket of idle) {
      socket.end();
      await once(socket.resume(), "close");
    }
    await dial(listener.address, { types });
    expect((await connections.next()).peer.port).toBe(0);
  });

  test("an unknown frame on an open session ends it", async () => {
    const { listener, connections } = await observed();
    await dial(listener.address, { types });
    const far = await connections.next();
    far.received(encodeFrame(77, new Uint8Array(3)));
    expect(await far.closed).toMatchObject({ by: "us", code: "unexpectedFrame" });
  });
});

describe("listening", () => {
  test("beyond this machine is refused unless told otherwise", async () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.1"]) {
      await expect(listen({ types, host })).rejects.toMatchObject({
        code: "insecure",
        message: expect.stringContaining("pass insecure: true"),
      });
    }
    const warning = jest.spyOn(process, "emitWarning").mockReturnValue();
    const listener = await listening({ host: "0.0.0.0", insecure: true });
    expect(listener.address.port).toBeGreaterThan(0);
    expect(warning).toHaveBeenCalledWith(expect.any(String), { code: "HEWN_INSECURE" });
    warning.mockRestore();
  });

  test("on a port that is taken says so", async () => {
    const { address } = await listening();
    await expect(listen({ types, port: address.port })).rejects.toMatchObject({ code: "unavailable" });
  });

  test("every start is another instance", async () => {
    const [one, two] = [await listening(), await listening()];
    expect(one.node.instance).not.toBe(two.node.instance);
  });
});
