// Packages that ship codecs: a library is built and packed, installed in the ways in which package managers do it, and
// a program that uses its types is generated, compiled, bundled and run.
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { build } from "esbuild";
import { TempProject, tsc, tsconfig } from "./testing/temp-project.ts";

const repository = join(import.meta.dirname, "../../..");
const tspc = join(repository, "node_modules/ts-patch/bin/tspc.js");
const minutes = 60_000;

/** The usual tsconfig.json with more options. */
function configWith(options: object): string {
  const { compilerOptions, include } = JSON.parse(tsconfig) as { compilerOptions: object; include: unknown };
  return JSON.stringify({ compilerOptions: { ...compilerOptions, rootDir: "src", ...options }, include });
}

const library = {
  "tsconfig.json": configWith({ declaration: true }),
  "src/color.ts": 'export enum Color { Red = "red", Blue = "blue" }\n',
  "src/geo/point.ts": `import type { i32 } from "@hewn/runtime";
import type { Color } from "../color.js";
/** @wire */
export interface Point { readonly x: i32; readonly y: i32; readonly color?: Color; readonly data?: Uint8Array }
/** @wire */
export interface Tree { readonly at: Point; readonly below: readonly Tree[] }
export interface Plain { readonly note: string }
`,
  "src/index.ts": 'export * from "./color.js";\nexport type * from "./geo/point.js";\n',
};

const consumer = {
  "src/console.d.ts": "declare const console: { log(...parts: unknown[]): void };\n",
  "src/order.ts": `import type { Color, Plain, Point, Tree } from "@acme/geo";
/** @wire */
export interface Order { readonly at: Point; readonly stops: readonly Point[]; readonly tree: Tree | null; readonly plain: Plain; readonly color: Color }
`,
  "src/main.ts": `import { Color } from "@acme/geo";
import { decodeOrder, encodeOrder, isOrder, type OrderCodec, parseOrder, stringifyOrder } from "./order.codec.js";
import type { Order } from "./order.js";
const order: Order = {
  at: { x: 1, y: 2, color: Color.Blue, data: new Uint8Array([7]) },
  stops: [{ x: 3, y: 4 }],
  tree: { at: { x: 5, y: 6 }, below: [] },
  plain: { note: "n" },
  color: Color.Red,
};
export type Name = typeof OrderCodec.name;
const again = decodeOrder(encodeOrder(order));
const message = (run: () => unknown): string => {
  try {
    return String(run());
  } catch (error) {
    return Object.getPrototypeOf(error).constructor.name + " " + (error as { path?: string }).path;
  }
};
console.log(stringifyOrder(again), isOrder(parseOrder(stringifyOrder(order))), isOrder({ ...order, at: { x: 0.5, y: 1 } }));
console.log(message(() => parseOrder(stringifyOrder(order).replace('"y":4', '"y":"four"'))));
`,
};

const said =
  '{"at":{"x":1,"y":2,"color":"blue","data":"Bw=="},"stops":[{"x":3,"y":4}],"tree":{"at":{"x":5,"y":6},"below":[]},"plain":{"note":"n"},"color":"red"} true false\n' +
  "DecodeError Order.stops[0].y\n";

const patternExports = {
  ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
  "./*": { types: "./dist/*.d.ts", default: "./dist/*.js" },
};

function manifest(exports: unknown, rest: object = {}): string {
  const json = { name: "@acme/geo", version: "1.0.0", type: "module", files: ["dist"], exports, ...rest };
  return JSON.stringify(json);
}

let built: TempProject;

beforeAll(async () => {
  built = new TempProject({ ...library, "package.json": manifest(patternExports) });
  expect(await built.hewn("generate")).toMatchObject({ code: 0 });
  expect(await built.run(tsc, "-p", ".")).toMatchObject({ code: 0, stdout: "" });
}, minutes);

afterAll(() => built.dispose());

