// The codec of a file whose types were refused: it declares what its importers use, and is itself right TypeScript.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { inMemoryProject } from "./in-memory-project.testing.ts";

/** What the compiler says of the codec of `input.ts` and of its source, and the names that were kept. */
function compiled(text: string): { readonly refused: readonly string[]; readonly errors: readonly string[] } {
  const project = inMemoryProject({ "input.ts": text });
  const made = generate(ts, project.program, project.file("input.ts"));
  if (!made) throw new Error("nothing is tagged");
  const runtime = join(import.meta.dirname, "../../../runtime/dist/codec/index.d.ts");
  const again = inMemoryProject(
    { "input.ts": text, "input.codec.ts": made.text },
    { paths: { "@hewn/runtime/codec": [runtime] } },
  );
  const inCodec = ts.getPreEmitDiagnostics(again.program, again.file("input.codec.ts"));
  const errors = inCodec.map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  return { refused: made.schema.refused, errors };
}

test.each([
  ["a plain type", "/** @wire */ export interface A { readonly f: () => void }", ["A"]],
  [
    "a type exported under another name",
    "/** @wire */ interface A { readonly f: any }\nexport type { A as B };",
    ["B"],
  ],
  ["a generic type", "/** @wire */ export interface A<T> { readonly t: T }", []],
  ["a default export", "/** @wire */ export default interface A { readonly f: any }", []],
  [
    "an export named default",
    "/** @wire */ interface A { readonly f: any }\nexport type { A as default };",
    [],
  ],
  ["a type that is not exported", "/** @wire */ interface A { readonly a: string }\nexport type B = A;", []],
  [
    "a type in a namespace",
    "export namespace N { /** @wire */ export interface A { readonly a: string } }",
    [],
  ],
  [
    "types whose codecs would share a name",
    "/** @wire */ export interface A { readonly f: any }\n/** @wire */ export interface AInto { readonly f: any }",
    ["A"],
  ],
  [
    "a sound type and one whose codec would share a name with it",
    "/** @wire */ export interface A { readonly a: string }\n/** @wire */ export interface AInto { readonly a: string }",
    [],
  ],
])("the codec of %s compiles", (_, text, refused) => {
  expect(compiled(text)).toEqual({ refused, errors: [] });
});
