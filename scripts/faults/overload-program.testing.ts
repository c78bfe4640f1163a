// A process of overload: a node whose sinks are slow, one that sends them more than they can take, or a stranger who calls
// another actor of the same node.
import { setTimeout as sleep } from "node:timers/promises";
import type { RefOf, Told } from "@hewn/runtime/actors";
import { Cluster } from "@hewn/runtime/node";
import { MeterActor } from "../../fixtures/bench/meter.codec.ts";
import { Meter } from "../../fixtures/bench/meter.ts";
import { SinkActor } from "../../fixtures/bench/sink.codec.ts";
import { type Drop, Sink, type Tally } from "../../fixtures/bench/sink.ts";
import type { SensorReading } from "../../fixtures/bench/workloads.ts";
import { obeyParent } from "./program-process.testing.ts";

export const policies = ["wait", "reject", "dropOldest"] as const;
export type Policy = (typeof policies)[number];

export type OverloadCommand =
  | { readonly kind: "consume"; readonly paceMs: number }
  | { readonly kind: "connect"; readonly seed: string }
  /** Sends each sink so many drops a second, or as many as it may. */
  | { readonly kind: "begin"; readonly source: number; readonly perSecond: number; readonly bytes: number }
  | { readonly kind: "end" }
  /** What the sinks have handled, behind all that this process has sent them. */
  | { readonly kind: "tallies" }
  /** Calls the other actor for so long, and says how long each call took. */
  | { readonly kind: "call"; readonly ms: number }
  | { readonly kind: "state"; readonly isCollected: boolean };

/** Bytes, and what has been counted. */
export interface ProcessState {
  /** What its system has given it. */
  readonly resident: number;
  /** What is left of its memory after a collection, where that was asked for. */
  readonly held: number;
  readonly refused: number;
  readonly dropped: number;
}

export type Offered = Readonly<Record<Policy, number>>;
export type Tallies = Readonly<Record<Policy, Tally>>;

const tickMs = 10;
const tallyMs = 60_000;
const options = { bind: "127.0.0.1:0", environment: {}, control: false };

let cluster: Awaited<ReturnType<typeof Cluster.join>> | undefined;
let ending = false;
let sending: Promise<Offered> | undefined;

async function consume(paceMs: number): Promise<string> {
  cluster = await Cluster.join({ ...options, actors: [SinkActor.from(Sink), MeterActor.from(Meter)] });
  for (const policy of policies) cluster.register(policy, cluster.spawn(SinkActor, [paceMs]));
  cluster.register("other", cluster.spawn(MeterActor, [0]));
  return `127.0.0.1:${cluster.address?.port}`;
}

async function connect(seed: string): Promise<void> {
  cluster = await Cluster.join({ ...options, seeds: [seed], actors: [SinkActor, MeterActor] });
  while (cluster.lookup(MeterActor, "other") === undefined) await sleep(tickMs);
}

function sink(policy: Policy): RefOf<typeof SinkActor> {
  const found = cluster?.lookup(SinkActor, policy);
  if (found === undefined) throw new Error(`no sink for ${policy}`);
  return found;
}

async function send(source: number, perSecond: number, bytes: number): Promise<Offered> {
  const body = "x".repeat(bytes);
  const many = policies.map((policy) => sendTo(policy, (number) => ({ source, number, body }), perSecond));
  const [wait, reject, dropOldest] = await Promise.all(many);
  return { wait: wait!, reject: reject!, dropOldest: dropOldest! };
}

/** How many it has offered; under `wait` each of them has been taken. */
async function sendTo(policy: Policy, drop: (number: number) => Drop, perSecond: number): Promise<number> {
  const ref = sink(policy);
  const tell: Readonly<Record<Policy, (drop: Drop) => Told>> = {
    wait: (one) => ref.waits(one),
    reject: (one) => ref.rejects(one),
    dropOldest: (one) => ref.drops(one),
  };
  const startMs = performance.now();
  let number = 0;
  while (!ending) {
    const due = ((performance.now() - startMs) / 1000) * perSecond;
    for (; number < due && !ending; ) {
      const told = tell[policy](drop(number++));
      if (policy === "wait" && told.status !== "accepted") await told.ready();
    }
    await sleep(tickMs);
  }
  return number;
}

async function tallies(): Promise<Tallies> {
  const of = (policy: Policy): Promise<Tally> => sink(policy).tally().within(tallyMs).orThrow();
  const [wait, reject, dropOldest] = await Promise.all(policies.map(of));
  return { wait: wait!, reject: reject!, dropOldest: dropOldest! };
}

const reading: SensorReading = { sensorId: "stranger", value: 1, timestamp: 1 };

async function call(ms: number): Promise<readonly number[]> {
  const other = cluster!.lookup(MeterActor, "other")!;
  const took: number[] = [];
  const endMs = performance.now() + ms;
  while (performance.now() < endMs) {
    const startMs = performance.now();
    await other.echo(reading).orThrow();
    took.push(performance.now() - startMs);
    await sleep(1);
  }
  return took;
}

/** Of Node with `--expose-gc`. */
declare const gc: () => void;

function state(isCollected: boolean): ProcessState {
  const { actorCounters, remoteCounters } = cluster!;
  const resident = process.memoryUsage.rss();
  if (isCollected) gc();
  const { heapUsed, external } = process.memoryUsage();
  return {
    resident,
    held: heapUsed + external,
    refused: actorCounters.notSent + remoteCounters.notSent,
    dropped: actorCounters.dropped + remoteCounters.dropped,
  };
}

obeyParent<OverloadCommand>((command) => {
  switch (command.kind) {
    case "consume":
      return consume(command.paceMs);
    case "connect":
      return connect(command.seed);
    case "begin":
      sending = send(command.source, command.perSecond, command.bytes);
      return undefined;
    case "end":
      ending = true;
      return sending;
    case "tallies":
      return tallies();
    case "call":
      return call(command.ms);
    case "state":
      return state(command.isCollected);
  }
});
