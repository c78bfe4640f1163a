// What a campaign and its threads say to each other.

import type { Plan } from "../plan.ts";
import type { Failure } from "../simulation.ts";

export interface ThreadOptions {
  /** The URL of a module whose default export is a system. */
  readonly module: string;
}

export interface RunOrder {
  readonly seeds: readonly number[];
  /** The text of a plan; without it chance makes one for each seed. */
  readonly plan: string | undefined;
  readonly machines: number | undefined;
  readonly profile: string | undefined;
  /** Run each seed twice and compare. */
  readonly checks: boolean;
  readonly shrinks: boolean;
  readonly keepsTrace: boolean;
}

/** A seed that breaks a rule. */
export interface Finding {
  readonly failure: Failure;
  /** As small as it could be made. */
  readonly plan: Plan;
  readonly actionsBefore: number;
  /** Runs that it took to make it so small. */
  readonly tries: number;
  /** The last lines of its trace. */
  readonly trace: readonly string[];
}

export interface RunReport {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly trace?: readonly string[];
  readonly finding?: Finding;
}

/** The thread cannot go on. */
export interface Broken {
  readonly broken: string;
}
