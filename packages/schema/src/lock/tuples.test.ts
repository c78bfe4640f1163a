// Stories of tuples with a rest, and their lock.
import { expect, test } from "@jest/globals";
import { idIn, ref, restTuple, schemaOf, struct, type Written } from "../build.testing.ts";
import { LockError } from "./lock-error.ts";
import { formatLock, parseLock } from "./lock-text.ts";
import { membersOf, shapesOf } from "./shapes.ts";
import { typeWords } from "./type-words.ts";
import { updateLock } from "./update-lock.ts";

const file = "/p/src/shop.ts";

function locked(...versions: readonly Written[]) {
  let updated = updateLock(undefined, [], "/p");
  for (const Order of versions) updated = updateLock(updated.lock, [schemaOf(file, { Order })], "/p");
  return updated.lock;
}

const line = (...names: readonly string[]) =>
  struct(Object.fromEntries(names.map((name) => [`${name}?`, "i32"])));

test("what is inside of a rest, and behind it, keeps its slots", () => {
  const lock = locked(
    restTuple(["i32"], line("a", "b"), line("c"), line("d")),
    restTuple(["i32"], line("b", "x", "a"), line("y", "c"), line("z", "d")),
  );
  const shapes = shapesOf(lock.types.get("src/shop#Order")?.type ?? { kind: "null" });
  const slots = [...shapes].map(([path, shape]) => [
    path,
    Object.fromEntries(membersOf(shape).map(({ name, number }) => [name, number])),
  ]);
  expect(slots).toEqual([
    ["[...]", { a: 0, b: 1, x: 2 }],
    ["[-2]", { c: 0, y: 1 }],
    ["[-1]", { d: 0, z: 1 }],
  ]);
});

test("a rest is written and read back", () => {
  const lock = locked(restTuple(["i32"], ref(idIn(file, "Order")), "string"));
  const text = formatLock(lock);
  expect(text).toContain('"rest": { "ref": "src/shop#Order" },');
  expect(text).toContain('"trailing": ["string"]');
  expect(parseLock(text)).toEqual(lock);
  expect(() => parseLock(text.replace(/"rest": .*\n/, ""))).toThrow(LockError);
});

test("a rest has words", () => {
  expect(typeWords(restTuple(["i32"], "string", "boolean"))).toBe("readonly [i32, ...string[], boolean]");
});
