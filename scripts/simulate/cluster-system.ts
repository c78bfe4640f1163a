// The system of clusters: on each machine a node with the very membership and transport that production runs. It finds the
// others by seeds, and by nothing else: plans connect nobody here.

import { type Cluster, type ClusterEvent, type ClusterMember, openCluster } from "@hewn/runtime/cluster";
import {
  type MemberId,
  messagesPerSecondMax,
  suspicionBounds,
  type TrailEntry,
} from "@hewn/runtime/membership";
import {
  Bounded,
  type Commands,
  Forward,
  Grounded,
  NoAlarm,
  type PlanProfile,
  Prompt,
  RightInstance,
  SameView,
  type SendOrder,
  type SimulatedNode,
  type SimulatedSystem,
} from "@hewn/runtime/simulation";
import { hostOf, profile, timesOf } from "./cluster-host.ts";
import { letterCodec, letterOf, textOf } from "./letter.ts";

/** What a suspicion lasts that nobody else confirms, and nobody else could. */
const { shortestMs, longestMs } = suspicionBounds(profile, 1);
const loneMs = Math.sqrt(shortestMs * longestMs) - 1;

const weather: PlanProfile = {
  about: "everything that a cluster has to tell apart",
  weights: {
    crash: 4,
    "power-off": 3,
    freeze: 4,
    block: 4,
    cut: 5,
    partition: 4,
    swizzle: 2,
    refuse: 3,
    reset: 3,
    "half-open": 2,
    blackhole: 2,
    link: 2,
    leave: 3,
    intrude: 1,
    pieces: 1,
  },
  faultsMax: 14,
  largeOneIn: 1000,
};

/** Between two changes of the metadata of a node. */
const changeMs = 1_000;
/** Then a change is known to all: some rounds of gossip. */
const newsMs = 1_500;
/** A standstill that is seen from outside, a tenth of a second at a time. */
const seenEveryMs = 100;

const system: SimulatedSystem = {
  start: (node) => new ClusterMachine(node).commands(),
  checkers: () => [
    new Forward(),
    new Grounded(),
    new SameView(),
    new NoAlarm({
      freeze: ["unreachable", "frozen"],
      "power-off": ["unreachable"],
      crash: ["dead"],
      leave: ["left"],
    }),
    new Prompt(newsMs),
    new RightInstance(),
    new Bounded({ "socket bytes": 16 * 1024 + 2 * 64 * 1024, "trail entries": 32 }),
  ],
  profile: weather,
  lastFaults: ["freeze", "power-off", "crash", "leave"],
  // Two full syncs, two of the longest redials, and two thirds as much again in which all has to stay well.
  calmMs: 32_000,
  sometimes: [
    "status: suspect",
    "status: stalled",
    "status: unreachable",
    "status: frozen",
    "status: dead",
    "status: left",
    "evidence: refuted",
    "evidence: refused",
    "evidence: replaced",
    "evidence: pulseLagged",
    "event: reborn",
    "suspicion refuted",
    "indirect probe saved",
    "full sync told something",
    "accusation spared",
    "standstill noticed",
    "letter delivered",
    "action: block",
    "action: leave",
  ],
};
export default system;

class ClusterMachine {
  readonly #node: SimulatedNode;
  readonly #startedAtMs: number;
  readonly #sequences = new Map<string, number>();
  #cluster: Cluster | undefined;
  /** Of the last standstill that was long enough to be noticed. */
  #stillAtMs = Number.NEGATIVE_INFINITY;
  #changedAtMs = 0;

  constructor(node: SimulatedNode) {
    this.#node = node;
    this.#startedAtMs = node.process.now();
  }

  async commands(): Promise<Commands> {
    const { process, address, random, machines } = this.#node;
    const cluster = await openCluster({
      host: hostOf(this.#node),
      listen: address,
      // The first is everybody's, so that there can be one cluster; the machine itself may be among them.
      seeds: [machines[0] ?? "", ...random.shuffled(machines).slice(0, 2)].map((name) =>
        this.#node.addressOf(name),
      ),
      metadata: { name: process.machine },
      profile,
      times: timesOf(machines),
      types: [letterCodec],
    });
    this.#cluster = cluster;
    this.#named();
    cluster.on((event) => this.#happened(event));
    cluster.onMessage(letterCodec, (text) => this.#received(text));
    return {
      send: (order) => this.#send(order),
      leave: () => cluster.leave(),
      inspect: () => this.#inspect(cluster),
    };
  }

  #named(): void {
    const name = nameOf(this.#cluster!.self);
    this.#node.observe({ kind: "named", process: this.#node.process.name, name });
  }

  #happened(event: ClusterEvent): void {
    this.#node.sometimes(`event: ${event.kind}`);
    if (event.kind === "reborn") this.#named();
    if (event.kind === "joined") this.#says(event.member, false);
    if (event.kind === "metadataChanged") this.#heardNews(event.member);
    if (event.kind !== "statusChanged") return;
    const { member, was, status, evidence, accusers } = event;
    this.#node.sometimes(`status: ${status}`);
    this.#node.sometimes(`evidence: ${evidence}`);
    const self = nameOf(this.#cluster!.self);
    const isOwn = accusers.length === 1 && nameOf(accusers[0]!) === self;
    this.#says(member, isOwn);
    if (isOwn && (evidence === "probeFailed" || evidence === "suspicionExpired")) this.#accused(member);
    if (isOwn && (evidence === "suspicionExpired" || was === "suspect")) this.#gaveUp(member);
  }

  #heardNews({ id, tags }: ClusterMember): void {
    const { nowMs: atMs, process } = this.#node;
    const toldAtMs = Number(tags["toldAtMs"] ?? 0);
    this.#node.observe({ kind: "news", at: process.name, from: nameOf(id), toldAtMs, atMs });
  }

  #says({ id, status, incarnation }: ClusterMember, isOwn: boolean): void {
    const at = this.#node.process.name;
    this.#node.observe({ kind: "says", at, about: nameOf(id), status, incarnation, isOwn });
  }

  /** Who has only just run again cannot know who did not answer. */
  #accused({ id }: ClusterMember): void {
    const sinceMs = this.#node.process.now() - this.#stillAtMs;
    if (sinceMs >= profile.probeIntervalMs - seenEveryMs) return;
    this.#node.fail("excused", `accuses ${nameOf(id)} ${sinceMs} ms after a standstill of its own`);
  }

