import { expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";

const levels = 60;

/** An interface that holds the one below it twice: from the last one 2^60 ways lead to the first. */
function nested(level: number, part: (name: string) => string): string {
  const below = `L${level - 1}`;
  const fields = level === 0 ? ["s: string"] : [`a: ${part(below)}`, `b: ${part(below)}`];
  const properties = ["n: i32", ...fields].map((field) => `readonly ${field};`);
  return `/** @wire */ export interface L${level} { ${properties.join(" ")} }`;
}

const all = Array.from({ length: levels + 1 }, (_, level) => level);
const numbers = 'import type { i32 } from "@hewn/runtime";';

test.each<[string, (name: string) => string]>([
  ["property", (name) => name],
  ["element", (name) => `readonly ${name}[]`],
  ["nullable", (name) => `${name} | null`],
  ["value of a record", (name) => `Readonly<Record<string, ${name}>>`],
  ["element of a tuple", (name) => `readonly [${name}, i32]`],
  ["arm of a union", (name) => `${name} | string`],
  ["variant", (name) => `{ readonly tag: "one"; readonly of: ${name} } | { readonly tag: "other" }`],
  ["value of a map", (name) => `ReadonlyMap<i32, ${name}>`],
])("the cost of types that nest as a %s follows their number, not the ways that lead to them", (_, part) => {
  const { program, file } = inMemoryProject({
    "src/deep.ts": [numbers, ...all.map((level) => nested(level, part))].join("\n"),
  });
  const generated = generate(ts, program, file("src/deep.ts"));
  expect(generated?.diagnostics).toEqual([]);
  expect(generated?.schema.roots).toHaveLength(all.length);
});

test("nor where each lies in a file of its own", () => {
  const sources = all.map((level): [string, string] => {
    const below = `import type { L${level - 1} } from "./l${level - 1}.js";`;
    const lines = [numbers, ...(level > 0 ? [below] : []), nested(level, (name) => name)];
    return [`src/l${level}.ts`, lines.join("\n")];
  });
  const { program, file } = inMemoryProject(Object.fromEntries(sources));
  const generated = generate(ts, program, file(`src/l${levels}.ts`));
  expect(generated?.diagnostics).toEqual([]);
  expect(generated?.text).toContain(`stringifyL${levels}`);
});
