import { describe, expect, jest, test } from "@jest/globals";
import { inProject } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const files = {
  "src/geo.ts": "export interface Place {\n  readonly name: string;\n  readonly onMove: () => void;\n}\n",
  "src/sensor.ts": `import type { Place } from "./geo.js";

/** @wire */
export interface Reading {
  readonly place: Place;
}
`,
};

const expected = `src/sensor.ts:5:12 - error HEWN1001: 'Reading.place.onMove' is a function ('() => void'); closures cannot cross the wire

5    readonly place: Place;
              ~~~~~

  src/sensor.ts:4:18 - 'Reading' is tagged @wire here
    4  export interface Reading {
                        ~~~~~~~

  src/geo.ts:3:12 - 'Reading.place.onMove' is declared here
    3    readonly onMove: () => void;
                  ~~~~~~

  fix: Send the data that the function works on, or a literal that names what to do.

hewn: 1 error (N ms)
`;

describe("hewn check", () => {
  test("prints each diagnostic with its place, path, source and fix, and ends with 1", async () => {
    await inProject(files, async (project) => {
      const { code, stdout, stderr } = await project.hewn("check");
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout.replace(/\d+ ms/, "N ms")).toBe(expected);
      expect(project.exists("src/sensor.codec.ts")).toBe(false);
    });
  });

  test("names hewn fix only where that mends something", async () => {
    const fields = (text: string): object => ({
      "src/a.ts": `/** @wire */\nexport interface A {\n  ${text}\n}\n`,
    });
    const hinted = async (text: string): Promise<boolean> => {
      let isHinted = false;
      await inProject({ ...files, ...fields(text) }, async (project) => {
        isHinted = (await project.hewn("check")).stdout.includes("Run `hewn fix`");
      });
      return isHinted;
    };
    expect(await hinted("a: string;")).toBe(true);
    expect(await hinted("readonly a: { -readonly [K in keyof { readonly b: string }]: string };")).toBe(
      false,
    );
  });

  test("--json says the same as data", async () => {
    await inProject(files, async (project) => {
      const { code, stdout } = await project.hewn("check", "--json");
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toEqual({
        ok: false,
        files: [],
        diagnostics: [
          {
            code: "HEWN1001",
            file: "src/sensor.ts",
            line: 5,
            column: 12,
            path: "Reading.place.onMove",
            message: "'Reading.place.onMove' is a function ('() => void'); closures cannot cross the wire",
            fix: "Send the data that the function works on, or a literal that names what to do.",
            related: [
              { file: "src/sensor.ts", line: 4, column: 18, message: "'Reading' is tagged @wire here" },
              { file: "src/geo.ts", line: 3, column: 12, message: "'Reading.place.onMove' is declared here" },
            ],
          },
        ],
        ms: expect.any(Number),
      });
    });
  });

  test("says of a source on which the compiler runs out of stack that it nests too deep", async () => {
    const depth = 5000;
    const text = `/** @wire */ export type Deep = ${"readonly (".repeat(depth)}string${")[]".repeat(depth)};\n`;
    await inProject({ "src/deep.ts": text }, async (project) => {
      const { code, stdout, stderr } = await project.hewn("check");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(
        "hewn: The compiler runs out of stack: something in the project nests too deep.",
      );
    });
  });

  test("says how much was proven when there is nothing to refuse", async () => {
    const fine = { ...files, "src/geo.ts": "export interface Place { readonly name: string }\n" };
    await inProject(fine, async (project) => {
      const { code, stdout } = await project.hewn("check");
      expect(stdout).toMatch(/^hewn: 1 wire type in 1 file, no errors \(\d+ ms\)\n$/);
      expect(code).toBe(0);
    });
  });

  test("knows which files are CommonJS, by their names and by package.json", async () => {
    const options = '"module": "nodenext", "target": "es2022", "strict": true, "verbatimModuleSyntax": true';
    const source = "/** @wire */ export interface Order { readonly id: string }\n";
    const project = {
      "package.json": '{ "type": "module" }',
      "tsconfig.json": `{ "compilerOptions": { ${options} }, "include": ["src"] }`,
      "src/old.cts": source,
      "src/new.ts": source,
    };
    await inProject(project, async (folder) => {
      const { code, stdout } = await folder.hewn("check", "--json");
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; file: string }[] };
      expect(diagnostics.map((each) => [each.code, each.file])).toEqual([["HEWN1408", "src/old.cts"]]);
      expect(code).toBe(1);
    });
  });
});
