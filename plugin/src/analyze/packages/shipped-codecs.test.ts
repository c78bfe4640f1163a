// When the codec that a package ships is imported, and when its types are spelled out instead.
import { emptyLock, formatLock, type Lock, parseLock, updateLock } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { type GenerateOptions, generate } from "../../generate.ts";
import { inMemoryProject } from "../in-memory-project.testing.ts";

type Files = Readonly<Record<string, string>>;

const pointSource = `import type { i32 } from "@hewn/runtime";
/** @wire */
export interface Point { readonly x: i32; readonly y?: i32 }
/** @wire */
export interface Tree { readonly at: Point; readonly below: readonly Tree[] }
`;

const useSource = `import type { Point, Tree } from "@acme/geo";
/** @wire */
export interface Use { readonly all: readonly Point[]; readonly trees: readonly Tree[] }
`;

interface Library {
  readonly source?: string;
  readonly exports?: unknown;
  readonly lock?: Lock;
  /** Where it is installed. */
  readonly folder?: string;
}

const everything = { ".": "./dist/index.js", "./*": "./dist/*.js" };

/** The files of a package that was built with Hewn and packed. */
function library({
  source = pointSource,
  exports = everything,
  lock,
  folder = "node_modules/@acme/geo",
}: Library = {}): Files {
  const project = inMemoryProject({ "src/point.ts": source });
  const lockFile = lock && { path: "/project/wire.lock", lock };
  const made = generate(ts, project.program, project.file("src/point.ts"), { lock: lockFile });
  if (!made) throw new Error("the library has no wire type");
  expect(made.diagnostics).toEqual([]);
  const declarations = (text: string): string => ts.transpileDeclaration(text, {}).outputText;
  const script = ts.transpileModule(made.text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: 99 },
  });
  const manifest = { name: "@acme/geo", version: "1.0.0", type: "module", ...(exports ? { exports } : {}) };
  const files = {
    "package.json": JSON.stringify(manifest),
    "dist/index.d.ts": 'export * from "./point.js";\n',
    "dist/index.js": "",
    "dist/point.d.ts": declarations(source),
    "dist/point.js": "export {};\n",
    "dist/point.codec.d.ts": declarations(made.text),
    "dist/point.codec.js": script.outputText,
    ...(lock ? { "wire.lock": formatLock(lock) } : {}),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

function made(files: Files, options: ts.CompilerOptions = {}, more: GenerateOptions = {}) {
  const project = inMemoryProject({ "use.ts": useSource, ...files }, options);
  const result = generate(ts, project.program, project.file("use.ts"), { packages: project.host, ...more });
  if (!result) throw new Error("nothing is tagged");
  expect(result.diagnostics).toEqual([]);
  return result;
}

/** By what the codec of `use.ts` imports those of the package; undefined where it spells them out. */
function importedFrom({ text }: { readonly text: string }): string | undefined {
  const found = /import \{[^}]*writePoint[^}]*\} from "([^"]*)"/.exec(text)?.[1];
  expect(text.includes("function writePoint(")).toBe(found === undefined);
  return found;
}

const edited = (files: Files, name: string, from: RegExp, to: string): Files => {
  const key = Object.keys(files).find((each) => each.endsWith(name));
  const text = files[key ?? ""];
  if (key === undefined || text === undefined || !from.test(text))
    throw new Error(`nothing to edit in ${name}`);
  return { ...files, [key]: text.replace(from, to) };
};

const without = (files: Files, name: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([file]) => !file.endsWith(name)));

