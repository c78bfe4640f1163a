// A network in memory with a clock that stands still until told otherwise: hosts for tests of the transport that want to
// decide what arrives when, in which pieces, and what breaks.

import { type Address, formatAddress } from "./address.ts";
import type { Host, Listening, OnStream, Sink, Stream, StreamEvents, StreamFailure } from "./host.ts";

/** Something that is to happen at one node; `label` says what, for tests that choose the order. */
export interface Happening {
  readonly label: string;
  readonly run: () => void;
}

interface Listener {
  readonly host: MemoryHost;
  readonly onStream: OnStream;
}

export class MemoryNetwork {
  nowMs = 0;
  /** What can happen now: the first of each lane of the network can be chosen; within one the order holds. */
  readonly queues = new Map<string, Happening[]>();
  readonly hosts: MemoryHost[] = [];
  readonly #listeners = new Map<string, Listener>();
  #timers: { at: number; run: () => void }[] = [];
  #nextPort = 40_000;

  host(name: string): MemoryHost {
    const host = new MemoryHost(this, name);
    this.hosts.push(host);
    return host;
  }

  get timers(): number {
    return this.#timers.length;
  }

  setTimer(afterMs: number, run: () => void): () => void {
    const timer = { at: this.nowMs + afterMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  push(queue: string, label: string, run: () => void): void {
    const happenings = this.queues.get(queue) ?? [];
    this.queues.set(queue, happenings);
    happenings.push({ label, run });
  }

  /** The queues that something can happen in. */
  choices(): string[] {
    return [...this.queues.keys()].filter((queue) => (this.queues.get(queue)?.length ?? 0) > 0);
  }

  /** Lets the next thing of a queue happen, and everything that it schedules. */
  happen(queue: string): void {
    this.queues.get(queue)?.shift()?.run();
    this.tick();
  }

  /** Runs what was scheduled. */
  tick(): void {
    while (this.hosts.some((host) => host.tick()));
  }

  /** Lets everything happen that happens without time passing. */
  settle(): void {
    this.tick();
    for (let choices = this.choices(); choices.length > 0; choices = this.choices()) this.happen(choices[0]!);
  }

  /** As {@link settle}, and lets promises that were fulfilled be seen. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) {
      this.settle();
      await Promise.resolve();
    }
  }

  /** Lets time pass, and nothing happen but what is due. */
  async step(ms: number): Promise<void> {
    this.nowMs += ms;
    const due = this.#timers.filter(({ at }) => at <= this.nowMs);
    this.#timers = this.#timers.filter(({ at }) => at > this.nowMs);
    for (const { run } of due.sort((one, two) => one.at - two.at)) run();
    this.tick();
  }

  /** Lets time pass, timer by timer. */
  async advance(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    await this.settled();
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.nowMs = Math.max(this.nowMs, due.at);
      this.#timers = this.#timers.filter((other) => other !== due);
      due.run();
      await this.settled();
    }
    this.nowMs = end;
  }

  listen(host: MemoryHost, address: Address, onStream: OnStream): Listening {
    const actual = { host: address.host, port: address.port === 0 ? this.#nextPort++ : address.port };
    const key = formatAddress(actual);
    this.#listeners.set(key, { host, onStream });
    return {
      address: actual,
      close: async () => {
        this.#listeners.delete(key);
      },
    };
  }

  listenerAt(address: Address): Listener | undefined {
    return this.#listeners.get(formatAddress(address));
  }

  /** Lets an address lead to where another one does. */
  alias(address: Address, to: Address): void {
    const listener = this.listenerAt(to);
    if (listener !== undefined) this.relisten(address, listener);
  }

  /** As if the process were gone. */
  unlisten(address: Address): Listener | undefined {
    const listener = this.listenerAt(address);
    this.#listeners.delete(formatAddress(address));
    return listener;
  }

  relisten(address: Address, listener: Listener | undefined): void {
    if (listener !== undefined) this.#listeners.set(formatAddress(address), listener);
  }
}

export class MemoryHost implements Host {
  readonly network: MemoryNetwork;
  readonly name: string;
  /** What `random` answers. */
  chance: () => number = () => 0.5;
  /** Bytes that a stream takes before it wants no more. */
  highWaterMark = Number.POSITIVE_INFINITY;
  /** Largest piece in which bytes arrive here. */
  pieceBytes = Number.POSITIVE_INFINITY;
  /** Dials fail at once, as if nobody were there. */
  refuses: StreamFailure | undefined;
  /** Dials get no answer, and nothing that is sent arrives. */
  isCutOff = false;
  /** Every stream of this host, in the order in which it came to be. */
  readonly streams: MemoryStream[] = [];
  #due: (() => void)[] = [];
  #dials = 0;

  constructor(network: MemoryNetwork, name: string) {
    this.network = network;
    this.name = name;
  }

  now(): number {
    return this.network.nowMs;
  }
  random(): number {
    return this.chance();
  }
  schedule(run: () => void): void {
    this.#due.push(run);
  }
  setTimer(afterMs: number, run: () => void): () => void {
    return this.network.setTimer(afterMs, run);
  }
  tick(): boolean {
    const due = this.#due;
    this.#due = [];
    for (const run of due) run();
    return due.length > 0;
  }

  async listen(address: Address, onStream: OnStream): Promise<Listening> {
    return this.network.listen(this, address, onStream);
  }

  dial(address: Address, events: StreamEvents): Stream {
    const name = `${this.name}${++this.#dials}`;
    const stream = new MemoryStream(this, `${name}>`, events);
    this.network.push(stream.queue, "dial", () => this.#connect(stream, name, address));
    return stream;
  }

  #connect(stream: MemoryStream, name: string, address: Address): void {
    if (stream.isGone || this.isCutOff) return;
    const listener = this.network.listenerAt(address);
    if (listener?.host.isCutOff === true) return;
    if (listener === undefined || this.refuses !== undefined) {
      return stream.fail(this.refuses ?? { code: "refused", text: "nobody listens" });
    }
    const far = new MemoryStream(listener.host, `<${name}`, undefined);
    stream.peer = far;
    far.peer = stream;
    far.events = listener.onStream(far, { host: this.name, port: 1 });
    stream.events?.opened();
  }
}

export class MemoryStream implements Stream, Sink {
  readonly host: MemoryHost;
  /** Where what happens at the other end because of this one waits for its turn. */
  readonly queue: string;
  events: StreamEvents | undefined;
  peer: MemoryStream | undefined;
  /** Everything that was ever written, for tests that look at it. */
  readonly written: Uint8Array[] = [];
  isEnded = false;
  isGone = false;
  /** What is written from now on goes nowhere, and nobody notices. */
  isHalfOpen = false;
  #onWay = 0;
  #isHeld = false;
  #peerEnded = false;

  constructor(host: MemoryHost, name: string, events: StreamEvents | undefined) {
    this.host = host;
    this.queue = name;
    this.events = events;
    host.streams.push(this);
  }

  write(bytes: Uint8Array): boolean {
    if (this.isEnded) throw new Error("written after the end");
    if (this.isGone) return true;
    this.written.push(bytes);
    const copy = bytes.slice();
    this.#onWay += copy.length;
    this.#send("bytes", (peer) => {
      this.#onWay -= copy.length;
      for (let at = 0; at < copy.length; at += peer.host.pieceBytes) {
        if (!peer.isGone) peer.events?.received(copy.slice(at, at + peer.host.pieceBytes));
      }
      this.#drain();
    });
    this.#isHeld = this.#onWay >= this.host.highWaterMark;
    return !this.#isHeld;
  }

