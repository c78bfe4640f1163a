// Stories of a project and its lock.
import { describe, expect, test } from "@jest/globals";
import {
  array,
  choice,
  idIn,
  importing,
  type NamedTypes,
  orNull,
  ref,
  schemaOf,
  struct,
  union,
  unionAt,
} from "../build.testing.ts";
import { canonicalText } from "../canonical.ts";
import { fingerprint } from "../fingerprint.ts";
import type { Schema } from "../schema.ts";
import { applyLock } from "./apply-lock.ts";
import { type Lock, lineOf } from "./lock.ts";
import { LockError } from "./lock-error.ts";
import { formatLock, parseLock } from "./lock-text.ts";
import { membersOf, shapesOf } from "./shapes.ts";
import { updateLock } from "./update-lock.ts";

const file = "/p/src/shop.ts";
const named = (name: string) => ref(idIn(file, name));
const shop = (wire: NamedTypes, others: NamedTypes = {}): Schema => schemaOf(file, wire, others);

/** Locks one version of a project after the other. */
function locked(...versions: readonly Schema[]): ReturnType<typeof updateLock> {
  let updated = updateLock(undefined, [], "/p");
  for (const version of versions) updated = updateLock(updated.lock, [version], "/p");
  return updated;
}

/** `{ id: 0, note: 2 }` of the shape at a path. */
function numbers(lock: Lock, key: string, path = ""): Readonly<Record<string, number>> {
  const shape = shapesOf(lock.types.get(key)?.type ?? { kind: "null" }).get(path);
  return Object.fromEntries((shape ? membersOf(shape) : []).map(({ name, number }) => [name, number]));
}

function reserved(lock: Lock, key: string, path = ""): Readonly<Record<number, string>> {
  return Object.fromEntries(lock.types.get(key)?.reserved.get(path) ?? []);
}

function printOf(lock: Lock, key: string): string {
  return lock.types.get(key)?.version?.fingerprint ?? "";
}

const key = "src/shop#Order";
const first = shop({ Order: struct({ id: "string", quantity: "i32", "note?": "string" }) });

