// What the script of a test has in its hands: the nodes of a simulated cluster, their network and their time.

import type { Cluster } from "../../cluster/index.ts";
import type { LinkQuality } from "../link.ts";
import type { Random } from "../random.ts";

/** A simulated cluster. Times are virtual milliseconds, and pass only while the script awaits something. */
export interface Simulated {
  /** Of all nodes, running or not. */
  readonly names: readonly string[];
  /** Since the run began. */
  readonly nowMs: number;
  /** Chance for the script: the same for the same seed. */
  readonly random: Random;
  /**
   * What `Cluster.join` gives to the process that runs there, in that process's world: its clock, its chance, its timers.
   * Throws where none runs.
   */
  node(name: string): Cluster;
  /** Lets so much time pass. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until something holds; fails the run where it does not within `withinMs`, by default a minute. */
  until(what: () => boolean, withinMs?: number): Promise<void>;
  /** All nodes that run are connected with each other, and say so. */
  readonly isWhole: boolean;
  /** Ends a process as SIGKILL does: its system closes what it had open. Answers to it never come. */
  crash(...names: readonly string[]): void;
  /** Ends a machine as a lost power supply does: nobody is told. */
  powerOff(...names: readonly string[]): void;
  /** Starts a process where none runs, and waits until it has joined and `start` of the options is done. */
  start(name: string): Promise<Cluster>;
  /** Stops a process, or only its event loop, for so long; without `ms` until {@link thaw}. Its system still accepts. */
  freeze(name: string, ms?: number): void;
  block(name: string, ms?: number): void;
  thaw(name: string): void;
  /** Lets nothing through between these and those, in either direction, until {@link heal}. */
  partition(these: readonly string[], those: readonly string[]): void;
  /** Lets nothing through from these to those; the other way is open. */
  cut(these: readonly string[], those: readonly string[]): void;
  /** Opens all ways again. What was held up arrives, as TCP sends it again. */
  heal(): void;
  /** Changes how good the ways from these to those are. */
  link(these: readonly string[], those: readonly string[], quality: Partial<LinkQuality>): void;
  /** Breaks the connections between two nodes; both ends learn of it. */
  reset(one: string, other: string): void;
  /** A line of the trace. */
  note(text: string): void;
}
