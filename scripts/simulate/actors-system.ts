// The system of actors: on each machine a node of a cluster as production runs it, with actors that are started on each
// other's nodes, talk, watch and end, as the orders of the plan decide.

import { addressOf, type RefIdentity } from "@hewn/runtime/actors";
import { type Cluster, type ClusterOptions, openCluster } from "@hewn/runtime/cluster";
import {
  type Commands,
  HonestOutcomes,
  InOrder,
  NoSilentLoss,
  OneGeneration,
  OneNotice,
  type PlanProfile,
  RightInstance,
  SameNames,
  type SendOrder,
  type SimulatedNode,
  type SimulatedSystem,
} from "@hewn/runtime/simulation";
import { child } from "@hewn/runtime/supervision";
import { parseNodeId } from "@hewn/runtime/transport";
import { Cast, type Known } from "./actors/cast.ts";
import { deedOf } from "./actors/deeds.ts";
import { PlayerActor } from "./actors/player.codec.ts";
import { playerOn } from "./actors/player-on.ts";
import type { Stage } from "./actors/stage.ts";
import { Titles } from "./actors/titles.ts";
import { hostOf, profile, timesOf } from "./cluster-host.ts";

const weather: PlanProfile = {
  about: "everything that can come between two actors",
  weights: {
    crash: 4,
    "power-off": 4,
    leave: 2,
    reset: 6,
    "half-open": 3,
    blackhole: 5,
    cut: 5,
    partition: 3,
    swizzle: 1,
    freeze: 3,
    block: 2,
    refuse: 2,
    link: 2,
    reading: 2,
  },
  faultsMax: 10,
  largeOneIn: 40,
  sends: { least: 40, most: 250 },
};

/** Wide enough that leases, which allow for it, are proven to. */
const clockDrift = 0.1;

type RemoteReport = Parameters<NonNullable<ClusterOptions["onRemote"]>>[0];

/** That a node has from its start, beside those that others start there. */
const ownPlayers = 3;

const system: SimulatedSystem = {
  start: (node) => new ActorsMachine(node).commands(),
  checkers: () => [
    new OneNotice(),
    new InOrder(),
    new RightInstance(),
    new HonestOutcomes(clockDrift),
    new NoSilentLoss(),
    new OneGeneration(),
    new SameNames(),
  ],
  profile: weather,
  lastFaults: ["freeze", "power-off", "crash", "leave"],
  calmMs: 32_000,
  clockDrift,
  sometimes: [
    "down: exited",
    "down: crashed",
    "down: nodeDied",
    "down: unreachable",
    "down: neverExisted",
    "watch: outlived a stream",
    "system message sent again",
    "event: reborn",
    "spawn: ok",
    "spawn: unknown",
    "pressure: waiting",
    "pressure: notSent",
    "remote: gap",
    "ask: failed",
    "ask: notSent expired",
    "ask: notSent unreachable",
    "ask: rejected noSuchActor",
    "ask: rejected stopped",
    "ask: rejected mailboxFull",
    "ask: unknown timeout",
    "ask: unknown connectionLost",
    "ask: unknown nodeDied",
    "child: crashed",
    "child: leaseExpired",
    "child: nodeDied",
    "child: nodeLeft",
    "child: restarted elsewhere",
    "actor: leaseLost",
    "lease: renewed by a thread",
    "a process has ended itself",
    "name: lost",
  ],
};
export default system;

class ActorsMachine {
  readonly #node: SimulatedNode;
  readonly #name: string;
  readonly #stage: Stage;
  readonly #cast = new Cast();
  #own: readonly Known[] = [];
  #child: Known | undefined;
  #titles: Titles | undefined;
  #cluster: Cluster | undefined;
  #spawned = 0;
  #resent = 0;
  #renewed = 0;
  #isTelling = false;