describe("slots", () => {
  test("stay in a generic instance whose arguments are spelled as mutable from now on", () => {
    const version = (box: string, fields: Parameters<typeof struct>[0]): Schema =>
      shop({ Order: struct({ box: named(box) }) }, { [box]: struct(fields) });
    const readonly = [
      version("Box<readonly i32[]>", { content: array("i32"), label: "string" }),
      version("Box<readonly i32[]>", { label: "string", content: array("i32") }),
    ];
    const copied = version("Box<i32[]>", { label: "string", content: array("i32") });
    const { lock, changes } = locked(...readonly, copied);
    expect(numbers(lock, "src/shop#Box<i32[]>")).toEqual({ content: 0, label: 1 });
    expect([changes, printOf(lock, key)]).toEqual([[], printOf(locked(...readonly).lock, key)]);
  });

  test("stay where they are when fields are reordered and others come between", () => {
    const { lock } = locked(
      first,
      shop({ Order: struct({ "gift?": "boolean", "note?": "string", quantity: "i32", id: "string" }) }),
    );
    expect(numbers(lock, key)).toEqual({ id: 0, quantity: 1, note: 2, gift: 3 });
  });

  test("of removed fields stay reserved, also for a field of the same name", () => {
    const without = shop({ Order: struct({ id: "string", quantity: "i32" }) });
    const { lock } = locked(first, without, first);
    expect(numbers(lock, key)).toEqual({ id: 0, quantity: 1, note: 3 });
    expect(reserved(lock, key)).toEqual({ 2: "note" });
  });

  test("of several new fields follow in declared order", () => {
    const { lock } = locked(
      first,
      shop({ Order: struct({ "b?": "i32", id: "string", "a?": "i32", quantity: "i32", "note?": "string" }) }),
    );
    expect(numbers(lock, key)).toMatchObject({ b: 3, a: 4 });
  });

  test("are counted for every struct, union and choice inside a type by itself", () => {
    const inside = (kinds: readonly string[], tags: readonly string[]) =>
      struct({
        lines: array(struct(Object.fromEntries(kinds.map((kind) => [`${kind}?`, "i32"])))),
        state: choice(...kinds),
        event: union(Object.fromEntries(tags.map((tag) => [tag, struct({ at: "f64" })]))),
      });
    const { lock } = locked(
      shop({ Order: inside(["a", "b"], ["x", "y"]) }),
      shop({ Order: inside(["c", "b"], ["z", "y", "x"]) }),
    );
    expect(numbers(lock, key, ".lines[]")).toEqual({ c: 2, b: 1 });
    expect(reserved(lock, key, ".lines[]")).toEqual({ 0: "a" });
    expect(numbers(lock, key, ".state")).toEqual({ '"c"': 2, '"b"': 1 });
    expect(reserved(lock, key, ".state")).toEqual({ 0: '"a"' });
    expect(numbers(lock, key, ".event")).toEqual({ '"x"': 0, '"y"': 1, '"z"': 2 });
    expect(numbers(lock, key, '.event<"z">')).toEqual({ at: 0 });
  });

  test("of an untagged type are the same for all that use it", () => {
    const point = (...names: string[]) => struct(Object.fromEntries(names.map((name) => [name, "f64"])));
    const version = (...names: string[]) =>
      shop(
        { Order: struct({ from: named("Point") }), Route: struct({ via: array(named("Point")) }) },
        { Point: point(...names) },
      );
    const { lock } = locked(version("x", "y"), version("z", "y", "x"));
    expect(numbers(lock, "src/shop#Point")).toEqual({ x: 0, y: 1, z: 2 });
    expect(lock.types.get("src/shop#Point")?.version).toBeUndefined();
  });

  test("pass to an untagged type when an object is given a name, and back when it is written in place", () => {
    const inPlace = shop({ Order: struct({ at: struct({ x: "f64", y: "f64" }) }) });
    const reordered = shop(
      { Order: struct({ at: named("Point") }) },
      { Point: struct({ y: "f64", x: "f64" }) },
    );
    const extracted = locked(inPlace, reordered);
    expect(numbers(extracted.lock, "src/shop#Point")).toEqual({ x: 0, y: 1 });
    expect(extracted.changes).toEqual([]);
    const back = shop({ Order: struct({ at: struct({ y: "f64", x: "f64" }) }) });
    expect(updateLock(extracted.lock, [back], "/p").changes).toEqual([]);
  });

  test("of variants told apart by null and by the text null are two", () => {
    const outcome = (...tags: readonly (string | null)[]) =>
      unionAt(tags.map((tag, ordinal) => [ordinal, tag, struct({ at: "f64" })]));
    const both = locked(shop({ Order: outcome("null", null) })).lock;
    expect(numbers(both, key)).toEqual({ '"null"': 0, null: 1 });
    expect(parseLock(formatLock(both))).toEqual(both);
    const { lock } = updateLock(both, [shop({ Order: outcome("null") })], "/p");
    expect(reserved(lock, key)).toEqual({ 1: "null" });
    expect(parseLock(formatLock(lock))).toEqual(lock);
  });

  test("pass to an untagged type of another name or file, reserved ones too", () => {
    const version = (name: string, fields: readonly string[]) =>
      shop(
        { Order: struct({ at: orNull(named(name)) }) },
        { [name]: struct(Object.fromEntries(fields.map((field) => [`${field}?`, "f64"]))) },
      );
    const { lock } = locked(
      version("Point", ["x", "y", "z"]),
      version("Point", ["y", "z"]),
      version("Place", ["w", "z", "y"]),
    );
    expect(numbers(lock, "src/shop#Place")).toEqual({ y: 1, z: 2, w: 3 });
    expect(reserved(lock, "src/shop#Place")).toEqual({ 0: "x" });
    expect(lock.types.has("src/shop#Point")).toBe(false);
  });

  test("of a type that reaches itself through an untagged one are found", () => {
    const tree = (...names: string[]) =>
      shop(
        { Order: struct({ root: named("Tree") }) },
        {
          Tree: struct({
            ...Object.fromEntries(names.map((name) => [name, "i32"])),
            children: array(named("Tree")),
          }),
        },
      );
    const { lock } = locked(tree("a", "b"), tree("b", "a", "c"));
    expect(numbers(lock, "src/shop#Tree")).toEqual({ a: 0, b: 1, children: 2, c: 3 });
  });
});