  end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.#send("end", (peer) => peer.#ended());
  }

  destroy(): void {
    if (this.isGone) return;
    this.isEnded = true;
    this.isGone = true;
    const { network } = this.host;
    network.push(this.queue, "gone", () => this.events?.closed());
    this.#send("reset", (peer) => peer.fail({ code: "reset", text: "the other end is gone" }));
  }

  /** Breaks the stream at this end. */
  fail(failure: StreamFailure): void {
    if (this.isGone) return;
    this.isEnded = true;
    this.isGone = true;
    this.events?.closed(failure);
  }

  #ended(): void {
    if (this.isGone) return;
    this.#peerEnded = true;
    this.events?.ended();
    this.closeWhenBothEnded();
    this.peer?.closeWhenBothEnded();
  }

  closeWhenBothEnded(): void {
    const other = this.peer;
    if (this.isGone || !this.isEnded || !this.#peerEnded) return;
    this.isGone = true;
    this.events?.closed();
    other?.closeWhenBothEnded();
  }

  #drain(): void {
    if (this.isGone || !this.#isHeld || this.#onWay >= this.host.highWaterMark) return;
    this.#isHeld = false;
    this.events?.drained();
  }

  /** What happens at the other end, in its turn. */
  #send(label: string, run: (peer: MemoryStream) => void): void {
    this.host.network.push(this.queue, label, () => {
      const { peer } = this;
      if (peer === undefined || peer.isGone || this.isHalfOpen) return;
      if (this.host.isCutOff || peer.host.isCutOff) return;
      run(peer);
    });
  }
}
