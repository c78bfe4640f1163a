import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { CodecLoader } from "./codec-loader.ts";
import { type Files, Workspace } from "./workspace.testing.ts";

const files: Files = {
  "src/place.ts":
    'import type { Point } from "./geometry";\n/** @wire */\nexport interface Place { readonly at: Point }\n',
  "src/other.ts": "/** @wire */\nexport interface Other { readonly name: string }\n",
  "src/geometry/index.ts": "export interface Point { readonly x: number }\n",
  "src/more.ts": 'export {};\ndeclare module "./other.js" { interface Other { readonly a: string } }\n',
  "src/main.ts": 'import { isPlace } from "./place.codec.js";\nconsole.log(isPlace({}));\n',
};

let workspace: Workspace;
let made: string[];
let loader: CodecLoader;

beforeEach(() => {
  workspace = new Workspace(files);
  made = [];
  loader = new CodecLoader(
    (compiler, program, file, options) => {
      made.push(file.fileName.slice(workspace.folder.length + 1));
      return generate(compiler, program, file, options);
    },
    { directory: workspace.folder, tsconfig: undefined, typescript: ts },
  );
});

afterEach(() => workspace[Symbol.dispose]());

/** A build of both codecs; answers for which sources the core was asked. */
async function build(changes: Files = {}): Promise<readonly string[]> {
  workspace.write(changes);
  made = [];
  loader.begin();
  const sources = ["src/other.ts", "src/place.ts"];
  const loaded = await Promise.all(sources.map((source) => loader.load(workspace.path(source))));
  expect(loaded.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  return made;
}

describe("a codec is made again", () => {
  test("not when nothing changed, though the codecs themselves appeared", async () => {
    expect(await build()).toEqual(["src/other.ts", "src/place.ts"]);
    expect(await build()).toEqual([]);
  });

  test("not when a file changed that its type does not depend on", async () => {
    await build();
    expect(await build({ "src/main.ts": "export const main = 1;\n" })).toEqual([]);
    expect(await build({ "src/other.ts": `${files["src/other.ts"]}// more\n` })).toEqual(["src/other.ts"]);
  });

  test("when a file changed that its type depends on", async () => {
    await build();
    const point = "export interface Point { readonly y: number }\n";
    expect(await build({ "src/geometry/index.ts": point })).toEqual(["src/place.ts"]);
    expect(workspace.read("src/place.codec.ts")).toContain("value.at");
  });

  test("when a file changed that reaches types without being imported", async () => {
    await build();
    const more = files["src/more.ts"]?.replace("readonly a", "readonly b") ?? "";
    expect(await build({ "src/more.ts": more })).toEqual(["src/other.ts", "src/place.ts"]);
    expect(workspace.read("src/other.codec.ts")).toContain("value.b");
  });

  test("when a file appeared that reaches types without being imported", async () => {
    await build();
    const more = 'export {};\ndeclare module "./other.js" { interface Other { readonly added: string } }\n';
    expect(await build({ "src/yet-more.ts": more })).toEqual(["src/other.ts", "src/place.ts"]);
    expect(workspace.read("src/other.codec.ts")).toContain("value.added");
  });

  test("when an import leads to another file than before", async () => {
    await build();
    const point = "export interface Point { readonly z: number }\n";
    expect(await build({ "src/geometry.ts": point })).toEqual(["src/place.ts"]);
    expect(workspace.read("src/place.codec.ts")).not.toContain("value.x");
  });

  test("when the configuration changed", async () => {
    await build();
    const config = workspace
      .read("tsconfig.json")
      .replace('"strict":true', '"strict":true,"noImplicitAny":true');
    expect(await build({ "tsconfig.json": config })).toEqual(["src/other.ts", "src/place.ts"]);
  });

  test("when an edit shortly after the last one leaves size and time as they were", async () => {
    const point = workspace.path("src/geometry/index.ts");
    const now = new Date();
    utimesSync(point, now, now);
    await build();
    writeFileSync(point, readFileSync(point, "utf8").replace("x: number", "y: number"));
    utimesSync(point, now, now);
    expect(await build()).toEqual(["src/place.ts"]);
  });
});

test("several sources that no configuration names share one program", async () => {
  workspace.remove("tsconfig.json");
  workspace.write({ "src/place.ts": "/** @wire */\nexport interface Place { readonly x: number }\n" });
  const programs = new Set<ts.Program>();
  const recording = new CodecLoader(
    (compiler, program, file, options) => {
      programs.add(program);
      return generate(compiler, program, file, options);
    },
    { directory: workspace.folder, tsconfig: undefined, typescript: ts },
  );
  recording.begin();
  await Promise.all(["src/other.ts", "src/place.ts"].map((source) => recording.load(workspace.path(source))));
  expect(programs.size).toBe(1);
});
