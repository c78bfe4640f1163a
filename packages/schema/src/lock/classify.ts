// What a change of a type means for programs in the field, and what remains of its line of compatible fingerprints.
//
// An earlier version stays in the line in the directions in which each step since then holds. That is sound because a
// step that could mislead a later one is not taken: a slot once used stays used at its place. Where it does not, since
// a type was replaced by one that numbers its fields in its own way, the line starts anew.
import { pairedArms } from "../array-kind.ts";
import { canonicalText, canonicalType } from "../canonical.ts";
import type { Incompatibility } from "../compatibility/incompatibility.ts";
import { compare } from "../compatibility.ts";
import { fingerprint } from "../fingerprint.ts";
import type { Direction, Lock, LockedVersion } from "./lock.ts";
import { lockedNumbers, type Numbers } from "./numbers.ts";
import { walkPairs } from "./pairs.ts";

/** A member that came or went. */
export interface MemberChange {
  readonly what: "added" | "removed";
  /** What came or went: fields have slots, the others ordinals. */
  readonly member: "field" | "variant" | "arm" | "literal";
  /** From the type, through every name: `.items[].quantity`. */
  readonly path: string;
  readonly name: string;
  /** Its slot or ordinal. */
  readonly number: number;
}

/** Why a version is incompatible: what {@link compare} found, or what only a lock can know. */
export interface LockReason extends Omit<Incompatibility, "rule"> {
  /**
   * `slot-forgotten`: a slot that messages in the field use is neither kept nor reserved any more.
   * `lock-edited`: the lock's types are not those of its fingerprint, so nothing is known of the version before.
   */
  readonly rule: Incompatibility["rule"] | "slot-forgotten" | "lock-edited";
  /** Which side fails: a new program that reads old messages, or the reverse. */
  readonly reading: "newReadsOld" | "oldReadsNew";
}

/**
 * What happened to a tagged type.
 * - `added`, `removed`, `moved` (its file changed, its bytes did not)
 * - `safe`: old and new programs read each other
 * - `readersFirst`: new programs read what old ones write; safe once every reader is new
 * - `writersFirst`: old programs read what new ones write; safe once every writer is new
 * - `breaking`: neither
 */
export type LockChangeKind =
  | "added"
  | "removed"
  | "moved"
  | "safe"
  | "readersFirst"
  | "writersFirst"
  | "breaking";

export interface LockChange {
  readonly key: string;
  /** By MessagePack, which is what programs send each other. */
  readonly kind: LockChangeKind;
  /** The key that the type had before, where it moved. */
  readonly from: string | undefined;
  readonly members: readonly MemberChange[];
  /** Of both formats and both directions. */
  readonly reasons: readonly LockReason[];
}

export interface Classification {
  readonly line: LockedVersion["line"];
  /** None where the bytes stay as they are. */
  readonly change: readonly LockChange[];
}

/** Compares a tagged type with what the lock had for it. */
export function classify(before: Lock, from: string, after: Lock, key: string, own: string): Classification {
  const earlier = before.types.get(from)?.version;
  const wasAt = from === key ? undefined : from;
  const change = (kind: LockChangeKind, rest: Partial<LockChange> = {}): readonly LockChange[] => [
    { key, kind, from: wasAt, members: [], reasons: [], ...rest },
  ];
  if (earlier === undefined) return { line: new Map(), change: change("added") };
  const forgotten = forgottenSlots(before, from, after, key);
  if (earlier.fingerprint === own && (forgotten.length === 0 || earlier.line.size === 0)) {
    return { line: earlier.line, change: wasAt === undefined ? [] : change("moved") };
  }
  const reasons = reasonsOf(before, from, after, key, forgotten, earlier.fingerprint);
  const step = directionOf(reasons);
  return {
    line: extended(earlier, step, own),
    change: change(kinds[step ?? "none"], { members: memberChanges(before, from, after, key), reasons }),
  };
}

const kinds: Readonly<Record<Direction | "none", LockChangeKind>> = {
  both: "safe",
  reads: "readersFirst",
  writes: "writersFirst",
  none: "breaking",
};

