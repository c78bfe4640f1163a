// The pulse of one node, as the cluster sees it. All that touches the network happens in the thread.

import { randomBytes } from "node:crypto";
import type { Pulse, PulseAddress, PulseCounters } from "../../cluster/pulse.ts";
import type { PulsePlace } from "../../cluster/pulse-place.ts";
import { keyOf, type MemberId } from "../../membership/index.ts";
import { networkError } from "../network-error.ts";
import { type Resolver, systemResolver } from "../resolver.ts";
import { tokenBytes } from "./frame.ts";
import { pulseQuestionsMax } from "./limits.ts";
import { PulseThread, type ThreadUser } from "./pulse-thread.ts";
import { SharedCounters } from "./shared-counters.ts";
import { SharedLeases } from "./shared-leases.ts";
import type { ThreadReport } from "./thread-message.ts";

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

export class NodePulse implements Pulse, ThreadUser {
  place: PulsePlace | undefined;
  /**
   * Fulfilled when the port is open and {@link place} known, or when it is clear that there will be none because there can
   * be no thread, or this was closed. Rejects with a NetworkError when the port cannot be had.
   */
  readonly started: Promise<void>;
  onPlace: () => void = () => {};
  onAnswer: (peer: MemberId, lagMs: number) => void = () => {};
  onStalled: (lagMs: number) => void = () => {};
  readonly leases: SharedLeases;
  readonly #options: PulseOptions;
  readonly #resolver: Resolver;
  readonly #token = new Uint8Array(randomBytes(tokenBytes));
  readonly #counters = new SharedCounters();
  readonly #thread: PulseThread | undefined;
  readonly #node: number;
  /** Who was asked and has not answered: by who it is, and by the number of the question. */
  readonly #peers = new Map<string, number>();
  readonly #questions = new Map<number, MemberId>();
  #number = 0;
  #isOver: boolean;
  #settle!: { readonly resolve: () => void; readonly reject: (error: Error) => void };

  /** Starts at once, and answers as soon as it can. */
  constructor(options: PulseOptions) {
    this.#options = options;
    this.#resolver = options.resolver ?? systemResolver;
    this.started = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#thread = PulseThread.get();
    this.#node = this.#thread?.enter(this) ?? 0;
    this.leases = new SharedLeases(this.#resolver, (order) => {
      if (!this.#isOver) this.#thread?.order({ ...order, node: this.#node });
    });
    this.#isOver = this.#thread === undefined;
    if (this.#isOver) this.#settle.resolve();
    else void this.#open();
  }

  get counters(): Readonly<PulseCounters> {
    return this.#counters.values;
  }

  get lagMs(): number {
    return this.#isOver ? 0 : (this.#thread?.lagMs ?? 0);
  }

  ask(peer: MemberId, { host, port, token }: PulseAddress): void {
    const key = keyOf(peer);
    const isAskable = port > 0 && token.length === tokenBytes && !this.#isOver;
    if (!isAskable || this.#peers.has(key) || this.#peers.size >= pulseQuestionsMax) {
      return this.#counters.count("notAsked");
    }
    const number = ++this.#number;
    this.#peers.set(key, number);
    this.#questions.set(number, peer);
    this.#counters.count("asked");
    this.#resolver.addresses(host).then(
      (addresses) => this.#order(number, { addresses: [...new Set(addresses)], port, token }),
      () => this.#unresolved(number),
    );
  }

  learned(peer: MemberId, at: PulseAddress): void {
    if (at.port > 0 && at.token.length === tokenBytes) this.leases.learned(peer, at);
  }

  forgotten(peer: MemberId): void {
    this.leases.forget(peer);
  }

  async close(): Promise<void> {
    this.ended();
    await this.#thread?.leave(this.#node);
  }

  heard(said: ThreadReport): void {
    if (this.#isOver) return;
    switch (said.kind) {
      case "listening":
        return this.#listening(said.port);
      case "notListening":
        return this.#failed(Object.assign(new Error(said.text), { code: said.code }));
      case "answered":
      case "unanswered": {
        const peer = this.#settled(said.number);
        if (said.kind === "answered" && peer !== undefined) this.onAnswer(peer, said.lagMs);
        return;
      }
      case "closed":
        return;
      default:
        said satisfies never;
    }
  }

  stalled(lagMs: number): void {
    this.onStalled(lagMs);
  }

  ended(): void {
    this.#isOver = true;
    this.#peers.clear();
    this.#questions.clear();
    this.#settle.resolve();
  }

  async #open(): Promise<void> {
    const { host: name, port = 0 } = this.#options;
    try {
      // The name has one meaning for the node and its thread.
      const host = (await this.#resolver.addresses(name))[0] ?? name;
      if (this.#isOver) return;
      const counters = this.#counters.memory;
      this.#thread?.order({ kind: "open", node: this.#node, host, port, token: this.#token, counters });
    } catch (error) {
      this.#failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #listening(port: number): void {
    this.place = { port: this.#options.advertisePort ?? port, token: this.#token };
    this.#settle.resolve();
    this.onPlace();
  }

  #failed(error: Error): void {
    const { host, port = 0 } = this.#options;
    this.#settle.reject(networkError(`listen for pulses on port ${port} of ${host}`, error));
    void this.close();
  }

  #order(number: number, target: { addresses: string[]; port: number; token: Uint8Array }): void {
    if (!this.#isOver) this.#thread?.order({ kind: "ask", node: this.#node, number, target });
  }

  #unresolved(number: number): void {
    this.#counters.count("unanswered");
    this.#settled(number);
  }

  #settled(number: number): MemberId | undefined {
    const peer = this.#questions.get(number);
    this.#questions.delete(number);
    if (peer !== undefined) this.#peers.delete(keyOf(peer));
    return peer;
  }
}
