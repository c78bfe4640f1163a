// One run: a system, a plan and a seed go in; a verdict, a trace and its hash come out.

import { clockOf } from "./clock-of.ts";
import { Faults } from "./faults.ts";
import { notedNetwork } from "./noted-network.ts";
import type { Checker, Observation } from "./observation.ts";
import { type Action, action, formatAction, type Plan } from "./plan.ts";
import { type Failure, Simulation, type Turns } from "./simulation.ts";
import { type Commands, listenPort, type SimulatedNode, type SimulatedSystem } from "./system.ts";
import { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";
import { VirtualPulse } from "./virtual-pulse.ts";

export interface RunOptions {
  readonly seed: number;
  readonly plan: Plan;
  readonly system: SimulatedSystem;
  readonly keepsTrace?: boolean;
  readonly turns?: Turns;
  /** Default three million: a run of some seconds has some thousands. */
  readonly eventsMax?: number;
  /** Memory that buffers take: with it a run fails where an intruder costs too much of it. */
  readonly allocatedBytes?: () => number;
  /** Told of the simulation before anything happens in it. */
  readonly onSimulation?: (simulation: Simulation) => void;
}

export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly failures: readonly Failure[];
  readonly counts: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
}

const calmMsUsual = 30_000;
const eventsMaxUsual = 3_000_000;
const inspectionMs = 100;
/** Two calls for each way at the end: what arrives then shows that the way works. */
const lastCalls = 2;

export function runPlan(options: RunOptions): Promise<RunResult> {
  return new Run(options).result();
}

class Run {
  readonly #options: RunOptions;
  readonly #simulation: Simulation;
  readonly #network: VirtualNetwork;
  readonly #faults: Faults;
  readonly #checkers: readonly Checker[];
  /** Every machine is to run. */
  #isCalm = false;
  readonly #commands = new Map<VirtualProcess, Commands>();

  constructor(options: RunOptions) {
    this.#options = options;
    const { seed, plan, system, turns, keepsTrace = false } = options;
    this.#simulation = new Simulation({ seed, keepsTrace, ...(turns && { turns }) });
    this.#checkers = system.checkers();
    const watch = notedNetwork(this.#simulation, (observation) => this.#observe(observation));
    this.#network = new VirtualNetwork(this.#simulation, { watch });
    this.#faults = new Faults(this.#simulation, this.#network, plan.machines, {
      start: (machine) => this.#start(machine),
      died: (process) => this.#observe({ kind: "died", process }),
      allocatedBytes: options.allocatedBytes,
    });
    options.onSimulation?.(this.#simulation);
  }

  async result(): Promise<RunResult> {
    const { plan, system } = this.#options;
    const simulation = this.#simulation;
    for (const machine of plan.machines) this.#network.machine(machine);
    for (const machine of plan.machines) simulation.after(0, () => this.#start(machine));
    for (const each of plan.actions) simulation.after(each.atMs * 1000, () => this.#perform(each));
    const lastMs = plan.actions.at(-1)?.atMs ?? 0;
    const calmMs = system.calmMs ?? calmMsUsual;
    simulation.after(lastMs * 1000 + 1, () => this.#calmDown(calmMs));
    this.#inspectAgain();
    await simulation.runUntil(lastMs + calmMs, this.#options.eventsMax ?? eventsMaxUsual);
    if (simulation.failures.length === 0) this.#finish();
    return {
      seed: simulation.seed,
      hash: simulation.trace.hash,
      events: simulation.events,
      simulatedMs: simulation.nowUs / 1000,
      failures: simulation.failures,
      counts: Object.fromEntries(simulation.counts),
      trace: simulation.trace.lines(),
    };
  }

  #inspectAgain(): void {
    this.#inspect();
    this.#simulation.after(inspectionMs * 1000, () => this.#inspectAgain());
  }

  /** Looks at every process that lives, frozen or not: this is no event of theirs. */
  #inspect(): void {
    for (const [process, commands] of this.#commands) {
      if (process.isAlive) commands.inspect?.();
      else this.#commands.delete(process);
    }
  }

  #finish(): void {
    this.#inspect();
    for (const checker of this.#checkers) {
      for (const text of checker.finish()) this.#simulation.fail(checker.name, text);
    }
  }

  #start(machine: string): void {
    const clock = clockOf(this.#simulation, this.#network.machine(machine), this.#options.system.clockDrift);
    this.#network.start(machine, (process) => this.#startProgram(process), clock);
  }

  #startProgram(process: VirtualProcess): void {
    this.#observe({ kind: "started", process: process.name });
    this.#lookAtDoor(process.machine);
    const commands = this.#options.system.start(this.#nodeOf(process));
    if (commands instanceof Promise) void this.#commandsLater(process, commands);
    else this.#commands.set(process, commands);
  }