/** Puts what the package would be packed of into a folder of the project. */
function install(project: TempProject, folder: string, packageJson = manifest(patternExports)): void {
  mkdirSync(project.path(folder), { recursive: true });
  cpSync(built.path("dist"), project.path(`${folder}/dist`), { recursive: true });
  project.write(`${folder}/package.json`, packageJson);
}

const runtimeOf = (project: TempProject, folder: string): void => {
  mkdirSync(dirname(project.path(`${folder}/@hewn/runtime`)), { recursive: true });
  project.linkOut(join(repository, "runtime"), `${folder}/@hewn/runtime`);
};

const layouts: Readonly<Record<string, (project: TempProject) => void>> = {
  "a copy in node_modules, as npm makes it": (project) => install(project, "node_modules/@acme/geo"),
  "a link into a store, as pnpm makes it": (project) => {
    const store = "node_modules/.pnpm/@acme+geo@1.0.0/node_modules";
    install(project, `${store}/@acme/geo`);
    runtimeOf(project, store);
    project.link(`${store}/@acme/geo`, "node_modules/@acme/geo");
  },
  "a link to a folder of the workspace": (project) => {
    install(project, "packages/geo");
    project.link("packages/geo", "node_modules/@acme/geo");
  },
};

async function inConsumer(
  files: Readonly<Record<string, string>>,
  work: (project: TempProject) => Promise<void>,
): Promise<void> {
  const project = new TempProject({ "tsconfig.json": configWith({}), ...consumer, ...files });
  try {
    await work(project);
  } finally {
    project.dispose();
  }
}

