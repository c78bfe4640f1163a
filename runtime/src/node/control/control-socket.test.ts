import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { memberReport, SampleNode } from "../../cluster/control/controlled-node.testing.ts";
import {
  type ControlReply,
  ControlServer,
  controlReplies,
  controlRequests,
} from "../../cluster/control/index.ts";
import { Catalogue, openTransport } from "../../transport/index.ts";
import { startTransport } from "../start-transport.ts";
import { type ControlClient, controlByAddress, controlBySocket, type Question } from "./control-client.ts";
import { controlSocketPath, controlSockets } from "./control-directory.ts";
import { type ControlSocket, controlTerms, openControlSocket } from "./control-socket.ts";
import { LocalHost } from "./local-host.ts";

const address = { host: "127.0.0.1", port: 9100 };
const name = "127.0.0.1:9100";
const { platform } = process;
const describeUnix = platform === "win32" ? describe.skip : describe;

let runtime: string;
let temporary: string;
const opened: (() => unknown)[] = [];

beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), "hewn-control-"));
  temporary = mkdtempSync(join(tmpdir(), "hewn-temporary-"));
});

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  for (const folder of [runtime, temporary]) rmSync(folder, { recursive: true, force: true });
});

/** Of this test alone: nodes of others that run on this machine are not seen. */
const environment = () => ({ XDG_RUNTIME_DIR: runtime, TMPDIR: temporary });

async function socketOf(node: SampleNode, called = name): Promise<ControlSocket> {
  const socket = await openControlSocket(new ControlServer(node), {
    name: called,
    environment: environment(),
  });
  opened.push(() => socket.close());
  return socket;
}

async function clientOf(path: string): Promise<ControlClient> {
  const client = await controlBySocket(path);
  opened.push(() => client.close());
  return client;
}

async function answer(client: ControlClient, question: Question): Promise<readonly ControlReply[]> {
  const replies: ControlReply[] = [];
  for await (const reply of client.ask(question)) replies.push(reply);
  return replies;
}

/** Where nobody listens any longer, as after a kill. */
async function staleFile(path: string): Promise<void> {
  mkdirSync(join(runtime, "hewn"), { recursive: true, mode: 0o700 });
  const server: Server = createServer();
  server.listen(`${path}.live`);
  await once(server, "listening");
  // A link to a socket's file lives on when its server closes, and unlinks, the first.
  linkSync(`${path}.live`, path);
  server.close();
  await once(server, "close");
}

