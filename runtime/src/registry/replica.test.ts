import { describe, expect, test } from "@jest/globals";
import { dice } from "../membership/dice.testing.ts";
import { aheadMax, entriesMax } from "./limits.ts";
import type { Change, Entry, State } from "./messages.ts";
import { OwnEntries } from "./own-entries.ts";
import { statesOf } from "./parts.ts";
import { Replica } from "./replica.ts";

type Message = Change | State;

function replica(): { it: Replica; told: string[] } {
  const told: string[] = [];
  const it = new Replica({
    counts: () => true,
    entered: ({ revision }) => told.push(`+${revision}`),
    dropped: ({ revision }) => told.push(`-${revision}`),
  });
  return { it, told };
}

function give(to: Replica, message: Message): void {
  if (message.kind === "state") to.take(message);
  else to.apply(message);
}

function revisions({ entries }: Replica): number[] {
  return entries.map(({ revision }) => revision).sort((a, b) => a - b);
}

function entryOf(own: OwnEntries, i: number): Entry {
  const actor = { node: "a:1#0000000000000001", id: i + 1, actor: "x/X" };
  return own.put("group", `group ${i % 3}`, actor, i);
}

/** A life of a node: what it said, and what it has in the end. */
function life(random: () => number, length: number): { said: Message[]; end: Entry[]; revision: number } {
  const own = new OwnEntries();
  const said: Message[] = [];
  for (let i = 0; i < length; i++) {
    const { all } = own;
    const old = all[Math.floor(random() * all.length)];
    if (old !== undefined && random() < 0.45) said.push(own.drop(old)!);
    else said.push({ kind: "put", entry: entryOf(own, i) });
    // Sometimes the whole state is sent, in one part for each entry.
    if (random() < 0.1) {
      const parts = own.all.map((entry) => statesOf(own.revision, [entry])[0]!);
      said.push(...parts.map((part, index) => ({ ...part, part: index, parts: parts.length })));
    }
  }
  return { said, end: [...own.all], revision: own.revision };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const left = [...all];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(Math.floor(random() * left.length), 1));
  return out;
}

describe("what is known of another node's entries", () => {
  test("does not depend on the order of what it says, nor on how often something comes", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = dice(seed);
      const { said, end, revision } = life(random, 1 + Math.floor(random() * 40));
      const twice = said.filter(() => random() < 0.3);
      const { it } = replica();
      for (const message of shuffled([...said, ...twice], random)) give(it, message);
      expect([seed, it.revision, revisions(it)]).toEqual([
        seed,
        revision,
        end.map((entry) => entry.revision),
      ]);
      expect(it.hasGap).toBe(false);
    }
  });

  test("never holds what was taken back, whatever is lost, and is whole again with the next state", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = dice(seed);
      const { said, end, revision } = life(random, 1 + Math.floor(random() * 40));
      const { it } = replica();
      const came = new Set<number>();
      for (const message of shuffled(said, random)) {
        if (random() < 0.3) continue;
        give(it, message);
        if (message.kind === "drop") came.add(message.of);
        expect(revisions(it).filter((each) => came.has(each))).toEqual([]);
      }
      for (const state of shuffled(statesOf(revision, end), random)) it.take(state);
      expect([seed, it.revision, revisions(it)]).toEqual([
        seed,
        revision,
        end.map((entry) => entry.revision),
      ]);
    }
  });

  test("is told of once, in pairs of coming and going", () => {
    const own = new OwnEntries();
    const [first, second] = [entryOf(own, 0), entryOf(own, 1)];
    const drop = own.drop(first)!;
    const { it, told } = replica();
    give(it, { kind: "put", entry: second });
    give(it, drop);
    give(it, { kind: "put", entry: first });
    give(it, drop);
    expect(told).toEqual(["+2"]);
    it.clear();
    expect(told).toEqual(["+2", "-2"]);
  });

  test("has a gap where a change is missing, and none when the state has come", () => {
    const own = new OwnEntries();
    const entries = Array.from({ length: 3 }, (_, i) => entryOf(own, i));
    const { it } = replica();
    give(it, { kind: "put", entry: entries[2]! });
    expect(it.hasGap).toBe(true);
    it.take(statesOf(own.revision, own.all)[0]!);
    expect([it.hasGap, it.revision, revisions(it)]).toEqual([false, 3, [1, 2, 3]]);
  });

  test("has a bound on what is ahead, and on how much there is", () => {
    const { it } = replica();
    const actor = { node: "a:1#0000000000000001", id: 1, actor: "x/X" };
    const put = (revision: number): Change => ({
      kind: "put",
      entry: { kind: "group", key: "g", actor, time: 1, revision },
    });
    for (let i = 0; i < aheadMax + 10; i++) give(it, put(2 + i));
    expect(it.entries).toHaveLength(aheadMax);
    expect(it.hasGap).toBe(true);
    give(it, put(1));
    for (let i = aheadMax + 2; i < entriesMax + 2 * aheadMax; i++) give(it, put(i));
    expect(it.entries).toHaveLength(entriesMax + aheadMax);
    const many = Array.from({ length: entriesMax + 1 }, (_, i) => (put(i + 1) as { entry: Entry }).entry);
    const fresh = replica().it;
    fresh.take({ kind: "state", revision: many.length, part: 0, parts: 1, entries: many });
    expect(fresh.entries).toHaveLength(0);
  });
});
