// One run of a test: nodes as `Cluster.join` makes them, each a process of a simulation, and a script.

import type { ActorReport, Logger } from "../../actors/index.ts";
import { type Cluster, openCluster } from "../../cluster/index.ts";
import { clockOf } from "../clock-of.ts";
import { Faults } from "../faults.ts";
import { fnv1a32 } from "../fnv.ts";
import type { LinkQuality } from "../link.ts";
import { notedNetwork } from "../noted-network.ts";
import { type ActionKind, action } from "../plan.ts";
import type { Random } from "../random.ts";
import { type Failure, Simulation } from "../simulation.ts";
import { listenPort } from "../system.ts";
import { VirtualNetwork } from "../virtual-network.ts";
import type { VirtualProcess } from "../virtual-process.ts";
import { VirtualPulse } from "../virtual-pulse.ts";
import { inWorldOf } from "./in-world-of.ts";
import { ofThisThread, Script } from "./runners.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import type { Simulated } from "./simulated.ts";

export interface RunEnd {
  readonly failure: Failure | undefined;
  /** What a script threw. */
  readonly cause: unknown;
  readonly hash: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly trace: readonly string[];
}

/** Ten million events take a minute or so. */
const eventsMax = 10_000_000;
const limitMsUsual = 600_000;
/** Between two looks at whether something holds. */
const lookMs = 5;
const joinMs = 60_000;

interface RunningNode {
  readonly process: VirtualProcess;
  readonly cluster: Cluster;
}

export class ClusterRun implements Simulated {
  readonly names: readonly string[];
  readonly random: Random;
  readonly #options: SimulateOptions;
  readonly #run: (simulated: Simulated) => void | Promise<void>;
  readonly #where = ofThisThread();
  readonly #simulation: Simulation;
  readonly #script: Script;
  readonly #network: VirtualNetwork;
  readonly #faults: Faults;
  readonly #nodes = new Map<string, RunningNode>();
  #cause: unknown;

