// `hewn check`: says whether every wire type can cross a network. Writes nothing.
import { loadCompiler } from "../compiler.ts";
import type { CommonOptions, Context } from "../context.ts";
import { sayDiagnostics } from "../diagnostics-report.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { jsonReport } from "../json-report.ts";
import { sayLeftOut } from "../left-out.ts";
import { canMend } from "../mend.ts";
import { openSolution } from "../open-solution.ts";
import type { Solution } from "../solution.ts";
import { count } from "../wording.ts";

export async function check(options: CommonOptions, context: Context): Promise<ExitCode> {
  const { terminal, shown } = context;
  const { solution, progress } = openSolution(await loadCompiler(), options, context);
  solution.analyze();
  progress.done();
  sayLeftOut(solution, options, context);
  const { diagnostics } = solution;
  const elapsedMs = context.elapsedMs();
  if (options.json) {
    terminal.out(JSON.stringify(jsonReport({ files: [], diagnostics, elapsedMs }, shown)));
  } else {
    sayDiagnostics(diagnostics, context);
    if (!options.quiet) {
      terminal.out(`hewn: ${verdict(solution)} (${elapsedMs} ms)`);
      if (diagnostics.length > 0 && canMend(solution))
        terminal.out("Run `hewn fix` to mend what takes no decision; it shows you what it would write.");
    }
  }
  return diagnostics.length === 0 ? exitCode.ok : exitCode.findings;
}

function verdict({ diagnostics, generated }: Solution): string {
  if (diagnostics.length > 0) return count(diagnostics.length, "error");
  const types = [...generated.values()].reduce((sum, { schema }) => sum + schema.roots.length, 0);
  return `${count(types, "wire type")} in ${count(generated.size, "file")}, no errors`;
}