describe("a codec is imported by what the package's exports lead to:", () => {
  const conditions = (file: string) => ({ types: `./dist/${file}.d.ts`, import: `./dist/${file}.js` });

  test.each<[string, unknown, string]>([
    ["a pattern", everything, "@acme/geo/point.codec"],
    [
      "a pattern with the extension",
      { ".": "./dist/index.js", "./lib/*.js": "./dist/*.js" },
      "@acme/geo/lib/point.codec.js",
    ],
    [
      "a pattern with conditions",
      { ".": conditions("index"), "./*": { types: "./dist/*.d.ts", default: "./dist/*.js" } },
      "@acme/geo/point.codec",
    ],
    ["a subpath", { ".": conditions("index"), "./wire": conditions("point.codec") }, "@acme/geo/wire"],
    ["no exports at all", undefined, "@acme/geo/dist/point.codec.js"],
  ])("%s", (_, exports, specifier) => {
    const files = exports ? library({ exports }) : library({ exports: null });
    const types = exports ? {} : { "use.ts": useSource.replace("@acme/geo", "@acme/geo/dist/point.js") };
    expect(importedFrom(made({ ...files, ...types }))).toBe(specifier);
  });

  test("a module that hands it on", () => {
    const files = library({ exports: conditions("index") });
    const index = 'export * from "./point.js";\nexport * from "./point.codec.js";\n';
    expect(importedFrom(made({ ...files, "node_modules/@acme/geo/dist/index.d.ts": index }))).toBe(
      "@acme/geo",
    );
  });

  test("a module that hands on some of its functions by name is none", () => {
    const files = library({ exports: conditions("index") });
    const index = 'export * from "./point.js";\nexport { writePoint, readPoint } from "./point.codec.js";\n';
    expect(importedFrom(made({ ...files, "node_modules/@acme/geo/dist/index.d.ts": index }))).toBeUndefined();
  });

  test("the type is imported from where its package exports it, or is what the codec reads", () => {
    expect(made(library()).text).toContain('import type { Point, Tree } from "@acme/geo/point";');
    const hidden = library({
      exports: { "./point.codec": conditions("point.codec"), ".": conditions("index") },
    });
    const index =
      'import type { Point as P, Tree as T } from "./point.js";\nexport type Point = P;\nexport type Tree = T;\n';
    const { text } = made({ ...hidden, "node_modules/@acme/geo/dist/index.d.ts": index });
    expect(text).toContain("type Tree = ReturnType<typeof readTree>;");
  });

  test("tags need not survive in the declarations", () => {
    expect(importedFrom(made(edited(library(), "point.d.ts", /\/\*\* @wire \*\//g, "")))).toBe(
      "@acme/geo/point.codec",
    );
  });

  test("the older ways to resolve modules do not lead past exports", () => {
    const node10 = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10 };
    const files = {
      ...library({ exports: conditions("index") }),
      "use.ts": useSource.replace("@acme/geo", "@acme/geo/dist/point.js"),
    };
    expect(importedFrom(made(files, { ...node10, ignoreDeprecations: "6.0" }))).toBeUndefined();
  });

  test("the fingerprint is that of the same type spelled out", () => {
    const printOf = ({ text }: { text: string }) => /fingerprint: "(\w+)"/.exec(text)?.[1];
    expect(printOf(made(library()))).toBe(printOf(made(without(library(), "point.codec.d.ts"))));
  });
});

describe("a type is spelled out where", () => {
  test.each<[string, Files]>([
    ["there is no codec", without(library(), "point.codec.d.ts")],
    ["there is no JavaScript", without(library(), "point.codec.js")],
    [
      "its exports do not lead to the codec",
      library({ exports: { ".": "./dist/index.js", "./point": "./dist/point.js" } }),
    ],
    ["its exports hide the codec", library({ exports: { ...everything, "./point.codec": null } })],
    [
      "the declarations changed since the codec was generated",
      edited(library(), "point.d.ts", /x: i32/, "x: string"),
    ],
    [
      "the JavaScript is of another version",
      edited(library(), "point.codec.js", /fingerprint: "\w/, 'fingerprint: "x'),
    ],
    ["the codec calls functions in another way", edited(library(), "point.codec.d.ts", /p: number, /g, "")],
    [
      "the codec lacks a function",
      edited(library(), "point.codec.d.ts", /export declare function mismatchPoint.*\n/, ""),
    ],
    [
      "its lock cannot explain the codec",
      { ...edited(library(), "point.d.ts", /x: i32/, "x: string"), "node_modules/@acme/geo/wire.lock": "{" },
    ],
    [
      "it has a runtime of its own",
      {
        ...library(),
        "node_modules/@acme/geo/node_modules/@hewn/runtime/package.json":
          '{ "name": "@hewn/runtime", "type": "module", "exports": { ".": "./index.ts", "./codec": "./codec.ts" } }',
        "node_modules/@acme/geo/node_modules/@hewn/runtime/codec.ts": "export {};\n",
        "node_modules/@acme/geo/node_modules/@hewn/runtime/index.ts": "export type i32 = number;\n",
      },
    ],
  ])("%s", (_, files) => {
    expect(importedFrom(made(files))).toBeUndefined();
  });

  test("every script that a condition leads to must have the format", () => {
    const exports = {
      ...everything,
      "./point.codec": {
        types: "./dist/point.codec.d.ts",
        browser: "./browser/point.codec.js",
        default: "./dist/point.codec.js",
      },
    };
    const files = library({ exports });
    const script = files["node_modules/@acme/geo/dist/point.codec.js"] ?? "";
    const browser = "node_modules/@acme/geo/browser/point.codec.js";
    expect(importedFrom(made({ ...files, [browser]: script }))).toBe("@acme/geo/point.codec");
    expect(
      importedFrom(
        made({ ...files, [browser]: script.replace(/fingerprint: "\w{4}/g, 'fingerprint: "0000') }),
      ),
    ).toBeUndefined();
  });

  test("the core is given no files to look in", () => {
    expect(importedFrom(made(library(), {}, { packages: undefined }))).toBeUndefined();
  });
});

describe("a package's own lock", () => {
  const before = pointSource.replace("readonly x: i32;", "readonly gone?: string; readonly x: i32;");
  const lockOf = (...sources: readonly string[]): Lock =>
    sources.reduce<Lock | undefined>((lock, source) => {
      const project = inMemoryProject({ "src/point.ts": source });
      const schema = generate(ts, project.program, project.file("src/point.ts"))?.schema;
      return schema && updateLock(lock, [schema], "/project").lock;
    }, undefined) ?? emptyLock;
  const lock = lockOf(before, pointSource);
  const slots = ({ schema }: ReturnType<typeof made>): readonly number[] => {
    const type = [...schema.declarations.values()].find(({ name }) => name === "Point")?.type;
    return type?.kind === "struct" ? type.fields.map(({ slot }) => slot) : [];
  };

  test("gives its types the numbers that its codec has", () => {
    const result = made(library({ lock }));
    expect(importedFrom(result)).toBe("@acme/geo/point.codec");
    expect(slots(result)).toEqual([1, 2]);
  });

  test("is needed to understand the codec", () => {
    const result = made(without(library({ lock }), "wire.lock"));
    expect(importedFrom(result)).toBeUndefined();
    expect(slots(result)).toEqual([0, 1]);
  });

  test("gives way to the project's own, which first takes over its numbers", () => {
    const files = library({ lock });
    const { schema } = made(files);
    const own = updateLock(undefined, [schema], "/project").lock;
    const result = made(
      files,
      {},
      { lock: { path: "/project/wire.lock", lock: parseLock(formatLock(own)) } },
    );
    expect(importedFrom(result)).toBe("@acme/geo/point.codec");
    const plain = made(without(files, "wire.lock"));
    const other = updateLock(undefined, [plain.schema], "/project").lock;
    const kept = made(files, {}, { lock: { path: "/project/wire.lock", lock: other } });
    expect(importedFrom(kept)).toBeUndefined();
    expect(slots(kept)).toEqual([0, 1]);
  });
});

test("an enum of a package is imported by its exports", () => {
  const files = {
    "node_modules/colors/package.json":
      '{ "name": "colors", "exports": { "./all": { "types": "./lib/all.d.ts" } } }',
    "node_modules/colors/lib/all.d.ts": 'export * from "./color.js";\n',
    "node_modules/colors/lib/color.d.ts": 'export declare enum Color { Red = "red", Blue = "blue" }\n',
    "use.ts":
      'import type { Color } from "colors/all";\n/** @wire */\nexport interface Use { readonly color: Color; readonly red: Color.Red }\n',
  };
  expect(made(files).text).toContain('import type { Color } from "colors/all";');
});

describe("a codec that a package ships in one format is imported by those that need no other:", () => {
  const tagged = (source: string, words: string): string =>
    source.replaceAll("/** @wire */", `/** @wire ${words} */`);

  test.each([
    ["binary", "binary", "@acme/geo/point.codec"],
    ["binary", "", undefined],
    ["binary", "json", undefined],
    ["", "binary", "@acme/geo/point.codec"],
    ["", "json", "@acme/geo/point.codec"],
  ])("of '@wire %s' by '@wire %s': %s", (shipped, using, specifier) => {
    const files = library({ source: tagged(pointSource, shipped) });
    const { text } = made({ ...files, "use.ts": tagged(useSource, using) });
    expect(/import \{[^}]*mismatchPoint[^}]*\} from "([^"]*)"/.exec(text)?.[1]).toBe(specifier);
    expect(text.includes("function mismatchPoint(")).toBe(specifier === undefined);
  });

  test("each type for itself, by what is made of it", () => {
    const files = library({ source: tagged(pointSource, "binary") });
    const use = `import type { Point, Tree } from "@acme/geo";
/** @wire */ export interface Use { readonly point: Point }
/** @wire binary */ export interface Trees { readonly trees: readonly Tree[] }
`;
    const { text } = made({ ...files, "use.ts": use });
    expect(text).toContain('import { mismatchTree, readTree, writeTree } from "@acme/geo/point.codec";');
    expect(text).toContain("function writePoint(");
  });
});

describe("an enum that its package exports", () => {
  const use = "/** @wire */\nexport interface Use { readonly color: Holder }\n";
  const holder = "export interface Holder { readonly color: Color }\n";
  const color = 'enum Color { Red = "red", Blue = "blue" }\n';

  /** Where the codec imports the enum from, or what was said of it. */
  function named(index: string, more: Files = {}): readonly string[] {
    const project = inMemoryProject({
      "node_modules/colors/package.json":
        '{ "name": "colors", "exports": { ".": { "types": "./index.d.ts" } } }',
      "node_modules/colors/index.d.ts": index,
      ...Object.fromEntries(
        Object.entries(more).map(([name, part]) => [`node_modules/colors/${name}`, part]),
      ),
      "use.ts": `import type { Holder } from "colors";\n${use}`,
    });
    const source = project.file("use.ts");
    const { text = "", diagnostics = [] } =
      generate(ts, project.program, source, { packages: project.host }) ?? {};
    const imports = text.match(/^import type .* from "(?!\.\/).*"/gm) ?? [];
    return diagnostics.length > 0 ? diagnostics.map(({ message }) => message) : imports;
  }

  test("under another name is imported by that one", () => {
    const hands = 'import { Color } from "./color.js";\nexport { Color as Hue } from "./color.js";\n';
    const inner = { "color.d.ts": `export declare ${color}` };
    expect(named(hands + holder, inner)).toEqual(['import type { Hue } from "colors"']);
  });

  test("as a member of what it exports is imported from there", () => {
    const index = `declare namespace all { ${holder} ${color} }\nexport = all;\n`;
    expect(named(index)).toEqual(['import type { Color as Color_ } from "colors"']);
  });

  test("without saying so is imported by its own name", () => {
    expect(
      named(
        `export default interface Own { readonly a: 1 }\ndeclare const ${color}interface Hidden { readonly color: Color }\nexport interface Holder extends Hidden {}\n`,
      ),
    ).toEqual(['import type { Color as Color_ } from "colors"']);
  });

  test("from no module that others can import is refused", () => {
    const index = `import { Color } from "./color.js";\n${holder}`;
    expect(named(index, { "color.d.ts": `export declare ${color}` })).toEqual([
      "'Use.color.color' cannot be named in the codec file: 'Color' is exported by no module that its package lets others import",
    ]);
  });
});

test("what was looked at and looked for is told", () => {
  const names = (files: Files): readonly string[] =>
    made(files)
      .dependencies.filter((file) => file.includes("/node_modules/"))
      .map((file) => file.replace("/project/node_modules/@acme/geo/", ""));
  expect(names(library())).toEqual(["dist/point.codec.d.ts", "dist/point.codec.js", "package.json"]);
  expect(names(without(library(), "point.codec.d.ts"))).toEqual(["dist/point.codec.d.ts"]);
});
