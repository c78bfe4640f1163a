// Names must not depend on what else the checker has looked at before.

import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { inMemoryProject } from "./in-memory-project.testing.ts";

/** All that comes of a file: its codec, the ids from which the keys in a lock are made, the diagnostics. */
function seen(files: Readonly<Record<string, string>>, order: readonly string[]): unknown {
  const ordered = Object.fromEntries(order.map((name) => [name, files[name] ?? ""]));
  const project = inMemoryProject(ordered);
  expect(project.errors()).toEqual([]);
  // Whatever is asked first must not show either.
  for (const name of order) project.analyze(name);
  const made = generate(ts, project.program, project.file("input.ts"));
  if (!made) throw new Error("nothing is tagged");
  return { text: made.text, declarations: [...made.schema.declarations], diagnostics: made.diagnostics };
}

function expectStable(input: string, others: Readonly<Record<string, string>>): void {
  const files = { "input.ts": input, ...others };
  const names = Object.keys(files);
  const forward = seen(files, names);
  expect(seen(files, [...names].reverse())).toEqual(forward);
  expect(seen({ "input.ts": input }, ["input.ts"])).toEqual(forward);
}

const box = "export interface Box<T> { readonly v: T }\n";
const early = (type: string): string =>
  `export const first: ${type} | undefined = undefined;\nexport type First = ${type};\n` +
  `interface Box<T> { readonly v: T }\n/** @wire */ export interface Other { readonly other: Box<${type}>["v"] }\n`;

describe("names and texts do not depend on unrelated files", () => {
  test.each([
    ["a union of literals", '"q" | "p"', '"p" | "q"'],
    ["a union inside an object", '{ readonly p: "f1" | "f9" }', '"f9" | "f1"'],
    [
      "a union inside containers",
      'readonly ReadonlyMap<"k2" | "k1", readonly ["e2" | "e1"]>[]',
      '"k1" | "k2" | "e1" | "e2"',
    ],
    ["mixed literals", '"b" | 2 | true | 1 | null', 'null | true | 1 | 2 | "b"'],
    [
      "a union inside a union",
      '{ readonly t: "y" | "x" } | { readonly t: "w"; readonly u: "j" | "i" }',
      '"x" | "y" | "i" | "j" | "w"',
    ],
  ])("%s as an argument", (_, argument, other) => {
    expectStable(`${box}/** @wire */ export interface N { readonly box: Box<${argument}> }`, {
      "early.ts": early(other),
    });
  });

  test("unions of named types and members of enums as arguments", () => {
    const types =
      'export enum E { a, b, c }\nexport interface A { readonly k: "a" }\nexport interface B { readonly k: "b" }\n';
    const input = `${box}${types}/** @wire */ export interface N { readonly box: Box<B | A>; readonly part: Box<E.c | E.a> }`;
    const other =
      'import { type A, type B, E } from "./input.js";\nexport type U = A | B;\nexport const e: E.a | E.c = E.a;';
    expectStable(input, { "early.ts": other });
  });

  test("a union in a diagnostic", () => {
    expectStable(
      '/** @wire */ export interface N { readonly u: "z" | readonly string[] | "y"; readonly f: ("z" | "y")[] }',
      {
        "early.ts": 'export const u: "y" | "z" | readonly string[] = "y";',
      },
    );
  });

  test("instances whose arguments read alike in different files", () => {
    const part = (name: string): string =>
      `import type { Box } from "./box.js";\n/** @wire */ export interface ${name} { readonly box: Box<{ readonly p: string; readonly l: "b" | "a" }> }`;
    const files = {
      "box.ts": box,
      "input.ts": part("N"),
      "other.ts": part("O"),
    };
    const forward = seen(files, ["box.ts", "input.ts", "other.ts"]);
    expect(seen(files, ["other.ts", "input.ts", "box.ts"])).toEqual(forward);
    expect(JSON.stringify(forward)).not.toContain("~");
  });

  test("object arguments whose literals are declared in another order are other types", () => {
    const project = inMemoryProject({
      "input.ts": `${box}/** @wire */ export interface N { readonly a: Box<{ readonly l: "b" | "a" }>; readonly b: Box<{ readonly l: "a" | "b" }> }`,
    });
    const ids = [...(project.analyze("input.ts")?.schema.declarations.keys() ?? [])];
    expect(ids.map((id) => id.replace("/project/input.ts#", ""))).toEqual([
      "N",
      'Box<{ readonly l: "b" | "a"; }>',
      'Box<{ readonly l: "a" | "b"; }>',
    ]);
  });
});

test("arguments that contain themselves and one another are named in reasonable time", () => {
  const names = Array.from({ length: 9 }, (_, n) => `U${n}`);
  const unions = names.map((name) => {
    const parts = names.map((each) => `${each}: ${each}`).join("; ");
    return `export type ${name} = { kind: "a"; ${parts} } | { kind: "b"; ${parts} } | { kind: "${name}" };`;
  });
  expectStable(
    `import type { Immutable } from "@hewn/runtime";\n${box}${unions.join("\n")}\n/** @wire */ export interface N { readonly u: Box<Immutable<U3>> }`,
    {
      "early.ts":
        'import type { U1 } from "./input.js";\nimport type { Immutable } from "@hewn/runtime";\nexport const u: Immutable<U1> = { kind: "U1" };',
    },
  );
});
