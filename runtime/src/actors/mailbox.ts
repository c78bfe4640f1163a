// What waits for an actor: a ring of pairs, a method with its payload. It grows as needed; whoever fills it keeps to the
// bound on messages, which what the runtime itself puts in does not count against.
import { type Method, turnKind } from "./method.ts";

/** Slots at first: few actors ever have more than four messages waiting. */
const slotsFirst = 8;

export class Mailbox {
  protected ring: unknown[] = new Array(slotsFirst);
  protected head = 0;
  protected tail = 0;
  protected mask = slotsFirst - 1;
  /** Messages that wait, without what is the runtime's own. */
  count = 0;

  protected get isEmpty(): boolean {
    return this.head === this.tail;
  }

  protected push(method: Method, payload: unknown): void {
    const { ring, tail } = this;
    ring[tail] = method;
    ring[tail + 1] = payload;
    this.tail = (tail + 2) & this.mask;
    if (this.tail === this.head) this.#grow();
  }

  /** Takes the oldest message out, whatever else of the runtime's own waits in front of it. There must be one. */
  protected takeOldest(): readonly [Method, unknown] {
    const { ring, mask, head } = this;
    let at = head;
    while ((ring[at] as Method).kind === turnKind) at = (at + 2) & mask;
    const taken = [ring[at] as Method, ring[at + 1]] as const;
    for (; at !== head; at = (at - 2) & mask) {
      const before = (at - 2) & mask;
      ring[at] = ring[before];
      ring[at + 1] = ring[before + 1];
    }
    ring[head] = undefined;
    ring[head + 1] = undefined;
    this.head = (head + 2) & mask;
    this.count--;
    return taken;
  }

  /** Empties it and gives what was in it, in order. */
  protected takeAll(): (readonly [Method, unknown])[] {
    const all: (readonly [Method, unknown])[] = [];
    for (let at = this.head; at !== this.tail; at = (at + 2) & this.mask) {
      all.push([this.ring[at] as Method, this.ring[at + 1]]);
    }
    this.ring = new Array(slotsFirst);
    this.mask = slotsFirst - 1;
    this.head = 0;
    this.tail = 0;
    this.count = 0;
    return all;
  }

  /** Called when the last slot was filled. */
  #grow(): void {
    const { ring, head } = this;
    const slots = ring.length;
    const grown = new Array(2 * slots);
    for (let i = 0; i < slots; i++) grown[i] = ring[(head + i) & (slots - 1)];
    this.ring = grown;
    this.mask = 2 * slots - 1;
    this.head = 0;
    this.tail = slots;
  }
}
