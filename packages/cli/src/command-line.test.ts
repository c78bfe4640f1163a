import { spawn } from "node:child_process";
import { describe, expect, jest, test } from "@jest/globals";
import { inProject, main, tsconfig } from "./testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

describe("the command line", () => {
  test("--help teaches on stdout, without loading a compiler", async () => {
    const blocker = `import { registerHooks } from "node:module";
registerHooks({
  resolve(specifier, context, next) {
    if (/ts-morph|chokidar|@hewn/.test(specifier)) throw new Error("loaded " + specifier);
    return next(specifier, context);
  },
});
`;
    await inProject({ "blocker.mjs": blocker }, async (project) => {
      const env = { NODE_OPTIONS: `--import=${project.path("blocker.mjs")}` };
      const { code, stdout, stderr } = await project.hewnWith(env, "--help");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      for (const word of ["generate", "check", "lock", "explain", "Examples:", "Exit codes:", "NO_COLOR"])
        expect(stdout).toContain(word);
      expect((await project.hewnWith(env, "generate", "--help")).stdout).toContain("--watch");
    });
  });

  test("no command, an unknown one and an unknown option end with 2 and a hint on stderr", async () => {
    await inProject({}, async (project) => {
      expect(await project.hewn()).toMatchObject({ code: 2, stdout: "" });
      const command = await project.hewn("genrate");
      expect(command).toMatchObject({ code: 2, stdout: "" });
      expect(command.stderr).toContain("Did you mean generate?");
      const option = await project.hewn("check", "--projct");
      expect(option).toMatchObject({ code: 2, stdout: "" });
      expect(option.stderr).toContain("Did you mean --project?");
    });
  });

  test("a missing, a broken and an empty tsconfig end with 2 and name the place", async () => {
    const files = {
      "broken.json": '{\n  "compilerOptions": { "strict": tru }\n}\n',
      "empty/tsconfig.json": "{}",
    };
    await inProject(files, async (project) => {
      const missing = await project.hewn("generate", "-p", "nowhere");
      expect(missing).toMatchObject({ code: 2, stdout: "" });
      expect(missing.stderr).toContain("The project file nowhere does not exist.");
      const broken = await project.hewn("check", "-p", "broken.json");
      expect(broken).toMatchObject({ code: 2, stdout: "" });
      expect(broken.stderr).toMatch(/^hewn: broken\.json:2:34: Compiler option .strict. requires/);
      const empty = await project.hewn("check", "-p", "empty", "--json");
      expect(empty).toMatchObject({ code: 2, stderr: "" });
      expect(JSON.parse(empty.stdout)).toMatchObject({ ok: false, error: { file: "empty/tsconfig.json" } });
    });
  });

  test("settings that only a newer compiler knows are ignored aloud", async () => {
    const newer = tsconfig.replace('"strict"', '"fromTheFuture":true,"strict"');
    await inProject({ "tsconfig.json": newer, "src/a.ts": "export {};\n" }, async (project) => {
      const { code, stderr } = await project.hewn("check");
      expect(code).toBe(0);
      expect(stderr).toMatch(/^hewn: tsconfig\.json:1:\d+: ignored: .*fromTheFuture/);
    });
  });

  test("colours follow FORCE_COLOR, NO_COLOR and --no-color", async () => {
    await inProject({}, async (project) => {
      const colored = /\x1b\[/;
      expect((await project.hewnWith({ FORCE_COLOR: "1" }, "explain")).stdout).toMatch(colored);
      expect((await project.hewn("explain")).stdout).not.toMatch(colored);
      expect((await project.hewnWith({ FORCE_COLOR: "1" }, "--no-color", "explain")).stdout).not.toMatch(
        colored,
      );
      expect((await project.hewnWith({ FORCE_COLOR: "1" }, "explain", "--no-color")).stdout).not.toMatch(
        colored,
      );
    });
  });

  test("a defect is one line and ends with 3; HEWN_DEBUG shows where", async () => {
    const defect = `import { registerHooks } from "node:module";
registerHooks({
  load(url, context, next) {
    if (!url.endsWith("/plugin/dist/generate.js")) return next(url, context);
    const source = "export function generate() { throw new Error('the core is ill'); }";
    return { format: "module", source, shortCircuit: true };
  },
});
`;
    const files = {
      "src/a.ts": "/** @wire */\nexport interface A { readonly x: number }\n",
      "defect.mjs": defect,
    };
    await inProject(files, async (project) => {
      const env = { NODE_OPTIONS: `--import=${project.path("defect.mjs")}` };
      const plain = await project.hewnWith(env, "check");
      expect(plain).toMatchObject({ code: 3, stdout: "" });
      expect(plain.stderr).toMatch(
        /^hewn: internal error: while working on .*src\/a\.ts: the core is ill\n {2}This is/,
      );
      expect(plain.stderr).not.toContain("    at ");
      const debug = await project.hewnWith({ ...env, HEWN_DEBUG: "1" }, "check");
      expect(debug.stderr).toContain("    at ");
    });
  });

  test("a reader that closes the pipe is no error", async () => {
    await inProject({}, async (project) => {
      const script = `"${process.execPath}" "${main}" explain --json | true; exit "\${PIPESTATUS[0]}"`;
      const child = spawn("bash", ["-c", script], {
        cwd: project.directory,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      const code = await new Promise((resolve) => child.once("close", resolve));
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    });
  });
});