describeUnix("a control socket", () => {
  test("answers whoever is the node's user, in a directory of its own", async () => {
    const node = new SampleNode();
    const { path } = await socketOf(node);
    expect(path).toBe(join(runtime, "hewn/127.0.0.1:9100.sock"));
    expect(statSync(join(runtime, "hewn")).mode & 0o777).toBe(0o700);
    expect(await controlSockets(environment())).toEqual([path]);
    const client = await clientOf(path);
    const replies = await answer(client, { kind: "members" });
    expect(replies.map(({ kind }) => kind)).toEqual(["node", "member", "counters", "done"]);
    expect(replies[1]).toMatchObject({ member: node.all[0] });
  });

  test("answers with as many members as a node can know", async () => {
    const node = new SampleNode();
    const many = Array.from({ length: 5_000 }, (_, port) => memberReport({ node: { ...node.self, port } }));
    node.all = [node.all[0]!, ...many];
    const client = await clientOf((await socketOf(node)).path);
    expect((await answer(client, { kind: "members" })).length).toBe(5_004);
  });

  test("commands: join and leave, and says how they end", async () => {
    const node = new SampleNode();
    const client = await clientOf((await socketOf(node)).path);
    expect(await answer(client, { kind: "join", seeds: ["b:1"] })).toMatchObject([{ kind: "done" }]);
    node.joins = () => Promise.reject(new Error("no"));
    expect(await answer(client, { kind: "join", seeds: ["b:1"] })).toMatchObject([
      { kind: "refused", text: "no" },
    ]);
    expect(await answer(client, { kind: "leave" })).toMatchObject([
      { kind: "node" },
      { kind: "leaving" },
      { kind: "leaving" },
      { kind: "done" },
    ]);
    expect(node).toMatchObject({ joined: ["b:1"], left: 1 });
  });

  test("tells a watch what happens until the connection ends", async () => {
    const node = new SampleNode();
    const socket = await socketOf(node);
    const client = await clientOf(socket.path);
    const watch = client.ask({ kind: "watch" });
    const first = watch.next();
    await answer(client, { kind: "members" });
    node.happen({ kind: "standDown", msAgo: 1 });
    expect((await first).value).toMatchObject({ event: { kind: "standDown" } });
    await socket.close();
    await expect(watch.next()).rejects.toMatchObject({ code: "lost" });
    expect(node.watchers).toBe(0);
  });

  test("several nodes have one each, and none takes the place of another that answers", async () => {
    const one = await socketOf(new SampleNode());
    const two = await socketOf(new SampleNode(), "[::1]:9100");
    expect(await controlSockets(environment())).toEqual([one.path, two.path].toSorted());
    await expect(socketOf(new SampleNode())).rejects.toThrow("belongs to another process");
    expect((await answer(await clientOf(one.path), { kind: "members" })).length).toBe(4);
  });

  test("its file is gone when it is closed", async () => {
    const socket = await socketOf(new SampleNode());
    await socket.close();
    expect(existsSync(socket.path)).toBe(false);
    await expect(controlBySocket(socket.path)).rejects.toMatchObject({ code: "absent" });
  });

  test("takes the place of one that a killed process left behind, and clears away those of others", async () => {
    const path = join(runtime, "hewn/127.0.0.1:9100.sock");
    await staleFile(path);
    const other = join(runtime, "hewn/127.0.0.1:1.sock");
    await staleFile(other);
    expect(lstatSync(path).isSocket()).toBe(true);
    await expect(controlBySocket(path)).rejects.toMatchObject({ code: "absent" });
    await socketOf(new SampleNode());
    expect((await answer(await clientOf(path), { kind: "members" })).length).toBe(4);
    // One that is new may be about to listen.
    expect(existsSync(other)).toBe(true);
  });

  test("a file that is no socket is not removed", async () => {
    mkdirSync(join(runtime, "hewn"), { mode: 0o700 });
    const path = join(runtime, "hewn/127.0.0.1:9100.sock");
    writeFileSync(path, "mine");
    await expect(socketOf(new SampleNode())).rejects.toMatchObject({ code: "unavailable" });
    expect(existsSync(path)).toBe(true);
  });

  test("is not opened where others can enter the directory, or where it is a link", async () => {
    const directory = join(runtime, "hewn");
    mkdirSync(directory);
    chmodSync(directory, 0o755);
    const socket = await openControlSocket(new ControlServer(new SampleNode()), {
      name: "one",
      environment: environment(),
    });
    opened.push(() => socket.close());
    expect(socket.path.startsWith(runtime)).toBe(false);
    expect(await controlSockets(environment())).not.toContain(join(directory, "x.sock"));
    rmSync(directory, { recursive: true });
    mkdirSync(join(runtime, "elsewhere"), { mode: 0o700 });
    symlinkSync(join(runtime, "elsewhere"), directory);
    const again = await openControlSocket(new ControlServer(new SampleNode()), {
      name: "two",
      environment: environment(),
    });
    opened.push(() => again.close());
    expect(again.path.startsWith(runtime)).toBe(false);
  });

  test("the name of a host that is too long for a path is shortened to a digest", () => {
    const path = controlSocketPath("/run/user/1000/hewn", "x".repeat(250));
    expect(path).toMatch(/^\/run\/user\/1000\/hewn\/[0-9a-f]{16}\.sock$/);
  });

  test("bytes that are no handshake end the connection, and disturb nobody else", async () => {
    const { path } = await socketOf(new SampleNode());
    for (const bytes of [
      Buffer.alloc(100_000, 0xff),
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.alloc(1),
    ]) {
      const socket = connect(path);
      socket.on("error", () => {});
      socket.end(bytes);
      socket.resume();
      await once(socket, "close");
    }
    expect((await answer(await clientOf(path), { kind: "members" })).length).toBe(4);
  });

  test("one who asks without reading holds up nobody else", async () => {
    const node = new SampleNode();
    node.all = Array.from({ length: 5_000 }, () => memberReport());
    const { path } = await socketOf(node);
    const transport = await openTransport({ ...controlTerms(), host: new LocalHost(path) });
    opened.push(() => transport.close());
    const outcome = await transport.connect(address);
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
    outcome.peer.pause();
    for (let number = 0; number < 1000; number++)
      outcome.peer.send(controlRequests, { kind: "members", number });
    expect((await answer(await clientOf(path), { kind: "members" })).length).toBe(5_003);
  });

  test("a node of another version is named as such", async () => {
    mkdirSync(join(runtime, "hewn"), { mode: 0o700 });
    const path = join(runtime, "hewn/old.sock");
    const other = { ...controlReplies, fingerprint: "0000000000000000" };
    const catalogue = new Catalogue([controlRequests, other]);
    const terms = { ...controlTerms(), catalogue, catalogueDigest: "other" };
    const transport = await openTransport({ ...terms, host: new LocalHost(path), listen: address });
    opened.push(() => transport.close());
    await expect(controlBySocket(path)).rejects.toMatchObject({ code: "otherVersion" });
  });
});

describe("control over the network", () => {
  const secret = "kJ0v3vYwV3sVq1Yy0b8S2r9cQx4mTn6ZpL7hGfDeWuA";

  test("asks as one that is no member, and needs the node's proof", async () => {
    const types = [controlRequests, controlReplies];
    const transport = await startTransport({
      types,
      listen: "127.0.0.1:0",
      secret,
      environment: {},
      log: () => {},
    });
    opened.push(() => transport.close());
    const server = new ControlServer(new SampleNode());
    transport.onMessage(controlRequests, (request, peer) => server.asked(request, peer, true));
    const client = await controlByAddress(transport.address!, { secret, environment: {} });
    opened.push(() => client.close());
    expect((await answer(client, { kind: "members" })).length).toBe(4);
    expect(transport.peers.map(({ roles, node }) => [roles, node.port])).toEqual([[["observer"], 0]]);
    await expect(controlByAddress(transport.address!, { environment: {} })).rejects.toBeInstanceOf(Error);
  });

  test("a node that takes no questions is named as such", async () => {
    const transport = await startTransport({ types: [], listen: "127.0.0.1:0", environment: {} });
    opened.push(() => transport.close());
    await expect(controlByAddress(transport.address!, { environment: {} })).rejects.toMatchObject({
      code: "otherVersion",
      message: expect.stringContaining("takes no questions"),
    });
  });
});
