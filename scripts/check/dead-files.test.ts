import { expect, test } from "@jest/globals";
import { deadFiles } from "./dead-files.ts";
import { projectOf } from "./project.ts";

const base = {
  "package.json": JSON.stringify({
    name: "workspace",
    scripts: { check: "node bootstrap.mjs scripts/check.ts" },
  }),
  "runtime/package.json": JSON.stringify({
    name: "@hewn/runtime",
    imports: { "#text": { node: "./dist/text.node.js", default: "./dist/text.portable.js" } },
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  }),
  "packages/cli/package.json": JSON.stringify({ name: "@hewn/cli", bin: { hewn: "./dist/main.js" } }),
  "runtime/src/index.ts": 'export * from "./used.ts";',
  "runtime/src/used.ts": "",
  "runtime/src/text.node.ts": "",
  "runtime/src/text.portable.ts": "",
  "packages/cli/src/main.ts": "",
  "scripts/check.ts":
    'spawn(node, [new URL("./started.ts", import.meta.url)]); read("scripts/also-started.ts");',
  "scripts/started.ts": "",
  "scripts/also-started.ts": "",
};

function dead(files: Readonly<Record<string, string>>): readonly string[] {
  return deadFiles(projectOf({ ...base, ...files })).map(({ file, message }) => `${file}: ${message}`);
}

test("exports, conditions, commands, scripts and files started by name are alive", () => {
  expect(dead({})).toEqual([]);
});

test("a file that nobody imports is dead, and so is what only it imports", () => {
  const found = dead({
    "runtime/src/lonely.ts": 'import { x } from "./lonelier.ts";',
    "runtime/src/lonelier.ts": "",
  });
  expect(found).toEqual([
    "runtime/src/lonelier.ts: nobody imports it and it is no entry point",
    "runtime/src/lonely.ts: nobody imports it and it is no entry point",
  ]);
});

test("code that only tests reach is dead unless its name says that it is for tests", () => {
  const found = dead({
    "runtime/src/x.test.ts": 'import { a } from "./only-tested.ts"; import { b } from "./oracle.testing.ts";',
    "runtime/src/only-tested.ts": "",
    "runtime/src/oracle.testing.ts": "",
  });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^runtime\/src\/only-tested\.ts: only tests reach it/);
});

test("support for tests that no test uses is dead as well", () => {
  expect(dead({ "runtime/src/testing/forgotten.ts": "" })).toHaveLength(1);
});
