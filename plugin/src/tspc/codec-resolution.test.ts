// Every way in which TypeScript finds a module finds a codec that does not exist yet, in one build of many projects.
import { afterEach, expect, jest, test } from "@jest/globals";
import { type Files, TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

const source = "/** @wire */\nexport interface Geo {\n  readonly lat: number;\n}\n";

function importer(specifier: string): string {
  return `import { encodeGeo } from "${specifier}";\nexport const bytes: Uint8Array = encodeGeo({ lat: 1 });\n`;
}

interface Case {
  readonly options: object;
  readonly files: Files;
}

const bundler = { module: "esnext", moduleResolution: "bundler" };
const cases: Readonly<Record<string, Case>> = {
  node16: {
    options: { module: "node16", moduleResolution: "node16" },
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec.js") },
  },
  nodenext: {
    options: { module: "nodenext", moduleResolution: "nodenext" },
    files: { "src/geo.ts": source, "src/deep/main.ts": importer("../geo.codec.js") },
  },
  bundler: {
    options: bundler,
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec.js") },
  },
  extensionless: {
    options: bundler,
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec") },
  },
  paths: {
    options: { ...bundler, paths: { "@app/*": ["./src/*"] } },
    files: { "src/geo.ts": source, "src/deep/main.ts": importer("@app/geo.codec") },
  },
  mts: {
    options: {},
    files: { "src/geo.mts": source, "src/main.mts": importer("./geo.codec.mjs") },
  },
  cts: {
    options: {},
    files: { "src/geo.cts": source, "src/main.mts": importer("./geo.codec.cjs") },
  },
  rewritten: {
    options: { rewriteRelativeImportExtensions: true },
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec.ts") },
  },
  stripped: {
    options: { allowImportingTsExtensions: true, emitDeclarationOnly: true, sourceMap: false },
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec.ts") },
  },
  strict: {
    options: {
      verbatimModuleSyntax: true,
      isolatedDeclarations: true,
      erasableSyntaxOnly: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitReturns: true,
    },
    files: { "src/geo.ts": source, "src/main.ts": importer("./geo.codec.js") },
  },
};

test("codecs are found under every module resolution, at once and in the next build", async () => {
  const names = Object.keys(cases);
  const files = Object.entries(cases).flatMap(([name, { options, files }]) => [
    [`${name}/tsconfig.json`, tsconfig({ composite: true, ...options })],
    ...Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]),
  ]);
  project = new TestProject({
    "tsconfig.json": JSON.stringify({ files: [], references: names.map((path) => ({ path })) }),
    ...Object.fromEntries(files),
  });

  expect(await project.compile("-b")).toEqual({ code: 0, output: "" });
  expect(names.map((name) => project.list(`${name}/src`).filter((file) => file.includes("codec")))).toEqual(
    names.map((name) => [name === "mts" || name === "cts" ? `geo.codec.${name}` : "geo.codec.ts"]),
  );
  expect(project.read("rewritten/src/geo.codec.ts")).toContain('from "./geo.ts"');
  expect(project.read("rewritten/dist/main.js")).toContain('from "./geo.codec.js"');
  expect(project.read("mts/src/geo.codec.mts")).toContain('from "./geo.mjs"');

  const second = await project.compile("-b", "-v");
  expect(second.output.match(/is up to date/g)).toHaveLength(names.length);
  expect(second.output).not.toContain("is out of date");
});
