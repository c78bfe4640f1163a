// Which types' texts are attempted, where types are many: those that mention the next two have as many values as
// Fibonacci's numbers say.
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";

type Wrap = (name: string) => string;

/** So many types, each of which has a flag and mentions the next two. */
function levels(count: number, wrap: Wrap): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const next = [i + 1, i + 2].filter((level) => level < count);
    const fields = next.map((level) => `; readonly to${level}: ${wrap(`Level${level}`)}`);
    return `export interface Level${i} { readonly flag: boolean${fields.join("")} }`;
  });
}

/** Whether the texts of the first of so many types are attempted. */
function isAttempted(files: Readonly<Record<string, string>>): boolean {
  const project = inMemoryProject(files);
  const generated = generate(ts, project.program, project.file("level0.ts"));
  expect(generated?.diagnostics).toEqual([]);
  return generated?.text.includes("function attemptLevel0(") ?? false;
}

const inOneFile = (count: number, wrap: Wrap): boolean =>
  isAttempted({ "level0.ts": `/** @wire */ ${levels(count, wrap).join("\n")}` });

const inManyFiles = (count: number, wrap: Wrap): boolean =>
  isAttempted(
    Object.fromEntries(
      levels(count, wrap).map((text, i) => {
        const next = [i + 1, i + 2].filter((level) => level < count);
        const imports = next.map((level) => `import type { Level${level} } from "./level${level}.ts";`);
        return [`level${i}.ts`, `${imports.join("\n")}\n/** @wire */ ${text}`];
      }),
    ),
  );

describe.each<[string, Wrap]>([
  ["nothing or an object", (name) => `${name} | null`],
  ["arrays", (name) => `readonly ${name}[]`],
])("types that mention the next two, as %s", (_, wrap) => {
  test("are attempted up to 1000 values: an attempt that fails at the first looks for them all", () => {
    // 986 and 1596 values.
    expect([14, 15].map((count) => inOneFile(count, wrap))).toEqual([true, false]);
    expect([14, 15].map((count) => inManyFiles(count, wrap))).toEqual([true, false]);
  });

  test("are judged in no more time than their codec takes, however many there are", () => {
    expect(inOneFile(60, wrap)).toBe(false);
    expect(inManyFiles(60, wrap)).toBe(false);
  });
});
