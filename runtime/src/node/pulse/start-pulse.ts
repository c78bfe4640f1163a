// Starts a node's pulse thread, and is what the cluster sees of it. All that touches the network happens in the thread.

import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { Pulse, PulseAddress, PulseCounters } from "../../cluster/pulse.ts";
import type { PulsePlace } from "../../cluster/pulse-place.ts";
import { keyOf, type MemberId } from "../../membership/index.ts";
import { networkError } from "../network-error.ts";
import { type Resolver, systemResolver } from "../resolver.ts";
import { tokenBytes } from "./frame.ts";
import { pulseQuestionsMax } from "./limits.ts";
import { beatIntervalMs, SharedState } from "./shared-state.ts";
import type { AskOrder, ThreadData, ThreadReport } from "./thread-message.ts";
import { threadSource } from "./thread-source.ts";

export interface PulseOptions {
  /** The address to listen on: that of the node. */
  readonly host: string;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Under which port others reach it, where that is not the one that it listens on. */
  readonly advertisePort?: number;
  /** Default: the system's. */
  readonly resolver?: Resolver;
}

/** A loop that is late by less is only busy. */
const stallNoticeMs = 100;

/** What the thread may take of memory beyond what Node needs for any: it keeps next to nothing. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

/**
 * Starts the pulse thread of a node. Undefined, with a warning, where there can be no thread.
 * @throws NetworkError when the port cannot be had
 */
export async function startPulse(options: PulseOptions): Promise<Pulse | undefined> {
  const resolver = options.resolver ?? systemResolver;
  const host = await addressOf(options.host, resolver);
  const token = new Uint8Array(randomBytes(tokenBytes));
  const state = new SharedState();
  state.beat();
  const thread = newThread({ host, port: options.port ?? 0, token, memory: state.memory });
  if (thread === undefined) return undefined;
  const port = await listening(thread, options);
  return new NodePulse(thread, state, { port: options.advertisePort ?? port, token }, resolver);
}

/** The name has one meaning for the node and its thread. */
async function addressOf(name: string, resolver: Resolver): Promise<string> {
  try {
    return (await resolver.addresses(name))[0] ?? name;
  } catch (error) {
    throw networkError(
      `listen for pulses on ${name}`,
      error instanceof Error ? error : new Error(String(error)),
    );
  }
}

/** The thread takes nothing of how the program was started: no preloaded modules, no inspector, no environment. */
function newThread(workerData: ThreadData): Worker | undefined {
  try {
    return new Worker(threadSource, {
      eval: true,
      name: "hewn-pulse",
      workerData,
      resourceLimits,
      execArgv: [],
      argv: [],
      env: {},
    });
  } catch (error) {
    warn(`there is none: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function listening(thread: Worker, { host, port = 0 }: PulseOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      thread.terminate();
      reject(networkError(`listen for pulses on port ${port} of ${host}`, error));
    };
    thread.once("error", failed);
    thread.once("message", (said: ThreadReport) => {
      thread.off("error", failed);
      if (said.kind === "listening") resolve(said.port);
      else if (said.kind === "notListening") failed(Object.assign(new Error(said.text), { code: said.code }));
    });
  });
}

function warn(text: string): void {
  process.emitWarning(`Without a pulse thread, a blocked loop is taken for a node that is gone; ${text}`, {
    code: "HEWN_PULSE",
  });
}

class NodePulse implements Pulse {
  readonly place: PulsePlace;
  onAnswer: (peer: MemberId, lagMs: number) => void = () => {};
  onStalled: (lagMs: number) => void = () => {};
  readonly #thread: Worker;
  readonly #state: SharedState;
  readonly #resolver: Resolver;
  readonly #beats: NodeJS.Timeout;
  /** Who was asked and has not answered: by who it is, and by the number of the question. */
  readonly #peers = new Map<string, number>();
  readonly #questions = new Map<number, MemberId>();
  #number = 0;
  /** How late the last beat was. */
  #lastLagMs = 0;
  #isOver = false;

  constructor(thread: Worker, state: SharedState, place: PulsePlace, resolver: Resolver) {
    this.#thread = thread;
    this.#state = state;
    this.#resolver = resolver;
    this.place = place;
    state.beat();
    this.#beats = setInterval(() => this.#beat(), beatIntervalMs).unref();
    thread.on("message", (said: ThreadReport) => this.#heard(said));
    thread.once("error", (error) => this.#died(error.message));
    thread.once("exit", () => this.#died("it has ended"));
    thread.unref();
  }

  get counters(): Readonly<PulseCounters> {
    return this.#state.counters;
  }

  get lagMs(): number {
    return Math.max(this.#lastLagMs, this.#state.lagMs);
  }

  ask(peer: MemberId, { host, port, token }: PulseAddress): void {
    const key = keyOf(peer);
    const isAskable = port > 0 && token.length === tokenBytes && !this.#isOver;
    if (!isAskable || this.#peers.has(key) || this.#peers.size >= pulseQuestionsMax) {
      return this.#state.count("notAsked");
    }
    const number = ++this.#number;
    this.#peers.set(key, number);
    this.#questions.set(number, peer);
    this.#state.count("asked");
    this.#resolver.addresses(host).then(
      (addresses) => this.#order({ number, addresses: [...new Set(addresses)], port, token }),
      () => this.#unresolved(number),
    );
  }

  async close(): Promise<void> {
    this.#end();
    // Whoever waits for this is not done before it is.
    this.#thread.ref();
    await this.#thread.terminate();
  }

  #order(order: AskOrder): void {
    if (!this.#isOver) this.#thread.postMessage(order);
  }

  #unresolved(number: number): void {
    this.#state.count("unanswered");
    this.#settle(number);
  }

  #heard(said: ThreadReport): void {
    if (this.#isOver || (said.kind !== "answered" && said.kind !== "unanswered")) return;
    const peer = this.#settle(said.number);
    if (said.kind === "answered" && peer !== undefined) this.onAnswer(peer, said.lagMs);
  }

  #settle(number: number): MemberId | undefined {
    const peer = this.#questions.get(number);
    this.#questions.delete(number);
    if (peer !== undefined) this.#peers.delete(keyOf(peer));
    return peer;
  }

  #beat(): void {
    const lagMs = this.#state.lagMs;
    this.#state.beat();
    this.#lastLagMs = lagMs;
    if (lagMs >= stallNoticeMs) this.onStalled(lagMs);
  }

  #died(why: string): void {
    if (this.#isOver) return;
    this.#end();
    warn(why);
  }

  #end(): void {
    this.#isOver = true;
    clearInterval(this.#beats);
    this.#peers.clear();
    this.#questions.clear();
  }
}