  /** Whom only one has accused is not given up as fast as one whom several have. */
  #gaveUp({ id, status }: ClusterMember): void {
    if (status !== "unreachable" && status !== "frozen") return;
    const trail = [...(this.#cluster?.why(id) ?? [])];
    const end = trail.pop();
    const before = trail.findLastIndex((entry) => entry.status !== "suspect");
    const suspicion = trail.slice(before + 1).filter(({ incarnation }) => incarnation === end?.incarnation);
    const [first] = suspicion;
    if (end === undefined || first === undefined) return;
    const accusers = new Set(suspicion.flatMap((entry) => entry.accusers.map(nameOf)));
    const tookMs = end.atMs - first.atMs;
    if (accusers.size > 1 || tookMs >= loneMs) return;
    this.#node.fail("patient", `${nameOf(id)} was given up after ${tookMs} ms, and only one has accused it`);
  }

  #send({ to, pair, count }: SendOrder): void {
    const cluster = this.#cluster;
    if (cluster === undefined || cluster.state !== "running") return;
    this.#change(cluster);
    const member = cluster.member(to);
    const peer = member && cluster.peerOf(member.id);
    if (member === undefined || peer === undefined) return;
    for (let number = 0; number < Math.min(count, 3); number++) {
      const letter = { from: nameOf(cluster.self), to: nameOf(member.id), pair, bytes: 10 };
      const key = `${letter.from} ${letter.to} ${pair}`;
      const sequence = this.#sequences.get(key) ?? 0;
      this.#sequences.set(key, sequence + 1);
      peer.send(letterCodec, textOf({ ...letter, sequence }), pair);
    }
  }

  #change(cluster: Cluster): void {
    const { nowMs } = this.#node;
    if (nowMs - this.#changedAtMs < changeMs) return;
    this.#changedAtMs = nowMs;
    cluster.setMetadata({ tags: { toldAtMs: `${nowMs}` } });
  }

  #received(text: string): void {
    const letter = letterOf(text);
    if (letter === undefined) return this.#node.fail("intact", "a damaged letter came");
    const { from, to, pair, sequence } = letter;
    this.#node.sometimes("letter delivered");
    const at = nameOf(this.#cluster!.self);
    this.#node.observe({ kind: "delivered", at, from, to, pair, sequence });
  }

  #inspect(cluster: Cluster): void {
    const { process } = this.#node;
    if (process.lagMs > profile.stallMs) this.#stillAtMs = process.now();
    if (cluster.state !== "running" || process.isFrozen) return;
    this.#count(cluster);
    const members = cluster.members();
    const isThere = ({ status, isConnected }: ClusterMember) => status === "alive" && isConnected;
    const alive = members.filter(isThere).map(({ id }) => nameOf(id));
    const text = members.map(lineOf).sort().join("\n");
    this.#node.observe({ kind: "view", at: process.name, alive, text });
    const longest = members.reduce<readonly TrailEntry[]>((trail, { id }) => {
      const next = cluster.why(id);
      return next.length > trail.length ? next : trail;
    }, []);
    this.#node.observe({ kind: "waiting", at: process.name, place: "trail entries", amount: longest.length });
  }

  #count({ counters }: Cluster): void {
    const seconds = (this.#node.process.now() - this.#startedAtMs) / 1000;
    const most = messagesPerSecondMax(profile);
    const mean = counters.messagesSent / seconds;
    if (seconds > 5 && mean > most) {
      this.#node.fail("budget", `${mean} messages a second, more than ${most}`);
    }
    if (counters.notSent > 0) this.#node.fail("control", `${counters.notSent} messages were refused`);
    const seen = (count: number, what: string) => count > 0 && this.#node.sometimes(what);
    seen(counters.suspicionsRefuted, "suspicion refuted");
    seen(counters.indirectlySaved, "indirect probe saved");
    seen(counters.syncsUseful, "full sync told something");
    seen(counters.spared, "accusation spared");
    seen(counters.stalls, "standstill noticed");
  }
}

function lineOf({ id, status, incarnation, name, tags }: ClusterMember): string {
  const isFinal = status === "dead" || status === "left" || status === "removed";
  const rest = isFinal ? "" : `@${incarnation} ${name} ${JSON.stringify(tags)}`;
  return `${nameOf(id)} ${status}${rest}`;
}

/** The machine and the instance: a start, and how often it was born again. */
function nameOf({ host, instance }: MemberId): string {
  return `${host}#${instance}`;
}
