// The pulse thread: everything that runs in it begins here. It answers for all nodes of the process. It stands on Node alone
// and comes into the program as a text, thread-source.ts, that is made of this file: so it is there in whatever way the
// program was bundled.

import { parentPort, workerData } from "node:worker_threads";
import { ThreadLeases } from "../../remote/renewal/thread-leases.ts";
import { LeaseMemory } from "../../supervision/lease-memory.ts";
import { ask, type Target } from "./asker.ts";
import { endProcess } from "./end-process.ts";
import { Listener } from "./listener.ts";
import { LoopBeat } from "./loop-beat.ts";
import { SharedCounters } from "./shared-counters.ts";
import { processMs, SharedWord } from "./shared-word.ts";
import type { ThreadData, ThreadOrder, ThreadReport } from "./thread-message.ts";

type Order<K extends ThreadOrder["kind"]> = Extract<ThreadOrder, { readonly kind: K }>;

interface Entry {
  readonly listener: Listener;
  readonly counters: SharedCounters;
  readonly opening: Promise<ThreadReport>;
}

/** How often leases are looked at, while there are any. */
const checkMs = 50;

const beat = new LoopBeat((workerData as ThreadData).beats);
const entries = new Map<number, Entry>();
const leases = new Map<number, ThreadLeases<Target>>();
const nothing = new Uint8Array(0);
let checks: NodeJS.Timeout | undefined;

function report(said: ThreadReport): void {
  parentPort?.postMessage(said);
}

function open({ node, host, port, token, counters: memory }: Order<"open">): void {
  const counters = new SharedCounters(memory);
  const listener = new Listener({ token, beat, counters, reply: (body) => leasesOf(node).reply(body) });
  const opening: Promise<ThreadReport> = listener.listen(host, port).then(
    (given) => ({ kind: "listening", node, port: given }),
    (error: NodeJS.ErrnoException) => ({
      kind: "notListening",
      node,
      code: error.code ?? "",
      text: error.message,
    }),
  );
  entries.set(node, { listener, counters, opening });
  void opening.then(report);
}

async function question({ node, number, target }: Order<"ask">): Promise<void> {
  const answer = await ask(target, nothing);
  entries.get(node)?.counters.count(answer === undefined ? "unanswered" : "heard");
  if (answer === undefined) report({ kind: "unanswered", node, number });
  else report({ kind: "answered", node, number, lagMs: answer.lagMs });
}

function leasesOf(node: number): ThreadLeases<Target> {
  let known = leases.get(node);
  if (known === undefined) {
    known = new ThreadLeases({
      look: () => ({ nowMs: processMs(), loopAtMs: beat.atMs }),
      ask: (target, body, heard) => void ask(target, body).then((answer) => heard(answer?.body)),
      count: (what) => entries.get(node)?.counters.count(what),
      exit: endProcess,
    });
    leases.set(node, known);
  }
  return known;
}

function hold({ node, lease: { memory, children, ...lease } }: Order<"hold">): void {
  const running = new Int32Array(children);
  leasesOf(node).hold({
    ...lease,
    memory: new LeaseMemory(new SharedWord(memory)),
    children: () => Atomics.load(running, 0),
  });
  checks ??= setInterval(check, checkMs);
}

function grant({ node, lease }: Order<"grant">): void {
  leasesOf(node).grant({ ...lease, memory: new LeaseMemory(new SharedWord(lease.memory)) });
}

function check(): void {
  for (const each of leases.values()) each.check();
  if ([...leases.values()].some(({ isHolding }) => isHolding)) return;
  clearInterval(checks);
  checks = undefined;
}

async function close({ node }: Order<"close">): Promise<void> {
  const entry = entries.get(node);
  entries.delete(node);
  leases.delete(node);
  // A port that is just being opened cannot be closed.
  await entry?.opening;
  entry?.listener.close();
  report({ kind: "closed", node });
}

parentPort?.on("message", (order: ThreadOrder) => {
  if (order.kind === "open") open(order);
  else if (order.kind === "ask") void question(order);
  else if (order.kind === "place") leasesOf(order.node).place(order.peer, order.target);
  else if (order.kind === "hold") hold(order);
  else if (order.kind === "grant") grant(order);
  else void close(order);
});
