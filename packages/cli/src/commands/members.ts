// `hewn members`: who is in the cluster, as one of its nodes sees it; once, or for as long as one looks.
import { answerOf } from "../cluster/answer.ts";
import { jsonMember, jsonNode, memberLines, refusalsOf, sorted, summaryOf } from "../cluster/members-view.ts";
import { type MembersOptions, type Reached, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { watchMembers } from "../cluster/watch-members.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export function members(options: MembersOptions, context: Context): Promise<ExitCode> {
  return withNode(options, false, (reached) =>
    options.watch ? watchMembers(reached, options, context) : once(reached, options, context),
  );
}

async function once(
  { client, name, note }: Reached,
  options: MembersOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const { node, members: answers, counters } = await answerOf(client, { kind: "members" });
  const all = answers.map(({ member }) => member);
  if (options.json) {
    const report = { ok: true, node: jsonNode(node), members: sorted(all).map(jsonMember), counters };
    terminal.out(safeJson({ ...report, ms: context.elapsedMs() }));
    return exitCode.ok;
  }
  terminal.out(memberLines(all, terminal, options.all === true).join("\n"));
  if (options.quiet) return exitCode.ok;
  terminal.out(summaryOf(all, name));
  const refusals = refusalsOf(counters);
  if (refusals !== undefined) terminal.out(refusals);
  if (note !== undefined) terminal.err(`hewn: ${note}`);
  return exitCode.ok;
}
