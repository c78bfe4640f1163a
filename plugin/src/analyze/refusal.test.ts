import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";

function analyze(files: Readonly<Record<string, string>>, name = "input.ts") {
  const analysis = inMemoryProject(files).analyze(name);
  if (!analysis) throw new Error("nothing is tagged");
  const { schema, diagnostics, dependencies } = analysis;
  return {
    roots: schema.roots.map((id) => id.replace(/.*#/, "")),
    refused: schema.refused,
    said: diagnostics.map(({ code, path }) => `${code} ${path}`),
    diagnostics,
    dependencies,
  };
}

describe("what is refused with a type", () => {
  test("other types of the file come through", () => {
    const { roots, refused, said } = analyze({
      "input.ts":
        "/** @wire */ export interface Bad { readonly f: () => void }\n/** @wire */ export interface Good { readonly a: string }",
    });
    expect({ roots, refused, said }).toEqual({ roots: ["Good"], refused: ["Bad"], said: ["HEWN1001 Bad.f"] });
  });

  test("a type that reaches a refused one is refused without repeating why", () => {
    const { refused, said } = analyze({
      "input.ts":
        "/** @wire */ export interface Outer { readonly bad: Bad }\n" +
        "/** @wire */ export interface Bad { readonly f: () => void; readonly outer?: Outer }",
    });
    expect({ refused, said }).toEqual({ refused: ["Outer", "Bad"], said: ["HEWN1001 Bad.f"] });
  });

  test("a refused type of another file reports itself there", () => {
    const files = {
      "input.ts":
        'import type { Bad } from "./bad.js";\n/** @wire */ export interface Outer { readonly bad: Bad }',
      "bad.ts": "/** @wire */ export interface Bad { readonly f: () => void }",
    };
    expect(analyze(files)).toMatchObject({ refused: ["Outer"], said: [] });
    expect(analyze(files, "bad.ts")).toMatchObject({ refused: ["Bad"], said: ["HEWN1001 Bad.f"] });
  });

  test("a type that does not resolve is refused silently, because the compiler reports it", () => {
    const { refused, said } = analyze({
      "input.ts":
        'import type { Gone } from "./gone.js";\n/** @wire */ export interface X { readonly a: Gone; readonly b: Missing; readonly c: readonly Missing[] }',
    });
    expect({ refused, said }).toEqual({ refused: ["X"], said: [] });
  });

  test("asking twice gives the same answer", () => {
    const project = inMemoryProject({
      "input.ts":
        "/** @wire */ export interface X { readonly a: string }\n/** @wire */ export interface X { readonly b: string }\n" +
        "/** @wire */ export interface XInto { readonly a: string }\n/** @wire */ export interface G<T> { readonly a: T }",
    });
    const first = project.analyze("input.ts");
    expect(first?.diagnostics).toHaveLength(3);
    expect(project.analyze("input.ts")).toEqual(first);
  });

  test("the order in which files are analyzed changes nothing", () => {
    const files = {
      "a.ts":
        'import type { Tower } from "./tower.js";\n/** @wire */ export interface A { readonly tower: Tower<string>; readonly u: "b" | "a" }',
      "b.ts":
        'import type { Tower } from "./tower.js";\n/** @wire */ export interface B { readonly tower: Tower<readonly string[]>; readonly u: "a" | "b" }',
      "tower.ts": "export interface Tower<T> { readonly floor: T; readonly above?: Tower<readonly T[]> }",
    };
    const forward = inMemoryProject(files);
    const backward = inMemoryProject(files);
    const one = [forward.analyze("a.ts"), forward.analyze("b.ts")];
    const other = [backward.analyze("b.ts"), backward.analyze("a.ts")].reverse();
    expect(one).toEqual(other);
    expect(one[1]?.diagnostics.map(({ code }) => code)).toEqual(["HEWN1403"]);
  });
});

describe("what is said", () => {
  const shared = "export interface Shared { readonly f: () => void }\n";

  test("an offending declaration is told once, with the other types that reach it", () => {
    const { refused, diagnostics, said } = analyze({
      "input.ts":
        `${shared}/** @wire */ export interface A { readonly s: Shared; readonly again: readonly Shared[] }\n` +
        "/** @wire */ export interface B { readonly deep: { readonly s: Shared }; readonly more: readonly (readonly Shared[])[] }",
    });
    expect({ refused, said }).toEqual({ refused: ["A", "B"], said: ["HEWN1001 A.s.f"] });
    expect(diagnostics[0]?.related.map(({ message }) => message)).toEqual([
      "'A' is tagged @wire here",
      "'A.s.f' is declared here",
      "'B.deep.s.f' is the same declaration",
    ]);
  });

  test("the other types that reach a declaration are named up to a limit", () => {
    const others = Array.from(
      { length: 9 },
      (_, index) => `/** @wire */ export interface T${index} { readonly s: Shared }`,
    );
    const { diagnostics } = analyze({ "input.ts": shared + others.join("\n") });
    expect(diagnostics.map(({ related }) => related.slice(2).map(({ message }) => message))).toEqual([
      [
        "'T1.s.f' is the same declaration",
        "'T2.s.f' is the same declaration",
        "'T3.s.f' is the same declaration",
        "'T4.s.f' is the same declaration",
        "'T5.s.f' is the same declaration, and there are more",
      ],
    ]);
  });

  test("what one type hides behind its limit is told at the next type that reaches it", () => {
    const fields = Array.from({ length: 12 }, (_, index) => `readonly f${index}: any`).join("; ");
    const { said, diagnostics } = analyze({
      "input.ts":
        `export interface Wide { ${fields} }\n/** @wire */ export interface A { readonly wide: Wide }\n` +
        "/** @wire */ export interface B { readonly wide: Wide }",
    });
    expect(said.slice(10)).toEqual(["HEWN1999 A", "HEWN1201 B.wide.f8", "HEWN1201 B.wide.f9"]);
    expect(diagnostics[10]?.message).toContain("2 more");
  });

  test("the shortest path is told", () => {
    const { said } = analyze({
      "input.ts":
        `${shared}export interface Far { readonly near: Shared }\n` +
        "/** @wire */ export interface A { readonly far: Far; readonly near: Shared }",
    });
    expect(said).toEqual(["HEWN1001 A.near.f"]);
  });

  test("the span stands in the tagged declaration, also for what a base in another file declares", () => {
    const { diagnostics } = analyze({
      "input.ts":
        'import type { Base } from "./base.js";\n/** @wire */ export interface A extends Base { readonly b: string }',
      "base.ts": "export interface Base { readonly f: () => void }",
    });
    const [diagnostic] = diagnostics;
    expect(diagnostic?.span).toEqual({ file: "/project/input.ts", start: 69, length: 1 });
    expect(diagnostic?.related).toEqual([
      { span: { file: "/project/base.ts", start: 33, length: 1 }, message: "'A.f' is declared here" },
    ]);
  });

  test("odd names are quoted in paths, arms are named by their tag", () => {
    const { said } = analyze({
      "input.ts":
        '/** @wire */ export type A = { readonly k: "a b"; readonly "odd name": any } | { readonly k: 2; readonly $fine: ReadonlyMap<any, any> };',
    });
    expect(said).toEqual([
      'HEWN1201 A<a b>["odd name"]',
      "HEWN1201 A<2>.$fine<key>",
      "HEWN1201 A<2>.$fine<value>",
    ]);
  });

  test("a function in a mutable property is one diagnostic, a mutable array in one is two", () => {
    expect(analyze({ "input.ts": "/** @wire */ export interface A { f: () => void }" }).said).toEqual([
      "HEWN1001 A.f",
    ]);
    expect(analyze({ "input.ts": "/** @wire */ export interface A { f: string[] }" }).said).toEqual([
      "HEWN1101 A.f",
      "HEWN1102 A.f",
    ]);
  });

  test("a mutable array is told with brackets around what it holds, where they are needed", () => {
    const { diagnostics } = analyze({
      "input.ts":
        "/** @wire */ export interface A { readonly f: (() => void)[]; readonly u: ({ readonly k: 1 } | { readonly k: 2 })[]; readonly o: { readonly a: 1 | 2 }[]; readonly s: ('|' | '&')[]; readonly m: Map<string, 1 | 2>[] }",
    });
    const fixes = diagnostics.filter(({ code }) => code === "HEWN1102").map(({ fix }) => fix);
    expect(fixes).toEqual([
      "Write 'readonly (() => void)[]'.",
      "Write 'readonly ({ readonly k: 1; } | { readonly k: 2; })[]'.",
      "Write 'readonly { readonly a: 1 | 2; }[]'.",
      'Write \'readonly ("|" | "&")[]\'.',
      "Write 'readonly Map<string, 1 | 2>[]'.",
    ]);
  });

  test("library types are never looked into", () => {
    const { said } = analyze({
      "input.ts":
        "export interface Extended extends Date { readonly a: string }\n" +
        "/** @wire */ export interface A { readonly d: RegExp; readonly p: Partial<Date>; readonly e: Extended; readonly b: Date & { readonly x: string } }",
    });
    expect(said).toEqual(["HEWN1006 A.d", "HEWN1310 A.p", "HEWN1310 A.e", "HEWN1310 A.b"]);
  });
});

describe("dependencies", () => {
  const dependenciesOf = (files: Readonly<Record<string, string>>): readonly string[] =>
    analyze(files).dependencies.map((file) => file.replace("/project/", ""));

  test("files of types that leave no trace in the schema count: aliases, re-exports, bases, keys", () => {
    expect(
      dependenciesOf({
        "input.ts":
          'import type { Id, Base, key } from "./barrel.js";\nimport { unused } from "./unused.js";\n' +
          'export type Used = typeof unused;\n/** @wire */ export interface A extends Base { readonly id: Id; readonly n: import("./inline.js").Inline; readonly k: (typeof key)["a"] }',
        "barrel.ts":
          'export type { Id } from "./id.js";\nexport * from "./base.js";\nexport { key } from "./key.js";',
        "id.ts": 'import type { Text } from "./text.js";\nexport type Id = Text;',
        "text.ts": "export type Text = string;",
        "base.ts": "export interface Base { readonly a: string }",
        "key.ts": 'export const key = { a: "x" } as const;',
        "inline.ts": "export type Inline = number;",
        "unused.ts": "export const unused = 1;",
        "apart.ts": "export interface Apart { readonly a: string }",
      }),
    ).toEqual(["barrel.ts", "base.ts", "id.ts", "inline.ts", "input.ts", "key.ts", "text.ts"]);
  });

  test.each([
    ["by name", 'import type { A } from "./barrel.js";', "A"],
    ["as a namespace", 'import type * as barrel from "./barrel.js";', "barrel.A"],
    ["in place", "", 'import("./barrel.js").A'],
  ])("files that only hand on whole modules count, imported %s", (_, statement, type) => {
    expect(
      dependenciesOf({
        "input.ts": `${statement}\n/** @wire */ export interface Root { readonly a: ${type} }`,
        "barrel.ts": 'export * from "./inner.js";',
        "inner.ts": 'export * from "./a.js";',
        "a.ts": "export interface A { readonly a: string }",
      }),
    ).toEqual(["a.ts", "barrel.ts", "inner.ts", "input.ts"]);
  });

  test("an augmentation of a type in another file counts", () => {
    expect(
      dependenciesOf({
        "input.ts": "/** @wire */ export interface A { readonly a: string }",
        "more.ts": 'declare module "./input.js" { interface A { readonly b: string } }\nexport {};',
      }),
    ).toEqual(["input.ts", "more.ts"]);
  });

  test("types of refused roots count too, libraries do not", () => {
    expect(
      dependenciesOf({
        "input.ts":
          'import type { B } from "./b.js";\n/** @wire */ export interface A { readonly b: B; readonly d: Date }',
        "b.ts": "export interface B { readonly f: () => void }",
      }),
    ).toEqual(["b.ts", "input.ts"]);
  });
});

test("a file without a tag is not analyzed", () => {
  const project = inMemoryProject({
    "input.ts": "/** Speaks of @wire. */ export interface A { readonly a: any }",
  });
  expect(project.analyze("input.ts")).toBeUndefined();
});
