// `hewn leave`: has a node say goodbye and end.

import { printable } from "@hewn/runtime/node";
import { answerOf } from "../cluster/answer.ts";
import { jsonNode } from "../cluster/members-view.ts";
import { type ReachOptions, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export function leave(options: ReachOptions, context: Context): Promise<ExitCode> {
  return withNode(options, true, async ({ client, name }) => {
    const { node } = await answerOf(client, { kind: "leave" });
    const report = { ok: true, node: jsonNode(node), ms: context.elapsedMs() };
    if (options.json) context.terminal.out(safeJson(report));
    else if (!options.quiet) context.terminal.out(`hewn: ${printable(name)} has left`);
    return exitCode.ok;
  });
}
