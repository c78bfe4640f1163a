// Numbers from a lock, and what is said where the lock is behind.
import { describe, expect, test } from "@jest/globals";
import {
  array,
  choice,
  idIn,
  importing,
  orNull,
  ref,
  schemaOf,
  struct,
  tuple,
  union,
  type Written,
} from "../build.testing.ts";
import type { Schema } from "../schema.ts";
import { applyLock, type LockProblem } from "./apply-lock.ts";
import { emptyLock } from "./lock.ts";
import { updateLock } from "./update-lock.ts";

const file = "/p/src/shop.ts";
const path = "/p/wire.lock";
const named = (name: string) => ref(idIn(file, name));

function problems(locked: readonly Schema[], now: Schema): readonly LockProblem[] {
  const { lock } = updateLock(undefined, locked, "/p");
  return applyLock(now, { path, lock }).problems;
}

/** What is said when `Order` was of one type and is of another. */
function said(was: Written, is: Written): readonly string[] {
  return problems([schemaOf(file, { Order: was })], schemaOf(file, { Order: is })).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

describe("applying a lock", () => {
  test("gives slots and ordinals, and leaves the declared order", () => {
    const order = (first: readonly string[], tags: readonly string[]) =>
      struct({
        ...Object.fromEntries(first.map((name) => [`${name}?`, "i32"])),
        state: choice(...tags),
        event: union(Object.fromEntries(tags.map((tag) => [tag, struct({})]))),
      });
    const { lock } = updateLock(undefined, [schemaOf(file, { Order: order(["a", "b"], ["x", "y"]) })], "/p");
    const { schema } = applyLock(schemaOf(file, { Order: order(["c", "b", "a"], ["z", "y", "x"]) }), {
      path,
      lock,
    });
    const type = schema.declarations.get(idIn(file, "Order"))?.type;
    expect(type).toMatchObject({
      fields: [
        { name: "c", slot: 4 },
        { name: "b", slot: 1 },
        { name: "a", slot: 0 },
        {
          name: "state",
          slot: 2,
          type: {
            members: [
              { value: "z", ordinal: 2 },
              { value: "y", ordinal: 1 },
              { value: "x", ordinal: 0 },
            ],
          },
        },
        {
          name: "event",
          slot: 3,
          type: {
            variants: [
              { tag: "z", ordinal: 2 },
              { tag: "y", ordinal: 1 },
              { tag: "x", ordinal: 0 },
            ],
          },
        },
      ],
    });
  });

  test("keeps what only the source knows", () => {
    const origin = { file, name: "Level" };
    const level = { ...choice(1), enum: origin } as const;
    const { lock } = updateLock(undefined, [schemaOf(file, { Order: level })], "/p");
    expect(
      applyLock(schemaOf(file, { Order: level }), { path, lock }).schema.declarations.get(idIn(file, "Order"))
        ?.type,
    ).toEqual(level);
  });

  test("numbers the imported types of a file too", () => {
    const place = (...names: string[]) =>
      schemaOf("/p/place.ts", { Place: struct(Object.fromEntries(names.map((name) => [name, "f64"]))) });
    const user = (imported: Schema) =>
      importing(schemaOf(file, { Order: struct({ at: ref("/p/place.ts#Place") }) }), imported);
    const { lock } = updateLock(undefined, [place("x", "y"), user(place("x", "y"))], "/p");
    const applied = applyLock(user(place("y", "x")), { path, lock });
    expect(applied.problems).toEqual([]);
    expect(applied.schema.declarations.get("/p/place.ts#Place")?.type).toMatchObject({
      fields: [{ slot: 1 }, { slot: 0 }],
    });
  });
});

describe("a lock that is behind", () => {
  test.each<[string, Written, Written, readonly string[]]>([
    ["a field added", struct({}), struct({ id: "i32" }), ["member-added: 'Order.id' is not in wire.lock"]],
    [
      "a field removed",
      struct({ "odd name": "i32" }),
      struct({}),
      [`member-removed: 'Order["odd name"]' is in wire.lock, and not in the source`],
    ],
    [
      "a field of another type",
      struct({ id: "i32" }),
      struct({ id: "i64" }),
      ["type-changed: 'Order.id' is i32 in wire.lock, i64 in the source"],
    ],
    [
      "a field made optional",
      struct({ id: "i32" }),
      struct({ "id?": "i32" }),
      ["type-changed: 'Order.id' is i32 in wire.lock, i32 | undefined in the source"],
    ],
    [
      "a field made optional that took undefined",
      struct({ id: { kind: "maybe", type: { kind: "string" }, null: false, undefined: true } }),
      struct({ "id?": "string" }),
      ["type-changed: 'Order.id' is not optional in wire.lock, optional in the source"],
    ],
    [
      "a literal added in a list",
      array(choice("a")),
      array(choice("b", "a")),
      [`member-added: 'Order[]<"b">' is not in wire.lock`],
    ],
    [
      "a variant removed",
      union({ a: struct({}), b: struct({}) }),
      union({ b: struct({}) }),
      [`member-removed: 'Order<"a">' is in wire.lock, and not in the source`],
    ],
    [
      "a field of a variant added",
      union({ a: struct({}) }),
      union({ a: struct({ x: "i32" }) }),
      [`member-added: 'Order<"a">.x' is not in wire.lock`],
    ],
    [
      "another discriminant",
      union({ a: struct({}) }),
      union({ a: struct({}) }, "type"),
      [`type-changed: 'Order' is a union by kind of "a" in wire.lock, a union by type of "a" in the source`],
    ],
    [
      "another kind",
      array("i32"),
      tuple(1, "i32", orNull("string")),
      ["type-changed: 'Order' is readonly i32[] in wire.lock, readonly [i32, string | null?] in the source"],
    ],
  ])("is told of %s", (_, was, is, expected) => {
    expect(said(was, is)).toEqual(expected);
  });

  test("is told of a type that it lacks, and of one that is gone", () => {
    expect(
      problems(
        [schemaOf(file, { Order: "i32", Route: "i32" })],
        schemaOf(file, { Order: "i32", Basket: "i32" }),
      ),
    ).toEqual([
      {
        rule: "type-added",
        type: "Basket",
        key: "src/shop#Basket",
        path: "",
        message: "'Basket' is not in wire.lock",
      },
      {
        rule: "type-removed",
        type: undefined,
        key: "src/shop#Route",
        path: "",
        message: expect.stringContaining("'Route' is in wire.lock"),
      },
    ]);
  });

  test("lacks everything where it is empty", () => {
    const { problems: found } = applyLock(schemaOf(file, { A: "i32", B: "i32" }), { path, lock: emptyLock });
    expect(found.map(({ rule, key }) => [rule, key])).toEqual([
      ["type-added", "src/shop#A"],
      ["type-added", "src/shop#B"],
    ]);
  });

  test("is told at the tagged type of what changed in an untagged one", () => {
    const version = (point: Written) =>
      schemaOf(file, { Order: struct({ at: named("Point") }) }, { Point: point });
    expect(problems([version(struct({ x: "f64" }))], version(struct({ x: "f32" })))).toEqual([
      {
        rule: "type-changed",
        type: "Order",
        key: "src/shop#Point",
        path: ".x",
        message: "'Point.x' is f64 in wire.lock, f32 in the source",
      },
    ]);
  });

  test("is told at a tagged type that one of another file, which it reaches, changed", () => {
    const place = (type: Written) => schemaOf("/p/place.ts", { Place: struct({ x: type }) });
    const user = (imported: Schema) =>
      importing(schemaOf(file, { Order: struct({ at: ref("/p/place.ts#Place") }) }), imported);
    expect(problems([place("f64"), user(place("f64"))], user(place("f32")))).toEqual([
      {
        rule: "type-changed",
        type: "Order",
        key: "src/shop#Order",
        path: "",
        message: "'Order' reaches a type that is not as wire.lock has it",
      },
    ]);
  });

  test("says nothing of files that are not looked at", () => {
    const other = schemaOf("/p/src/shop-extra.ts", { Gone: "i32" });
    expect(problems([other, schemaOf(file, { Order: "i32" })], schemaOf(file, { Order: "i32" }))).toEqual([]);
  });
});

test("properties that are absent by type stay when fields get their numbers", () => {
  const absent = [{ name: "gone", optional: true }] as const;
  const written = schemaOf(file, { Note: { ...struct({ text: "string" }), absent } });
  const { lock } = updateLock(undefined, [written], "/p");
  const { schema } = applyLock(written, { path, lock });
  expect(schema.declarations.get(idIn(file, "Note"))?.type).toMatchObject({ kind: "struct", absent });
});
