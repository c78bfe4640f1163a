import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";

const geo = `
export type Box = [number] | { readonly a: 1 } | { readonly b: 2 };
export interface Base { bbox?: Box | undefined; type: string }
export interface Point extends Base { coordinates: number[] }
export interface Deep { readonly inner: { readonly box: { readonly a: 1 } | { readonly b: 2 } } }
export interface Options { readonly [key: string]: string | number; readonly size: number }
export type Either = { readonly kind: "a"; readonly f: () => void } | { readonly kind: "b" };
export namespace Http { export enum Method { get = "get", put = "put" } }
export declare enum Level { low, high }
`;

function analyze(text: string): readonly string[] {
  const project = inMemoryProject({
    "node_modules/@types/geo/package.json":
      '{ "name": "@types/geo", "version": "1.0.0", "types": "index.d.ts" }',
    "node_modules/@types/geo/index.d.ts": geo,
    "input.ts": `import type { Deep, Either, Http, Level, Options, Point } from "geo";\nimport type { Immutable } from "@hewn/runtime";\n${text}`,
  });
  expect(project.errors()).toEqual([]);
  const analysis = project.analyze("input.ts");
  return (analysis?.diagnostics ?? []).map(({ message, fix }) => `${message} -> ${fix}`);
}

const leaveOut = (use: string): string =>
  `'Base.bbox' is declared by the package '@types/geo': leave 'bbox' out with 'Omit<${use}, "bbox">', and declare what you send of it as a property of your own.`;

describe("what a package declares is mended where the project uses it", () => {
  test.each([
    ["Immutable<Point>", "Immutable<Point>"],
    ["readonly Immutable<Point>[]", "Immutable<Point>"],
    ["Immutable<Point> | null", "Immutable<Point>"],
    ['Omit<Immutable<Point>, "type">', 'Omit<Immutable<Point>, "type">'],
  ])("a property of %s is left out", (type, use) => {
    const [said, ...others] = analyze(`/** @wire */ export interface A { readonly where: ${type} }`);
    expect(said).toContain(leaveOut(use));
    expect(others).toEqual([]);
  });

  test("a property that is inherited is left out of the base", () => {
    const [said] = analyze("/** @wire */ export interface A extends Immutable<Point> { readonly own: 1 }");
    expect(said).toContain(leaveOut("Immutable<Point>"));
  });

  test.each([
    ["Deep", "Deep"],
    ["readonly Options[]", "Options"],
    ["Either | undefined", "Either"],
  ])("what cannot be left out of %s is declared anew", (type, use) => {
    const [said] = analyze(`/** @wire */ export interface A { readonly where: ${type} }`);
    expect(said).toContain(
      `is declared by the package '@types/geo': declare what you send of it in a type of your own, and use that instead of '${use}'.`,
    );
  });

  test("so are those of an enum that has no constants", () => {
    const [said] = analyze("/** @wire */ export interface A { readonly level: Level }");
    expect(said).toContain("is computed when the program runs");
    expect(said).toContain("'Level' is declared by the package '@types/geo': list the values that you send");
  });

  test("the values of an enum that no codec can import are listed as literals", () => {
    const [said] = analyze("/** @wire */ export interface A { readonly method: Http.Method }");
    expect(said).toContain(
      "'Method' is declared by the package '@types/geo': list the values that you send as literals in a type of your own, and use that instead.",
    );
  });

  test("the advice can be followed", () => {
    const text =
      'export interface Where extends Omit<Immutable<Point>, "bbox"> { readonly bbox?: readonly number[] }';
    expect(analyze(`${text}\n/** @wire */ export interface A { readonly where: Where }`)).toEqual([]);
  });
});

test("a mutable type of a package is told once at each place that uses it", () => {
  const said = analyze(
    "/** @wire */ export interface A { readonly from: Readonly<Point>; readonly to: Point }\n/** @wire */ export interface B { readonly at: Point }",
  );
  expect(said.map((each) => each.replace(/ of @hewn.*/, ""))).toEqual([
    "'A.from.coordinates' is a mutable array ('number[]') (with 1 more place in 'Readonly<Point>' that can be changed) -> Use 'Immutable<Readonly<Point>>'",
    expect.stringContaining(leaveOut("Readonly<Point>").replace("Base.bbox", "Box")),
    "'A.to.bbox' can be assigned to; every property of a wire type is readonly (with 2 more places in 'Point' that can be changed) -> Use 'Immutable<Point>'",
  ]);
});
