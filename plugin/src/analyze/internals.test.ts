import { expect, test } from "@jest/globals";
import { ts as bundled } from "ts-morph";
import ts from "typescript";
import { inMemoryProject } from "./in-memory-project.testing.ts";
import { analyze } from "./index.ts";

const text = `
  interface Source { readonly kept: string; changed: string }
  /** @wire */ export interface Written { readonly a: string; b: string }
  /** @wire */ export type Mapped = Readonly<{ c: string }>;
  /** @wire */ export type Opened = { -readonly [K in keyof Source]: Source[K] };
  /** @wire */ export interface Got { get d(): string }
`;

function pathsOf(compiler: typeof ts): readonly string[] {
  const { program, file } = inMemoryProject({ "input.ts": text });
  const analysis = analyze(compiler, program, file("input.ts"));
  return analysis?.diagnostics.map(({ code, path }) => `${code} ${path}`) ?? [];
}

test("readonly is what the checker says, also where a mapped type adds or removes it", () => {
  expect(pathsOf(ts)).toEqual(["HEWN1101 Written.b", "HEWN1101 Opened.changed", "HEWN1101 Opened.kept"]);
});

test("a compiler without the internals is read by its declarations, which mapped types do not change", () => {
  const plain = { ...ts, getCheckFlags: undefined, getDeclarationModifierFlagsFromSymbol: undefined };
  expect(pathsOf(plain)).toEqual(["HEWN1101 Written.b", "HEWN1101 Mapped.c", "HEWN1101 Opened.changed"]);
});

test("the compiler that ts-morph brings along gives the same answers", () => {
  const name = "/input.ts";
  const host = bundled.createCompilerHost({});
  const source = bundled.createSourceFile(name, text, bundled.ScriptTarget.ES2022, true);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => (file === name ? source : getSourceFile.call(host, file, ...rest));
  const program = bundled.createProgram([name], { strict: true, noLib: false, types: [] }, host);
  const analysis = analyze(
    bundled as unknown as typeof ts,
    program as unknown as ts.Program,
    source as unknown as ts.SourceFile,
  );
  expect(analysis?.diagnostics.map(({ path }) => path)).toEqual([
    "Written.b",
    "Opened.changed",
    "Opened.kept",
  ]);
});
