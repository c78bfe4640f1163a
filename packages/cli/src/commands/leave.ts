// `hewn leave`: has a node say goodbye and end.

import { printable } from "@hewn/runtime/node";
import { answerOf } from "../cluster/answer.ts";
import { jsonNode } from "../cluster/members-view.ts";
import { explained, type ReachOptions, reach } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export async function leave(options: ReachOptions, context: Context): Promise<ExitCode> {
  const { client, name } = await reach(options, true);
  try {
    const { node } = await answerOf(client, { kind: "node" });
    await answerOf(client, { kind: "leave" });
    if (options.json)
      context.terminal.out(safeJson({ ok: true, node: jsonNode(node), ms: context.elapsedMs() }));
    else if (!options.quiet) context.terminal.out(`hewn: ${printable(name)} has left`);
    return exitCode.ok;
  } catch (error) {
    throw explained(error);
  } finally {
    await client.close();
  }
}
