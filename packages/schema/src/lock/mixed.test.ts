// Stories of unions whose arms differ in kind, and their lock.
import { describe, expect, test } from "@jest/globals";
import {
  array,
  choice,
  idIn,
  map,
  mixed,
  orUndefined,
  ref,
  schemaOf,
  struct,
  tuple,
  type Written,
} from "../build.testing.ts";
import type { Schema } from "../schema.ts";
import { applyLock } from "./apply-lock.ts";
import { formatLock, parseLock } from "./lock-text.ts";
import { membersOf, shapesOf } from "./shapes.ts";
import { updateLock } from "./update-lock.ts";

const file = "/p/src/shop.ts";
const key = "src/shop#Order";
const path = "/p/wire.lock";

const shop = (order: Written, others: Readonly<Record<string, Written>> = {}): Schema =>
  schemaOf(file, { Order: order }, others);

function locked(...versions: readonly Schema[]): ReturnType<typeof updateLock> {
  let updated = updateLock(undefined, [], "/p");
  for (const version of versions) updated = updateLock(updated.lock, [version], "/p");
  return updated;
}

function numbers({ lock }: ReturnType<typeof updateLock>, at = ""): Readonly<Record<string, number>> {
  const shape = shapesOf(lock.types.get(key)?.type ?? { kind: "null" }).get(at);
  return Object.fromEntries((shape ? membersOf(shape) : []).map(({ name, number }) => [name, number]));
}

const line = struct({ sku: "string" });

describe("arms", () => {
  test("keep their ordinals when they are reordered and others come between", () => {
    const updated = locked(shop(mixed(line, array("string"))), shop(mixed("boolean", array("string"), line)));
    expect(numbers(updated)).toEqual({ object: 0, array: 1, boolean: 2 });
    expect(updated.changes.map(({ kind, members }) => [kind, members])).toEqual([
      ["readersFirst", [{ what: "added", member: "arm", path: "", name: "boolean", number: 2 }]],
    ]);
  });

  test("that went leave their ordinals reserved", () => {
    const updated = locked(
      shop(mixed("string", line, array("string"))),
      shop(mixed(line, array("string"))),
      shop(mixed("string", line, array("string"))),
    );
    expect(numbers(updated)).toEqual({ object: 1, array: 2, string: 3 });
    expect(updated.lock.types.get(key)?.reserved.get("")).toEqual(new Map([[0, "string"]]));
    expect(parseLock(formatLock(updated.lock))).toEqual(updated.lock);
  });

  test("number what is inside of them by themselves", () => {
    const order = (...names: readonly string[]) =>
      mixed(
        "i32",
        choice(...names),
        array(struct(Object.fromEntries(names.map((name) => [`${name}?`, "i32"])))),
      );
    const updated = locked(shop(order("a", "b")), shop(order("c", "b", "a")));
    expect(numbers(updated, "<string>")).toEqual({ '"a"': 0, '"b"': 1, '"c"': 2 });
    expect(numbers(updated, "<array>[]")).toEqual({ a: 0, b: 1, c: 2 });
  });

  test("that the source has in another order are numbered by the lock, and nothing is told", () => {
    const { lock } = locked(shop(mixed(line, array("string"))));
    const applied = applyLock(shop(mixed(array("string"), line)), { path, lock });
    expect(applied.problems).toEqual([]);
    expect(applied.schema.declarations.get(idIn(file, "Order"))?.type).toMatchObject({
      arms: [
        { json: "array", ordinal: 1 },
        { json: "object", ordinal: 0 },
      ],
    });
  });

  test("that come, go and change are told", () => {
    const { lock } = locked(shop(mixed("i32", line, array("string"))));
    const applied = applyLock(shop(mixed("u8", "boolean", line)), { path, lock });
    expect(applied.problems.map(({ message }) => message)).toEqual([
      "'Order<array>' is in wire.lock, and not in the source",
      "'Order<boolean>' is not in wire.lock",
      "'Order<number>' is i32 in wire.lock, u8 in the source",
    ]);
  });
});