describe("the kind of a change", () => {
  const kindOf = (version: Schema): readonly unknown[] =>
    locked(first, version).changes.map(({ kind, reasons }) => [
      kind,
      [...new Set(reasons.map(({ rule }) => rule))],
    ]);

  test("is safe where old and new programs read each other", () => {
    expect(kindOf(shop({ Order: struct({ id: "string", quantity: "i32", "gift?": "boolean" }) }))).toEqual([
      ["safe", []],
    ]);
  });

  test("is readers first where only new programs read old messages", () => {
    expect(kindOf(shop({ Order: struct({ id: "string", quantity: "i64", "note?": "string" }) }))).toEqual([
      ["readersFirst", ["number-range"]],
    ]);
  });

  test("is writers first where only old programs read new messages", () => {
    expect(kindOf(shop({ Order: struct({ id: "string", quantity: "i32", note: "string" }) }))).toEqual([
      ["writersFirst", ["undefined"]],
    ]);
  });

  test("is breaking where neither read the other", () => {
    expect(kindOf(shop({ Order: struct({ id: "i32", quantity: "i32", "note?": "string" }) }))).toEqual([
      ["breaking", ["kind"]],
    ]);
  });

  test("is added and removed for types that come and go", () => {
    expect(kindOf(shop({ Basket: struct({}) }))).toEqual([
      ["added", []],
      ["removed", []],
    ]);
  });

  test("is none where the bytes stay as they are", () => {
    expect(kindOf(shop({ Order: struct({ "note?": "string", id: "string", quantity: "i32" }) }))).toEqual([]);
  });

  test("holds for every tagged type that reaches what changed, with the way to it", () => {
    const version = (line: NamedTypes) =>
      shop({ Order: struct({ lines: array(named("Line")) }), Line: struct(line) });
    const { changes } = locked(version({ sku: "string" }), version({ sku: "string", "gift?": "boolean" }));
    expect(changes.map((change) => [change.key, change.kind, change.members])).toEqual([
      ["src/shop#Line", "safe", [{ what: "added", member: "field", path: "", name: "gift", number: 1 }]],
      [
        "src/shop#Order",
        "safe",
        [{ what: "added", member: "field", path: ".lines[]", name: "gift", number: 1 }],
      ],
    ]);
  });

  test("is told with what came and went", () => {
    const { changes } = locked(
      first,
      shop({ Order: struct({ id: "string", quantity: "i32", "gift?": "boolean" }) }),
    );
    expect(changes[0]?.members).toEqual([
      { what: "removed", member: "field", path: "", name: "note", number: 2 },
      { what: "added", member: "field", path: "", name: "gift", number: 3 },
    ]);
  });
});