  constructor(node: SimulatedNode) {
    this.#node = node;
    this.#name = node.process.name;
    let count = 0;
    this.#stage = {
      process: this.#name,
      get nowMs() {
        return node.nowMs;
      },
      observe: (observation) => node.observe(observation),
      sometimes: (what) => node.sometimes(what),
      fail: (rule, text) => node.fail(rule, text),
      telling: (run) => this.#telling(run),
      streamTo: (ref) => this.#streamTo(ref),
      unique: (text) => `${text} #${++count}`,
    };
  }

  async commands(): Promise<Commands> {
    const { process, address, machines } = this.#node;
    const cluster = await openCluster({
      host: hostOf(this.#node),
      listen: address,
      seeds: machines.map((name) => this.#node.addressOf(name)),
      metadata: { name: process.machine },
      profile,
      times: timesOf(machines),
      actors: [playerOn(this.#stage)],
      onLeaseLost: this.#node.random.chance(0.25) ? "exit" : "stop",
      onActor: ({ event }) => this.#node.sometimes(`actor: ${event}`),
      onRemote: (report) => this.#reported(report),
    });
    this.#cluster = cluster;
    this.#named(cluster);
    cluster.on(({ kind }) => {
      this.#node.sometimes(`event: ${kind}`);
      if (kind === "reborn") this.#named(cluster);
    });
    this.#own = Array.from({ length: ownPlayers }, (_, index) => this.#ownPlayer(cluster, index));
    this.#child = this.#supervised(cluster);
    this.#titles = new Titles(cluster, this.#stage);
    return {
      send: (order) => this.#perform(cluster, order),
      leave: () => cluster.leave(),
      inspect: () => this.#inspect(cluster),
    };
  }

  #inspect(cluster: Cluster): void {
    const { process } = this.#node;
    if (this.#node.pulse.counters.renewed > this.#renewed) this.#node.sometimes("lease: renewed by a thread");
    this.#renewed = this.#node.pulse.counters.renewed;
    if (process.lagMs > 0) this.#node.observe({ kind: "stoodStill", process: process.name });
    else if (cluster.state === "running") this.#titles?.observe();
    const { resent } = cluster.remoteCounters;
    if (resent > this.#resent) this.#node.sometimes("system message sent again");
    this.#resent = resent;
  }

  /** A loss is told by its node; which of its actors have sent that nobody says. */
  #reported(report: RemoteReport): void {
    this.#node.sometimes(`remote: ${report.event}`);
    const { host, instance } = report.node;
    const way = { from: this.#name, to: processOf(host, instance) };
    if (report.event === "notSent" && !this.#isTelling)
      this.#node.observe({ kind: "lost", ...way, messages: 1 });
    if (report.event !== "gap") return;
    this.#node.observe({ kind: "lost", ...way, messages: report.unsent });
    this.#node.observe({ kind: "unknown", ...way, messages: report.unknown });
  }

  /** On another node as long as there is one, and on yet another one when it is started again. */
  #supervised(cluster: Cluster): Known {
    const name = `${this.#name}/child.`;
    let last: string | undefined;
    const supervisor = cluster.supervise({
      ...{ intensity: 1000, backoffFirstMs: 20, backoffLongestMs: 500 },
      children: [child("child", PlayerActor, [name], { on: cluster.anyNode({ another: true }) })],
      onEvent: (event) => {
        this.#node.sometimes(`supervisor: ${event.kind}`);
        if (event.kind === "childEnded") this.#node.sometimes(`child: ${event.end.reason}`);
        if (event.kind !== "childStarted") return;
        if (event.node !== last && event.generation > 1) this.#node.sometimes("child: restarted elsewhere");
        last = event.node;
      },
    });
    return { name, ref: supervisor.ref("child"), mayEnd: true };
  }

  #telling<T>(run: () => T): T {
    this.#isTelling = true;
    try {
      return run();
    } finally {
      this.#isTelling = false;
    }
  }

  #streamTo(ref: RefIdentity): number {
    const node = parseNodeId(addressOf(ref).node ?? "");
    return (node && this.#cluster?.peerOf(node)?.userStream) ?? 0;
  }

  #named({ self: { host, instance } }: Cluster): void {
    this.#node.observe({ kind: "named", process: this.#name, name: `${host}#${instance}` });
  }

  /** Others find it by its name. */
  #ownPlayer(cluster: Cluster, index: number): Known {
    const name = `${this.#name}/${index}`;
    const ref = cluster.spawn(PlayerActor, [name]);
    cluster.register(name, ref);
    return { name, ref, mayEnd: false };
  }

  #perform(cluster: Cluster, order: SendOrder): void {
    const { to, pair, count, bytes } = order;
    if (cluster.state !== "running") return;
    this.#lookAround(cluster, to);
    const own = this.#own[pair % ownPlayers]!;
    const other = this.#cast.on(to, count + bytes);
    const third =
      this.#cast.on(this.#node.machines[(count + pair) % this.#node.machines.length]!, bytes) ?? own;
    if (isLast(order)) return void this.#closeWith(cluster, to);
    const deed = deedOf(order);
    if (deed === "spawn" || other === undefined) void this.#spawn(cluster, to);
    else this.#telling(() => deed({ order, own, other, third, child: this.#child!, titles: this.#titles! }));
  }

  /** Finds the players of a machine that have names. */
  #lookAround(cluster: Cluster, machine: string): void {
    const instance = cluster.member(machine)?.id.instance;
    if (instance === undefined) return;
    for (let index = 0; index < ownPlayers; index++) {
      const name = `${processOf(machine, instance)}/${index}`;
      const ref = cluster.lookup(PlayerActor, name);
      if (ref !== undefined) this.#cast.enter(machine, { name, ref, mayEnd: false });
    }
  }

  /** All is well but one machine: what is started, watched and ended now is all heard of. */
  async #closeWith(cluster: Cluster, machine: string): Promise<void> {
    const other = await this.#spawn(cluster, machine);
    const own = this.#own[0]!;
    if (other === undefined) return;
    own.ref.watch(other.ref, other.name);
    own.ref.ask(other.ref, other.name, "work", 50, 1000);
    other.ref.say(own.ref, own.name, 3, 10);
    other.ref.end();
  }

  async #spawn(cluster: Cluster, machine: string): Promise<Known | undefined> {
    const name = `${this.#name}>${machine}/${++this.#spawned}`;
    const spawned = await cluster.spawn(PlayerActor, [name], { on: machine });
    this.#node.sometimes(`spawn: ${spawned.status}`);
    if (spawned.status !== "ok") return undefined;
    this.#node.note(`${name} is ${JSON.stringify(addressOf(spawned.value))}`);
    const known = { name, ref: spawned.value, mayEnd: true };
    this.#cast.enter(machine, known);
    return known;
  }
}

/** One of the orders that every run ends with. */
function isLast({ pair, count, bytes }: SendOrder): boolean {
  return pair === 0 && count === 2 && bytes === 0;
}

/** As {@link hostOf} makes instances. */
function processOf(machine: string, instance: bigint): string {
  return `${machine}#${instance / 1000n}`;
}
