// One end of a stream, as a process sees it: what it is told, and in which order. Everything that it is told comes as
// an event of its process, never from inside of a call.

import type { Stream, StreamEvents, StreamFailure } from "../transport/index.ts";
import type { Machine } from "./machine.ts";
import type { Pipe } from "./pipe.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** Bytes in the writer's own memory from which on it is told to wait: what Node's sockets have. */
export const highWaterBytes = 16 * 1024;

/** Pieces as small as they can be that follow each other. */
const piecesInRow = 64;

/** What an end needs of the connection that it belongs to. */
export interface Joint {
  /** Whether chance says so. */
  chance(probability: number): boolean;
  /** Bytes were written, before they are on their way. */
  written(end: StreamEnd, bytes: Uint8Array): void;
  /** Bytes are about to be read. */
  read(end: StreamEnd, bytes: Uint8Array): void;
  closed(end: StreamEnd, failure: StreamFailure | undefined): void;
  /** Tells the other end that this one is gone. */
  sendReset(from: StreamEnd): void;
}

export const resetFailure: StreamFailure = { code: "reset", text: "The connection was reset." };

export class StreamEnd implements Stream {
  readonly process: VirtualProcess;
  readonly role: "dialler" | "acceptor";
  /** Neither a process nor its system knows of this end any more, and nobody answers what arrives. */
  isSilent = false;

  readonly #joint: Joint;
  readonly #machine: Machine;
  #out: Pipe | undefined;
  #in: Pipe | undefined;
  #events: StreamEvents | undefined;
  #state: "opening" | "open" | "gone" = "opening";
  #hasEnded = false;
  #endTold = false;
  #wantsDrain = false;
  #readScheduled = false;
  #pieces = 0;
  /** Told once what arrived before it has been read. */
  #failure: StreamFailure | undefined;

  constructor(joint: Joint, process: VirtualProcess, machine: Machine, role: "dialler" | "acceptor") {
    this.#joint = joint;
    this.process = process;
    this.#machine = machine;
    this.role = role;
  }

  get isGone(): boolean {
    return this.#state === "gone";
  }
  get isOpen(): boolean {
    return this.#state === "open";
  }
  get outboxBytes(): number {
    return this.#out?.outboxBytes ?? 0;
  }

  /** The pipes, once the other end is known to exist. */
  connect(out: Pipe, incoming: Pipe): void {
    this.#out = out;
    this.#in = incoming;
  }

  /** Gives the events to whoever dialled or accepted, and lets it know what has happened so far. */
  listen(events: StreamEvents): void {
    this.#events = events;
    if (this.role === "acceptor") this.#state = "open";
    this.#readSoon();
  }

  opened(): void {
    this.#tell((events) => {
      if (this.#state !== "opening") return;
      this.#state = "open";
      events.opened();
      this.#readSoon();
    });
  }

  write(bytes: Uint8Array): boolean {
    if (this.#state === "gone") return true;
    if (this.#state === "opening") throw new Error("written before the stream was open");
    if (this.#hasEnded) throw new Error("written after the end");
    this.#joint.written(this, bytes);
    // The writer may use its buffer again, as it does where a system copies what it takes.
    this.#out?.write(bytes.slice());
    if (this.outboxBytes < highWaterBytes) return true;
    this.#wantsDrain = true;
    return false;
  }

  get hasTaken(): boolean {
    return this.#state === "open";
  }

  end(): void {
    if (this.#hasEnded || this.#state === "gone") return;
    if (this.#state === "opening") return this.destroy();
    this.#hasEnded = true;
    this.#out?.end();
  }

  destroy(): void {
    if (this.#state === "gone") return;
    this.#leave();
    this.#tellClosed(undefined);
  }

  /** The process is gone, and its system closes what it had: nobody is told on this side. */
  abandon(): void {
    if (this.#state !== "gone") this.#leave();
  }

  /** Without a word to anybody: power was lost. */
  vanish(): void {
    this.#state = "gone";
    this.isSilent = true;
    this.#out?.break();
    this.#in?.abandon();
  }

  /** What it writes from here on reaches nobody. */
  swallow(): void {
    this.isSilent = true;
    this.#out?.break();
  }

  /** The stream is broken, as far as this end can see. */
  fail(failure: StreamFailure): void {
    if (this.#state === "gone" || this.#failure !== undefined) return;
    this.#out?.break();
    const readsFirst = this.isOpen && this.#in?.hasArrived === true && this.#joint.chance(0.5);
    if (!readsFirst) return this.#close(failure);
    this.#failure = failure;
    this.#readSoon();
  }

  /** For the pipe: all that was written has been handed over. */
  flushed(): void {
    if (this.#state === "gone") return;
    if (this.#wantsDrain) {
      this.#wantsDrain = false;
      this.#tell((events) => this.#state === "open" && events.drained());
    }
    if (this.#out?.isEndSent) this.process.post(0, () => this.#closeWhereDone());
  }

  /** For the pipe: bytes or the end are here. */
  arrived(): void {
    if (this.#state !== "gone") return this.#readSoon();
    if (!this.isSilent) this.#joint.sendReset(this);
  }

  /** As a system closes a socket: a reset where something came that was not read, else an end behind what was sent. */
  #leave(): void {
    this.#state = "gone";
    const isUnread = this.#in?.hasArrived === true;
    this.#in?.abandon();
    if (isUnread || this.#joint.chance(0.2)) {
      this.#out?.break();
      this.#joint.sendReset(this);
    } else this.#out?.cutShort();
  }

  #readSoon(delayUs = 0): void {
    if (this.#readScheduled || this.#events === undefined || this.#state !== "open") return;
    this.#readScheduled = true;
    this.process.post(delayUs, () => {
      this.#readScheduled = false;
      if (this.#state === "open") this.#read();
    });
  }

  #read(): void {
    const chunk = this.#in?.take(this.#pieceBytes());
    if (chunk !== undefined) {
      this.#deliver(chunk);
      return this.#readSoon((chunk.length * 1000) / this.#machine.readBytesPerMs);
    }
    if (this.#failure !== undefined) return this.#close(this.#failure);
    if (!this.#in?.isEndRead || this.#endTold) return;
    this.#endTold = true;
    this.#events?.ended();
    this.#closeWhereDone();
  }

  /** Half of the pieces are larger, or a long message would be nothing but pieces. */
  #pieceBytes(): number {
    const { pieceBytesMax } = this.#machine;
    return this.#pieces++ % (2 * piecesInRow) < piecesInRow ? pieceBytesMax : piecesInRow * pieceBytesMax;
  }

  /** The reader gets memory that is worthless afterwards, so that it notices if it holds on to it. */
  #deliver(bytes: Uint8Array): void {
    this.#joint.read(this, bytes);
    const chunk = bytes.slice();
    this.#events?.received(chunk);
    chunk.fill(0xc1);
  }

  #closeWhereDone(): void {
    if (this.#state === "open" && this.#endTold && this.#out?.isEndSent) this.#close(undefined);
  }

  #close(failure: StreamFailure | undefined): void {
    this.#state = "gone";
    this.#in?.abandon();
    this.#tellClosed(failure);
  }

  #tellClosed(failure: StreamFailure | undefined): void {
    this.#joint.closed(this, failure);
    this.#tell((events) => events.closed(failure));
  }

  #tell(run: (events: StreamEvents) => void): void {
    this.process.post(0, () => {
      if (this.#events !== undefined) run(this.#events);
    });
  }
}
