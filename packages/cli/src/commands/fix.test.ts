import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, jest, test } from "@jest/globals";
import { runCommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { shownFrom } from "../paths.ts";
import type { Terminal } from "../terminal.ts";
import { inProject, type TempProject, tsconfig } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const before = "/** @wire */\nexport interface Order {\n  items: string[];\n}\n";
const after = "/** @wire */\nexport interface Order {\n  readonly items: readonly string[];\n}\n";

const diff = `--- a/src/order.ts
+++ b/src/order.ts
@@ -1,4 +1,4 @@
 /** @wire */
 export interface Order {
-  items: string[];
+  readonly items: readonly string[];
 }
`;

/** Runs the command in this process with somebody at the terminal. */
async function attended(project: TempProject, answer: boolean, ...args: string[]) {
  const said = { out: "", asked: [] as string[] };
  const terminal: Terminal = {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: () => {},
    styleOut: (_, text) => text,
    styleErr: (_, text) => text,
    colors: false,
    interactive: false,
    ask: (question) => {
      said.asked.push(question);
      return Promise.resolve(answer);
    },
  };
  const { directory } = project;
  const context: Context = { terminal, directory, shown: shownFrom(directory), elapsedMs: () => 0 };
  return { code: await runCommandLine(["fix", ...args], context), ...said };
}

describe("hewn fix", () => {
  test("without a terminal shows the difference, writes nothing and ends with 1", async () => {
    await inProject({ "src/order.ts": before }, async (project) => {
      const { code, stdout, stderr } = await project.hewn("fix");
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout.replace(/\d+ ms/, "N ms")).toBe(
        `${diff}hewn: 2 fixes in 1 file, not written (N ms)\nRun \`hewn fix --yes\` to write this.\n`,
      );
      expect(project.read("src/order.ts")).toBe(before);
      expect((await project.hewn("fix", "--dry-run")).code).toBe(1);
    });
  });

  test("--yes writes, ends with 0, and then there is nothing to fix", async () => {
    await inProject({ "src/order.ts": before }, async (project) => {
      expect(await project.hewn("fix", "--yes")).toMatchObject({ code: 0, stderr: "" });
      expect(project.read("src/order.ts")).toBe(after);
      const again = await project.hewn("fix", "--yes");
      expect(again.stdout).toMatch(/^hewn: nothing to fix \(\d+ ms\)\n$/);
      expect(again.code).toBe(0);
      expect((await project.hewn("check")).code).toBe(0);
    });
  });

  test("asks whoever sits at a terminal, and takes no for an answer", async () => {
    await inProject({ "src/order.ts": before }, async (project) => {
      expect(await attended(project, false)).toMatchObject({ code: 1, asked: ["Write this file?"] });
      expect(project.read("src/order.ts")).toBe(before);
      expect(await attended(project, true, "--dry-run")).toMatchObject({ code: 1, asked: [] });
      const { code, out } = await attended(project, true);
      expect(code).toBe(0);
      expect(out).toContain("hewn: 2 fixes in 1 file (0 ms)\nCompile now:");
      expect(project.read("src/order.ts")).toBe(after);
    });
  });

  test("says how many errors are left that take a decision", async () => {
    const mixed = before.replace("  items", "  readonly any: any;\n  items");
    await inProject({ "src/order.ts": mixed }, async (project) => {
      const { code, stdout } = await project.hewn("fix", "--yes");
      expect(code).toBe(1);
      expect(stdout).toContain("2 fixes in 1 file, 1 error left that no fix mends");
      expect(project.read("src/order.ts")).toContain("readonly items: readonly string[]");
    });
  });

  test("--quiet leaves the count of what is left to do, on stderr, and nothing where all is done", async () => {
    const mixed = before.replace("  items", "  readonly any: any;\n  items");
    await inProject({ "src/order.ts": mixed }, async (project) => {
      expect(await project.hewn("fix", "-q")).toEqual({
        code: 1,
        stdout: "",
        stderr: "hewn: 2 fixes in 1 file, not written, 1 error left that no fix mends\n",
      });
      expect(await project.hewn("fix", "-yq")).toMatchObject({
        stderr: "hewn: 2 fixes in 1 file, 1 error left that no fix mends\n",
      });
      project.write("src/order.ts", before);
      expect(await project.hewn("fix", "-yq")).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });

  test("--json prints one object, and never asks", async () => {
    await inProject(
      { "src/order.ts": before.replace("  items", "  readonly any: any;\n  items") },
      async (project) => {
        const { code, out, asked } = await attended(project, true, "--json");
        expect({ code, asked }).toEqual({ code: 1, asked: [] });
        expect(JSON.parse(out)).toEqual({
          ok: false,
          applied: false,
          fixes: [
            { code: "HEWN1101", file: "src/order.ts", path: "Order.items", title: "Make 'items' readonly" },
            { code: "HEWN1102", file: "src/order.ts", path: "Order.items", title: "Make the array readonly" },
          ],
          files: [
            {
              file: "src/order.ts",
              diff: expect.stringContaining("+  readonly items: readonly string[];\n"),
            },
          ],
          diagnostics: [
            expect.objectContaining({ code: "HEWN1201", file: "src/order.ts", line: 3, column: 12 }),
          ],
          ms: 0,
        });
      },
    );
  });

  test("mends only what is reported in the files that are named, wherever its cause stands", async () => {
    const files = {
      "src/a/one.ts":
        'import type { Shared } from "../shared.js";\n/** @wire */\nexport interface One {\n  readonly s: Shared;\n}\n',
      "src/b/two.ts": before,
      "src/shared.ts": "export interface Shared {\n  value: string;\n}\n",
    };
    await inProject(files, async (project) => {
      expect((await project.hewn("fix", "--yes", "src/a")).code).toBe(0);
      expect(project.read("src/shared.ts")).toContain("readonly value");
      expect(project.read("src/b/two.ts")).toBe(before);
      expect(await project.hewn("fix", "src/c")).toMatchObject({
        code: 2,
        stderr:
          "hewn: src/c is no source of this project.\n  Name files that tsconfig.json includes, or directories of them.\n",
      });
    });
  });

  test("keeps byte order marks, line ends and the mode of files, and leaves nothing beside them", async () => {
    await inProject({ "src/order.ts": "" }, async (project) => {
      const file = project.path("src/order.ts");
      writeFileSync(file, `\uFEFF${before.replaceAll("\n", "\r\n")}`);
      chmodSync(file, 0o640);
      expect((await project.hewn("fix", "--yes")).code).toBe(0);
      expect(readFileSync(file, "utf8")).toBe(`\uFEFF${after.replaceAll("\n", "\r\n")}`);
      expect(statSync(file).mode & 0o777).toBe(0o640);
      expect(readdirSync(project.path("src"))).toEqual(["order.ts"]);
    });
  });

  test("keeps line ends where one mend shows what another can mend", async () => {
    await inProject({ "src/order.ts": "" }, async (project) => {
      const file = project.path("src/order.ts");
      writeFileSync(
        file,
        "/** @wire */\r\nexport interface Order {\r\n  lines: string[] | number[];\r\n}\r\n",
      );
      await project.hewn("fix", "--yes");
      expect(readFileSync(file, "utf8")).toMatch(
        /^\/\*\* @wire \*\/\r\nexport interface Order \{\r\n {2}lines: readonly .*\r\n\}\r\n$/,
      );
    });
  });

  test("writes no file when one cannot be written", async () => {
    const files = { "src/a.ts": before, "src/b.ts": before.replace("Order", "Other") };
    await inProject(files, async (project) => {
      const latin = `// caf\u00e9\n${files["src/b.ts"]}`;
      writeFileSync(project.path("src/b.ts"), Buffer.from(latin, "latin1"));
      const { code, stderr } = await project.hewn("fix", "--yes");
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr:
          "hewn: src/b.ts: It has changed since it was read, or is not in UTF-8; nothing was written.\n",
      });
      expect(project.read("src/a.ts")).toBe(before);
      expect(readdirSync(project.path("src"))).toEqual(["a.ts", "b.ts"]);
    });
  });

  test("mends referenced projects in their sources, and never what is no source", async () => {
    const files = {
      "tsconfig.json": JSON.stringify({
        ...JSON.parse(tsconfig),
        include: ["src"],
        references: [{ path: "lib" }],
      }),
      "src/order.ts":
        'import type { Place } from "../lib/place.js";\nimport type { Far } from "far";\n/** @wire */\nexport interface Order {\n  readonly place: Place;\n  readonly far: Far;\n}\n',
      "lib/tsconfig.json": JSON.stringify({
        compilerOptions: { ...JSON.parse(tsconfig).compilerOptions, composite: true, rootDir: "." },
        include: ["*.ts"],
      }),
      "lib/place.ts": "/** @wire */\nexport interface Place {\n  names: string[];\n}\n",
      "node_modules/far/package.json": '{ "name": "far", "type": "module", "types": "index.d.ts" }',
      "node_modules/far/index.d.ts": "export interface Far { distance: number }\n",
    };
    await inProject(files, async (project) => {
      const { code, stdout } = await project.hewn("fix", "--yes");
      expect({ code, stdout }).toMatchObject({ code: 0 });
      expect(project.read("lib/place.ts")).toContain("readonly names: readonly string[]");
      expect(project.read("src/order.ts")).toContain("readonly far: Immutable<Far>;");
      expect(project.read("src/order.ts")).toContain("readonly place: Place;");
      expect(project.read("node_modules/far/index.d.ts")).toBe(files["node_modules/far/index.d.ts"]);
    });
  });
});
