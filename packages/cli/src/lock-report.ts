// What `hewn lock` says: each change with its class, and why it is no better.
import type { LockChange, LockChangeKind, LockReason, MemberChange } from "@hewn/schema";
import type { Context } from "./context.ts";
import type { LockUpdate } from "./lock-update.ts";

export type LockStatus = "written" | "unchanged" | "stale" | "refused";

export interface SettledLock {
  readonly update: LockUpdate;
  readonly status: LockStatus;
}

const words: Readonly<Record<LockChangeKind, string>> = {
  added: "added",
  removed: "removed",
  moved: "moved",
  safe: "safe",
  readersFirst: "readers first",
  writersFirst: "writers first",
  breaking: "breaking",
};

const meaning: Partial<Readonly<Record<LockChangeKind, string>>> = {
  readersFirst:
    "Deploy every reader before the first writer: programs without the change cannot read all of it.",
  writersFirst:
    "Deploy every writer before the first reader: programs with the change cannot read all from before.",
  breaking: "Programs with and without the change cannot talk of this type.",
  removed: "Programs that still send it are not understood, and its numbers are forgotten.",
};

export function lockLines({ update, status }: SettledLock, context: Context): readonly string[] {
  const { terminal, shown } = context;
  const color = status === "written" || status === "unchanged" ? "green" : "yellow";
  return [
    `  ${terminal.styleOut(color, status)}  ${shown(update.path)}`,
    ...update.changes.flatMap((change) => changeLines(change, context)),
  ];
}

function changeLines(change: LockChange, { terminal }: Context): readonly string[] {
  const { key, kind, from, members } = change;
  const color = kind === "breaking" || kind === "removed" ? "red" : kind === "safe" ? "green" : "cyan";
  const was = from === undefined ? "" : `  (was ${from})`;
  const why = meaning[kind];
  return [
    `    ${terminal.styleOut(color, words[kind].padEnd("writers first".length))}  ${key}${was}`,
    ...members.map((member) => `      ${memberText(member)}`),
    ...(why === undefined ? [] : [`      ${why}`]),
    ...change.reasons.map((reason) => `      ${reasonText(key, reason)}`),
  ];
}

function memberText({ what, member, path, name, number }: MemberChange): string {
  const sign = what === "added" ? "+" : "-";
  const place = path.replace(/^\./, "");
  const isField = member === "field";
  // Literals and tags are written as in the source.
  const inside = place === "" ? name : isField ? `${place}.${name}` : `${place} ${name}`;
  return `${sign} ${inside} (${isField ? "slot" : "ordinal"} ${number})`;
}

const readings: Readonly<Record<LockReason["reading"], string>> = {
  newReadsOld: "new programs reading old messages",
  oldReadsNew: "old programs reading new messages",
};

function reasonText(key: string, { path, message, format, reading }: LockReason): string {
  const name = key.slice(key.lastIndexOf("#") + 1);
  const which = format === "both" ? "" : format === "json" ? ", in JSON only" : ", in MessagePack only";
  return `${name}${path}: ${message} (${readings[reading]}${which})`;
}

/** The same as data; the kinds keep the names of `@hewn/schema`. */
export function lockJson({ update, status }: SettledLock, { shown }: Context): object {
  const changes = update.changes.map(({ key, kind, from, members, reasons }) => ({
    type: key,
    kind,
    ...(from !== undefined && { from }),
    members,
    reasons,
  }));
  return { file: shown(update.path), status, changes };
}
