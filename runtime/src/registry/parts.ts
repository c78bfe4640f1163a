// Entries and changes in messages that a control lane takes.

import { messageBytesMax } from "./limits.ts";
import type { Change, Changes, Entry, State } from "./messages.ts";

export function messagesOf(changes: readonly Change[]): readonly Changes[] {
  return inParts(changes, changeBytes).map((part) => ({ kind: "changes", changes: part }));
}

/** At least one: that there are no entries is a state too. */
export function statesOf(revision: number, entries: readonly Entry[]): readonly State[] {
  const parts = entries.length === 0 ? [[]] : inParts(entries, entryBytes);
  return parts.map((part, index) => ({
    kind: "state",
    revision,
    part: index,
    parts: parts.length,
    entries: part,
  }));
}

function changeBytes(change: Change): number {
  return change.kind === "put" ? entryBytes(change.entry) : fixedBytes;
}

/** More than the numbers, tags and headers of an entry take. */
const fixedBytes = 64;

/** At least what it takes on the wire: a UTF-16 unit is at most three bytes. */
function entryBytes({ key, actor }: Entry): number {
  return fixedBytes + 3 * (key.length + actor.node.length + actor.actor.length);
}

function inParts<T>(all: readonly T[], bytesOf: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let left = 0;
  for (const one of all) {
    const bytes = bytesOf(one);
    if (bytes > left) {
      parts.push([]);
      left = messageBytesMax;
    }
    left -= bytes;
    parts.at(-1)!.push(one);
  }
  return parts;
}
