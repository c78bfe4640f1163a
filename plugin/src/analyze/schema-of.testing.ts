// What tests of the analyzer ask: the schema of a text, one of its declarations, or what one property lowers to.

import type { Declaration, Schema, Struct, Type } from "@hewn/schema";
import { expect } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";

const prelude = 'import type { f32, f64, i16, i32, i64, i8, int, u16, u32, u64, u8 } from "@hewn/runtime";\n';

/** The schema of a file whose text is right TypeScript and has no diagnostic. */
export function schemaOf(text: string, more: Readonly<Record<string, string>> = {}): Schema {
  const project = inMemoryProject({ "input.ts": prelude + text, ...more });
  expect(project.errors()).toEqual([]);
  const analysis = project.analyze("input.ts");
  if (!analysis) throw new Error("nothing is tagged");
  expect(analysis.diagnostics).toEqual([]);
  return analysis.schema;
}

export function declarationOf(
  text: string,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Declaration {
  const { declarations } = schemaOf(text, more);
  const found = [...declarations.values()].find((declaration) => declaration.name === name);
  if (!found) throw new Error(`${name} is not among ${[...declarations.keys()].join(", ")}`);
  return found;
}

/** What a type lowers to as a property; `more` is declared beside it. */
export function lowered(type: string, more = ""): Type | undefined {
  const { type: struct } = declarationOf(
    `${more}\n/** @wire */ export interface X { readonly p: ${type} }`,
    "X",
  );
  return (struct as Struct).fields[0]?.type;
}
