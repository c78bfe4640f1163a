// What a lock promises over the life of a project, for random projects and random edits.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalText, canonicalType } from "../canonical.ts";
import { compare } from "../compatibility.ts";
import { fingerprint } from "../fingerprint.ts";
import { parseCanonical } from "../parse-canonical.ts";
import type { Schema } from "../schema.ts";
import { Project } from "../testing/edits.ts";
import { Random } from "../testing/random.ts";
import { applyLock } from "./apply-lock.ts";
import type { Direction, Lock } from "./lock.ts";
import { formatLock, parseLock } from "./lock-text.ts";
import { lockedNumbers } from "./numbers.ts";
import { shapesOf } from "./shapes.ts";
import { type UpdatedLock, updateLock } from "./update-lock.ts";

const path = "/p/wire.lock";

interface Step {
  readonly schema: Schema;
  readonly before: Lock | undefined;
  readonly updated: UpdatedLock;
}

/** A project's life: locked after every few edits. */
const lives: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 12 }))
  .map(([seed, length]) => {
    const random = new Random(seed);
    const project = new Project(random);
    const steps: Step[] = [];
    let before: Lock | undefined;
    for (let step = 0; step < length; step++) {
      const schema = project.schema();
      const updated = updateLock(before, [schema], "/p");
      steps.push({ schema, before, updated });
      before = updated.lock;
      for (let edits = random.below(3); edits >= 0; edits--) project.edit();
    }
    return steps;
  });

function forEachStep(check: (step: Step, earlier: readonly Step[]) => void, numRuns = 30): void {
  const property = fc.property(lives, (steps) => {
    for (const [index, step] of steps.entries()) check(step, steps.slice(0, index));
  });
  fc.assert(property, { numRuns });
}

const keyOf = (id: string): string => id.replace("/p/", "").replace(".ts", "");

describe("a lock that was just written", () => {
  test("numbers its types without a problem", () => {
    forEachStep(({ schema, updated: { lock } }) => {
      expect(applyLock(schema, { path, lock }).problems).toEqual([]);
    });
  });

  test("gives every tagged type the fingerprint that its numbered schema has", () => {
    forEachStep(({ schema, updated: { lock } }) => {
      const applied = applyLock(schema, { path, lock }).schema;
      for (const id of schema.roots) {
        expect(lock.types.get(keyOf(id))?.version?.fingerprint).toBe(fingerprint(canonicalText(applied, id)));
      }
    });
  });

  test("has the numbers that were given provisionally before it was written", () => {
    forEachStep(({ schema, before, updated }) => {
      const applied = applyLock(schema, { path, lock: before ?? { types: new Map() } }).schema;
      for (const id of schema.roots) {
        const locked = canonicalText({ declarations: updated.lock.types }, keyOf(id));
        expect(canonicalText(applied, id)).toBe(locked);
      }
    });
  });

  test("is the same when it is written again, and nothing changed", () => {
    forEachStep(({ schema, updated: { lock } }) => {
      const again = updateLock(lock, [schema], "/p");
      expect(again.changes).toEqual([]);
      expect(again.lock).toEqual(lock);
    });
  });

  test("is read back as it was, and written to the same text", () => {
    forEachStep(({ updated: { lock } }) => {
      const text = formatLock(lock);
      expect(parseLock(text)).toEqual(lock);
      expect(formatLock(parseLock(text))).toBe(text);
    });
  });

  test("leaves declared order and everything but numbers to the source", () => {
    forEachStep(({ schema, updated: { lock } }) => {
      const applied = applyLock(schema, { path, lock }).schema;
      const unnumbered = (each: Schema): unknown =>
        JSON.parse(
          JSON.stringify([...each.declarations], (key, value) =>
            key === "slot" || key === "ordinal" ? 0 : value,
          ),
        );
      expect(unnumbered(applied)).toEqual(unnumbered(schema));
    });
  });
});

describe("over the life of a project", () => {
  test("a number never passes from one member of a shape to another", () => {
    forEachStep(({ updated: { lock }, before }) => {
      for (const [key, { type }] of before?.types ?? []) {
        for (const place of shapesOf(type).keys()) {
          const was = lockedNumbers(before ?? lock)
            .of(key)
            .get(place);
          const is = lockedNumbers(lock).of(key).get(place);
          if (was === undefined || is?.kind !== was.kind) continue;
          for (const [name, number] of was.live) {
            expect([name, is.live.get(name) ?? number]).toEqual([name, number]);
            if (!is.live.has(name)) expect(is.reserved.get(number)).toBe(name);
          }
          for (const [number, name] of was.reserved) expect(is.reserved.get(number)).toBe(name);
          const used = [...was.live.values(), ...was.reserved.keys()];
          for (const [name, number] of is.live) expect(used.includes(number)).toBe(was.live.has(name));
        }
      }
    });
  });

  test("whatever is in a line holds between those two versions themselves", () => {
    const holds = (direction: Direction, older: string, newer: string): boolean => {
      const { newReadsOld, oldReadsNew } = compare(parseCanonical(older), parseCanonical(newer));
      const fine = (reasons: typeof newReadsOld): boolean => reasons.every(({ format }) => format === "json");
      return (direction === "writes" || fine(newReadsOld)) && (direction === "reads" || fine(oldReadsNew));
    };
    forEachStep(({ schema, updated: { lock } }, earlier) => {
      const texts = new Map<string, string>();
      for (const { schema: then, updated } of earlier) {
        for (const id of then.roots) {
          const text = canonicalText({ declarations: updated.lock.types }, keyOf(id));
          texts.set(fingerprint(text), text);
        }
      }
      for (const id of schema.roots) {
        const own = canonicalText({ declarations: lock.types }, keyOf(id));
        for (const [version, direction] of lock.types.get(keyOf(id))?.version?.line ?? []) {
          expect([direction, holds(direction, texts.get(version) ?? "", own)]).toEqual([direction, true]);
        }
      }
    }, 100);
  });

  test("the version before is in the line in every direction in which it is compatible, unless a slot was forgotten", () => {
    forEachStep(({ schema, before, updated }) => {
      for (const id of schema.roots) {
        const key = keyOf(id);
        const [was, is] = [before?.types.get(key)?.version, updated.lock.types.get(key)?.version];
        if (
          before === undefined ||
          was === undefined ||
          is === undefined ||
          was.fingerprint === is.fingerprint
        )
          continue;
        const change = updated.changes.find((each) => each.key === key);
        if (change?.reasons.some(({ rule }) => rule === "slot-forgotten")) continue;
        const now = { declarations: updated.lock.types };
        const found = compare(canonicalType({ declarations: before.types }, key), canonicalType(now, key));
        const fine = (reasons: typeof found.newReadsOld): boolean =>
          reasons.every(({ format }) => format === "json");
        const [reads, writes] = [fine(found.newReadsOld), fine(found.oldReadsNew)];
        const expected = reads && writes ? "both" : reads ? "reads" : writes ? "writes" : undefined;
        expect(is.line.get(was.fingerprint)).toBe(expected);
      }
    });
  });
});
