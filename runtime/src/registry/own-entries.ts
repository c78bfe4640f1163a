// The entries of this node: it alone changes them, and numbers the changes.

import { keyOf } from "./directory.ts";
import { entriesMax } from "./limits.ts";
import type { Change, Entry, Located } from "./messages.ts";

export class OwnEntries {
  #revision = 0;
  readonly #live = new Map<number, Entry>();
  /** At most one for each name. */
  readonly #names = new Map<string, Entry>();
  readonly #memberships = new Map<string, Entry>();

  get revision(): number {
    return this.#revision;
  }

  get isFull(): boolean {
    return this.#live.size >= entriesMax;
  }

  /** By revision. */
  get all(): readonly Entry[] {
    return [...this.#live.values()];
  }

  named(name: string): Entry | undefined {
    return this.#names.get(name);
  }

  membership(group: string, actor: Located): Entry | undefined {
    return this.#memberships.get(membershipKey(group, actor));
  }

  put(kind: Entry["kind"], key: string, actor: Located, time: number): Entry {
    const entry = { kind, key, actor, time, revision: ++this.#revision };
    this.#live.set(entry.revision, entry);
    if (kind === "name") this.#names.set(key, entry);
    else this.#memberships.set(membershipKey(key, actor), entry);
    return entry;
  }

  /** Undefined where there is no such entry any more. */
  drop(entry: Entry): Change | undefined {
    const { kind, key, actor, revision } = entry;
    if (!this.#live.delete(revision)) return undefined;
    if (kind === "name") this.#names.delete(key);
    else this.#memberships.delete(membershipKey(key, actor));
    return { kind: "drop", revision: ++this.#revision, of: revision };
  }
}

function membershipKey(group: string, actor: Located): string {
  return `${keyOf(actor)} ${group}`;
}
