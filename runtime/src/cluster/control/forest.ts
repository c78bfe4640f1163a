// The supervisors of a node with their children, as messages say it: a bounded number of entries of bounded length, each
// behind the one that it is below.

import { cutText } from "../../remote/index.ts";
import type { ChildView, RestartCause, RunningSupervisor } from "../../supervision/index.ts";
import { type NodeId, parseNodeId } from "../../transport/index.ts";
import { forestEntriesMax, supervisedNameMax, thrownTextMax, treeDepthMax } from "./limits.ts";
import type { ForestReport, RestartReport, SupervisedReport } from "./messages.ts";

export interface Forest {
  readonly forest: ForestReport;
  readonly entries: readonly SupervisedReport[];
}

/** What is seen of a supervisor. */
type Source = Pick<RunningSupervisor, "name" | "phase" | "strategy" | "children">;

/** Whose they are, and now. */
interface Seen {
  readonly self: NodeId;
  readonly name: string;
  readonly nowMs: number;
}

export function forestOf(supervisors: readonly Source[], seen: Seen): Forest {
  const entries: SupervisedReport[] = [];
  let isWhole = true;
  for (const { name, phase, strategy, children } of supervisors.map(viewOf)) {
    const status = statuses[phase];
    isWhole = put(entries, {
      depth: 0,
      name: cutText(name, supervisedNameMax),
      strategy,
      status,
      generation: 1,
    });
    if (isWhole) isWhole = putChildren(entries, children, 1, seen);
    if (!isWhole) break;
  }
  const { self: node, name } = seen;
  return { forest: { node, name, answer: isWhole ? "whole" : "cut" }, entries };
}

/** Whether an entry can stand behind another one of that depth, and is no longer than it may be. */
export function isFit(entry: SupervisedReport, depthBefore: number): boolean {
  const { depth, name, actor = "", restarted } = entry;
  const { because = "", error = "" } = restarted ?? {};
  const names = [name, actor, because];
  return (
    depth <= Math.min(depthBefore + 1, treeDepthMax) &&
    names.every(({ length }) => length <= supervisedNameMax) &&
    error.length <= thrownTextMax
  );
}

const statuses = {
  starting: "starting",
  running: "up",
  stopping: "stopping",
  failed: "failed",
  over: "down",
} as const;

function viewOf(supervisor: Source) {
  const { name, phase, strategy } = supervisor;
  return { name, phase, strategy, children: supervisor.children() };
}

/** False where there is no room, or too deep a tree. */
function putChildren(
  entries: SupervisedReport[],
  children: readonly ChildView[],
  depth: number,
  seen: Seen,
): boolean {
  for (const child of children) {
    if (depth > treeDepthMax || !put(entries, childReport(child, depth, seen))) return false;
    if (child.children !== undefined && !putChildren(entries, child.children, depth + 1, seen)) return false;
  }
  return true;
}

function put(entries: SupervisedReport[], entry: SupervisedReport): boolean {
  if (entries.length >= forestEntriesMax) return false;
  entries.push(entry);
  return true;
}

function childReport(child: ChildView, depth: number, seen: Seen): SupervisedReport {
  const { name, status, generation, definition, strategy, lastRestart } = child;
  const node = nodeOf(child, seen);
  return {
    depth,
    name: cutText(name, supervisedNameMax),
    ...(definition !== undefined && { actor: cutText(definition, supervisedNameMax) }),
    ...(strategy !== undefined && { strategy }),
    status,
    generation,
    ...(node !== undefined && { node }),
    ...(lastRestart !== undefined && { restarted: restartReport(lastRestart, seen.nowMs) }),
  };
}

/** A child without a node of its own runs where its supervisor does. */
function nodeOf({ node, actor, definition }: ChildView, { self }: Seen): NodeId | undefined {
  if (definition === undefined) return undefined;
  if (node !== undefined) return parseNodeId(node);
  return actor === undefined ? undefined : self;
}

export function restartReport({ because, end, atMs }: RestartCause, nowMs: number): RestartReport {
  const error = end.reason === "crashed" ? `${end.error.name}: ${end.error.message}` : undefined;
  return {
    msAgo: Math.round(nowMs - atMs),
    because: cutText(because, supervisedNameMax),
    reason: end.reason,
    ...(error !== undefined && { error: cutText(error, thrownTextMax) }),
  };
}
