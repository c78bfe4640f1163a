import { statSync } from "node:fs";
import { describe, expect, jest, test } from "@jest/globals";
import { inProject, tsc, tsconfig } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const sensor = `import type { f32 } from "@hewn/runtime";
/** @wire */
export interface Reading { readonly sensor: string; readonly celsius: f32 }
`;

const composite = {
  compilerOptions: {
    ...{ composite: true, strict: true, module: "nodenext", target: "es2022", lib: ["es2022"] },
    ...{ types: [], rootDir: "src", outDir: "dist" },
  },
  include: ["src"],
};

const monorepo = {
  "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "packages/app" }] }),
  "packages/lib/tsconfig.json": JSON.stringify(composite),
  "packages/lib/package.json": JSON.stringify({
    name: "@house/lib",
    type: "module",
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  }),
  "packages/lib/src/geo.ts": "/** @wire */\nexport interface Point { readonly x: number }\n",
  "packages/lib/src/index.ts": 'export * from "./geo.js";\nexport * from "./geo.codec.js";\n',
  "packages/app/tsconfig.json": JSON.stringify({ ...composite, references: [{ path: "../lib" }] }),
  "packages/app/package.json": JSON.stringify({ type: "module" }),
  "packages/app/src/place.ts": `import type { Point } from "@house/lib";
/** @wire */
export interface Place { readonly at: Point }
`,
};

interface Report {
  readonly ok: boolean;
  readonly files: readonly { readonly source: string; readonly codec: string; readonly status: string }[];
  readonly diagnostics: readonly object[];
  readonly ms: number;
}

