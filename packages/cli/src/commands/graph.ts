// `hewn graph`: which actors start, ask and tell which, and where asks go in a circle.
import { askCircles } from "@hewn/plugin";
import { loadCompiler } from "../compiler.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { circleLines } from "../graph/circle-lines.ts";
import { dotText } from "../graph/dot-text.ts";
import { graphLines } from "../graph/graph-lines.ts";
import { graphReport } from "../graph/graph-report.ts";
import { openSolution } from "../open-solution.ts";
import { count } from "../wording.ts";

export interface GraphOptions extends CommonOptions {
  readonly dot?: boolean;
}

export async function graph(options: GraphOptions, context: Context): Promise<ExitCode> {
  const { terminal, shown } = context;
  if (options.dot && options.json) throw new ConfigurationError("Either --dot or --json, not both.");
  const { solution, progress } = openSolution(await loadCompiler(), options, context);
  solution.analyze();
  const found = solution.actorCalls;
  progress.done();
  const circles = askCircles(found);
  const report = graphReport({ ...found, circles }, shown);
  const ms = context.elapsedMs();
  if (options.json) terminal.out(JSON.stringify({ ok: circles.length === 0, ...report, ms }));
  else if (options.dot) {
    terminal.out(dotText(report));
    // What goes to Graphviz has no room for sentences.
    for (const line of circleLines(report)) terminal.err(line);
  } else {
    const lines = [...(options.quiet ? [] : graphLines(report)), ...circleLines(report)];
    if (lines.length > 0) terminal.out(lines.join("\n"));
    if (!options.quiet) {
      const parts = [
        count(report.actors.length, "actor"),
        count(report.calls.length, "call"),
        circles.length === 0
          ? "no circle of asks"
          : count(circles.length, "circle of asks", "circles of asks"),
      ];
      terminal.out(`hewn: ${parts.join(", ")} (${ms} ms)`);
    }
  }
  return circles.length === 0 ? exitCode.ok : exitCode.findings;
}
