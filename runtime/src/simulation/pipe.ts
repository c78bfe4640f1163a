// One direction of a stream, as TCP makes it: what was written waits in the writer's memory until the window has room,
// crosses the link in segments, waits at the reader's system until it reads, and is acknowledged on the way back.

import type { Link } from "./link.ts";

/** Bytes of a segment at most: what Node reads at once. */
const segmentBytesMax = 64 * 1024;
/** What a segment without content costs on a link: its headers. */
const headerBytes = 60;

export interface PipeEnds {
  /** Everything that was written has been handed to the system. */
  flushed(): void;
  /** Bytes or the end arrived at the reader's system; only bytes where nobody reads any more. */
  arrived(): void;
}

export class Pipe {
  /** Bytes that the two systems hold at most, acknowledged ones not counted. */
  windowBytes: number;
  /** The reader gets pieces of at most so many bytes. */
  pieceBytesMax = Number.POSITIVE_INFINITY;

  readonly #there: Link;
  readonly #back: Link;
  readonly #ends: PipeEnds;
  #outbox: Uint8Array[] = [];
  #outboxBytes = 0;
  #inbox: Uint8Array[] = [];
  #sentBytes = 0;
  #takenBytes = 0;
  #ackedBytes = 0;
  #sentSegments = 0;
  /** Segments that arrived before those that were sent before them. */
  readonly #early = new Map<number, Uint8Array | "end">();
  #arrivedSegments = 0;
  #end: "open" | "requested" | "sent" | "arrived" = "open";
  #isBroken = false;
  #isUnread = false;

  constructor(there: Link, back: Link, windowBytes: number, ends: PipeEnds) {
    this.#there = there;
    this.#back = back;
    this.windowBytes = windowBytes;
    this.#ends = ends;
  }

  /** Bytes in the writer's own memory. */
  get outboxBytes(): number {
    return this.#outboxBytes;
  }
  get hasArrived(): boolean {
    return this.#inbox.length > 0;
  }
  /** The end was sent, and nothing waits in front of it. */
  get isEndSent(): boolean {
    return this.#end === "sent" || this.#end === "arrived";
  }
  /** The end arrived, and everything in front of it was taken. */
  get isEndRead(): boolean {
    return this.#end === "arrived" && this.#inbox.length === 0;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#isBroken) return;
    this.#outbox.push(bytes);
    this.#outboxBytes += bytes.length;
    this.#pump();
  }

  end(): void {
    if (this.#end !== "open") return;
    this.#end = "requested";
    this.#pump();
  }

  /** Drops what has not been handed to the system, and ends behind what has. */
  cutShort(): void {
    this.#outbox = [];
    this.#outboxBytes = 0;
    this.end();
  }

  /** Nothing gets through from here on, in silence. */
  break(): void {
    this.#isBroken = true;
    this.#outbox = [];
    this.#outboxBytes = 0;
  }

  /** Nobody reads any more: what arrived is forgotten, and what arrives is only told of. */
  abandon(): void {
    this.#isUnread = true;
    this.#inbox = [];
  }

  /** What the reader reads at once, at most `most` bytes of it. */
  take(most: number): Uint8Array | undefined {
    const chunk = this.#inbox[0];
    if (chunk === undefined) return undefined;
    const taken = chunk.length <= most ? chunk : chunk.subarray(0, most);
    this.#takenBytes += taken.length;
    if (taken === chunk) {
      this.#inbox.shift();
      this.#acknowledge();
    } else this.#inbox[0] = chunk.subarray(most);
    return taken;
  }

  #acknowledge(): void {
    if (this.#isBroken) return;
    const taken = this.#takenBytes;
    this.#back.carry(headerBytes, () => {
      this.#ackedBytes = Math.max(this.#ackedBytes, taken);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#isBroken) return;
    const before = this.#outboxBytes;
    for (let chunk = this.#outbox[0]; chunk !== undefined; chunk = this.#outbox[0]) {
      const room = Math.min(this.windowBytes - (this.#sentBytes - this.#ackedBytes), segmentBytesMax);
      if (room <= 0) break;
      const segment = chunk.length <= room ? chunk : chunk.subarray(0, room);
      if (segment === chunk) this.#outbox.shift();
      else this.#outbox[0] = chunk.subarray(room);
      this.#outboxBytes -= segment.length;
      this.#sentBytes += segment.length;
      this.#send(segment, segment.length);
    }
    if (this.#outboxBytes > 0) return;
    if (this.#end === "requested") {
      this.#end = "sent";
      this.#send("end", 0);
    }
    if (before > 0 || this.#end === "sent") this.#ends.flushed();
  }

  #send(segment: Uint8Array | "end", bytes: number): void {
    const number = this.#sentSegments++;
    this.#there.carry(bytes + headerBytes, () => this.#receive(number, segment));
  }

  #receive(number: number, segment: Uint8Array | "end"): void {
    if (this.#isBroken) return;
    if (this.#isUnread) {
      if (segment !== "end") this.#ends.arrived();
      return;
    }
    this.#early.set(number, segment);
    for (;;) {
      const next = this.#early.get(this.#arrivedSegments);
      if (next === undefined) break;
      this.#early.delete(this.#arrivedSegments++);
      if (next === "end") this.#end = "arrived";
      else this.#inbox.push(next);
    }
    this.#ends.arrived();
  }
}