  constructor(seed: number, options: SimulateOptions, run: (simulated: Simulated) => void | Promise<void>) {
    this.names = namesOf(options.nodes ?? 3);
    this.#options = options;
    this.#run = run;
    const simulation: Simulation = new Simulation({
      seed,
      turns: this.#where.turns,
      within: (runner, code) => this.#where.within(simulation, runner, code),
    });
    this.#simulation = simulation;
    this.#script = new Script(simulation);
    this.random = simulation.random.stream("script");
    this.#network = new VirtualNetwork(simulation, { watch: notedNetwork(simulation, () => {}) });
    for (const name of this.names) this.#network.machine(name);
    this.#faults = new Faults(simulation, this.#network, this.names, {
      start: (name) => this.#startProcess(name),
      died: (process) => this.note(`${process} is gone`),
      allocatedBytes: undefined,
    });
  }

  async result(): Promise<RunEnd> {
    const simulation = this.#simulation;
    const stray = (error: unknown) => simulation.thrown(error);
    process.on("unhandledRejection", stray);
    process.on("uncaughtException", stray);
    try {
      simulation.after(0, () => simulation.enter(this.#script, () => void this.#runScript()));
      const limitMs = this.#options.limitMs ?? limitMsUsual;
      let isOver = false;
      this.#over = () => {
        isOver = true;
        simulation.end();
      };
      await simulation.runUntil(limitMs, eventsMax);
      if (!isOver && simulation.failures.length === 0) simulation.fail("endless", hung(limitMs));
    } finally {
      process.off("unhandledRejection", stray);
      process.off("uncaughtException", stray);
    }
    const { failures, trace, events, nowUs } = simulation;
    const [failure] = failures;
    const rest = { hash: trace.hash, events, simulatedMs: nowUs / 1000, trace: trace.lines() };
    return { failure, cause: this.#cause, ...rest };
  }

  #over: () => void = () => {};

  async #runScript(): Promise<void> {
    try {
      for (const name of this.names) this.#startProcess(name);
      await this.until(() => this.isWhole && this.#nodes.size === this.names.length, joinMs);
      this.note("the script begins");
      await this.#run(this);
    } catch (error) {
      this.#fail("script", error);
    } finally {
      this.#over();
    }
  }

  #fail(rule: string, error: unknown): void {
    this.#cause ??= error;
    this.#simulation.fail(rule, this.#textOf(error));
  }

  get nowMs(): number {
    return this.#simulation.nowUs / 1000;
  }

  node(name: string): Cluster {
    const node = this.#nodes.get(this.#known(name));
    if (node === undefined || !node.process.isAlive) throw new Error(`no process runs on ${name}`);
    return node.cluster;
  }

  advance(ms: number): Promise<void> {
    return new Promise((resolve) => this.#script.setTimer(ms, resolve));
  }

  async until(what: () => boolean, withinMs = 60_000): Promise<void> {
    const end = this.nowMs + withinMs;
    while (!what()) {
      if (this.nowMs >= end) throw new Error(`not within ${withinMs} ms: ${what}`);
      await this.advance(lookMs);
    }
  }

  get isWhole(): boolean {
    const running = [...this.#nodes.values()].filter(({ process }) => process.isAlive);
    return running.every(({ cluster }) => {
      const there = cluster.members().filter(({ status, isConnected }) => status === "alive" && isConnected);
      return there.length === running.length && there.every(({ name }) => name !== "");
    });
  }

  crash(...names: readonly string[]): void {
    this.#fault("crash", names);
  }

  powerOff(...names: readonly string[]): void {
    this.#fault("power-off", names);
  }

  async start(name: string): Promise<Cluster> {
    if (this.#network.machine(this.#known(name)).process?.isAlive) throw new Error(`${name} runs already`);
    this.#nodes.delete(name);
    this.#fault("start", [name]);
    await this.until(() => this.#nodes.has(name), joinMs);
    return this.node(name);
  }

  freeze(name: string, ms = 0): void {
    this.#fault("freeze", [name], [], { ms });
  }

  block(name: string, ms = 0): void {
    this.#fault("block", [name], [], { ms });
  }

  thaw(name: string): void {
    this.#fault("thaw", [name]);
  }

  partition(these: readonly string[], those: readonly string[]): void {
    this.#fault("cut", these, those);
    this.#fault("cut", those, these);
  }

  cut(these: readonly string[], those: readonly string[]): void {
    this.#fault("cut", these, those);
  }

  heal(): void {
    this.#fault("heal", this.names, this.names);
  }

  link(these: readonly string[], those: readonly string[], quality: Partial<LinkQuality>): void {
    this.#fault("link", these, those, quality);
  }

  reset(one: string, other: string): void {
    const ends = [this.#known(one), this.#known(other)];
    this.note(`* reset ${ends.join()}`);
    for (const connection of [...this.#network.connections]) {
      const { from, to, isLeft } = connection;
      if (!isLeft && from !== to && ends.includes(from) && ends.includes(to)) connection.reset();
    }
  }

  note(text: string): void {
    this.#simulation.note(text);
  }

  #fault(
    kind: ActionKind,
    from: readonly string[],
    to: readonly string[] = [],
    numbers: Readonly<Record<string, number>> = {},
  ): void {
    for (const name of [...from, ...to]) this.#known(name);
    this.note(`* ${kind} ${from.join()}${to.length > 0 ? `>${to.join()}` : ""}`);
    this.#faults.perform(action(this.nowMs, kind, { from, to }, numbers));
  }

  #known(name: string): string {
    if (!this.names.includes(name))
      throw new Error(`there is no node '${name}': there are ${this.names.join(", ")}`);
    return name;
  }

  #startProcess(name: string): void {
    const clock = clockOf(this.#simulation, this.#network.machine(name));
    this.#network.start(name, (process) => void this.#join(process), clock);
  }

  async #join(process: VirtualProcess): Promise<void> {
    const { start } = this.#options;
    try {
      const cluster = await this.#open(process);
      await start?.(cluster, process.machine);
      if (!process.isAlive) return;
      const inWorld = inWorldOf(cluster, (run) => {
        if (!process.isAlive) throw new Error(`${process.name} is gone`);
        return this.#where.within(this.#simulation, process, run);
      });
      this.#nodes.set(process.machine, { process, cluster: inWorld });
    } catch (error) {
      this.#fail("start", error);
    }
  }

  #open(process: VirtualProcess): Promise<Cluster> {
    const { actors, types, profile = "local", roles = {}, policy, deathEvidence } = this.#options;
    const name = process.machine;
    let rebirths = 0;
    return openCluster({
      host: {
        now: () => process.now(),
        random: () => process.random(),
        schedule: (run) => process.schedule(run),
        setTimer: (afterMs, run) => process.setTimer(afterMs, run),
        dial: (to, events) => process.dial(to, events),
        listen: (at, onStream) => process.listen(at, onStream),
        newInstance: () => BigInt(process.start * 1000 + rebirths++),
        digest: (text) => fnv1a32(text).toString(16),
        pulse: new VirtualPulse(process, this.#network),
      },
      listen: { host: name, port: listenPort },
      seeds: this.names.map((host) => ({ host, port: listenPort })),
      metadata: { name, roles: roles[name] ?? [] },
      profile,
      transfer: "recoded",
      logger: this.#loggerOf(process),
      onActor: (report) => this.#reported(process, report),
      onRemote: (report) => this.note(`${process.name} actors: ${JSON.stringify(report, plain)}`),
      ...(actors && { actors }),
      ...(types && { types }),
      ...(policy && { policy }),
      ...(deathEvidence && { deathEvidence }),
    });
  }

  /** Lines of actors are lines of the trace. */
  #loggerOf({ name }: VirtualProcess): Logger {
    const write = (fields: object, text: string) =>
      this.note(`${name} ${text} ${JSON.stringify(fields, plain)}`);
    return { debug: write, info: write, warn: write, error: write };
  }

  #reported({ name }: VirtualProcess, report: ActorReport): void {
    const { event, actor, method, error } = report;
    const what = `${name} ${event} ${actor.actor}#${actor.id}${method === undefined ? "" : `.${method}`}`;
    this.note(what);
    const { mayCrash = false } = this.#options;
    const isFine = typeof mayCrash === "function" ? mayCrash(report) : mayCrash;
    if (event === "deadLetter" || isFine) return;
    this.#cause ??= error;
    this.#simulation.fail("crashed", `${what}: ${this.#textOf(error)}`);
  }

  /** Where sources are mapped, somebody reads files to make a stack. */
  #textOf(error: unknown): string {
    return this.#where.outside(() =>
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }
}

function namesOf(nodes: number | readonly string[]): readonly string[] {
  const names =
    typeof nodes === "number"
      ? Array.from({ length: nodes }, (_, index) => String.fromCharCode(97 + index))
      : nodes;
  const wrong = names.find((name) => !/^[a-z][a-z0-9]{0,30}$/.test(name));
  if (wrong !== undefined || names.length === 0)
    throw new RangeError(`'${wrong ?? ""}' is no name for a node`);
  if (new Set(names).size < names.length) throw new RangeError("two nodes have one name");
  return names;
}

function hung(limitMs: number): string {
  return `the script has not ended after ${limitMs} ms: it waits for what never comes, as for an answer to a node that is gone`;
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}
