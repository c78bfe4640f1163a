// The whole answer to a question, and what a node refuses, as this command's error.
import {
  type ControlClient,
  ControlError,
  type ControlReply,
  type ForestReport,
  type MemberReport,
  printable,
  type Question,
  type SupervisedReport,
  type TrailReport,
} from "@hewn/runtime/node";
import { ConfigurationError } from "../configuration-error.ts";
import { NodeError } from "./node-error.ts";

type DrainedReply = ControlReply & { readonly kind: "drained" };
type NodeReply = ControlReply & { readonly kind: "node" };

export interface MemberAnswer {
  readonly member: MemberReport;
  readonly trail: readonly TrailReport[];
}

/** The supervisors of a node with their children, each behind the one that it is below. */
export interface ForestAnswer {
  readonly forest: ForestReport;
  readonly entries: readonly SupervisedReport[];
}

export interface Answer {
  readonly node: NodeReply;
  readonly members: readonly MemberAnswer[];
  readonly forests: readonly ForestAnswer[];
  readonly counters: Readonly<Record<string, number>>;
  /** The node leaves, and may be gone before it says more. */
  readonly isLeaving: boolean;
  /** What came of making it empty. */
  readonly drained: DrainedReply | undefined;
}

/**
 * @param goesOn told how many children still run on a node that is being drained
 * @throws NodeError where it is refused; ControlError where it does not come whole
 */
export async function answerOf(
  client: ControlClient,
  question: Question,
  goesOn: (left: number) => void = () => {},
): Promise<Answer> {
  let node: NodeReply = { kind: "node", number: 0, node: client.node, name: "" };
  const members: { member: MemberReport; trail: TrailReport[] }[] = [];
  const forests: { forest: ForestReport; entries: SupervisedReport[] }[] = [];
  let counters: Readonly<Record<string, number>> = {};
  let isLeaving = false;
  let drained: DrainedReply | undefined;
  try {
    for await (const reply of client.ask(question)) {
      if (reply.kind === "node") node = reply;
      else if (reply.kind === "member") members.push({ member: reply.member, trail: [] });
      else if (reply.kind === "trail") members.at(-1)?.trail.push(reply.entry);
      else if (reply.kind === "forest") forests.push({ forest: reply.forest, entries: [] });
      else if (reply.kind === "supervised") forests.at(-1)?.entries.push(reply.entry);
      else if (reply.kind === "counters") counters = reply.counters;
      else if (reply.kind === "leaving") isLeaving = true;
      else if (reply.kind === "draining") goesOn(reply.left);
      else if (reply.kind === "drained") drained = reply;
      else if (reply.kind === "refused") throw refusal(reply);
    }
  } catch (error) {
    // A node that has left closes its connections last.
    if (!(isLeaving && error instanceof ControlError && error.code === "lost")) throw error;
  }
  return { node, members, forests, counters, isLeaving, drained };
}

function refusal({ code, text }: ControlReply & { readonly kind: "refused" }): Error {
  const message = printable(text, 400);
  return code === "badSeeds" ? new ConfigurationError(message) : new NodeError(message);
}
