// `hewn tree`: who is supervised in the cluster, by whom, where, and why it was started again.
import { answerOf } from "../cluster/answer.ts";
import { jsonNode } from "../cluster/members-view.ts";
import { type Reached, type WatchOptions, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { jsonForest, learnNames, summaryOf, treeLines } from "../cluster/tree-view.ts";
import { watchTree } from "../cluster/watch-tree.ts";
import { Names } from "../cluster/words.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export function tree(options: WatchOptions, context: Context): Promise<ExitCode> {
  return withNode(options, false, (reached) =>
    options.watch ? watchTree(reached, options, context) : once(reached, options, context),
  );
}

async function once(
  { client, name, note }: Reached,
  options: WatchOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const { node, forests } = await answerOf(client, { kind: "tree" });
  if (options.json) {
    const report = { ok: true, node: jsonNode(node), nodes: forests.map(jsonForest) };
    terminal.out(safeJson({ ...report, ms: context.elapsedMs() }));
    return exitCode.ok;
  }
  const names = new Names();
  learnNames(forests, names);
  const lines = treeLines(forests, names, terminal);
  if (lines.length > 1) terminal.out(lines.join("\n"));
  if (options.quiet) return exitCode.ok;
  terminal.out(summaryOf(forests, name));
  if (note !== undefined) terminal.err(`hewn: ${note}`);
  return exitCode.ok;
}
