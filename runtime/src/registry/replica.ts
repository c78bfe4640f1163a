// The entries of another node, as far as they are known here. A set to which its owner alone adds and from which it alone
// takes, every change under a number of its own: what is known depends on which changes have come, not on their order, nor
// on how often one came (Shapiro et al., "Conflict-free replicated data types", 2011).

import { aheadMax, entriesMax } from "./limits.ts";
import type { Change, Entry, State } from "./messages.ts";

/** Told what there is more, and less. */
export interface ReplicaReader {
  /** Whether an entry is worth anything. */
  counts(entry: Entry): boolean;
  entered(entry: Entry): void;
  dropped(entry: Entry): void;
}

export class Replica {
  /** All changes up to this one are known. */
  revision = 0;
  /** Some change is known, but not all before it. */
  get hasGap(): boolean {
    return this.#ahead.size > 0 || this.#isOverfull;
  }
  readonly #reader: ReplicaReader;
  readonly #live = new Map<number, Entry>();
  /** Known beyond `revision`. */
  readonly #ahead = new Set<number>();
  /** The drops among those: what they took never comes back. */
  readonly #dropsAhead = new Map<number, number>();
  #isOverfull = false;
  /** Parts of a state that has not come whole. */
  #parts: Map<number, State> | undefined;
  #partsEntries = 0;

  constructor(reader: ReplicaReader) {
    this.#reader = reader;
  }

  get entries(): readonly Entry[] {
    return [...this.#live.values()];
  }

  apply(change: Change): void {
    const revision = change.kind === "put" ? change.entry.revision : change.revision;
    if (revision <= this.revision || this.#ahead.has(revision)) return;
    if (revision > this.revision + 1 && this.#ahead.size >= aheadMax) {
      this.#isOverfull = true;
      return;
    }
    this.#ahead.add(revision);
    if (change.kind === "put") this.#enter(change.entry);
    else {
      this.#dropsAhead.set(revision, change.of);
      this.#drop(change.of);
    }
    this.#advance();
  }

  /** A part of a state: it counts when all of it has come. */
  take(part: State): void {
    if (part.revision <= this.revision) return;
    const before = this.#parts?.values().next().value;
    if (before !== undefined && before.revision > part.revision) return;
    if (before?.revision !== part.revision || before.parts !== part.parts) this.#beginState();
    if (this.#parts!.has(part.part)) return;
    this.#parts!.set(part.part, part);
    this.#partsEntries += part.entries.length;
    if (this.#partsEntries > entriesMax) return this.#beginState();
    if (this.#parts!.size < part.parts) return;
    const entries = [...this.#parts!.values()].flatMap((each) => each.entries);
    this.#beginState();
    this.#replace(part.revision, entries);
  }

  /** Nothing of it counts any more. */
  clear(): void {
    for (const revision of [...this.#live.keys()]) this.#drop(revision);
  }

  /** Entries of actors of a node are void: their owner is about to say so. */
  forget(node: string): void {
    for (const entry of [...this.#live.values()]) if (entry.actor.node === node) this.#drop(entry.revision);
  }

  #beginState(): void {
    this.#parts = new Map();
    this.#partsEntries = 0;
  }

  #replace(revision: number, entries: readonly Entry[]): void {
    const there = new Set(entries.map((entry) => entry.revision));
    for (const each of [...this.#live.keys()]) {
      if (each <= revision && !there.has(each)) this.#drop(each);
    }
    for (const each of [...this.#ahead]) if (each <= revision) this.#ahead.delete(each);
    for (const each of [...this.#dropsAhead.keys()]) if (each <= revision) this.#dropsAhead.delete(each);
    this.revision = revision;
    this.#isOverfull = false;
    for (const entry of entries) this.#enter(entry);
    this.#advance();
  }

  #enter(entry: Entry): void {
    const { revision } = entry;
    // Its owner has at most so many, and changes that are ahead may be in disorder.
    if (this.#live.has(revision) || this.#live.size >= entriesMax + aheadMax) return;
    for (const taken of this.#dropsAhead.values()) if (taken === revision) return;
    if (!this.#reader.counts(entry)) return;
    this.#live.set(revision, entry);
    this.#reader.entered(entry);
  }

  #drop(revision: number): void {
    const entry = this.#live.get(revision);
    if (entry === undefined) return;
    this.#live.delete(revision);
    this.#reader.dropped(entry);
  }

  #advance(): void {
    while (this.#ahead.delete(this.revision + 1)) {
      this.revision++;
      this.#dropsAhead.delete(this.revision);
    }
  }
}
