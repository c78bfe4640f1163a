// Who may be mutable: what a type tagged `@wire copy` reaches, as far as no other tag says otherwise.
import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";
import { lowered } from "./schema-of.testing.ts";

function said(files: Readonly<Record<string, string>> | string, order: readonly string[] = ["input.ts"]) {
  const project = inMemoryProject(typeof files === "string" ? { "input.ts": files } : files);
  expect(project.errors()).toEqual([]);
  const analyses = order.map((name) => project.analyze(name));
  return analyses.flatMap((analysis) => analysis?.diagnostics.map(({ code, path }) => `${code} ${path}`));
}

const item = "export interface Item { name: string; readonly tags: string[] }\n";

describe("a type tagged @wire copy accepts what is mutable", () => {
  test.each([
    ["properties", "{ a: string; b?: number }"],
    [
      "lists and tuples",
      "{ readonly a: string[]; readonly b: [number, string?]; readonly c: Array<number>[] }",
    ],
    ["maps and sets", "{ readonly a: Map<string, Set<number>> }"],
    ["records", "{ readonly a: Record<string, number>; readonly b: { [key: string]: string[] } }"],
    ["arms of unions", '{ a: { kind: "x"; n: number } | { kind: "y"; readonly list: string[] } }'],
    ["what untagged types hold", "{ readonly item: Item; readonly items: readonly Item[] }"],
    ["what generic instances hold", "{ readonly box: Box<Item[]>; readonly other: Box<Map<string, Item>> }"],
    ["what mapped types keep", "{ readonly part: Partial<Item>; readonly one: Pick<Item, 'tags'> }"],
  ])("%s", (_, type) => {
    const text = `${item}export interface Box<T> { content: T }\n/** @wire copy */ export interface X ${type}`;
    expect(said(text)).toEqual([]);
  });

  test("but not what could not be copied", () => {
    const text = `${item}/** @wire copy */ export interface X { f: () => void; d: WeakMap<object, Item>; any: any; m(): void }`;
    expect(said(text)).toEqual(["HEWN1001 X.f", "HEWN1006 X.d", "HEWN1201 X.any", "HEWN1002 X.m"]);
  });
});

describe("what two types reach", () => {
  const files = {
    "item.ts": item,
    "plain.ts":
      'import type { Item } from "./item.js";\n/** @wire */ export interface Plain { readonly item: Item }',
    "copied.ts":
      'import type { Item } from "./item.js";\n/** @wire copy */ export interface Copied { readonly item: Item }',
  };
  test.each([[["plain.ts", "copied.ts"]], [["copied.ts", "plain.ts"]]])(
    "is refused where it is not copied, whichever is seen first: %j",
    (order) => {
      expect(said(files, order)).toEqual(["HEWN1101 Plain.item.name", "HEWN1102 Plain.item.tags"]);
    },
  );

  test("is refused with the path on which it is not copied", () => {
    const text = `${item}/** @wire copy */ export interface Cart { item: Item }
/** @wire */ export interface Order { readonly cart: Cart; readonly by: { readonly way: readonly Item[] } }`;
    expect(said(text)).toEqual(["HEWN1101 Order.by.way[].name", "HEWN1102 Order.by.way[].tags"]);
  });
});

describe("a tag of its own is a rule of its own", () => {
  test("a plain type refers to a copied one", () => {
    const text = `/** @wire copy */ export interface Item { name: string }
/** @wire */ export interface Order { readonly items: readonly Item[] }`;
    expect(said(text)).toEqual([]);
  });

  test("a copied type refers to a plain one, which stays what it is", () => {
    const text = `/** @wire */ export interface Item { name: string }
/** @wire copy */ export interface Order { items: Item[] }`;
    expect(said(text)).toEqual(["HEWN1101 Item.name"]);
  });

  test("what a plain interface inherits from a copied one is its own", () => {
    const text = `/** @wire copy */ export interface Item { name: string }
/** @wire */ export interface Order extends Item { readonly id: number }`;
    expect(said(text)).toEqual(["HEWN1101 Order.name"]);
  });

  test("an enum and a union of literals may have either", () => {
    expect(said("/** @wire copy */ export enum Side { Left, Right }")).toEqual([]);
    expect(said('/** @wire copy */ export type Side = "left" | "right"')).toEqual([]);
  });
});

describe("an alias of a container, whose name the compiler forgets", () => {
  const alias = `${item}/** @wire copy */ export type Items = Item[];\ntype Same = Items;\n`;
  test.each(["Items", "Items | null", "(Same)", "readonly [Same, Items?]", "readonly Items[]"])(
    "may be mutable as %s too",
    (type) => {
      expect(
        said(`${alias}/** @wire */ export interface X { readonly a: ${type}; readonly b: Same }`),
      ).toEqual([]);
    },
  );

  test("is refused where it is spelled out", () => {
    expect(
      said(`${alias}/** @wire */ export interface X { readonly a: number[]; readonly b: Items }`),
    ).toEqual(["HEWN1102 X.a"]);
  });
});

test("what is spelled as mutable is so in the schema, and only there", () => {
  const text =
    "/** @wire copy */ export interface M { a: string; readonly b: [i32]; readonly c: Set<string> }";
  expect(lowered("M", text)).toEqual({ kind: "ref", id: "/project/input.ts#M" });
  const project = inMemoryProject({ "input.ts": text.replace("[i32]", "[number]") });
  const declared = project.analyze("input.ts")?.schema.declarations.get("/project/input.ts#M");
  expect(declared?.type).toMatchObject({
    fields: [
      { name: "a", mutable: true },
      { name: "b", type: { kind: "tuple", mutable: true } },
      { name: "c", type: { kind: "set", mutable: true } },
    ],
  });
});

describe("words behind the tag that mean nothing", () => {
  test.each(["mutable", "copies", "Copy", "copy it", "- a reading", "(copy)"])("@wire %s", (words) => {
    const text = `/**\n * @wire ${words}\n */\nexport interface X { name: string; list: number[] }`;
    expect(said(text)).toEqual(["HEWN1410 X"]);
  });

  test("refuse what refers to the type too, whichever file is seen first", () => {
    const files = {
      "bad.ts": "/** @wire mutable */ export interface Bad { readonly a: string }",
      "input.ts":
        'import type { Bad } from "./bad.js";\n/** @wire */ export interface X { readonly bad: Bad }',
    };
    for (const order of [
      ["input.ts", "bad.ts"],
      ["bad.ts", "input.ts"],
    ]) {
      const project = inMemoryProject(files);
      const refused = order.map((name) => project.analyze(name)?.schema.refused);
      expect(refused.flat().sort()).toEqual(["Bad", "X"]);
    }
  });
});

describe("a class is refused under a mapped type too", () => {
  const classes = "export class Data { readonly x = 1; readonly #own = 2; own() { return this.#own } }\n";
  test.each(["Readonly<Data>", "Partial<Data>", "Immutable<Data>", "Immutable<{ p: Data }>['p']"])(
    "%s",
    (type) => {
      const text = `import type { Immutable } from "@hewn/runtime";\n${classes}/** @wire copy */ export interface X { a: ${type} }`;
      expect(said(text)).toEqual(["HEWN1005 X.a"]);
    },
  );

  test("but not what is picked of it by name", () => {
    expect(said(`${classes}/** @wire */ export interface X { readonly a: Pick<Data, "x"> }`)).toEqual([]);
  });
});
