// How every command that looks at a project begins: find the tsconfig, load, say what is odd about it.
import type { CompilerLibrary } from "./compiler.ts";
import type { CommonOptions, Context } from "./context.ts";
import { type Progress, showProgress, silentProgress } from "./progress.ts";
import { Solution } from "./solution.ts";
import { findTsconfig } from "./tsconfig.ts";

export function openSolution(
  library: CompilerLibrary,
  options: CommonOptions,
  { terminal, directory, shown }: Context,
  progress: Progress = options.quiet ? silentProgress : showProgress(terminal, shown),
): { readonly solution: Solution; readonly progress: Progress } {
  const solution = new Solution(library, findTsconfig(directory, options.project), progress);
  if (!options.quiet)
    for (const { file, line, column, message } of solution.warnings)
      terminal.err(`hewn: ${shown(file)}:${line}:${column}: ignored: ${message}`);
  return { solution, progress };
}
