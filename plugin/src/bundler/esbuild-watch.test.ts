import { emptyLock, formatLock, type Schema, updateLock } from "@hewn/schema";
import { expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { createEsbuildPlugin } from "./esbuild-plugin.ts";
import { bundleOf, Workspace } from "./workspace.testing.ts";

const hewn = createEsbuildPlugin(generate);

const main = 'import { isPlace } from "./place.codec.js";\nconsole.log(isPlace({}));\n';
const place =
  'import type { Point } from "./geometry/index.js";\n/** @wire */\nexport interface Place { readonly at: Point }\n';
const barrel = 'export type { Point } from "./point.js";\n';
const point = "export interface Point { readonly latitude: number }\n";

const files = {
  "src/main.ts": main,
  "src/place.ts": place,
  "src/geometry/index.ts": barrel,
  "src/geometry/point.ts": point,
};

test("a change in a file that holds types alone rebuilds with another codec", async () => {
  using workspace = new Workspace(files);
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect(bundleOf(await watching.next())).toContain("latitude");
  workspace.write({ "src/geometry/point.ts": "export interface Point { readonly longitude: number }\n" });
  const bundle = bundleOf(await watching.next());
  expect(bundle).toContain("longitude");
  expect(bundle).not.toContain("latitude");
  expect(workspace.read("src/place.codec.ts")).toContain("longitude");
});

test.each([
  ["by name", 'export type { Point } from "./point.js";\n', 'export type { Point } from "./other.js";\n'],
  ["as a whole", 'export * from "./point.js";\n', 'export * from "./other.js";\n'],
  [
    "under another name",
    'export type { Place as Point } from "./point.js";\n',
    'export type { Point } from "./other.js";\n',
  ],
])(
  "a change in a file that only hands types on, %s, rebuilds with another codec",
  async (_, before, after) => {
    using workspace = new Workspace({
      ...files,
      "src/geometry/index.ts": before,
      "src/geometry/point.ts": `${point}export interface Place { readonly latitude: string }\n`,
      "src/geometry/other.ts": "export interface Point { readonly altitude: number }\n",
    });
    await using watching = await workspace.watch(hewn({ typescript: ts }));
    expect(bundleOf(await watching.next())).toContain("latitude");
    workspace.write({ "src/geometry/index.ts": after });
    expect(bundleOf(await watching.next())).toContain("altitude");
  },
);

test("an error appears, stays while the bundle is rebuilt, and vanishes", async () => {
  using workspace = new Workspace(files);
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect((await watching.next()).errors).toEqual([]);
  workspace.write({ "src/geometry/point.ts": "export interface Point { readonly run: () => void }\n" });
  expect((await watching.next()).errors).toEqual([
    expect.objectContaining({ location: expect.objectContaining({ file: "src/place.ts", line: 3 }) }),
  ]);
  workspace.write({ "src/main.ts": `${main}console.log(2);\n` });
  expect((await watching.next()).errors).toHaveLength(1);
  workspace.write({ "src/geometry/point.ts": point });
  const built = await watching.next();
  expect(built.errors).toEqual([]);
  expect(bundleOf(built)).toContain("latitude");
});

test("a dependency that is missing rebuilds when it appears, also in a new folder", async () => {
  using workspace = new Workspace({ "src/main.ts": main, "src/place.ts": place });
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  await watching.next();
  workspace.write({ "src/geometry/point.ts": point, "src/geometry/index.ts": barrel });
  const built = await watching.until(
    ({ outputFiles }) => outputFiles?.[0]?.text.includes("latitude") === true,
  );
  expect(built.errors).toEqual([]);
});

test("a source that is missing rebuilds when it appears", async () => {
  using workspace = new Workspace({
    "src/main.ts": main,
    "src/geometry/point.ts": point,
    "src/geometry/index.ts": barrel,
  });
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect((await watching.next()).errors).toHaveLength(1);
  workspace.write({ "src/place.ts": place });
  expect(bundleOf(await watching.next())).toContain("latitude");
});

test("a tag that is added and taken away makes and refuses the codec", async () => {
  using workspace = new Workspace({ ...files, "src/place.ts": place.replace("@wire", "@wired") });
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect((await watching.next()).errors).toHaveLength(1);
  workspace.write({ "src/place.ts": place });
  expect((await watching.next()).errors).toEqual([]);
  workspace.write({ "src/place.ts": place.replace("@wire", "@wired") });
  expect((await watching.next()).errors).toHaveLength(1);
});

test("a codec that is edited by hand or deleted is made again", async () => {
  using workspace = new Workspace(files);
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  await watching.next();
  const codec = workspace.read("src/place.codec.ts");
  workspace.write({ "src/place.codec.ts": `${codec}// edited\n` });
  await watching.next();
  expect(workspace.read("src/place.codec.ts")).toBe(codec);
  workspace.remove("src/place.codec.ts");
  await watching.next();
  expect(workspace.read("src/place.codec.ts")).toBe(codec);
});

test("a change of the configuration rebuilds under it", async () => {
  using workspace = new Workspace(files);
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect((await watching.next()).errors).toEqual([]);
  const before = workspace.read("tsconfig.json");
  workspace.write({ "tsconfig.json": '{ "compilerOptions": { "moduleResolution": "wrong" } }' });
  expect((await watching.until(({ errors }) => errors.length > 0)).errors[0]?.location?.file).toBe(
    "tsconfig.json",
  );
  workspace.write({ "tsconfig.json": before });
  expect((await watching.next()).errors).toEqual([]);
});

test("a core that failed works again after the next change", async () => {
  using workspace = new Workspace(files);
  const failing = createEsbuildPlugin((compiler, program, file) => {
    if (program.getSourceFiles().some(({ text }) => text.includes("crash"))) throw new Error("planted");
    return generate(compiler, program, file);
  });
  await using watching = await workspace.watch(failing({ typescript: ts }));
  await watching.next();
  workspace.write({ "src/geometry/point.ts": `${point}// crash\n` });
  expect((await watching.next()).errors).toHaveLength(1);
  workspace.write({ "src/geometry/point.ts": point });
  expect((await watching.next()).errors).toEqual([]);
});

test("a core that failed at once works after a change of what the source imports", async () => {
  using workspace = new Workspace({ ...files, "src/geometry/point.ts": `${point}// crash\n` });
  const failing = createEsbuildPlugin((compiler, program, file) => {
    if (program.getSourceFiles().some(({ text }) => text.includes("crash"))) throw new Error("planted");
    return generate(compiler, program, file);
  });
  await using watching = await workspace.watch(failing({ typescript: ts }));
  expect((await watching.next()).errors).toHaveLength(1);
  workspace.write({ "src/geometry/point.ts": point });
  expect((await watching.next()).errors).toEqual([]);
});

test("a wire.lock counts from when it appears: unreadable, outdated, and numbering the fields", async () => {
  const pair = "/** @wire */\nexport interface Pair { readonly first: string; readonly second: number }\n";
  using workspace = new Workspace({
    ...files,
    "src/main.ts": `${main}import { isPair } from "./pair.codec.js";\nconsole.log(isPair);\n`,
    "src/pair.ts": pair,
  });
  const schemas = new Map<string, Schema>();
  const recording = createEsbuildPlugin((compiler, program, file, options) => {
    const made = generate(compiler, program, file, options);
    if (made) schemas.set(made.source, made.schema);
    return made;
  });
  await using watching = await workspace.watch(recording({ typescript: ts }));
  expect((await watching.next()).errors).toEqual([]);
  const print = /fingerprint: "\w+"/.exec(workspace.read("src/pair.codec.ts"))?.[0];
  const { lock } = updateLock(undefined, [...schemas.values()], workspace.folder);

  workspace.write({ "wire.lock": "no lock" });
  const unreadable = await watching.next();
  expect(unreadable.errors).toHaveLength(1);
  expect(unreadable.errors[0]).toMatchObject({ location: { file: "wire.lock" } });

  workspace.write({ "wire.lock": formatLock(emptyLock) });
  const outdated = await watching.next();
  const where = new Set(outdated.errors.map(({ location }) => location?.file));
  expect(where).toEqual(new Set(["src/pair.ts", "src/place.ts"]));

  workspace.write({ "wire.lock": formatLock(lock) });
  expect((await watching.next()).errors).toEqual([]);
  workspace.write({
    "src/pair.ts": pair.replace(
      "first: string; readonly second: number",
      "second: number; readonly first: string",
    ),
  });
  expect((await watching.next()).errors).toEqual([]);
  expect(workspace.read("src/pair.codec.ts")).toContain(print);

  workspace.remove("wire.lock");
  expect((await watching.next()).errors).toEqual([]);
  expect(workspace.read("src/pair.codec.ts")).not.toContain(print);
});

test("a changed tag rebuilds, with another codec or with an error", async () => {
  const copied = "/** @wire copy */\nexport interface Point { latitude: number }\n";
  using workspace = new Workspace({ ...files, "src/geometry/point.ts": copied });
  await using watching = await workspace.watch(hewn({ typescript: ts }));
  expect((await watching.next()).errors).toEqual([]);
  expect(workspace.read("src/place.codec.ts")).toContain("clonePlace");
  workspace.write({ "src/geometry/point.ts": copied.replace(" copy", "") });
  expect((await watching.next()).errors.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^'Place' /),
  ]);
  workspace.write({ "src/geometry/point.ts": copied.replace("/** @wire copy */\n", "") });
  expect((await watching.next()).errors.map(({ text }) => text)).toEqual([
    expect.stringContaining("'Place.at.latitude'"),
  ]);
  workspace.write({ "src/geometry/point.ts": copied });
  expect((await watching.next()).errors).toEqual([]);
});
