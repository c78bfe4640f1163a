// `hewn drain`: has a node hand its supervised children over to others, and take no new ones.

import { printable } from "@hewn/runtime/node";
import { answerOf } from "../cluster/answer.ts";
import { jsonNode } from "../cluster/members-view.ts";
import { NodeError } from "../cluster/node-error.ts";
import { type ReachOptions, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { count, list } from "../wording.ts";

export function drain(which: string | undefined, options: ReachOptions, context: Context): Promise<ExitCode> {
  if (which !== undefined && (options.node !== undefined || options.at !== undefined))
    throw new ConfigurationError(`'${printable(which)}' says which node already: leave --node or --at out.`);
  const reaching = which === undefined ? options : { ...options, node: which };
  return withNode(reaching, true, async ({ client, name }) => {
    const { terminal } = context;
    const goesOn = (left: number) => {
      if (!options.quiet && !options.json)
        terminal.err(`hewn: ${count(left, "child", "children")} still on ${printable(name)}`);
    };
    const { node, drained } = await answerOf(client, { kind: "drain" }, goesOn);
    if (drained === undefined) throw new NodeError(`${printable(name)} has not said what became of it.`);
    const { handedOver, remaining, actors } = drained;
    const isEmpty = remaining === 0;
    if (options.json) {
      const report = { ok: isEmpty, node: jsonNode(node), handedOver, remaining, actors };
      terminal.out(safeJson({ ...report, ms: context.elapsedMs() }));
    } else if (!isEmpty) terminal.err(`hewn: ${remainingText(printable(name), remaining)}`);
    else if (!options.quiet) terminal.out(`hewn: ${emptyText(printable(name), handedOver, actors)}`);
    return isEmpty ? exitCode.ok : exitCode.findings;
  });
}

function emptyText(name: string, handedOver: number, actors: number): string {
  const stay =
    actors > 0 && `${count(actors, "actor")} of its own ${actors === 1 ? "stays" : "stay"} until it leaves`;
  return `${name} is empty: ${list([`${count(handedOver, "child", "children")} handed over`, stay])}`;
}

function remainingText(name: string, remaining: number): string {
  return `${count(remaining, "child", "children")} of ${name} did not end in time; it takes no new ones`;
}