function reasonsOf(
  before: Lock,
  from: string,
  after: Lock,
  key: string,
  forgotten: readonly LockReason[],
  earlier: string,
): readonly LockReason[] {
  const was = { declarations: before.types };
  if (fingerprint(canonicalText(was, from)) !== earlier) {
    return bothWays({
      rule: "lock-edited",
      format: "both",
      path: "",
      message: "the lock's types were edited since its fingerprint was taken",
    });
  }
  const found = compare(canonicalType(was, from), canonicalType({ declarations: after.types }, key));
  return [
    ...found.newReadsOld.map((reason) => ({ ...reason, reading: "newReadsOld" }) as const),
    ...found.oldReadsNew.map((reason) => ({ ...reason, reading: "oldReadsNew" }) as const),
    ...forgotten,
  ];
}

function bothWays(reason: Omit<LockReason, "reading">): readonly LockReason[] {
  return [
    { ...reason, reading: "newReadsOld" },
    { ...reason, reading: "oldReadsNew" },
  ];
}

/** What MessagePack allows; undefined: nothing. */
function directionOf(reasons: readonly LockReason[]): Direction | undefined {
  const fails = (reading: LockReason["reading"]): boolean =>
    reasons.some((reason) => reason.reading === reading && reason.format !== "json");
  const [reads, writes] = [!fails("newReadsOld"), !fails("oldReadsNew")];
  if (reads && writes) return "both";
  if (reads) return "reads";
  return writes ? "writes" : undefined;
}

function extended(earlier: LockedVersion, step: Direction | undefined, own: string): LockedVersion["line"] {
  const line = new Map<string, Direction>();
  for (const [version, direction] of [...earlier.line, [earlier.fingerprint, "both"] as const]) {
    const composed = composition(direction, step);
    // A change that was taken back leads to a version that is in its own line.
    if (composed !== undefined && version !== own) line.set(version, composed);
  }
  return line;
}

function composition(first: Direction, second: Direction | undefined): Direction | undefined {
  if (second === undefined) return undefined;
  if (first === "both" || first === second) return second;
  return second === "both" ? first : undefined;
}

/** Slots that were used or reserved in a struct, and that the struct in its place neither keeps nor reserves. */
function forgottenSlots(before: Lock, from: string, after: Lock, key: string): readonly LockReason[] {
  const [was, is] = [lockedNumbers(before), lockedNumbers(after)];
  const found: LockReason[] = [];
  walkPairs(before.types, from, after.types, key, (older, newer, path) => {
    const [a, b] = [was.at(older.key, older.path, "struct"), is.at(newer.key, newer.path, "struct")];
    if (a === undefined || b === undefined) return;
    const kept = new Set([...b.live.values()].filter((slot) => ![...a.reserved.keys()].includes(slot)));
    for (const slot of [...a.live.values(), ...a.reserved.keys()]) {
      if (kept.has(slot) || b.reserved.has(slot)) continue;
      found.push(
        ...bothWays({ rule: "slot-forgotten", format: "binary", path, message: forgottenMessage(slot, a) }),
      );
    }
  });
  return found;
}

function forgottenMessage(slot: number, { live, reserved }: Numbers): string {
  const name = reserved.get(slot) ?? [...live].find(([, number]) => number === slot)?.[0] ?? "a field";
  return `slot ${slot} was ${name}, and the type that stands here now may give it to another field`;
}

const memberOf = { struct: "field", union: "variant", choice: "literal", mixed: "arm" } as const;

type Live = Numbers["live"];

function only(these: Live, those: { has(name: string): boolean }): readonly (readonly [string, number])[] {
  return [...these].filter(([name]) => !those.has(name));
}

/** An arm that has another length than before is no other arm. */
function differentArms(a: Live, b: Live): readonly [ReturnType<typeof only>, ReturnType<typeof only>] {
  const same = pairedArms([...a.keys()], [...b.keys()]);
  return [only(a, new Map(same)), only(b, new Set(same.map(([, name]) => name)))];
}

function memberChanges(before: Lock, from: string, after: Lock, key: string): readonly MemberChange[] {
  const [was, is] = [lockedNumbers(before), lockedNumbers(after)];
  const found: MemberChange[] = [];
  walkPairs(before.types, from, after.types, key, (older, newer, path) => {
    const a = was.at(older.key, older.path, older.shape.kind)?.live ?? new Map<string, number>();
    const b = is.at(newer.key, newer.path, newer.shape.kind)?.live ?? new Map<string, number>();
    const member = memberOf[newer.shape.kind];
    const [went, came] = member === "arm" ? differentArms(a, b) : [only(a, b), only(b, a)];
    for (const [name, number] of went) found.push({ what: "removed", member, path, name, number });
    for (const [name, number] of came) found.push({ what: "added", member, path, name, number });
  });
  return found;
}
