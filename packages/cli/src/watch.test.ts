import { describe, expect, jest, test } from "@jest/globals";
import { inProject, tsconfig } from "./testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const files = {
  "src/geo.ts": "export interface Point { readonly x: number }\n",
  "src/place.ts": `import type { Point } from "./geo.js";
/** @wire */
export interface Place { readonly at: Point }
`,
};

describe("hewn generate --watch", () => {
  test("follows edits, new files and removed ones, ignores its own writing, and ends by Ctrl-C with 0", async () => {
    await inProject(files, async (project) => {
      const watched = project.watch();
      try {
        await watched.line(/^ {2}written {2}src\/place\.codec\.ts$/);
        await watched.line(/^hewn: watching; Ctrl-C ends it$/);

        project.write("src/geo.ts", "export interface Point { readonly x: number; readonly why: string }\n");
        expect(await watched.line(/written/)).toMatch(/^ {2}written {2}src\/place\.codec\.ts {2}\(\d+ ms\)$/);
        expect(project.read("src/place.codec.ts")).toContain("why");

        project.remove("src/place.codec.ts");
        await watched.line(/written {2}src\/place\.codec\.ts/);

        project.write("src/late.ts", "/** @wire */\nexport interface Late { readonly x: number }\n");
        await watched.line(/written {2}src\/late\.codec\.ts/);

        project.remove("src/late.ts");
        await watched.line(/removed {2}src\/late\.codec\.ts/);

        project.write("src/geo.ts", "export interface Point { x: number }\n");
        await watched.line(/error HEWN1101: 'Place\.at\.x'/);
        project.write("src/geo.ts", "/** @wire copy */\nexport interface Point { x: number }\n");
        await watched.line(/written {2}src\/(?:geo|place)\.codec\.ts/);
        await watched.line(/written {2}src\/(?:geo|place)\.codec\.ts/);
        expect(project.read("src/place.codec.ts")).toContain("clonePlace");

        project.write("src/place.ts", `${files["src/place.ts"]}// nothing new\n`);
        await watched.line(/unchanged {2}src\/place\.ts/);
        expect(await watched.interrupt()).toEqual({ code: 0, left: [] });
      } finally {
        await watched.kill();
      }
    });
  });

  test("follows tsconfig, and survives one that cannot be read", async () => {
    await inProject(files, async (project) => {
      project.write("lib/more.ts", "/** @wire */\nexport interface More { readonly x: number }\n");
      const watched = project.watch();
      try {
        await watched.line(/watching/);
        project.write("tsconfig.json", "{ nonsense");
        await watched.line(/^hewn: tsconfig\.json:1:\d+: /);
        project.write("tsconfig.json", tsconfig.replace('["src"]', '["src","lib","future"]'));
        await watched.line(/written {2}lib\/more\.codec\.ts/);
        project.write("future/a.ts", "/** @wire */\nexport interface A { readonly x: number }\n");
        await watched.line(/written {2}future\/a\.codec\.ts/);
        expect(await watched.interrupt()).toMatchObject({ code: 0 });
      } finally {
        await watched.kill();
      }
    });
  });

  test("follows the sources of referenced projects, and wire.lock", async () => {
    const lib = {
      ...JSON.parse(tsconfig),
      compilerOptions: { ...JSON.parse(tsconfig).compilerOptions, composite: true },
    };
    const solution = {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "app" }] }),
      "lib/tsconfig.json": JSON.stringify(lib),
      "lib/src/geo.ts": files["src/geo.ts"],
      "app/tsconfig.json": JSON.stringify({ ...JSON.parse(tsconfig), references: [{ path: "../lib" }] }),
      "app/src/place.ts": files["src/place.ts"].replace("./geo.js", "../../lib/src/geo.js"),
    };
    await inProject(solution, async (project) => {
      const watched = project.watch();
      try {
        await watched.line(/watching/);
        project.write(
          "lib/src/geo.ts",
          "export interface Point { readonly x: number; readonly why: string }\n",
        );
        await watched.line(/written {2}app\/src\/place\.codec\.ts/);
        expect(project.read("app/src/place.codec.ts")).toContain("why");
        project.write("wire.lock", '{ "version": 1, "types": {} }\n');
        await watched.line(/error HEWN\d+: 'Place' is not what wire\.lock says/);
        expect(await watched.interrupt()).toMatchObject({ code: 0 });
      } finally {
        await watched.kill();
      }
    });
  });

  test("--json prints an object a line", async () => {
    await inProject(files, async (project) => {
      const watched = project.watch("--json");
      try {
        const first = JSON.parse(await watched.line(/./)) as object;
        expect(first).toMatchObject({
          ok: true,
          files: [{ codec: "src/place.codec.ts", status: "written" }],
        });
        project.write("src/place.ts", files["src/place.ts"].replace("at: Point", "at: () => void"));
        const second = JSON.parse(await watched.line(/./)) as object;
        expect(second).toMatchObject({
          ok: false,
          diagnostics: [{ code: "HEWN1001", file: "src/place.ts" }],
        });
        expect(await watched.interrupt()).toMatchObject({ code: 0 });
      } finally {
        await watched.kill();
      }
    });
  });
});
