// What a node may say: whatever is beyond that is said by none that runs this program.

import { parseNodeId } from "../transport/index.ts";
import { actorNameLengthMax, entriesMax, keyLengthMax, partsMax, revisionMax } from "./limits.ts";
import type { Entry, RegistryMessage } from "./messages.ts";

export function isValidKey(key: string): boolean {
  return key.length > 0 && key.length <= keyLengthMax;
}

export function isValid(message: RegistryMessage): boolean {
  switch (message.kind) {
    case "changes":
      return message.changes.every((change) =>
        change.kind === "put"
          ? isValidEntry(change.entry)
          : isCount(change.revision) && isCount(change.of) && change.of < change.revision,
      );
    case "digest":
      return isCount(message.revision);
    case "wanted":
      return true;
    case "state":
      return isValidState(message);
  }
}

function isValidState({
  revision,
  part,
  parts,
  entries,
}: RegistryMessage & { readonly kind: "state" }): boolean {
  if (!isCount(revision) || part >= parts || parts > partsMax || entries.length > entriesMax) return false;
  return entries.every((entry) => isValidEntry(entry) && entry.revision <= revision);
}

function isValidEntry({ key, actor, time, revision }: Entry): boolean {
  const isLocated =
    parseNodeId(actor.node) !== undefined && actor.actor.length <= actorNameLengthMax && actor.id > 0;
  return isLocated && isValidKey(key) && isCount(time) && isCount(revision);
}

function isCount(count: number): boolean {
  return count >= 0 && count <= revisionMax;
}
