// All entries that count, by their names and groups.

import type { Entry, Located } from "./messages.ts";

/** An entry and the node that tells of it, as text. */
export interface Claim {
  readonly by: string;
  readonly entry: Entry;
}

/** Told what changed. */
export interface DirectoryReader {
  /** Who claims a name, or which claim stands, may be another one now. */
  nameChanged(name: string): void;
  groupChanged(group: string, change: "joined" | "left", actor: Located): void;
}

interface GroupMember {
  readonly actor: Located;
  /** By how many nodes. */
  count: number;
}

export class Directory {
  readonly #reader: DirectoryReader;
  readonly #names = new Map<string, Set<Claim>>();
  readonly #groups = new Map<string, Map<string, GroupMember>>();

  constructor(reader: DirectoryReader) {
    this.#reader = reader;
  }

  /**
   * The claim that stands: the oldest on the logical clock; of two as old that of the lesser node, as their texts are
   * ordered. Every node that knows the same claims finds the same one.
   */
  standing(name: string): Claim | undefined {
    let first: Claim | undefined;
    for (const claim of this.#names.get(name) ?? []) {
      if (first === undefined || isBefore(claim, first)) first = claim;
    }
    return first;
  }

  /** In the order of their addresses, the same at every node. */
  members(group: string): readonly Located[] {
    const members = [...(this.#groups.get(group) ?? [])];
    return members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { actor }]) => actor);
  }

  enter(claim: Claim): void {
    const { kind, key, actor } = claim.entry;
    if (kind === "name") {
      const claims = this.#names.get(key) ?? new Set();
      this.#names.set(key, claims.add(claim));
      this.#reader.nameChanged(key);
    } else this.#join(key, actor);
  }

  drop({ by, entry }: Claim): void {
    const { kind, key, actor, revision } = entry;
    if (kind === "group") return this.#leave(key, actor);
    const claims = this.#names.get(key);
    for (const claim of claims ?? []) {
      if (claim.by === by && claim.entry.revision === revision) claims!.delete(claim);
    }
    if (claims?.size === 0) this.#names.delete(key);
    this.#reader.nameChanged(key);
  }

  #join(group: string, actor: Located): void {
    const members = this.#groups.get(group) ?? new Map<string, GroupMember>();
    this.#groups.set(group, members);
    const known = members.get(keyOf(actor));
    if (known !== undefined) known.count++;
    else {
      members.set(keyOf(actor), { actor, count: 1 });
      this.#reader.groupChanged(group, "joined", actor);
    }
  }

  #leave(group: string, actor: Located): void {
    const members = this.#groups.get(group);
    const known = members?.get(keyOf(actor));
    if (members === undefined || known === undefined || --known.count > 0) return;
    members.delete(keyOf(actor));
    if (members.size === 0) this.#groups.delete(group);
    this.#reader.groupChanged(group, "left", actor);
  }
}

export function keyOf({ node, id, actor }: Located): string {
  return `${node} ${id} ${actor}`;
}

function isBefore(a: Claim, b: Claim): boolean {
  if (a.entry.time !== b.entry.time) return a.entry.time < b.entry.time;
  return a.by === b.by ? a.entry.revision < b.entry.revision : a.by < b.by;
}