describe("the line", () => {
  const quantity = (format: "u8" | "u16" | "u32" | "string") => shop({ Order: struct({ quantity: format }) });
  const print = (version: Schema): string => fingerprint(canonicalText(version, idIn(file, "Order")));

  test("keeps an earlier version in the directions in which every step since then holds", () => {
    const { lock } = locked(quantity("u8"), quantity("u16"), quantity("u32"));
    expect(lineOf(lock, key)).toEqual({
      [print(quantity("u8"))]: "reads",
      [print(quantity("u16"))]: "reads",
    });
    const narrowed = updateLock(lock, [quantity("u16")], "/p").lock;
    expect(lineOf(narrowed, key)).toEqual({ [print(quantity("u32"))]: "writes" });
  });

  test("starts anew at a breaking change", () => {
    expect(lineOf(locked(quantity("u8"), quantity("u16"), quantity("string")).lock, key)).toEqual({});
  });

  test("never has the version itself, also after a change was taken back", () => {
    const optional = (format: "f64" | "number") => shop({ Order: struct({ quantity: format }) });
    const { lock } = locked(optional("f64"), optional("number"), optional("f64"));
    expect(lineOf(lock, key)).toEqual({ [print(optional("number"))]: "both" });
  });

  test("says nothing of another version of the type than the lock has", () => {
    const { lock } = locked(quantity("u8"), quantity("u16"));
    expect(lineOf(lock, key, print(quantity("u16")))).not.toEqual({});
    expect(lineOf(lock, key, print(quantity("u32")))).toEqual({});
    expect(lineOf(lock, "src/shop#Other")).toEqual({});
  });

  test("starts anew where a type is replaced by one that may reuse a slot which is in the field", () => {
    const version = (place: string, other: NamedTypes) =>
      shop(
        { Order: struct({ at: named(place) }), Route: struct({ via: array(named("Other")) }) },
        { ...(place === "Point" ? { Point: struct({ x: "i32", "z?": "i32" }) } : {}), Other: struct(other) },
      );
    const replaced = locked(version("Point", { x: "i32" }), version("Other", { x: "i32" }));
    expect(replaced.changes).toMatchObject([
      { key, kind: "breaking", reasons: [{ rule: "slot-forgotten", path: ".at" }, {}] },
    ]);
    const reused = updateLock(replaced.lock, [version("Other", { x: "i32", "w?": "string" })], "/p");
    expect(numbers(reused.lock, "src/shop#Other")).toEqual({ x: 0, w: 1 });
    expect(Object.keys(lineOf(reused.lock, key))).toEqual([printOf(replaced.lock, key)]);
  });

  test("starts anew where the lock was edited by hand, since nothing is known of the version before", () => {
    const { lock } = locked(quantity("u8"));
    const edited = parseLock(formatLock(lock).replace('"u8"', '"u16"'));
    const { changes } = updateLock(edited, [quantity("u32")], "/p");
    expect(changes).toMatchObject([
      { kind: "breaking", reasons: [{ rule: "lock-edited" }, { rule: "lock-edited" }] },
    ]);
  });
});

describe("a type that moves to another file", () => {
  const elsewhere = schemaOf("/p/src/order/model.ts", {
    Order: struct({ quantity: "i32", id: "string", "note?": "string" }),
  });

  test("keeps its numbers, and its line", () => {
    const { lock, changes } = locked(first, elsewhere);
    expect(numbers(lock, "src/order/model#Order")).toEqual({ id: 0, quantity: 1, note: 2 });
    expect(changes).toEqual([
      { key: "src/order/model#Order", kind: "moved", from: key, members: [], reasons: [] },
    ]);
    expect(printOf(lock, "src/order/model#Order")).toBe(printOf(locked(first).lock, key));
  });

  test("may change on the way", () => {
    const changed = schemaOf("/p/src/b.ts", {
      Order: struct({ id: "string", quantity: "i64", "note?": "string" }),
    });
    expect(locked(first, changed).changes).toMatchObject([
      { key: "src/b#Order", kind: "readersFirst", from: key },
    ]);
  });

  test("is another type where two files have the name", () => {
    const { lock } = locked(first);
    const other = schemaOf("/p/src/b.ts", { Order: struct({ quantity: "i32" }) });
    const { changes } = updateLock(lock, [elsewhere, other], "/p");
    expect(changes.map(({ key: each, kind }) => [each, kind])).toEqual([
      ["src/b#Order", "added"],
      ["src/order/model#Order", "added"],
      ["src/shop#Order", "removed"],
    ]);
  });
});

