// The pulse thread of this process: one for all its nodes, from the first that starts to the last that closes.

import { Worker } from "node:worker_threads";
import { beatIntervalMs, LoopBeat } from "./loop-beat.ts";
import type { ThreadData, ThreadOrder, ThreadReport } from "./thread-message.ts";
import { threadSource } from "./thread-source.ts";

/** A node, as the thread sees it. */
export interface ThreadUser {
  heard(said: ThreadReport): void;
  /** The main loop runs again, and was late by so much. */
  stalled(lagMs: number): void;
  /** There is no thread any more. */
  ended(): void;
}

/** A loop that is late by less is only busy. */
const stallNoticeMs = 100;

/** What the thread may take of memory beyond what Node needs for any: it keeps next to nothing. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

export class PulseThread {
  static #current: PulseThread | undefined;

  readonly #worker: Worker;
  readonly #beat: LoopBeat;
  readonly #beats: NodeJS.Timeout;
  readonly #users = new Map<number, ThreadUser>();
  /** Who waits for the port of a node to be free. */
  readonly #leaving = new Map<number, () => void>();
  #number = 0;
  /** How late the last beat was. */
  #lastLagMs = 0;
  /** Of the orders on whose end the process waits. */
  #awaited = 0;
  #isOver = false;

  /** That of this process, started where there is none; undefined, with a warning, where there can be no thread. */
  static get(): PulseThread | undefined {
    try {
      PulseThread.#current ??= new PulseThread();
    } catch (error) {
      warn(`there is none: ${error instanceof Error ? error.message : String(error)}`);
    }
    return PulseThread.#current;
  }

  private constructor() {
    this.#beat = new LoopBeat();
    this.#beat.beat();
    this.#worker = newWorker({ beats: this.#beat.memory });
    this.#worker.unref();
    this.#worker.on("message", (said: ThreadReport) => this.#heard(said));
    this.#worker.once("error", (error) => this.#died(error.message));
    this.#worker.once("exit", () => this.#died("it has ended"));
    this.#beats = setInterval(() => this.#check(), beatIntervalMs).unref();
  }

  /** How late the main loop is, or was a moment ago. */
  get lagMs(): number {
    return Math.max(this.#lastLagMs, this.#beat.lagMs);
  }

  /** Answers the number of one more node. */
  enter(user: ThreadUser): number {
    this.#users.set(++this.#number, user);
    return this.#number;
  }

  order(order: ThreadOrder): void {
    if (this.#isOver) return;
    if (order.kind === "open" || order.kind === "close") this.#await(1);
    this.#worker.postMessage(order);
  }

  /** Fulfilled when the node's port is free again; the last one ends the thread. */
  async leave(node: number): Promise<void> {
    if (!this.#users.delete(node) || this.#isOver) return;
    if (this.#users.size > 0) {
      return new Promise((resolve) => {
        this.#leaving.set(node, resolve);
        this.order({ kind: "close", node });
      });
    }
    this.#end();
    // Whoever waits for this is not done before it is.
    this.#worker.ref();
    await this.#worker.terminate();
  }

  #heard(said: ThreadReport): void {
    if (said.kind !== "answered" && said.kind !== "unanswered") this.#await(-1);
    if (said.kind !== "closed") return this.#users.get(said.node)?.heard(said);
    this.#leaving.get(said.node)?.();
    this.#leaving.delete(said.node);
  }

  /** It keeps the process alive as long as a port is opened or closed. */
  #await(more: 1 | -1): void {
    this.#awaited += more;
    if (this.#awaited > 0) this.#worker.ref();
    else this.#worker.unref();
  }

  #check(): void {
    const lagMs = this.#beat.lagMs;
    this.#beat.beat();
    this.#lastLagMs = lagMs;
    if (lagMs < stallNoticeMs) return;
    for (const user of this.#users.values()) user.stalled(lagMs);
  }

  #died(why: string): void {
    if (this.#isOver) return;
    const users = [...this.#users.values()];
    this.#end();
    for (const user of users) user.ended();
    warn(why);
  }

  #end(): void {
    this.#isOver = true;
    if (PulseThread.#current === this) PulseThread.#current = undefined;
    clearInterval(this.#beats);
    this.#users.clear();
    for (const resolve of this.#leaving.values()) resolve();
    this.#leaving.clear();
  }
}

/** It takes nothing of how the program was started: no preloaded modules, no inspector, no environment. */
function newWorker(workerData: ThreadData): Worker {
  return new Worker(threadSource, {
    eval: true,
    name: "hewn-pulse",
    workerData,
    resourceLimits,
    execArgv: [],
    argv: [],
    env: {},
  });
}

function warn(text: string): void {
  process.emitWarning(`Without a pulse thread, a blocked loop is taken for a node that is gone; ${text}`, {
    code: "HEWN_PULSE",
  });
}