/** Compiles and runs, then bundles and runs. */
async function outputs(project: TempProject): Promise<readonly string[]> {
  const compiled = await project.run(tsc, "-p", ".");
  const ran = await project.run("dist/main.js");
  await build({
    entryPoints: [project.path("src/main.ts")],
    outfile: project.path("bundle.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  const bundled = await project.run("bundle.mjs");
  return [compiled.stdout, ran.stdout + ran.stderr, bundled.stdout + bundled.stderr];
}

describe.each(Object.entries(layouts))("a library that is %s", (_, lay) => {
  test(
    "has its codecs imported, and the program runs compiled and bundled",
    async () => {
      await inConsumer({}, async (project) => {
        lay(project);
        expect(await project.hewn("generate")).toMatchObject({ code: 0, stderr: "" });
        const codec = project.read("src/order.codec.ts");
        expect(codec).toContain('from "@acme/geo/geo/point.codec";');
        expect(codec).toContain('import type { Color } from "@acme/geo/color";');
        expect(codec).toContain('import type { Point } from "@acme/geo/geo/point";');
        expect(codec).not.toContain("function writePoint(");
        expect(codec).toContain("function writePlain(");
        expect(await outputs(project)).toEqual(["", said, said]);
      });
    },
    minutes,
  );

  test(
    "has them imported by tspc in the same words",
    async () => {
      await inConsumer({}, async (project) => {
        lay(project);
        await project.hewn("generate");
        const codec = project.read("src/order.codec.ts");
        project.remove("src/order.codec.ts");
        const plugins = [
          { transform: join(repository, "plugin/dist/transformer.js"), transformProgram: true },
        ];
        project.write("tsconfig.json", configWith({ plugins }));
        expect(await project.run(tspc, "-p", ".")).toMatchObject({ code: 0, stdout: "" });
        expect(project.read("src/order.codec.ts")).toBe(codec);
      });
    },
    minutes,
  );
});

const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));

/** Runs esbuild with the plugin, and says what it said. */
const bundling = `import { build } from ${JSON.stringify(join(repository, "node_modules/esbuild/lib/main.js"))};
import { hewn } from ${JSON.stringify(join(repository, "plugin/dist/esbuild.js"))};
const entryPoints = ["packages/app/src/order.codec.ts"];
const { errors } = await build({ entryPoints, bundle: true, outfile: "order.js", plugins: [hewn()] });
process.stdout.write(JSON.stringify(errors));
`;

describe("a referenced project whose package exports its codecs", () => {
  const project = (references: readonly string[], options: object = {}): string =>
    JSON.stringify({
      compilerOptions: {
        ...(
          JSON.parse(configWith({ composite: true, tsBuildInfoFile: "dist/.tsbuildinfo", ...options })) as {
            compilerOptions: object;
          }
        ).compilerOptions,
      },
      include: ["src"],
      references: references.map((path) => ({ path })),
    });
  async function inWorkspace(work: (project: TempProject) => Promise<void>): Promise<void> {
    const files = {
      ...below("packages/geo", {
        ...library,
        "tsconfig.json": project([]),
        "package.json": manifest(patternExports),
      }),
      ...below("packages/app", { ...consumer, "tsconfig.json": project(["../geo"]) }),
      "packages/app/package.json": '{ "name": "@acme/app", "type": "module" }',
      "bundle.mjs": bundling,
    };
    await inConsumer(files, async (workspace) => {
      workspace.remove("src");
      workspace.link("packages/geo", "node_modules/@acme/geo");
      await work(workspace);
    });
  }

  const codecs = ["packages/app/src/order.codec.ts", "packages/geo/src/geo/point.codec.ts"];

  test(
    "has them imported whether or not it was built, bundled or compiled, and the program runs",
    async () => {
      await inWorkspace(async (workspace) => {
        expect(await workspace.hewn("generate", "-p", "packages/app")).toMatchObject({ code: 0, stderr: "" });
        const codec = workspace.read("packages/app/src/order.codec.ts");
        expect(codec).toContain('from "@acme/geo/geo/point.codec";');
        expect(await workspace.run(tsc, "-b", "packages/app")).toMatchObject({ code: 0, stdout: "" });
        expect((await workspace.run("packages/app/dist/main.js")).stdout).toBe(said);
        expect(await workspace.hewn("generate", "--check", "-p", "packages/app")).toMatchObject({ code: 0 });

        for (const folder of ["packages/app/dist", "packages/geo/dist"]) workspace.remove(folder);
        for (const made of codecs) workspace.remove(made);
        const { stdout } = await workspace.run("bundle.mjs");
        expect({ stdout, codec: workspace.read("packages/app/src/order.codec.ts") }).toEqual({
          stdout: "[]",
          codec,
        });

        for (const made of codecs) workspace.remove(made);
        const plugins = [
          { transform: join(repository, "plugin/dist/transformer.js"), transformProgram: true },
        ];
        workspace.write("packages/geo/tsconfig.json", project([], { plugins }));
        workspace.write("packages/app/tsconfig.json", project(["../geo"], { plugins }));
        expect(await workspace.run(tspc, "-b", "packages/app")).toMatchObject({ code: 0, stdout: "" });
        expect(workspace.read("packages/app/src/order.codec.ts")).toBe(codec);
        expect((await workspace.run("packages/app/dist/main.js")).stdout).toBe(said);
      });
    },
    2 * minutes,
  );
});

describe.each(["npm", "pnpm"])("a package of a workspace of %s that exports its sources", (manager) => {
  const plugins = [{ transform: join(repository, "plugin/dist/transformer.js"), transformProgram: true }];
  const config = configWith({ module: "esnext", moduleResolution: "bundler", noEmit: true, plugins });
  const sources = { ".": "./src/index.ts", "./*": "./src/*.ts" };
  const files = (exports: unknown) => ({
    ...below("packages/geo", { ...library, "tsconfig.json": config, "package.json": manifest(exports) }),
    ...below("packages/app", { ...consumer, "tsconfig.json": config }),
    "packages/app/package.json": '{ "name": "@acme/app", "type": "module" }',
    "bundle-with-plugin.mjs": bundling,
  });

  async function inWorkspace(
    exports: unknown,
    work: (workspace: TempProject) => Promise<void>,
  ): Promise<void> {
    await inConsumer(files(exports), async (workspace) => {
      workspace.remove("src");
      if (manager === "pnpm") {
        workspace.remove("node_modules");
        for (const each of ["geo", "app"]) runtimeOf(workspace, `packages/${each}/node_modules`);
      }
      const home = manager === "npm" ? "node_modules" : "packages/app/node_modules";
      workspace.link("packages/geo", `${home}/@acme/geo`);
      await work(workspace);
    });
  }

  async function generated(workspace: TempProject): Promise<string> {
    expect(await workspace.hewn("generate", "-p", "packages/app")).toMatchObject({ code: 0, stderr: "" });
    expect(await workspace.run(tsc, "-p", "packages/app")).toMatchObject({ code: 0, stdout: "" });
    return workspace.read("packages/app/src/order.codec.ts");
  }

  async function ran(workspace: TempProject): Promise<string> {
    await build({
      entryPoints: [workspace.path("packages/app/src/main.ts")],
      outfile: workspace.path("bundle.mjs"),
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
    });
    const { stdout, stderr } = await workspace.run("bundle.mjs");
    return stdout + stderr;
  }

  test(
    "has its codecs imported once they are there, also under its own lock, by each front",
    async () => {
      await inWorkspace(sources, async (workspace) => {
        expect(await generated(workspace)).toContain("function writePoint(");
        expect(await ran(workspace)).toBe(said);
        for (const command of ["generate", "lock"])
          expect(await workspace.hewn(command, "-p", "packages/geo")).toMatchObject({ code: 0 });
        const point = workspace.read("packages/geo/src/geo/point.ts");
        const swapped = point.replace(
          "readonly x: i32; readonly y: i32;",
          "readonly y: i32; readonly x: i32;",
        );
        workspace.write("packages/geo/src/geo/point.ts", swapped);
        expect(await workspace.hewn("generate", "-p", "packages/geo")).toMatchObject({ code: 0 });
        const codec = await generated(workspace);
        expect(codec).toContain('from "@acme/geo/geo/point.codec";');
        expect(codec).toContain('import type { Color } from "@acme/geo/color";');
        expect(codec).not.toContain("function writePoint(");
        expect(await ran(workspace)).toBe(said.replaceAll(/("x":\d),("y":\d)/g, "$2,$1"));
        workspace.remove("packages/app/src/order.codec.ts");
        expect(await workspace.run(tspc, "-p", "packages/app")).toMatchObject({ code: 0, stdout: "" });
        expect(workspace.read("packages/app/src/order.codec.ts")).toBe(codec);
        workspace.remove("packages/app/src/order.codec.ts");
        expect(await workspace.run("bundle-with-plugin.mjs")).toMatchObject({ stdout: "[]", stderr: "" });
        expect(workspace.read("packages/app/src/order.codec.ts")).toBe(codec);
      });
    },
    2 * minutes,
  );

  test(
    "has its types spelled out where its exports lead to no codec, or only by a name that the project may not write",
    async () => {
      for (const exports of ["./src/index.ts", { ".": "./src/index.ts", "./src/*": "./src/*" }]) {
        await inWorkspace(exports, async (workspace) => {
          await workspace.hewn("generate", "-p", "packages/geo");
          expect(await generated(workspace)).toContain("function writePoint(");
          expect(await ran(workspace)).toBe(said);
        });
      }
    },
    2 * minutes,
  );
});

test(
  "a watch notices that a package's codec is of another version",
  async () => {
    await inConsumer({}, async (project) => {
      install(project, "packages/geo");
      project.link("packages/geo", "node_modules/@acme/geo");
      const watched = project.watch();
      await watched.line(/watching/);
      expect(project.read("src/order.codec.ts")).toContain('from "@acme/geo/geo/point.codec";');
      // What a first pass found to watch is watched by the time that a second one is done.
      project.write("src/order.ts", `${consumer["src/order.ts"]}// edited\n`);
      await watched.line(/unchanged {2}src\/order\.ts/);
      const script = "packages/geo/dist/geo/point.codec.js";
      project.write(script, project.read(script).replaceAll(/fingerprint: "\w{4}/g, 'fingerprint: "0000'));
      await watched.line(/written {2}src\/order\.codec\.ts/);
      expect(project.read("src/order.codec.ts")).toContain("function writePoint(");
      await watched.kill();
    });
  },
  minutes,
);