  async #commandsLater(process: VirtualProcess, commands: Promise<Commands>): Promise<void> {
    try {
      this.#commands.set(process, await commands);
    } catch (error) {
      this.#simulation.thrown(error);
    }
  }

  #nodeOf(process: VirtualProcess): SimulatedNode {
    const simulation = this.#simulation;
    return {
      get nowMs() {
        return simulation.nowUs / 1000;
      },
      process,
      pulse: new VirtualPulse(process, this.#network, () => this.#exit(process)),
      exit: () => this.#exit(process),
      address: { host: process.machine, port: listenPort },
      machines: this.#options.plan.machines,
      addressOf: (host) => ({ host, port: listenPort }),
      random: simulation.random.stream(`program ${process.name}`),
      observe: (observation) => this.#observe(observation),
      sometimes: (what) => simulation.sometimes(what),
      note: (line) => simulation.note(`${process.name} ${line}`),
      fail: (rule, text) => simulation.fail(rule, `${process.name}: ${text}`),
    };
  }

  #perform(each: Action): void {
    this.#simulation.note(`* ${formatAction(each).replace(/^\S+\s+/, "")}`);
    this.#simulation.sometimes(`action: ${each.kind}`);
    if (each.kind === "connect" || each.kind === "send") return this.#command(each);
    if (each.kind === "leave") return this.#leave(each.from);
    this.#faults.perform(each);
    if (each.kind === "refuse") for (const machine of each.from) this.#lookAtDoor(machine);
    if (each.kind !== "calm") return;
    this.#isCalm = true;
    this.#observe({ kind: "calm" });
  }

  #lookAtDoor(name: string): void {
    const { process, refusesDials } = this.#network.machine(name);
    if (refusesDials && process?.isAlive === true) this.#observe({ kind: "shut", process: process.name });
  }

  #command({ kind, from, to, isMutual, numbers }: Action): void {
    const { pair = 0, count = 1, bytes = 0 } = numbers;
    for (const [senders, targets] of isMutual
      ? ([
          [from, to],
          [to, from],
        ] as const)
      : ([[from, to]] as const)) {
      for (const sender of senders) {
        for (const target of targets) {
          if (sender === target) continue;
          this.#tell(sender, (commands) =>
            kind === "connect"
              ? commands.connect?.(target)
              : commands.send?.({ to: target, pair, count, bytes }),
          );
        }
      }
    }
  }

  /** The process ends by itself, without a word to anybody. */
  #exit(process: VirtualProcess): void {
    if (!process.isAlive) return;
    this.#simulation.sometimes("a process has ended itself");
    this.#inspect();
    this.#network.crash(process.machine);
    this.#observe({ kind: "died", process: process.name });
    if (this.#isCalm) this.#start(process.machine);
  }

  #leave(machines: readonly string[]): void {
    for (const machine of machines) {
      const { process } = this.#network.machine(machine);
      this.#tell(machine, async (commands) => {
        await commands.leave?.();
        if (!process?.isAlive) return;
        this.#inspect();
        this.#network.crash(machine);
        this.#observe({ kind: "left", process: process.name });
        // It was told to go before calm came, and took its time.
        if (this.#isCalm) this.#start(machine);
      });
    }
  }

  /** Runs a command as an event of the machine's process; nothing where there is none. */
  #tell(machine: string, run: (commands: Commands) => void | Promise<void>): void {
    const { process } = this.#network.machine(machine);
    process?.post(0, () => {
      const commands = this.#commands.get(process);
      const running = commands && run(commands);
      if (running instanceof Promise) running.catch((error: unknown) => this.#simulation.thrown(error));
    });
  }

  /** The faults are over: everybody is told to connect again, and calls everybody else shortly before the end. */
  #calmDown(calmMs: number): void {
    const { machines } = this.#options.plan;
    const all = { from: machines, to: machines };
    this.#perform(action(0, "calm"));
    this.#simulation.after(1000, () => this.#perform(action(0, "connect", all)));
    this.#simulation.after(calmMs * 600, () =>
      this.#observe({ kind: "well", atMs: this.#simulation.nowUs / 1000 }),
    );
    this.#simulation.after(calmMs * 700, () => this.#lastFault());
    const calls = action(0, "send", all, { count: lastCalls });
    this.#simulation.after(calmMs * 800, () => this.#perform(calls));
  }

  #lastFault(): void {
    const { plan, system } = this.#options;
    if (system.lastFaults === undefined) return;
    this.#isCalm = false;
    const random = this.#simulation.random.stream("last fault");
    const machine = random.of(plan.machines);
    const { process } = this.#network.machine(machine);
    const fault = random.of(system.lastFaults);
    if (process !== undefined) this.#observe({ kind: "lastFault", process: process.name, fault });
    this.#perform(action(0, fault, { from: [machine] }));
  }

  #observe(observation: Observation): void {
    if (!untold.has(observation.kind)) {
      this.#simulation.note(textOf(observation));
    }
    for (const checker of this.#checkers) {
      const wrong = checker.observe(observation);
      if (wrong !== undefined) this.#simulation.fail(checker.name, wrong);
    }
  }
}

/** Too much of it for a trace. */
const untold: ReadonlySet<string> = new Set([
  "frame",
  "waiting",
  "view",
  "directory",
  "stoodStill",
  "worked",
]);

function textOf({ kind, ...rest }: Observation): string {
  return `${kind} ${Object.entries(rest)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ")}`;
}
