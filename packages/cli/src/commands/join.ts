// `hewn join <seeds>`: gives a node that runs further addresses to join by, and waits until somebody there is a member.

import { setTimeout } from "node:timers/promises";
import { formatAddress, type MemberReport, printable } from "@hewn/runtime/node";
import { answerOf } from "../cluster/answer.ts";
import { isFinal, jsonMember, jsonNode, sorted } from "../cluster/members-view.ts";
import { NodeError } from "../cluster/node-error.ts";
import { type Reached, type ReachOptions, withNode } from "../cluster/reach.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { count } from "../wording.ts";

/** For somebody to be there, in milliseconds, and between two looks. */
const patienceMs = 10_000;
const lookMs = 100;

export async function join(
  texts: readonly string[],
  options: ReachOptions,
  context: Context,
): Promise<ExitCode> {
  const seeds = texts.flatMap((text) => text.split(",")).flatMap((seed) => seed.trim() || []);
  if (seeds.length === 0)
    throw new ConfigurationError("There is no seed: name at least one, such as 10.0.0.1:9100.");
  return withNode(options, true, (reached) => joinBy(seeds, reached, options, context));
}

async function joinBy(
  seeds: readonly string[],
  { client, name }: Reached,
  options: ReachOptions,
  context: Context,
): Promise<ExitCode> {
  const there = async () => {
    const { node, members } = await answerOf(client, { kind: "members" });
    return { node, others: members.map(({ member }) => member).filter(isThere) };
  };
  const before = (await there()).others.length;
  await answerOf(client, { kind: "join", seeds });
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
    const { node, others } = await there();
    if (others.length > before || others.some((member) => seeds.includes(formatAddress(member.node)))) {
      if (options.json) {
        const report = { ok: true, node: jsonNode(node), members: sorted(others).map(jsonMember) };
        context.terminal.out(safeJson({ ...report, ms: context.elapsedMs() }));
      } else if (!options.quiet)
        context.terminal.out(`hewn: ${printable(name)} sees ${count(others.length, "other")}`);
      return exitCode.ok;
    }
    await setTimeout(lookMs);
  }
  throw new NodeError(
    `Nobody has answered at ${printable(seeds.join(", "), 400)} within ${patienceMs / 1000} s.`,
    `${printable(name)} goes on dialling; \`hewn members --watch\` shows who comes.`,
  );
}

function isThere({ isSelf, isConnected, status }: MemberReport): boolean {
  return !isSelf && isConnected && !isFinal(status);
}
