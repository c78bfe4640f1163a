// What a simulation is of: programs that run on its machines, and the rules that must hold whatever happens to them.

import type { Pulse } from "../cluster/index.ts";
import type { Address } from "../transport/index.ts";
import type { Checker, Observation } from "./observation.ts";
import type { ActionKind } from "./plan.ts";
import type { Random } from "./random.ts";
import type { PlanProfile } from "./random-plan.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** Messages that a plan wants to be sent. */
export interface SendOrder {
  /** The machine. */
  readonly to: string;
  readonly pair: number;
  readonly count: number;
  readonly bytes: number;
}

/** What a plan can tell a program to do; each call is an event of its process. */
export interface Commands {
  connect?(machine: string): void | Promise<void>;
  send?(order: SendOrder): void | Promise<void>;
  /** Says goodbye; the process ends when this is fulfilled. */
  leave?(): void | Promise<void>;
  /** Asked again and again, and at the end: observes what the program knows of itself. */
  inspect?(): void;
}

/** A process as its program sees it. */
export interface SimulatedNode {
  /** The port to the world: hand it to a transport. */
  readonly process: VirtualProcess;
  /** Its second thread. */
  readonly pulse: Pulse;
  /** Where the others expect it to listen. */
  readonly address: Address;
  /** All machines of the run, this one among them. */
  readonly machines: readonly string[];
  addressOf(machine: string): Address;
  /** Ends the process, which says nothing to anybody. */
  exit(): void;
  /** The time of the run itself, the same for all: for rules, and for nothing that production does. */
  readonly nowMs: number;
  /** Chance that decides how the program is set up. What runs in production has the host's. */
  readonly random: Random;
  /** Tells the checkers. */
  observe(observation: Observation): void;
  /** Counts something that must happen in some run of a campaign. */
  sometimes(what: string): void;
  /** A line of the trace. */
  note(line: string): void;
  /** Fails the run. */
  fail(rule: string, text: string): void;
}

export interface SimulatedSystem {
  /** Runs at each start of a machine, as the first event of its process. */
  start(node: SimulatedNode): Commands | Promise<Commands>;
  /** The rules, made anew for each run. */
  checkers(): readonly Checker[];
  /** What must happen at least once in a campaign of some size: see {@link SimulatedNode.sometimes}. */
  readonly sometimes?: readonly string[];
  /** What goes wrong where nobody has asked for anything in particular. */
  readonly profile?: PlanProfile;
  /** What happens to one of the machines, drawn of these, when all has been well for a while: the others have to notice. */
  readonly lastFaults?: readonly ActionKind[];
  /** How long after the last fault everything must be well again, in milliseconds. Default 30 000. */
  readonly calmMs?: number;
  /** By how much the clock of a process may be too fast or too slow, as a share of the time. Default: 0.01. */
  readonly clockDrift?: number;
}

/** The port that every program is expected to listen at. */
export const listenPort = 9100;