describe("several files", () => {
  const place = schemaOf("/p/lib/place.ts", { Place: struct({ lat: "f64", lon: "f64" }) });
  const user = importing(shop({ Order: struct({ at: ref(idIn("/p/lib/place.ts", "Place")) }) }), place);

  test("share the entries of types that they import", () => {
    const { lock } = updateLock(undefined, [user, place], "/p");
    expect([...lock.types.keys()]).toEqual(["lib/place#Place", "src/shop#Order"]);
    expect(lock.types.get(key)?.type).toEqual(struct({ at: ref("lib/place#Place") }));
  });

  test("give the same lock in whatever order they come", () => {
    const text = (schemas: readonly Schema[]): string =>
      formatLock(updateLock(undefined, schemas, "/p").lock);
    expect(text([user, place])).toBe(text([place, user]));
  });

  test("with the same key are refused", () => {
    const twice = () =>
      updateLock(undefined, [schemaOf("/p/a.ts", { T: "i32" }), schemaOf("/p/a.mts", { T: "i32" })], "/p");
    expect(twice).toThrow(LockError);
    expect(twice).toThrow("/p/a.ts and /p/a.mts");
  });

  test("outside the directory and in packages have keys of their own", () => {
    const outside = schemaOf("/q/x.d.ts", { T: "i32" });
    const packaged = schemaOf("/q/node_modules/.store/a@1/node_modules/a/dist/t.d.mts", { T: "i32" });
    const { lock } = updateLock(undefined, [outside, packaged], "/p");
    expect([...lock.types.keys()]).toEqual(["../q/x#T", "node_modules/a/dist/t#T"]);
  });
});

describe("types that the plugin refused", () => {
  test("stay as they were, with what they reach, until they are sound again", () => {
    const { lock } = locked(
      shop({ Order: struct({ at: named("Point") }), Route: "i32" }, { Point: struct({ x: "f64" }) }),
    );
    const refused = { ...shop({ Route: "i32" }), refused: ["Order"] };
    const { lock: kept, changes } = updateLock(lock, [refused], "/p");
    expect(changes).toEqual([]);
    expect(formatLock(kept)).toBe(formatLock(lock));
    expect(applyLock(refused, { path: "/p/wire.lock", lock }).problems).toEqual([]);
  });
});

describe("instances of generic types", () => {
  test("have keys that are the same on every machine", () => {
    const at = (root: string): Schema => {
      const [box, point] = [`${root}/src/box.ts`, `${root}/src/point.ts`];
      const id = `${box}#Box<${point}#Point>`;
      const base = schemaOf(`${root}/src/shop.ts`, { Order: struct({ box: ref(id) }) });
      const declarations = new Map(base.declarations);
      declarations.set(id, {
        id,
        name: "Box_Point",
        scope: "local",
        origin: { file: box, name: "Box" },
        type: struct({ value: ref(idIn(point, "Point")) }),
      });
      declarations.set(idIn(point, "Point"), {
        id: idIn(point, "Point"),
        name: "Point",
        scope: "import",
        origin: { file: point, name: "Point" },
        type: struct({ x: "f64" }),
      });
      return { ...base, declarations };
    };
    const text = (root: string): string => formatLock(updateLock(undefined, [at(root)], root).lock);
    expect(text("/p")).toBe(text("/home/somebody/project"));
    expect(text("/p")).toContain('"src/box#Box<src/point#Point>"');
  });

  test("have the same keys whether or not the schema mentions the files of their arguments elsewhere", () => {
    const id = '/p/src/box.ts#Box</p/src/e.ts#E.a, "/p/src/e.ts#E", /p/lib/dist/t.d.mts#T[]>';
    const declaration = { id, name: "Box_E", scope: "local", origin: { file: "/p/src/box.ts", name: "Box" } };
    const base = schemaOf("/p/src/shop.ts", { Order: struct({ box: ref(id) }) });
    const declarations = new Map(base.declarations).set(id, {
      ...declaration,
      scope: "local",
      type: struct({ v: "i32" }),
    });
    const { lock } = updateLock(undefined, [{ ...base, declarations }], "/p");
    expect([...lock.types.keys()]).toEqual([
      'src/box#Box<src/e#E.a, "/p/src/e.ts#E", lib/dist/t#T[]>',
      "src/shop#Order",
    ]);
  });
});
