import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";
import ts from "typescript";
import { sensorFiles, TestProject, timeout, tsconfig } from "./project.testing.ts";
import { refusalOf } from "./supported-compiler.ts";
import { createTransformer } from "./transform.ts";

jest.setTimeout(timeout);
let project: TestProject | undefined;
const command = join(import.meta.dirname, "../../dist/tspc/command.js");

afterEach(() => project?.close());

test("TypeScript 5 and 6 run tspc; others are told the way out", () => {
  expect([refusalOf("5.4.5"), refusalOf("6.0.3")]).toEqual([undefined, undefined]);
  expect(refusalOf("7.0.2")).toMatch(/this project has 7\.0\.2\. Run "hewn generate" before tsc/);
  expect(refusalOf("4.9.5")).toMatch(/this project has 4\.9\.5\./);
  expect([refusalOf("5.4.5", "3.3.0"), refusalOf("6.0.3", "4.0.1")]).toEqual([undefined, undefined]);
  expect(refusalOf("5.9.3", "4.0.1")).toBe(
    "hewn: ts-patch 4.0.1 needs TypeScript 6, and this project has 5.9.3. Install ts-patch@3.",
  );
});

test("npm installs the command beside TypeScript 7: the peer range has no upper end", () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  expect(manifest.peerDependencies["typescript"]).toMatch(/^>=[\d.]+$/);
});

test("an entry without transformProgram is told what it lacks", () => {
  const transformer = createTransformer(() => undefined);
  const program = ts.createProgram([], {});
  expect(() => transformer(program, undefined, { ts }, undefined)).toThrow(/add "transformProgram": true/);
});

test("hewn-tspc does what tspc does: with --noEmit it writes the codecs and nothing else", async () => {
  project = new TestProject({ "tsconfig.json": tsconfig(), ...sensorFiles });
  expect(await project.run(command, "-p", ".", "--noEmit")).toEqual({ code: 0, output: "" });
  expect(project.has("src/sensor.codec.ts")).toBe(true);
  expect(project.has("dist")).toBe(false);
});

test("hewn-tspc says in one line that TypeScript 7 has no place for it, and names the way out", async () => {
  const modules = "app/node_modules";
  project = new TestProject({
    [`${modules}/typescript/package.json`]: '{"name":"typescript","version":"7.0.2"}',
    [`${modules}/ts-patch/package.json`]: '{"name":"ts-patch","exports":{"./compiler/tsc":"./tsc.js"}}',
    [`${modules}/ts-patch/tsc.js`]: 'throw new Error("started");',
    "app/run.mjs": `process.chdir(import.meta.dirname); await import(${JSON.stringify(command)});`,
  });
  const { code, output } = await project.run("app/run.mjs");
  expect(code).toBe(1);
  expect(output).toBe(`${refusalOf("7.0.2")}\n`);
});

test("hewn-tspc says which ts-patch TypeScript 5 needs", async () => {
  const modules = "app/node_modules";
  project = new TestProject({
    [`${modules}/typescript/package.json`]: '{"name":"typescript","version":"5.9.3"}',
    [`${modules}/ts-patch/package.json`]:
      '{"name":"ts-patch","version":"4.0.1","exports":{"./compiler/tsc":"./compiler/tsc.js"}}',
    [`${modules}/ts-patch/compiler/tsc.js`]: 'throw new Error("started");',
    "app/run.mjs": `process.chdir(import.meta.dirname); await import(${JSON.stringify(command)});`,
  });
  expect(await project.run("app/run.mjs")).toEqual({ code: 1, output: `${refusalOf("5.9.3", "4.0.1")}\n` });
});

test("hewn-tspc says what to install where ts-patch is missing", async () => {
  project = new TestProject({ "run.mjs": `process.chdir("/"); await import(${JSON.stringify(command)});` });
  expect(await project.run("run.mjs")).toEqual({
    code: 1,
    output: expect.stringMatching(/^hewn: tspc is part of ts-patch, which is not installed: .*\n$/),
  });
});
