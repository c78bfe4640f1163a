import { once } from "node:events";
import { type AddressInfo, createServer, connect as open, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { FaultProxy } from "./fault-proxy.testing.ts";
import type { ProxyCommand } from "./faults.testing.ts";

const opened: { sockets: Socket[]; servers: Server[]; proxies: FaultProxy[] } = {
  sockets: [],
  servers: [],
  proxies: [],
};

afterEach(async () => {
  await Promise.all(opened.proxies.splice(0).map((proxy) => proxy.obey({ kind: "close" })));
  for (const socket of opened.sockets.splice(0)) socket.destroy();
  await Promise.all(opened.servers.splice(0).map((server) => once(server.close(), "close")));
});

/** One end, and everything that happens to it. */
class Witness {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  readonly arrivals: number[] = [];
  readonly happened: string[] = [];
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    opened.sockets.push(socket);
    socket.on("data", (bytes) => {
      this.chunks.push(bytes);
      this.arrivals.push(performance.now());
      this.#wake();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => this.#note(error.code ?? "error"));
    socket.on("end", () => this.#note("end"));
    socket.on("close", () => this.#note("close"));
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }

  async got(length: number): Promise<string> {
    while (this.text.length < length) await this.#change();
    return this.text;
  }

  async saw(what: string): Promise<void> {
    while (!this.happened.includes(what)) await this.#change();
  }

  #note(what: string): void {
    this.happened.push(what);
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** A target behind a proxy, and a stream through it. */
async function stage() {
  const accepted: Witness[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  opened.servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.on("connection", (socket) => accepted.push(new Witness(socket)));
  const proxy = new FaultProxy();
  opened.proxies.push(proxy);
  const port = await proxy.listen();
  const obey = (command: ProxyCommand) => proxy.obey(command);
  await obey({ kind: "aim", host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  const dial = async () => {
    const near = new Witness(open({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true }));
    const isThere = once(server, "connection");
    await once(near.socket, "connect");
    await isThere;
    return { near, far: accepted.at(-1)! };
  };
  return { proxy, obey, dial, port, ...(await dial()) };
}

describe("the fault proxy", () => {
  test("passes bytes and ends in both directions, in order, and counts them", async () => {
    const { proxy, near, far } = await stage();
    const long = "abcdefgh".repeat(50_000);
    near.socket.end(long);
    expect((await far.got(long.length)) === long).toBe(true);
    await far.saw("end");
    far.socket.end("back");
    expect(await near.got(4)).toBe("back");
    await near.saw("close");
    expect(proxy.counts).toMatchObject({ streams: 1, there: long.length, back: 4, discarded: 0 });
  });

  test("delays every byte without holding back those behind it", async () => {
    const { obey, near, far } = await stage();
    await obey({ kind: "faults", direction: "there", faults: { delayMs: 150 } });
    const start = performance.now();
    const texts = Array.from({ length: 40 }, (_, nth) => `text ${nth};`);
    for (const text of texts) await new Promise((resolve) => near.socket.write(text, resolve));
    expect(await far.got(texts.join("").length)).toBe(texts.join(""));
    expect(far.arrivals[0]! - start).toBeGreaterThanOrEqual(149);
    // One after the other they would take forty times as long.
    expect(performance.now() - start).toBeLessThan(3000);
    far.socket.write("at once");
    await near.got(7);
  });

  test("hands on single bytes", async () => {
    const { obey, near, far } = await stage();
    await obey({ kind: "faults", faults: { singleBytes: true } });
    near.socket.write("x".repeat(50));
    await far.got(50);
    expect(far.chunks.length).toBeGreaterThan(10);
  });

  test("passes no more bytes a second than it is told", async () => {
    const { obey, near, far } = await stage();
    await obey({ kind: "faults", faults: { bytesPerSecond: 100_000 } });
    const start = performance.now();
    near.socket.write("x".repeat(30_000));
    await far.got(30_000);
    expect(performance.now() - start).toBeGreaterThanOrEqual(280);
  });

  test("holds bytes and ends until it is healed, and loses nothing", async () => {
    const { obey, near, far } = await stage();
    await obey({ kind: "faults", faults: { passage: "hold" } });
    near.socket.end("later");
    far.socket.write("too");
    await obey({ kind: "faults", direction: "back", faults: { passage: "forward" } });
    expect(await near.got(3)).toBe("too");
    expect([far.text, far.happened]).toEqual(["", []]);
    await obey({ kind: "heal" });
    expect(await far.got(5)).toBe("later");
    await far.saw("end");
  });

  test("a black hole takes bytes and ends and says nothing; a stream with bytes missing is reset when it heals", async () => {
    const { proxy, obey, near, far } = await stage();
    await obey({ kind: "faults", direction: "there", faults: { passage: "discard" } });
    near.socket.write("gone");
    far.socket.write("here");
    await near.got(4);
    while (proxy.counts.discarded < 4) await new Promise(setImmediate);
    near.socket.end();
    far.socket.write("!");
    await near.got(5);
    expect([far.text, far.happened]).toEqual(["", []]);
    await obey({ kind: "heal" });
    await Promise.all([near.saw("ECONNRESET"), far.saw("ECONNRESET")]);
  });

  test("resets both ends", async () => {
    const { obey, near, far, dial } = await stage();
    await obey({ kind: "reset" });
    await Promise.all([near.saw("ECONNRESET"), far.saw("ECONNRESET")]);
    const again = await dial();
    again.near.socket.write("hello");
    expect(await again.far.got(5)).toBe("hello");
  });

  test("closes one end and tells the other nothing", async () => {
    const { proxy, obey, near, far } = await stage();
    await obey({ kind: "halfOpen", closed: "dialler" });
    await near.saw("end");
    far.socket.write("anybody?");
    while (proxy.counts.discarded < 8) await new Promise(setImmediate);
    expect(far.happened).toEqual([]);
  });

  test("refuses new streams and takes them again at the same port", async () => {
    const { obey, near, far, port, dial } = await stage();
    await obey({ kind: "refuse", refuses: true });
    const refused = new Witness(open(port, "127.0.0.1"));
    await refused.saw("ECONNREFUSED");
    near.socket.write("still open");
    await far.got(10);
    await obey({ kind: "refuse", refuses: false });
    await dial();
  });

  test("passes a reset on, and that nobody listens at the target", async () => {
    const { obey, near, far, port } = await stage();
    far.socket.resetAndDestroy();
    await near.saw("ECONNRESET");
    await obey({ kind: "aim", host: "127.0.0.1", port: 1 });
    const nobody = new Witness(open(port, "127.0.0.1"));
    await nobody.saw("ECONNRESET");
  });
});
