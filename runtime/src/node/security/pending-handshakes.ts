// Who has opened a socket and not yet proved who it is: a bounded number. When one more comes, somebody has to go; it is
// chosen so that silent sockets, and many from one place, keep no node out.

import { isIPv6 } from "node:net";

export interface Pending {
  /** Where it comes from: see {@link sourceOf}. */
  readonly source: string;
  /** Has not sent all that a node sends at once. */
  silent: boolean;
}

/** More of all that may wait than nodes behind one address need, where they come at the same time. */
const greatShare = 1 / 8;

export class PendingHandshakes<T extends Pending> {
  readonly #max: number;
  /** In the order of their arrival. */
  readonly #entries = new Set<T>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Adds one; the answer is the one that has to go for it. */
  add(entry: T): T | undefined {
    const victim = this.#entries.size >= this.#max ? this.#victim() : undefined;
    if (victim !== undefined) this.#entries.delete(victim);
    this.#entries.add(entry);
    return victim;
  }

  /** True if it was still there. */
  delete(entry: T): boolean {
    return this.#entries.delete(entry);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#entries.values();
  }

  /**
   * Of the sources with the most, the oldest that is silent. Where none of those is: of a source with a great share the
   * oldest, so that nobody fills the room by talking; else the oldest that is silent anywhere, so that nobody fills it
   * from many places.
   */
  #victim(): T | undefined {
    const counts = this.#counts();
    const most = Math.max(...counts.values());
    let oldest: T | undefined;
    let silent: T | undefined;
    for (const entry of this.#entries) {
      if (entry.silent) silent ??= entry;
      if (counts.get(entry.source) !== most) continue;
      if (entry.silent) return entry;
      oldest ??= entry;
    }
    return most > Math.max(1, this.#max * greatShare) ? oldest : (silent ?? oldest);
  }

  #counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { source } of this.#entries) counts.set(source, (counts.get(source) ?? 0) + 1);
    return counts;
  }
}

/** An IPv4 address; of an IPv6 address the first 64 bits, because who has one address has all that begin so. */
export function sourceOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => "0");
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}
