// Mends a project that exists in a test's text only, round by round, as the command does with files.
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { fixAll, menderOf } from "./fix-all.ts";

export type Files = Readonly<Record<string, string>>;

export interface MendedProject {
  readonly files: Files;
  /** What was done, in words. */
  readonly titles: readonly string[];
  /** What the analyzer still says. */
  readonly left: readonly string[];
  /** What the compiler says of the result. */
  readonly errors: readonly string[];
  readonly rounds: number;
}

const roundsMax = 20;

/** @param given by their names in the project's folder; what stands in node_modules is not a root */
export function mendProject(given: Files, options: ts.CompilerOptions = {}): MendedProject {
  let files = given;
  const titles: string[] = [];
  for (let rounds = 0; ; rounds++) {
    const project = inMemoryProject(files, options);
    const names = Object.keys(files).filter((name) => !name.startsWith("node_modules/"));
    const found: Diagnostic[] = names.flatMap((name) => {
      const analysis = project.analyze(name);
      return analysis ? [...analysis.diagnostics, ...analysis.hidden] : [];
    });
    const { fixes, texts } = fixAll(menderOf(ts, project.program, { canEdit: () => true }), found);
    if (texts.size === 0 || rounds === roundsMax) {
      const left = found.map(({ code, path }) => `${code} ${path}`);
      return { files, titles, left, errors: project.errors(), rounds };
    }
    titles.push(...fixes.map(({ title }) => title));
    const changed = [...texts].map(([name, text]) => [name.replace("/project/", ""), text]);
    files = { ...files, ...Object.fromEntries(changed) };
  }
}

/** The text of `input.ts` after it was mended; throws when something is left or the compiler finds errors. */
export function mendedText(text: string, more: Files = {}): string {
  const { files, left, errors } = mendProject({ "input.ts": text, ...more });
  if (left.length + errors.length > 0) throw new Error([...left, ...errors, files["input.ts"]].join("\n"));
  return files["input.ts"] ?? "";
}
