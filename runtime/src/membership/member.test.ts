import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { join, type Member, newMember } from "./member.ts";
import type { Evidence, MemberMetadata, MemberStatus, Update } from "./messages.ts";
import { newMembership } from "./state.ts";
import { isFinal } from "./status.ts";
import { step } from "./step.ts";

const statuses: readonly MemberStatus[] = [
  "alive",
  "stalled",
  "suspect",
  "unreachable",
  "frozen",
  "removed",
  "dead",
  "left",
];

const id = (index: number) => ({ host: "10.0.0.1", port: 9000 + index, instance: BigInt(index) });

function metadata(revision: number, name: string): MemberMetadata {
  return { revision, name, roles: [], tags: {}, actors: [], versions: {} };
}

const updates: fc.Arbitrary<Update> = fc
  .record({
    index: fc.integer({ min: 1, max: 4 }),
    status: fc.constantFrom(...statuses),
    incarnation: fc.integer({ min: 0, max: 3 }),
    accusers: fc.uniqueArray(fc.integer({ min: 10, max: 14 }), { maxLength: 3 }),
    revision: fc.option(fc.integer({ min: 1, max: 3 })),
    name: fc.constantFrom("a", "b"),
  })
  .map(({ index, status, incarnation, accusers, revision, name }) => ({
    node: id(index),
    status,
    incarnation,
    evidence: "probeFailed" satisfies Evidence,
    accusers: accusers.map(id),
    ageS: 0,
    ...(revision === null ? {} : { metadata: metadata(revision, name) }),
  }));

/** The part that is told around. */
function told({ key, status, incarnation, metadata }: Member): string {
  return JSON.stringify([key, status, isFinal(status) ? "" : incarnation, metadata]);
}

describe("a member", () => {
  const joinedAll = (claims: readonly Update[]) => {
    const member = newMember(id(1), 0);
    for (const claim of claims) join(member, claim);
    return JSON.stringify([told(member), member.incarnation]);
  };

  test("is the same whatever the order, the repetition and the grouping of the claims about it", () => {
    fc.assert(
      fc.property(fc.array(updates, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (claims, chance) => {
        const shuffled = shuffle([...claims, ...claims.slice(0, 3)], chance);
        expect(joinedAll(shuffled)).toBe(joinedAll(claims));
        const half = newMember(id(1), 0);
        for (const claim of claims.slice(0, 4)) join(half, claim);
        const whole = newMember(id(1), 0);
        for (const claim of claims.slice(4)) join(whole, claim);
        join(whole, claimOf(half));
        expect(JSON.stringify([told(whole), whole.incarnation])).toBe(joinedAll(claims));
      }),
      { numRuns: 500 },
    );
  });

  test("only grows: no claim takes an incarnation, a final status or a revision back", () => {
    fc.assert(
      fc.property(fc.array(updates, { maxLength: 8 }), (claims) => {
        const member = newMember(id(1), 0);
        for (const claim of claims) {
          const { incarnation, status, metadata } = member;
          join(member, claim);
          expect(member.incarnation).toBeGreaterThanOrEqual(incarnation);
          if (isFinal(status)) expect(isFinal(member.status)).toBe(true);
          expect(member.metadata?.revision ?? 0).toBeGreaterThanOrEqual(metadata?.revision ?? 0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("loss made good, duplication, delay and reordering of updates end in the same table", () => {
  fc.assert(
    fc.property(fc.array(updates, { maxLength: 16 }), fc.infiniteStream(fc.nat()), (claims, chance) => {
      const late = shuffle([...claims, ...claims.slice(0, 5)], chance);
      expect(tableAfter(late, chance)).toEqual(tableAfter(claims, chance));
    }),
    { numRuns: 300 },
  );
});

/** The table of a node that hears the claims from three peers of which nobody says anything. */
function tableAfter(claims: readonly Update[], chance: fc.Stream<number>): string[] {
  const self = id(0);
  const node = newMembership({ self, metadata: metadata(0, ""), seeds: [], random: () => 0.5 });
  step(node, { kind: "started", nowMs: 0 });
  const peers = [20, 21, 22].map(id);
  let nowMs = 1;
  for (const from of peers) {
    step(node, { kind: "received", from, message: { kind: "gossip", updates: [] }, nowMs });
  }
  for (const claim of claims) {
    nowMs += take(chance) % 5;
    const from = peers[take(chance) % 3]!;
    step(node, { kind: "received", from, message: { kind: "gossip", updates: [claim] }, nowMs });
  }
  return [...node.table.members.values()].map(told).sort();
}

function claimOf({ id: node, status, incarnation, metadata }: Member): Update {
  const claim: Update = { node, status, incarnation, evidence: "joined", accusers: [], ageS: 0 };
  return metadata === undefined ? claim : { ...claim, metadata };
}

function shuffle<T>(of: readonly T[], chance: fc.Stream<number>): T[] {
  const all = [...of];
  for (let index = all.length - 1; index > 0; index--) {
    const other = take(chance) % (index + 1);
    [all[index], all[other]] = [all[other]!, all[index]!];
  }
  return all;
}

function take(chance: fc.Stream<number>): number {
  return chance.next().value as number;
}