describe("hewn generate", () => {
  test("writes the codec on a clean checkout, and nothing the second time", async () => {
    await inProject(
      { "src/sensor.ts": sensor, "src/other.ts": "export const n: number = 1;\n" },
      async (project) => {
        const first = await project.hewn("generate");
        expect(first).toMatchObject({ code: 0, stderr: "" });
        expect(first.stdout).toMatch(/^ {2}written {2}src\/sensor\.codec\.ts\nhewn: 1 written \(\d+ ms\)\n$/);
        expect(project.read("src/sensor.codec.ts")).toContain("export function encodeReading(");
        expect(project.exists("src/other.codec.ts")).toBe(false);
        const { mtimeMs } = statSync(project.path("src/sensor.codec.ts"));

        const second = await project.hewn("generate");
        expect(second.stdout).toMatch(/^hewn: 1 unchanged \(\d+ ms\)\n$/);
        expect(statSync(project.path("src/sensor.codec.ts")).mtimeMs).toBe(mtimeMs);
      },
    );
  });

  test("--check fails for a missing, a stale and an orphaned codec, names each and writes nothing", async () => {
    const files = { "src/a.ts": sensor, "src/b.ts": sensor, "src/c.ts": sensor };
    await inProject(files, async (project) => {
      await project.hewn("generate");
      expect(await project.hewn("generate", "--check")).toMatchObject({ code: 0 });
      project.remove("src/a.codec.ts");
      const stale = project.read("src/b.codec.ts").replace("encodeReading", "encode");
      project.write("src/b.codec.ts", stale);
      project.remove("src/c.ts");

      const { code, stdout } = await project.hewn("generate", "--check");
      expect(code).toBe(1);
      expect(stdout.split("\n").slice(0, 3)).toEqual([
        "  missing  src/a.codec.ts",
        "  stale    src/b.codec.ts",
        "  orphan   src/c.codec.ts",
      ]);
      expect(stdout).toContain("Run `hewn generate` and commit what it writes.");
      expect(project.exists("src/a.codec.ts")).toBe(false);
      expect(project.read("src/b.codec.ts")).toBe(stale);
      expect(project.exists("src/c.codec.ts")).toBe(true);
    });
  });

  test("--check sees a lock that changed alone, and the command without it writes the codecs", async () => {
    const files = {
      "src/pair.ts": "/** @wire */\nexport interface Pair { readonly a: string; readonly b: string }\n",
    };
    await inProject(files, async (project) => {
      await project.hewn("lock");
      const before = project.read("src/pair.codec.ts");
      const swapped: Readonly<Record<string, string>> = { a: "b", b: "a" };
      const lock = project
        .read("wire.lock")
        .replace(/(?<="name": ")[ab](?=")/g, (name) => swapped[name] ?? name);
      project.write("wire.lock", lock);
      expect(await project.hewn("generate", "--check")).toMatchObject({ code: 1 });
      await project.hewn("generate");
      expect(project.read("src/pair.codec.ts")).not.toBe(before);
    });
  });

  test("a checkout with CRLF line ends is not stale", async () => {
    await inProject({ "src/sensor.ts": sensor }, async (project) => {
      await project.hewn("generate");
      project.write("src/sensor.codec.ts", project.read("src/sensor.codec.ts").replaceAll("\n", "\r\n"));
      expect(await project.hewn("generate", "--check")).toMatchObject({ code: 0 });
    });
  });

  test("removes the codecs of deleted and untagged sources, and touches no file without our header", async () => {
    const own = "export const written = 'by hand';\n";
    const files = {
      "src/deleted.ts": sensor,
      "src/untagged.ts": sensor,
      "src/mine.codec.ts": own,
      "src/taken.ts": sensor,
      "src/taken.codec.ts": own,
    };
    await inProject(files, async (project) => {
      expect(await project.hewn("generate", "--quiet")).toMatchObject({ code: 1 });
      project.remove("src/deleted.ts");
      project.write("src/untagged.ts", sensor.replace("@wire", ""));

      const { code, stdout } = await project.hewn("generate", "--json");
      const statuses = (JSON.parse(stdout) as Report).files.map(({ codec, status }) => `${status} ${codec}`);
      expect(statuses).toEqual([
        "removed src/deleted.codec.ts",
        "foreign src/taken.codec.ts",
        "removed src/untagged.codec.ts",
      ]);
      expect(code).toBe(1);
      expect(project.exists("src/deleted.codec.ts") || project.exists("src/untagged.codec.ts")).toBe(false);
      expect(project.read("src/mine.codec.ts")).toBe(own);
      expect(project.read("src/taken.codec.ts")).toBe(own);
      expect((await project.hewn("generate")).stdout).toContain(
        "was not generated by hewn and is left alone",
      );
    });
  });

  test("--json prints one object and nothing else on stdout", async () => {
    await inProject({ "src/sensor.ts": sensor }, async (project) => {
      const { code, stdout, stderr } = await project.hewn("generate", "--json");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toEqual({
        ok: true,
        files: [{ source: "src/sensor.ts", codec: "src/sensor.codec.ts", status: "written" }],
        diagnostics: [],
        ms: expect.any(Number),
      });
    });
  });

  test("follows the references of a solution, each project with its own options", async () => {
    const files = {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "lib" }, { path: "app" }] }),
      "lib/tsconfig.json": tsconfig.replace('"strict"', '"composite":true,"strict"'),
      "lib/src/geo.ts": "/** @wire */\nexport interface Point { readonly x: number }\n",
      "app/tsconfig.json": JSON.stringify({ ...JSON.parse(tsconfig), references: [{ path: "../lib" }] }),
      "app/src/place.ts": `import type { Point } from "../../lib/src/geo.js";
/** @wire */
export interface Place { readonly at: Point }
`,
    };
    await inProject(files, async (project) => {
      expect(await project.hewn("generate")).toMatchObject({ code: 0 });
      expect(project.read("lib/src/geo.codec.ts")).toContain("encodePoint");
      expect(project.read("app/src/place.codec.ts")).toContain("encodePlace");
      expect((await project.hewn("generate", "-p", "app", "--check")).stdout).toMatch(/^hewn: 2 unchanged/);
    });
  });

  test("sees a referenced package that was never built as tsc -b will", async () => {
    await inProject(monorepo, async (project) => {
      project.link("packages/lib", "node_modules/@house/lib");
      expect(await project.hewn("generate")).toMatchObject({ code: 0, stderr: "" });
      expect(project.exists("packages/lib/dist")).toBe(false);
      const { code, stdout } = await project.run(tsc, "-b");
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      expect(project.exists("packages/app/dist/place.codec.js")).toBe(true);
      expect(await project.hewn("generate", "--check")).toMatchObject({ code: 0 });
    });
  });

  test("says which types were left out because something does not resolve", async () => {
    const files = { "src/sensor.ts": sensor.replace("@hewn/runtime", "not-installed") };
    await inProject(files, async (project) => {
      const { code, stderr } = await project.hewn("generate");
      expect(code).toBe(0);
      expect(stderr).toBe(
        "hewn: src/sensor.ts: no codec for Reading: a type there does not resolve; tsc says which\n",
      );
    });
  });

  test("needs no TypeScript in the project", async () => {
    const blocker = `import { registerHooks } from "node:module";
registerHooks({
  resolve(specifier, context, next) {
    if (/^typescript(\\/|$)/.test(specifier)) throw new Error("no such package: " + specifier);
    return next(specifier, context);
  },
});
`;
    await inProject({ "src/sensor.ts": sensor, "blocker.mjs": blocker }, async (project) => {
      const env = { NODE_OPTIONS: `--import=${project.path("blocker.mjs")}` };
      expect(await project.hewnWith(env, "generate")).toMatchObject({ code: 0, stderr: "" });
      expect(project.exists("src/sensor.codec.ts")).toBe(true);
    });
  });

  test("reads packages that can only be imported, never required", async () => {
    const files = {
      "node_modules/geo/package.json": JSON.stringify({
        name: "geo",
        type: "module",
        exports: { ".": { import: { types: "./geo.d.ts", default: "./geo.js" } } },
      }),
      "node_modules/geo/geo.d.ts": "export interface Point { readonly latitude: number }\n",
      "src/place.ts": `import type { Point } from "geo";
/** @wire */
export interface Place { readonly at: Point }
`,
    };
    await inProject(files, async (project) => {
      await project.hewn("generate");
      expect(project.read("src/place.codec.ts")).toContain("latitude");
    });
  });

  test("type errors of the project are its compiler's business", async () => {
    const files = { "src/sensor.ts": `${sensor}const wrong: string = 1;\nmissing();\n` };
    await inProject(files, async (project) => {
      expect(await project.hewn("generate")).toMatchObject({ code: 0, stderr: "" });
    });
  });
});
