// One process of the pair that shows what sockets cost on which nothing is said: `listen <stack> <nodes>` listens with so
// many nodes and tells their addresses, `dial <stack> <nodes> <addresses>` connects each of its own to all of them, one half
// at the line `warm` and the other at `dial`. Both answer every line with the bytes that are resident and those that are held
// on to. Needs --expose-gc.
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import { startTransport } from "@hewn/runtime/node";

/** Handshakes at a time: fewer than a node lets wait. */
const together = 32;

let dials: (() => Promise<void>)[] | undefined;
let halfOfAll: number | undefined;

const [role, stack, nodes, addresses = ""] = process.argv.slice(2);
const options = { types: [], environment: {} };

async function listenHewn(): Promise<string> {
  const transport = await startTransport({ ...options, listen: "127.0.0.1:0" });
  return String(transport.address?.port);
}

async function dialHewn(): Promise<(port: string) => Promise<void>> {
  const transport = await startTransport(options);
  return async (port) => {
    const outcome = await transport.connect(`127.0.0.1:${port}`);
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
  };
}

async function listenRaw(): Promise<string> {
  const server = createServer({ noDelay: true }, (socket) => socket.on("data", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return String((server.address() as AddressInfo).port);
}

async function dialRaw(): Promise<(port: string) => Promise<void>> {
  return async (port) => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("data", () => {});
    await once(socket, "connect");
  };
}

async function dialsToAll(): Promise<(() => Promise<void>)[]> {
  const dial = stack === "raw" ? dialRaw : dialHewn;
  const dialled: (() => Promise<void>)[] = [];
  for (let nth = 0; nth < Number(nodes); nth++) {
    const to = await dial();
    for (const port of addresses.split(",")) dialled.push(() => to(port));
  }
  return dialled;
}

async function dialHalf(): Promise<void> {
  dials ??= await dialsToAll();
  halfOfAll ??= dials.length / 2;
  const half = dials.splice(0, halfOfAll);
  for (let from = 0; from < half.length; from += together) {
    await Promise.all(half.slice(from, from + together).map((run) => run()));
  }
}

async function listenAll(): Promise<string> {
  const ports: string[] = [];
  for (let nth = 0; nth < Number(nodes); nth++)
    ports.push(await (stack === "raw" ? listenRaw : listenHewn)());
  return ports.join(",");
}

/** What is resident, and what is held on to, once what is garbage is gone. */
function memory(): string {
  for (let turn = 0; turn < 4; turn++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return `${rss} ${heapUsed + external}`;
}

if (role === "listen") console.log(await listenAll());
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "warm" || line === "dial") await dialHalf();
  console.log(memory());
}
process.exit();