describe("tuples among the arms", () => {
  const pair = tuple(2, "string", "string");
  const triple = tuple(3, "string", "string", "string");

  test("keep their ordinals by their lengths", () => {
    const updated = locked(shop(mixed(pair, line)), shop(mixed(tuple(0), triple, line, pair)));
    expect(numbers(updated)).toEqual({ "array of 2": 0, object: 1, "array of 0": 2, "array of 3": 3 });
    expect(updated.changes[0]?.kind).toBe("readersFirst");
    expect(parseLock(formatLock(updated.lock))).toEqual(updated.lock);
  });

  test("leave their ordinals reserved where the length is another", () => {
    const updated = locked(shop(mixed(pair, line)), shop(mixed(triple, line)));
    expect(numbers(updated)).toEqual({ "array of 3": 2, object: 1 });
    expect(updated.lock.types.get(key)?.reserved.get("")).toEqual(new Map([[0, "array of 2"]]));
    expect(parseLock(formatLock(updated.lock))).toEqual(updated.lock);
  });

  test("keep them, and the slots inside, where they become arrays or have more lengths", () => {
    const inside = (...names: readonly string[]) =>
      struct(Object.fromEntries(names.map((name) => [`${name}?`, "i32"])));
    const wider = tuple(1, inside("b", "a"), orUndefined("string"));
    const updated = locked(
      shop(mixed(line, tuple(1, inside("a", "b")))),
      shop(mixed(wider, line)),
      shop(mixed(array(inside("c", "b", "a")), line)),
    );
    expect(numbers(updated)).toEqual({ object: 0, array: 1 });
    const once = locked(shop(mixed(line, tuple(1, inside("a", "b")))), shop(mixed(wider, line)));
    expect(numbers(once)).toEqual({ object: 0, "array of 1 to 2": 1 });
    expect(numbers(once, "<array of 1 to 2>[0]")).toEqual({ a: 0, b: 1 });
    expect(once.changes.map(({ kind, members }) => [kind, members])).toEqual([["readersFirst", []]]);
  });

  test("are found by a lock that does not say how long they are", () => {
    const { lock } = locked(shop(mixed(line, tuple(2, struct({ "a?": "i32", "b?": "i32" }), "i32"))));
    const older = parseLock(formatLock(lock).replace('"array of 2"', '"array"'));
    const source = shop(mixed(tuple(2, struct({ "b?": "i32", "a?": "i32" }), "i32"), line));
    const applied = applyLock(source, { path, lock: older });
    expect(applied.problems).toEqual([]);
    expect(updateLock(older, [source], "/p")).toEqual({ lock, changes: [] });
  });

  test("that have another length are told", () => {
    const { lock } = locked(shop(mixed(pair, line)));
    const { problems } = applyLock(shop(mixed(triple, line)), { path, lock });
    expect(problems.map(({ message }) => message)).toEqual([
      "'Order<array of 2>' is in wire.lock, and not in the source",
      "'Order<array of 3>' is not in wire.lock",
    ]);
  });
});

test("fields keep their slots when their type becomes an arm, and when it is the only one again", () => {
  const shuffled = struct({ "b?": "i32", a: "i32" });
  const updated = locked(
    shop(struct({ a: "i32", "b?": "i32" })),
    shop(mixed("string", shuffled)),
    shop(shuffled),
  );
  expect(numbers(updated)).toEqual({ a: 0, b: 1 });
  const within = locked(shop(struct({ a: "i32", "b?": "i32" })), shop(mixed("string", shuffled)));
  expect(numbers(within, "<object>")).toEqual({ a: 0, b: 1 });
  expect(within.changes[0]?.kind).toBe("readersFirst");
});

test("an arm that makes the others numbered is breaking", () => {
  const { changes } = locked(shop(mixed("string", line)), shop(mixed("string", line, map("i32", "i32"))));
  expect(changes[0]?.kind).toBe("readersFirst");
  const { changes: tagged } = locked(shop(mixed("string", line)), shop(mixed("string", line, array("i32"))));
  expect(tagged[0]?.kind).toBe("breaking");
  expect(tagged[0]?.reasons.map(({ rule }) => rule)).toContain("arm-encoding");
});

test("references inside of arms are kept", () => {
  const { lock } = locked(shop(mixed("string", array(ref(idIn(file, "Order"))))));
  expect(formatLock(lock)).toContain(
    '"1": { "json": "array", "type": { "array": { "ref": "src/shop#Order" } } }',
  );
});
