// Runs many seeds of a system in threads, and adds up what came of them.

import { Worker } from "node:worker_threads";
import { RunningHash } from "../fnv.ts";
import type { Broken, Finding, RunOrder, RunReport, ThreadOptions } from "./orders.ts";

export interface CampaignOptions {
  /** A module whose default export is a {@link SimulatedSystem}. */
  readonly system: URL;
  /** The first seed; the others follow it. */
  readonly seed: number;
  /** Default 1. */
  readonly seeds?: number;
  /** The text of a plan that every seed runs; without it chance makes one for each. */
  readonly plan?: string;
  /** Machines of each run; by default chance takes two to five. */
  readonly machines?: number;
  /** One of the profiles of `random-plan`; by default chance takes one for each seed. */
  readonly profile?: string;
  /** Run each seed twice, and fail where the two differ. */
  readonly checks?: boolean;
  /** Make the plans of findings smaller, which takes many runs. Default true. */
  readonly shrinks?: boolean;
  readonly keepsTrace?: boolean;
  /** Default 1. */
  readonly threads?: number;
  /** Ends the campaign early: runs at work are given up. */
  readonly signal?: AbortSignal;
  /** After so many findings no new seed is begun. Default 5. */
  readonly findingsMax?: number;
  readonly onReport?: (report: RunReport, campaign: Campaign) => void;
}

/** A finding of a campaign, and how to see it again. */
export interface SeedFinding extends Finding {
  readonly seed: number;
}

const seedsPerOrder = 8;
/** A run that takes longer hangs: code of the system goes in circles without giving control back. */
const silenceMsMax = 120_000;

export class Campaign {
  readonly reports: RunReport[] = [];
  readonly #options: CampaignOptions;
  readonly #start = performance.now();
  #nextSeed: number;
  #endMs: number | undefined;

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#nextSeed = options.seed;
  }

  /** Rejects where the module cannot be loaded or the simulator itself breaks. */
  async run(): Promise<void> {
    const { threads = 1, seeds = 1 } = this.#options;
    await Promise.all(Array.from({ length: Math.min(threads, seeds) }, () => this.#thread()));
    this.reports.sort((a, b) => a.seed - b.seed);
    this.#endMs = performance.now();
  }

  get findings(): readonly SeedFinding[] {
    return this.reports.flatMap(({ seed, finding }) => (finding ? [{ ...finding, seed }] : []));
  }

  get seconds(): number {
    return ((this.#endMs ?? performance.now()) - this.#start) / 1000;
  }

  get events(): number {
    return this.reports.reduce((sum, { events }) => sum + events, 0);
  }

  get simulatedSeconds(): number {
    return this.reports.reduce((sum, { simulatedMs }) => sum + simulatedMs, 0) / 1000;
  }

  /** How often what happened, over all runs. */
  get counts(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { counts } of this.reports) {
      for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
    }
    return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Of the only run its trace's; of several over all of them, by seed. */
  get hash(): string {
    const [only, ...others] = this.reports;
    if (only !== undefined && others.length === 0) return only.hash;
    const hash = new RunningHash();
    for (const { seed, hash: each } of this.reports) hash.add(`${seed} ${each}\n`);
    return hash.text;
  }

  #nextOrder(): RunOrder | undefined {
    const { seed, seeds = 1, plan, machines, profile, checks = false } = this.#options;
    const { findingsMax = 5, signal, shrinks = true, keepsTrace = false } = this.#options;
    const end = Math.min(this.#nextSeed + seedsPerOrder, seed + seeds);
    const chosen = Array.from({ length: end - this.#nextSeed }, (_, index) => this.#nextSeed + index);
    if (chosen.length === 0 || signal?.aborted || this.findings.length >= findingsMax) return undefined;
    this.#nextSeed = end;
    return { seeds: chosen, plan, machines, profile, checks, shrinks, keepsTrace };
  }

  async #thread(): Promise<void> {
    const workerData: ThreadOptions = { module: this.#options.system.href };
    const worker = new Worker(entry, { workerData, name: "simulation" });
    try {
      for (let order = this.#nextOrder(); order !== undefined; order = this.#nextOrder()) {
        if (!(await this.#carryOut(worker, order))) return;
      }
    } finally {
      await worker.terminate();
    }
  }

  /** False: the campaign was ended, or the thread hangs. */
  #carryOut(worker: Worker, order: RunOrder): Promise<boolean> {
    const { signal, onReport } = this.#options;
    let done = 0;
    return new Promise((resolve, reject) => {
      const end = (isDone: boolean): void => {
        clearTimeout(watch);
        signal?.removeEventListener("abort", stop);
        worker.removeAllListeners("message").removeAllListeners("error");
        resolve(isDone);
      };
      const stop = (): void => end(false);
      const watch = setTimeout(() => {
        this.reports.push(hang(order.seeds[done] ?? 0));
        end(false);
      }, silenceMsMax);
      signal?.addEventListener("abort", stop);
      const fail = (error: Error): void => {
        reject(error);
        end(false);
      };
      worker.on("error", fail);
      worker.on("message", (message: RunReport | Broken | "done") => {
        if (message === "done") return end(true);
        if ("broken" in message) return fail(new Error(message.broken));
        done++;
        watch.refresh();
        this.reports.push(message);
        onReport?.(message, this);
      });
      worker.postMessage(order);
    });
  }
}

/** Beside this file, and like it a source or compiled. */
const entry = new URL(import.meta.url.endsWith(".ts") ? "./entry.ts" : "./entry.js", import.meta.url);

function hang(seed: number): RunReport {
  const failure = { rule: "hangs", text: `no end after ${silenceMsMax / 1000} seconds of real time` };
  const finding: Finding = {
    failure,
    plan: { machines: [], actions: [] },
    actionsBefore: 0,
    tries: 0,
    trace: [],
  };
  return { seed, hash: "", events: 0, simulatedMs: 0, counts: {}, finding };
}
