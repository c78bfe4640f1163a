// The compile-fail fixtures of fixtures/reject: each folder is a small project, whose `input.ts` is analyzed;
// `expected.txt` is what a programmer would read in a terminal.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { judgeCalls } from "../../plugin/src/analyze/calls/program-calls.ts";
import { inMemoryProject } from "../../plugin/src/analyze/in-memory-project.testing.ts";
import { formatDiagnostics } from "../../plugin/src/diagnostic/format.ts";
import { generate } from "../../plugin/src/generate.ts";
import { lockOf } from "./wire-fixtures.ts";

export const rejectDirectory = join(import.meta.dirname, "../../fixtures/reject");

export function rejectCases(): readonly string[] {
  const entries = readdirSync(rejectDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export interface Rejection {
  /** What `expected.txt` must contain. */
  readonly text: string;
  readonly codes: readonly string[];
  /** What the compiler itself finds wrong with the case: nothing, or the case shows something else than it means to. */
  readonly errors: readonly string[];
}

export function rejectionOf(name: string): Rejection {
  const folder = join(rejectDirectory, name);
  const sources = readdirSync(folder).filter((file) => /\.[mc]?tsx?$/.test(file));
  const files = Object.fromEntries(sources.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  const project = inMemoryProject(files, optionsOf(folder));
  const main = sources.includes("input.ts") ? "input.ts" : sources.find((file) => file.startsWith("input."));
  const analysis = project.analyze(main ?? "input.ts");
  const lock = lockOf(folder, "/project");
  const declared =
    (lock ? generate(ts, project.program, project.file("input.ts"), { lock }) : analysis)?.diagnostics ?? [];
  const diagnostics = [...declared, ...judgeCalls(ts, project.program, project.file(main ?? "input.ts"))];
  const read = (file: string): string | undefined => project.program.getSourceFile(file)?.text;
  const display = (file: string): string => file.replace("/project/", "");
  return {
    text: `${formatDiagnostics(diagnostics, { read, display })}\n`,
    codes: diagnostics.map(({ code }) => code),
    errors: project.errors(),
  };
}

function optionsOf(folder: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile) as {
    config?: { compilerOptions?: object };
  };
  return ts.convertCompilerOptionsFromJson(config?.compilerOptions ?? {}, folder).options;
}

/** @returns how many files were written */
export function blessReject(): number {
  const cases = rejectCases();
  for (const name of cases)
    writeFileSync(join(rejectDirectory, name, "expected.txt"), rejectionOf(name).text);
  return cases.length;
}
