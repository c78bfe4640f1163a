// `hewn why <node>`: why a member is what it is said to be: who suspected it, when, on what evidence.
import { formatInstance, printable } from "@hewn/runtime/node";
import { answerOf, type MemberAnswer } from "../cluster/answer.ts";
import { clockTime, duration } from "../cluster/durations.ts";
import { isFinal, jsonIds, jsonMember, jsonNode } from "../cluster/members-view.ts";
import { type Reached, type ReachOptions, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { statusStyle } from "../cluster/status-style.ts";
import { addressText, causeOf, Names, prospectOf } from "../cluster/words.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export function why(which: string, options: ReachOptions, context: Context): Promise<ExitCode> {
  return withNode(options, false, (reached) => explain(which, reached, options, context));
}

async function explain(
  which: string,
  { client, name }: Reached,
  options: ReachOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  const { node, members: starts } = await answerOf(client, { kind: "why", member: which });
  if (options.json) {
    terminal.out(
      safeJson({ ok: true, node: jsonNode(node), starts: starts.map(jsonStart), ms: context.elapsedMs() }),
    );
    return exitCode.ok;
  }
  const names = new Names();
  for (const { member } of (await answerOf(client, { kind: "members" })).members)
    names.learn(member.node, member.name);
  for (const [at, start] of starts.entries()) {
    if (at > 0) terminal.out("\nAn earlier start of it:\n");
    terminal.out(linesOf(start, { names, name }, context).join("\n"));
  }
  return exitCode.ok;
}

interface Asked {
  readonly names: Names;
  /** Of the node that was asked. */
  readonly name: string;
}

function linesOf(
  { member, trail }: MemberAnswer,
  { names, name }: Asked,
  { terminal }: Context,
): readonly string[] {
  const style = statusStyle(terminal, "out");
  const time = member.forMs === undefined ? "" : duration(member.forMs);
  const since = time === "" ? "" : isFinal(member.status) ? ` ${time} ago` : ` for ${time}`;
  const who =
    member.name === "" ? addressText(member.node) : `${printable(member.name)} (${addressText(member.node)})`;
  const seenBy = member.isSelf ? "the node that was asked" : `as ${printable(name)} sees it`;
  const head = `${who}: ${style(member.status)}${since}, incarnation ${member.incarnation}, instance ${formatInstance(member.node.instance)}, ${seenBy}`;
  const width = Math.max(0, ...trail.map(({ status }) => status.length));
  const entries = trail.map((entry) => {
    const time = clockTime(entry.msAgo, Date.now());
    return `  ${time}  ${style(entry.status, entry.status.padEnd(width))}  ${causeOf(entry, member.node, names)}`;
  });
  const quiet = member.isSelf
    ? "  A node keeps no trail of itself: ask another one."
    : "  Nobody has said anything against it.";
  return [head, prospectOf(member.status), "", ...(entries.length === 0 ? [quiet] : entries)];
}

function jsonStart({ member, trail }: MemberAnswer): object {
  return {
    ...jsonMember(member),
    trail: trail.map(({ msAgo, accusers, from, ...claim }) => ({
      at: new Date(Date.now() - msAgo).toISOString(),
      ...claim,
      accusers: jsonIds(accusers),
      ...(from !== undefined && { from: jsonIds([from])[0] }),
    })),
  };
}
