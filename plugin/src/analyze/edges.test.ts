// Types at the edge of what has values, or a wire format.
import { expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";
import { lowered } from "./schema-of.testing.ts";

const saidOf = (text: string, options = {}, name = "input.ts"): readonly string[] =>
  inMemoryProject({ [name]: text }, options)
    .analyze(name)
    ?.diagnostics.map(({ code, path }) => `${code} ${path}`) ?? [];

const nothing = { kind: "maybe", type: { kind: "null" }, null: true, undefined: true };

test("a property that is null or absent has two values", () => {
  expect(lowered("null | undefined")).toEqual(nothing);
  expect(saidOf("/** @wire */ export interface X { readonly p?: null }")).toEqual([]);
  expect(
    inMemoryProject({ "input.ts": "/** @wire */ export interface X { readonly p?: null }" })
      .analyze("input.ts")
      ?.schema.declarations.get("/project/input.ts#X")?.type,
  ).toEqual({ kind: "struct", fields: [{ name: "p", slot: 0, type: nothing, optional: true }] });
});

test("null beside undefined is refused in containers, also in an optional element", () => {
  expect(
    saidOf(
      "/** @wire */ export interface X { readonly a: readonly (null | undefined)[]; readonly t: readonly [null?] }",
    ),
  ).toEqual(["HEWN1304 X.a[]", "HEWN1304 X.t[0]"]);
});

test("bytes may say that they own their memory, but not that they share it", () => {
  expect(lowered("Uint8Array<ArrayBuffer>")).toEqual({ kind: "bytes" });
  expect(lowered("Uint8Array<ArrayBufferLike>")).toEqual({ kind: "bytes" });
  expect(
    saidOf("/** @wire */ export interface X { readonly b: Uint8Array<SharedArrayBuffer> }", {
      lib: ["lib.es2023.d.ts"],
    }),
  ).toEqual(["HEWN1007 X.b"]);
});

test("a Date is the one that the language declares, whatever is added to it, and no other type of that name", () => {
  const added = "declare global { interface Date { plusDays(n: number): Date } }";
  expect(lowered("Date", added)).toEqual({ kind: "date" });
  expect(lowered("readonly Own[]", "type Own = Readonly<Readonly<Date>>;")).toEqual({
    kind: "array",
    element: { kind: "date" },
  });
  expect(
    saidOf(
      "export interface Date { readonly year: number }\n/** @wire */ export interface X { readonly d: Date }",
    ),
  ).toEqual([]);
  expect(
    saidOf("declare class Date { constructor() }\n/** @wire */ export interface X { readonly d: Date }"),
  ).toEqual(["HEWN1005 X.d"]);
  expect(
    saidOf(
      "namespace Own { export interface Date { f(): void } }\n/** @wire */ export interface X { readonly d: Own.Date }",
    ),
  ).toEqual(["HEWN1002 X.d.f", "HEWN1401 X.d"]);
  expect(saidOf("/** @wire */ export interface X { readonly d: ReadonlyMap<Date, string> }")).toEqual([
    "HEWN1306 X.d<key>",
  ]);
});

test("the literal -0 is 0, whichever the compiler met first", () => {
  const zero = {
    kind: "choice",
    members: [
      { value: 0, ordinal: 0 },
      { value: 1, ordinal: 1 },
    ],
  };
  expect(lowered("-0 | 1")).toEqual(zero);
  expect(lowered("0 | 1", "export type Minus = -0;")).toEqual(zero);
});

test("only the primitive that is open swallows literals", () => {
  expect(lowered('(string & {}) | "a"')).toEqual({ kind: "string" });
  expect(lowered("(number & {}) | 1")).toEqual({ kind: "float", format: "number" });
  expect(lowered('(number & {}) | "a"')).toMatchObject({ kind: "mixed" });
  expect(lowered("(string & {}) | 1")).toMatchObject({ kind: "mixed" });
});

test("a CommonJS file under verbatimModuleSyntax gets one diagnostic and no codec", () => {
  const text = "/** @wire */ export interface X { readonly p: any }\n/** @wire */ export type Y = string;";
  const project = inMemoryProject({ "input.cts": text }, { verbatimModuleSyntax: true });
  const analysis = project.analyze("input.cts");
  expect(analysis?.diagnostics.map(({ code }) => code)).toEqual(["HEWN1408"]);
  expect(analysis?.schema).toMatchObject({ roots: [], refused: [] });
  expect(saidOf(text, {}, "input.cts")).toEqual(["HEWN1201 X.p"]);
  expect(saidOf(text, { verbatimModuleSyntax: true })).toEqual(["HEWN1201 X.p"]);
});

test("one more declaration is said in the singular", () => {
  const properties = Array.from({ length: 11 }, (_, n) => `readonly p${n}: any`).join("; ");
  const [last] =
    inMemoryProject({ "input.ts": `/** @wire */ export interface X { ${properties} }` })
      .analyze("input.ts")
      ?.diagnostics.slice(-1) ?? [];
  expect(last?.message).toBe("'X' has 1 more declaration that cannot cross the wire");
});
