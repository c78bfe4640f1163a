// What is emitted for types that must be copied, and what is not for all others.
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";

function codecOf(text: string, more: Readonly<Record<string, string>> = {}): string {
  const project = inMemoryProject({ "input.ts": text, ...more });
  const generated = generate(ts, project.program, project.file("input.ts"));
  expect(generated?.diagnostics).toEqual([]);
  return generated?.text ?? "";
}

/** The names of what a codec exports, as far as it is about copies. */
function copiesOf(codec: string): readonly string[] {
  return [...codec.matchAll(/^export function ((?:clone|copy)\w+)/gm)].map(([, name = ""]) => name);
}

function functionOf(codec: string, name: string): string {
  return new RegExp(`^(?:export )?function ${name}\\(.*?^}`, "ms").exec(codec)?.[0] ?? "";
}

describe("a clone is generated", () => {
  test.each([
    ["not for an immutable type", "/** @wire */ export interface X { readonly a: readonly string[] }", []],
    [
      "not for a copied type in which nothing is mutable",
      "/** @wire copy */ export interface X { readonly a: string }",
      [],
    ],
    [
      "not for an immutable type that contains itself",
      "/** @wire */ export interface X { readonly next?: X }",
      [],
    ],
    ["for bytes", "/** @wire */ export interface X { readonly a: Uint8Array }", ["cloneX", "copyX"]],
    ["for a date", "/** @wire */ export interface X { readonly a: Date }", ["cloneX", "copyX"]],
    ["for what is mutable", "/** @wire copy */ export interface X { a: string }", ["cloneX", "copyX"]],
    [
      "for what holds such a type, in another arm of a union and behind an alias",
      '/** @wire */ export interface X { readonly u: { readonly k: "a" } | { readonly k: "b"; readonly at: readonly When[] } }\nexport type When = Date | null;',
      ["cloneX", "copyX"],
    ],
  ])("%s", (_, text, expected) => {
    const codec = codecOf(text);
    expect(copiesOf(codec)).toEqual(expected);
    expect(codec.includes("clone: copyX,")).toBe(expected.length > 0);
  });

  test("of a type of another codec by that codec", () => {
    const codec = codecOf(
      'import type { Place } from "./place.js";\n/** @wire */ export interface X { readonly place: Place; readonly name: Name }\n/** @wire */ export type Name = string;',
      { "place.ts": "/** @wire copy */ export interface Place { name: string }" },
    );
    expect(codec).toMatch(/^import \{.*\bcopyPlace\b.*\} from "\.\/place\.codec\.js";$/m);
    expect(functionOf(codec, "copyX")).toContain("copyPlace(from.place)");
    expect(functionOf(codec, "copyX")).toContain("name: from.name");
  });
});

test("only the paths on which something can be changed are copied", () => {
  const codec = codecOf(`export interface Part { readonly a: string }
/** @wire */ export interface X {
  readonly part: Part;
  readonly parts: readonly Part[];
  readonly image: Uint8Array;
  readonly images: ReadonlyMap<string, readonly Uint8Array[]>;
}`);
  const copy = functionOf(codec, "copyX");
  expect(copy).toContain("part: from.part, parts: from.parts");
  expect(copy).toContain("const image = copyBytes(from.image);");
  expect(copy).toContain("const images = copyStringToBytesArrayMap(from.images);");
  expect(codec).not.toContain("copyPart");
});

test("depth is counted only where copies go on and on, not where what is shared does", () => {
  const codec = codecOf(`export interface Tree { readonly children: readonly Tree[] }
/** @wire */ export interface Shared { readonly tree: Tree; readonly image: Uint8Array }
/** @wire copy */ export interface Chain { next?: Chain; readonly tree: Tree }
/** @wire */ export interface Holder { readonly chain: Chain | null; readonly tree: Tree }`);
  expect(functionOf(codec, "copyShared")).toMatch(/^export function copyShared\(from: Shared\)/);
  expect(functionOf(codec, "copyChain")).toMatch(
    /^export function copyChain\(from: Chain, depth: number\): Chain \{\n {2}if \(depth === 0\) throw encodeTooDeep\(\);\n {2}depth--;/,
  );
  expect(functionOf(codec, "copyHolder")).toMatch(
    /^export function copyHolder\(from: Holder, depth: number\)/,
  );
  expect(functionOf(codec, "copyHolder")).not.toContain("depth--");
});

describe("a copied type and its readonly twin", () => {
  const twin = (tag: string, readonly: "" | "readonly ", Readonly: "" | "Readonly") =>
    codecOf(`/** ${tag} */ export interface X {
  ${readonly}id: string;
  ${readonly}list: ${readonly}(number | null)[];
  ${readonly}map: ${Readonly}Map<string, ${Readonly}Set<string>>;
  ${readonly}pair: ${readonly}[string, number?];
  ${readonly}either: { ${readonly}kind: "a"; ${readonly}x?: number } | { ${readonly}kind: "b" };
}`);
  const copied = twin("@wire copy", "", "");
  const plain = twin("@wire", "readonly ", "Readonly");
  const fingerprint = (codec: string) => /fingerprint: "(\w+)"/.exec(codec)?.[1];

  test("have one fingerprint", () => {
    expect(fingerprint(copied)).toBeDefined();
    expect(fingerprint(copied)).toBe(fingerprint(plain));
  });

  test("are written by the same functions", () => {
    for (const kind of ["write", "json", "mismatch"]) {
      const names = [...plain.matchAll(new RegExp(`^(?:export )?function (${kind}[A-Z]\\w*)`, "gm"))];
      expect(names.length).toBeGreaterThan(4);
      for (const [, name = ""] of names) {
        // Variants are handed as what the source says they are.
        const mutable = functionOf(copied, name)
          .replace("{ kind:", "{ readonly kind:")
          .replace("x?:", "readonly x?:");
        const own = functionOf(plain, name).replace("readonly readonly", "readonly");
        expect(mutable.replace("readonly readonly", "readonly")).toBe(own);
      }
    }
  });

  test("are read as what they are declared as", () => {
    expect(functionOf(copied, "readNullableNumberArray")).toContain("(r: Reader): (number | null)[] {");
    expect(functionOf(plain, "readNullableNumberArray")).toContain(
      "(r: Reader): readonly (number | null)[] {",
    );
    expect(functionOf(copied, "readXPair")).toContain(": [string, number?] {");
  });
});

test("a type that was refused promises a clone, because nobody knows whether it will have one", () => {
  const project = inMemoryProject({ "input.ts": "/** @wire */ export interface X { a: string }" });
  const generated = generate(ts, project.program, project.file("input.ts"));
  expect(generated?.text).toContain("export declare function cloneX(value: X, options?: CloneOptions): X;");
});
