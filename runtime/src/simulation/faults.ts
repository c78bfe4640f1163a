// Carries out the actions of a plan that concern machines and the network, and takes all of them back.

import { intrude } from "./intruder.ts";
import { type Action, waysOf } from "./plan.ts";
import type { Simulation } from "./simulation.ts";
import { listenPort } from "./system.ts";
import type { VirtualConnection } from "./virtual-connection.ts";
import type { VirtualNetwork } from "./virtual-network.ts";

/** By then what an intruder says first has arrived, where nothing holds it up. */
const intrusionMs = 10;
/** Far beyond what a run takes besides: collections of garbage come when they like. */
const intrusionBytesMax = 512 * 1024 * 1024;

export class Faults {
  readonly #simulation: Simulation;
  readonly #network: VirtualNetwork;
  readonly #machines: readonly string[];
  readonly #start: (machine: string) => void;
  readonly #died: (process: string) => void;
  readonly #allocatedBytes: (() => number) | undefined;

  constructor(
    simulation: Simulation,
    network: VirtualNetwork,
    machines: readonly string[],
    events: {
      readonly start: (machine: string) => void;
      readonly died: (process: string) => void;
      /** Memory that buffers take. */
      readonly allocatedBytes: (() => number) | undefined;
    },
  ) {
    this.#allocatedBytes = events.allocatedBytes;
    this.#simulation = simulation;
    this.#network = network;
    this.#machines = machines;
    this.#start = events.start;
    this.#died = events.died;
  }

  perform(action: Action): void {
    for (const machine of action.to.length === 0 ? action.from : []) this.#toMachine(machine, action);
    for (const [from, to] of waysOf(action)) this.#toWay(from, to, action);
    if (action.kind === "calm") this.#calm();
  }

  #toMachine(name: string, { kind, numbers }: Action): void {
    const machine = this.#network.machine(name);
    switch (kind) {
      case "start":
        return machine.process?.isAlive ? undefined : this.#start(name);
      case "crash":
      case "power-off":
        return this.#end(name, kind);
      case "freeze":
      case "block":
        return this.#stop(name, kind, numbers["ms"] ?? 0);
      case "thaw":
        return machine.process?.thaw();
      case "refuse":
      case "accept":
        machine.refusesDials = kind === "refuse";
        return;
      case "pieces":
        machine.pieceBytesMax = numbers["bytes"] || Number.POSITIVE_INFINITY;
        return;
      case "intrude":
        return this.#intrude(name, numbers["which"] ?? 0);
      case "reading":
        machine.readBytesPerMs = numbers["bytesPerMs"] || Number.POSITIVE_INFINITY;
        return;
      default:
        return;
    }
  }

  #toWay(from: string, to: string, { kind, numbers }: Action): void {
    const link = this.#network.link(from, to);
    switch (kind) {
      case "cut":
        link.cut();
        if (numbers["ms"]) this.#simulation.after(numbers["ms"] * 1000, () => link.heal());
        return;
      case "heal":
        return link.heal();
      case "link": {
        const { latencyMs = 1, jitterMs = 0, bytesPerMs = 1 } = numbers;
        link.quality = { latencyMs, jitterMs, bytesPerMs: Math.max(bytesPerMs, 0.001) };
        return;
      }
      case "reset":
      case "half-open":
      case "blackhole":
        return this.#break(kind, from, to, numbers["which"] ?? 0);
      default:
        return;
    }
  }

  #break(kind: "reset" | "half-open" | "blackhole", from: string, to: string, which: number): void {
    const between = [...this.#network.connections].filter((each) => isBetween(each, from, to));
    const connection = between[which % between.length];
    if (connection === undefined) return;
    this.#simulation.sometimes(`fault: ${kind} of an open connection`);
    this.#simulation.note(`${connection.name} is hit by ${kind}`);
    if (kind === "reset") connection.reset();
    else if (kind === "blackhole") connection.blackhole();
    else connection.breakAt(connection.from === from ? "dialler" : "acceptor");
  }

  /** What a stranger says costs no memory to speak of, whatever it promises. */
  #intrude(name: string, which: number): void {
    const before = this.#allocatedBytes?.() ?? 0;
    const random = this.#simulation.random.stream(`intrusion ${name} ${which} ${this.#simulation.nowUs}`);
    intrude(this.#network, { host: name, port: listenPort }, which, random);
    this.#simulation.after(intrusionMs * 1000, () => {
      const bytes = (this.#allocatedBytes?.() ?? 0) - before;
      if (bytes > intrusionBytesMax)
        this.#simulation.fail("memory", `${bytes} bytes for an intruder of ${name}`);
    });
  }

  #end(name: string, kind: "crash" | "power-off"): void {
    const { process } = this.#network.machine(name);
    if (kind === "crash") this.#network.crash(name);
    else this.#network.powerOff(name);
    if (process !== undefined) this.#died(process.name);
  }

  #stop(name: string, kind: "freeze" | "block", ms: number): void {
    const { process } = this.#network.machine(name);
    if (kind === "freeze") process?.freeze();
    else process?.block();
    if (ms > 0) this.#simulation.after(ms * 1000, () => process?.thaw());
  }

  #calm(): void {
    for (const name of this.#machines) {
      const machine = this.#network.machine(name);
      machine.refusesDials = false;
      machine.pieceBytesMax = Number.POSITIVE_INFINITY;
      machine.readBytesPerMs = Number.POSITIVE_INFINITY;
      machine.process?.thaw();
      if (!machine.process?.isAlive) this.#start(name);
      for (const other of this.#machines) this.#network.link(name, other).restore();
    }
  }
}

function isBetween({ from, to, isLeft }: VirtualConnection, a: string, b: string): boolean {
  return !isLeft && ((from === a && to === b) || (from === b && to === a));
}
