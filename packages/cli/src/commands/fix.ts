// `hewn fix`: mends what can be mended mechanically, after showing it.
import { resolve } from "node:path";
import { loadCompiler } from "../compiler.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type FixOutcome, sayFixes } from "../fix-report.ts";
import { mend } from "../mend.ts";
import { openSolution } from "../open-solution.ts";
import { slashed } from "../paths.ts";
import { replaceFiles } from "../replace-files.ts";
import type { Solution } from "../solution.ts";

export interface FixFlags extends CommonOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export async function fix(given: readonly string[], options: FixFlags, context: Context): Promise<ExitCode> {
  if (options.yes && options.dryRun)
    throw new ConfigurationError("--yes writes and --dry-run writes nothing: they exclude each other.");
  const { solution, progress } = openSolution(await loadCompiler(), options, context);
  const isMeant = selection(given, solution, context);
  solution.analyze();
  const mended = mend(solution, isMeant);
  progress.done();
  const left = solution.diagnostics.filter(({ span }) => isMeant(span.file));
  const outcome: FixOutcome = { ...mended, left };
  const say = sayFixes(outcome, options, context);
  say.diff();
  const applied = mended.files.length > 0 && (await isWanted(outcome, options, context));
  if (applied) replaceFiles(mended.files);
  say.summary(applied);
  return left.length === 0 && (applied || mended.files.length === 0) ? exitCode.ok : exitCode.findings;
}

/** The files whose diagnostics are meant: those that were named, or that lie below a directory that was named. */
function selection(
  given: readonly string[],
  { projects }: Solution,
  { directory }: Context,
): (file: string) => boolean {
  if (given.length === 0) return () => true;
  const sources = projects.flatMap((project) => project.sources);
  const paths = given.map((path) => slashed(resolve(directory, path)));
  const isBelow = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);
  const stray = given.find((_, index) => !sources.some((file) => isBelow(file, paths[index] ?? "")));
  if (stray !== undefined)
    throw new ConfigurationError(`${stray} is no source of this project.`, {
      fix: "Name files that tsconfig.json includes, or directories of them.",
    });
  return (file) => paths.some((path) => isBelow(file, path));
}

async function isWanted(
  { files }: FixOutcome,
  { yes, dryRun, json }: FixFlags,
  { terminal }: Context,
): Promise<boolean> {
  if (yes) return true;
  if (dryRun || json || !terminal.ask) return false;
  return terminal.ask(`Write ${files.length === 1 ? "this file" : `these ${files.length} files`}?`);
}
