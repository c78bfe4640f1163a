// `hewn generate`: writes the codec files beside their sources, or says which of them are out of date.
import { loadCompiler } from "../compiler.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { isUnsettled } from "../file-status.ts";
import { sayLeftOut } from "../left-out.ts";
import { openSolution } from "../open-solution.ts";
import { report } from "../report.ts";
import { watch } from "../watch.ts";

export interface GenerateFlags extends CommonOptions {
  readonly check?: boolean;
  readonly watch?: boolean;
}

export async function generate(options: GenerateFlags, context: Context): Promise<ExitCode> {
  if (options.check && options.watch)
    throw new ConfigurationError(
      "--check writes nothing and --watch goes on writing: they exclude each other.",
    );
  const library = await loadCompiler();
  if (options.watch) return watch(library, options, context);
  const { solution, progress } = openSolution(library, options, context);
  solution.analyze();
  const files = solution.settle(options.check ? "compare" : "write");
  progress.done();
  sayLeftOut(solution, options, context);
  const { diagnostics } = solution;
  report({ files, diagnostics, elapsedMs: context.elapsedMs() }, options, context);
  return diagnostics.length === 0 && !files.some(isUnsettled) ? exitCode.ok : exitCode.findings;
}
