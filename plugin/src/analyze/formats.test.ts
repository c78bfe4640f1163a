// Which formats a codec has, and what its types may be made of.
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { inMemoryProject } from "./in-memory-project.testing.ts";

type Files = Readonly<Record<string, string>>;

function made(files: Files | string, name = "input.ts") {
  const project = inMemoryProject(typeof files === "string" ? { "input.ts": files } : files);
  expect(project.errors()).toEqual([]);
  const result = generate(ts, project.program, project.file(name));
  if (!result) throw new Error("nothing is tagged");
  return result;
}

function said(files: Files | string, name = "input.ts"): readonly string[] {
  return made(files, name).diagnostics.map(({ code, path }) => `${code} ${path}`);
}

function exportsOf({ text }: { readonly text: string }): readonly string[] {
  return Array.from(text.matchAll(/^export (?:function|const) (\w+)/gm), ([, name = ""]) => name).sort();
}

const both = made("/** @wire */ export interface X { readonly a: Uint8Array; readonly b: string }");
const common = ["cloneX", "copyX", "explainX", "isX", "mismatchX"];
const binary = ["XCodec", "decodeX", "encodeX", "encodeXInto", "readX", "writeX"];
const json = ["fromJsonX", "jsonX", "parseX", "parseXFromBytes", "stringifyX", "stringifyXToBytes"];
const only = { binary: [...common, ...binary].sort(), json: [...common, ...json].sort() };

test("a plain tag gives both formats", () => {
  expect(exportsOf(both)).toEqual([...common, ...binary, ...json].sort());
});

describe.each(["binary", "json"] as const)("@wire %s", (format) => {
  const text = (words: string): string =>
    `/** @wire ${words} */ export interface X { readonly a: Uint8Array; readonly b: string }`;

  test("gives the functions of that format, the check and the clone", () => {
    expect(exportsOf(made(text(format)))).toEqual(only[format]);
  });

  test("imports nothing that only the other format needs", () => {
    const other = format === "binary" ? /[jJ]son/ : /beginEncode|beginDecode|Reader|Codec,/;
    expect(both.text).toMatch(other);
    expect(made(text(format)).text).not.toMatch(other);
  });

  test.each([`copy ${format}`, `${format} copy`])("goes with 'copy' in any order: %s", (words) => {
    const { text: emitted, diagnostics } = made(
      `/** @wire ${words} */ export interface X { a: Uint8Array; b: string[] }`,
    );
    expect(diagnostics).toEqual([]);
    expect(exportsOf({ text: emitted })).toEqual(only[format]);
  });

  test("does not change a word of the functions that it keeps", () => {
    const blocks = (all: string): readonly string[] => all.trim().split("\n\n").slice(1);
    const known = new Set(blocks(both.text));
    expect(blocks(made(text(format)).text).filter((block) => !known.has(block))).toEqual([]);
  });
});

test("the fingerprint is the same whatever the formats", () => {
  const print = (words: string) =>
    /fingerprint: "(\w+)"/.exec(made(`/** @wire ${words} */ export interface X { readonly a: string }`).text);
  expect(print("binary")?.[1]).toBe(print("")?.[1]);
});

describe("a type made of one without its formats is refused", () => {
  const price = (words: string): string =>
    `/** @wire ${words} */ export interface Price { readonly cents: number }\n`;
  const order = (words: string, type = "Price"): string =>
    `/** @wire ${words} */ export interface Order { readonly price: ${type} }`;

  test.each([
    ["", "", []],
    ["", "binary", []],
    ["", "json", []],
    ["binary", "binary", []],
    ["json", "json", []],
    ["binary", "", ["HEWN1413 Order.price"]],
    ["json", "", ["HEWN1413 Order.price"]],
    ["json", "binary", ["HEWN1413 Order.price"]],
    ["binary", "json", ["HEWN1413 Order.price"]],
    ["binary copy", "copy", ["HEWN1413 Order.price"]],
  ])("Price '%s', Order '%s': %j", (used, user, expected) => {
    expect(said(price(used) + order(user))).toEqual(expected);
    const files = {
      "price.ts": price(used),
      "input.ts": `import type { Price } from "./price.js";\n${order(user)}`,
    };
    expect(said(files)).toEqual(expected);
    expect(said(files, "price.ts")).toEqual([]);
  });

  test.each([
    ["readonly Price[]", "Order.price[]"],
    ["Price | null", "Order.price"],
    ["ReadonlyMap<string, Price>", "Order.price<value>"],
    ["{ readonly of: readonly [string, Price?] }", "Order.price.of[1]"],
    ["{ readonly k: 1; readonly p: Price } | { readonly k: 2 }", "Order.price<1>.p"],
    ["Box<Price>", "Order.price.in"],
    ["Box<Untagged>", "Order.price.in.price"],
  ])("through %s", (type, path) => {
    const around =
      "export interface Box<T> { readonly in: T }\nexport interface Untagged { readonly price: Price }\n";
    expect(said(price("binary") + around + order("", type))).toEqual([`HEWN1413 ${path}`]);
    expect(said(price("binary") + around + order("binary", type))).toEqual([]);
  });

  test("once for all its uses, and with all types that reach it", () => {
    const { diagnostics, schema } = made(
      `${price("binary")}/** @wire */ export interface A { readonly a: Price; readonly b: readonly Price[] }
/** @wire */ export interface B { readonly a: A }
/** @wire binary */ export interface C { readonly a: Price }`,
    );
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(["HEWN1413 A.a"]);
    expect(schema.refused).toEqual(["A", "B"]);
  });

  test("what is untagged is judged for each type that it is a part of", () => {
    const text = `${price("json")}export interface Line { readonly price: Price }
/** @wire json */ export interface A { readonly line: Line }
/** @wire binary */ export interface B { readonly line: Line }`;
    expect(said(text)).toEqual(["HEWN1413 B.line.price"]);
  });

  test("but not where nobody knows what a tag asks for", () => {
    expect(said(price("binary mutable") + order(""))).toEqual(["HEWN1410 Price"]);
    expect(said(price("binary") + order("mutable"))).toEqual(["HEWN1410 Order"]);
  });
});

test("types of one format may contain themselves", () => {
  const text = "/** @wire binary */ export interface Tree { readonly below: readonly Tree[] }";
  expect(said(text)).toEqual([]);
});

test("what an actor is sent has a binary codec", () => {
  const text = `/** @wire json */ export interface Note { readonly text: string }
/** @wire binary */ export interface Tick { readonly number: number }
/** @actor */ export class Worker { note(note: Note): void {} tick(tick: Tick): Tick { return tick } }`;
  expect(said(text)).toEqual(["HEWN1413 Worker.note(note)"]);
});

test("the actors of a file in which nothing is wrong are in its codec", () => {
  const text = "/** @actor */ export class Worker { tick(count: number): void {} }";
  expect(made(text).schema.actors?.map(({ name }) => name)).toEqual(["Worker"]);
});
