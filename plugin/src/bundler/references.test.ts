// Projects that reference others: a bundle is made of their sources, whether or not they were built.
import { symlinkSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { hewn } from "../esbuild.ts";
import { bundleOf, type Files, strictConfig, Workspace } from "./workspace.testing.ts";

function configWith(references: readonly string[]): string {
  const compilerOptions = {
    ...strictConfig.compilerOptions,
    composite: true,
    outDir: "dist",
    rootDir: "src",
  };
  const include = ["src"];
  return JSON.stringify({ compilerOptions, include, references: references.map((path) => ({ path })) });
}

const point = "/** @wire */\nexport interface Point { readonly x: number; readonly y: number }\n";
const main = `import { decodePlace, encodePlace } from "./place.codec.js";
export const again = decodePlace(encodePlace({ at: { x: 1, y: 2 } }));
`;

const projects: Files = {
  "geo/tsconfig.json": configWith([]),
  "geo/src/point.ts": point,
  "app/tsconfig.json": configWith(["../geo"]),
  "app/src/place.ts": `import type { Point } from "../../geo/src/point.js";
/** @wire */
export interface Place { readonly at: Point }
`,
  "app/src/main.ts": main,
};

const entry = { entryPoints: ["app/src/main.ts"] };

async function run(text: string): Promise<unknown> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { again: unknown };
  return module.again;
}

describe("a project that references another", () => {
  test("is bundled though neither was ever built, and the same afterwards", async () => {
    using workspace = new Workspace(projects);
    const built = await workspace.build(hewn({ typescript: ts }), entry);
    expect(built.errors).toEqual([]);
    expect(await run(bundleOf(built))).toEqual({ at: { x: 1, y: 2 } });
    expect(workspace.exists("geo/dist")).toBe(false);
    const codec = workspace.read("app/src/place.codec.ts");
    workspace.write({ "geo/dist/point.d.ts": "export interface Point { readonly old: string }\n" });
    await workspace.build(hewn({ typescript: ts }), entry);
    expect(workspace.read("app/src/place.codec.ts")).toBe(codec);
  });

  test("sees a package that exports what was not built yet, and imports its codec", async () => {
    const exports = { "./*": { types: "./dist/*.d.ts", default: "./dist/*.js" } };
    using workspace = new Workspace({
      ...projects,
      "geo/package.json": JSON.stringify({ name: "@house/geo", type: "module", exports }),
      "app/package.json": '{ "name": "@house/app", "type": "module" }',
      "app/src/place.ts": `import type { Point } from "@house/geo/point";
/** @wire */
export interface Place { readonly at: Point }
`,
      "app/node_modules/@house/readme.md": "",
    });
    symlinkSync(workspace.path("geo"), workspace.path("app/node_modules/@house/geo"), "junction");
    const built = await workspace.build(hewn({ typescript: ts }), entry);
    expect(built.errors).toEqual([]);
    expect(workspace.read("app/src/place.codec.ts")).toContain('from "@house/geo/point.codec"');
    expect(await run(bundleOf(built))).toEqual({ at: { x: 1, y: 2 } });
    expect(workspace.exists("geo/src/point.codec.ts")).toBe(true);
  });

  test("is bundled again when a type of the other changes", async () => {
    using workspace = new Workspace(projects);
    await using watching = await workspace.watch(hewn({ typescript: ts }), entry);
    expect((await watching.next()).errors).toEqual([]);
    workspace.write({ "geo/src/point.ts": point.replace("y: number", "z: string") });
    await watching.until(() => workspace.read("app/src/place.codec.ts").includes("readonly z: string"));
  });

  test("in a circle is not lost in it", async () => {
    using workspace = new Workspace({ ...projects, "geo/tsconfig.json": configWith(["../app"]) });
    const built = await workspace.build(hewn({ typescript: ts }), entry);
    expect(built.errors).toEqual([]);
    expect(await run(bundleOf(built))).toEqual({ at: { x: 1, y: 2 } });
  });
});
