// The supervision tree of a cluster as a table and as JSON. Everything that another process chose is made printable here.
import { printable, type SupervisedReport } from "@hewn/runtime/node";
import type { Terminal } from "../terminal.ts";
import { count, list } from "../wording.ts";
import type { ForestAnswer } from "./answer.ts";
import { duration } from "./durations.ts";
import { jsonId } from "./members-view.ts";
import { type Cell, type Column, tableLines } from "./table.ts";
import type { Names } from "./words.ts";

type Forest = ForestAnswer["forest"];
type Restart = NonNullable<SupervisedReport["restarted"]>;

/** A supervisor or a child with those below it. */
export interface Branch {
  readonly entry: SupervisedReport;
  readonly below: readonly Branch[];
}

const columns: readonly Column[] = [
  { title: "TREE", yields: 3, widthMin: 24 },
  { title: "ACTOR", yields: 1, widthMin: 0 },
  { title: "STATUS" },
  { title: "NODE", yields: 2, widthMin: 8 },
  { title: "GEN", align: "right" },
  { title: "RESTARTS", align: "right" },
  { title: "WHY", yields: 0, widthMin: 0 },
];

/** What kept a node from telling, or from telling all. */
const answers: Readonly<Record<Forest["answer"], string>> = {
  whole: "",
  cut: "there are more than are told of",
  silent: "did not answer in time",
  notConnected: "cannot be asked: there is no connection",
  otherVersion: "runs another version of hewn, with other questions",
  broken: "gave an answer that is none",
};

const strategies: Readonly<Record<NonNullable<SupervisedReport["strategy"]>, string>> = {
  oneForOne: "one for one",
  oneForAll: "one for all",
  restForOne: "rest for one",
};

const styles = {
  up: "green",
  starting: "yellow",
  waiting: "yellow",
  stopping: "yellow",
  down: "dim",
  failed: "red",
} as const;

/** Empty where it tells all. */
export function answerText(answer: Forest["answer"]): string {
  return answers[answer];
}

export function branchesOf(entries: readonly SupervisedReport[]): readonly Branch[] {
  const top: Branch[] = [];
  const path: Branch[][] = [top];
  for (const entry of entries) {
    const below: Branch[] = [];
    path.length = Math.min(path.length, entry.depth + 1);
    path.at(-1)!.push({ entry, below });
    path.push(below);
  }
  return top;
}

/** The table: a line for each node that supervises, or does not say so, and what it supervises below. */
export function treeLines(
  forests: readonly ForestAnswer[],
  names: Names,
  terminal: Terminal,
): readonly string[] {
  const rows = forests.flatMap(({ forest, entries }) => {
    const { answer, node } = forest;
    if (answer === "whole" && entries.length === 0) return [];
    const head = row({ tree: names.of(node), why: answers[answer] });
    return [head, ...rowsOf(branchesOf(entries), "", names, terminal)];
  });
  return tableLines(columns, rows, terminal.width);
}

function rowsOf(
  branches: readonly Branch[],
  indent: string,
  names: Names,
  terminal: Terminal,
): readonly (readonly Cell[])[] {
  return branches.flatMap(({ entry, below }, at) => {
    const isLast = at === branches.length - 1;
    const { name, status, generation, node, restarted } = entry;
    const head = row({
      tree: `${indent}${isLast ? "└─" : "├─"} ${printable(name)}`,
      actor: kindOf(entry),
      status: { text: status, style: (text) => terminal.styleOut(styles[status], text) },
      node: node === undefined ? "" : names.of(node),
      generation: String(generation),
      restarts: String(restartsOf(entry)),
      why:
        restarted === undefined
          ? ""
          : `${causeText(entry.name, restarted)}, ${duration(restarted.msAgo)} ago`,
    });
    return [head, ...rowsOf(below, `${indent}${isLast ? "   " : "│  "}`, names, terminal)];
  });
}

interface Row {
  readonly tree: string;
  readonly actor?: string;
  readonly status?: Cell;
  readonly node?: string;
  readonly generation?: string;
  readonly restarts?: string;
  readonly why: string;
}

function row({ tree, actor = "", status, node = "", generation = "", restarts = "", why }: Row): Cell[] {
  const texts = [node, generation, restarts, why].map((text) => ({ text }));
  return [{ text: tree }, { text: actor }, status ?? { text: "" }, ...texts];
}

/** The actor's name, or how a supervisor starts its children again. */
function kindOf({ actor, strategy }: SupervisedReport): string {
  if (strategy !== undefined) return strategies[strategy];
  return actor === undefined ? "supervisor" : printable(actor);
}

/** How often it was started again. */
export function restartsOf({ generation }: SupervisedReport): number {
  return Math.max(0, generation - 1);
}

const reasons: Readonly<Record<Restart["reason"], string>> = {
  exited: "ended by itself",
  shutdown: "was stopped",
  crashed: "crashed",
  nodeDied: "its node died",
  nodeLeft: "its node left",
  leaseExpired: "its lease ran out",
};

/** Why something was started again: its own end, or that of a sibling. */
export function causeText(name: string, { because, reason, error }: Restart): string {
  const said = reasons[reason];
  const ofSibling = because === name ? said : `${printable(because)}: ${said}`;
  return error === undefined ? ofSibling : `${ofSibling} (${printable(error)})`;
}

/** `2 supervisors, 5 children on 3 nodes, 1 restart`, and who says so. */
export function summaryOf(forests: readonly ForestAnswer[], name: string): string {
  const entries = forests.flatMap(({ entries }) => entries);
  const actors = entries.filter(({ actor }) => actor !== undefined);
  const restarts = entries.reduce((sum, entry) => sum + restartsOf(entry), 0);
  const silent = forests.filter(({ forest: { answer } }) => answer !== "whole").length;
  const parts = [
    `${count(entries.length - actors.length, "supervisor")} with ${count(actors.length, "actor")}`,
    count(restarts, "restart"),
    silent > 0 && `${silent} of ${count(forests.length, "node")} did not tell all`,
  ];
  return `hewn: ${list(parts)}, as ${printable(name)} gathered it from ${count(forests.length, "node")}`;
}

/** Names of members for the tables: those of who answered are with their answers. */
export function learnNames(forests: readonly ForestAnswer[], names: Names): void {
  for (const { forest } of forests) names.learn(forest.node, forest.name);
}

export function jsonForest({ forest, entries }: ForestAnswer): object {
  const { node, name, answer } = forest;
  return { ...jsonId(node), name, answer, supervisors: branchesOf(entries).map(jsonBranch) };
}

function jsonBranch({ entry, below }: Branch): object {
  const children = entry.actor === undefined ? { children: below.map(jsonBranch) } : {};
  return { ...jsonEntry(entry), ...children };
}

export function jsonEntry(entry: SupervisedReport): object {
  const { depth: _, node, restarted, ...rest } = entry;
  return {
    ...rest,
    restarts: restartsOf(entry),
    ...(node !== undefined && { node: jsonId(node) }),
    ...(restarted !== undefined && { restarted: jsonRestart(restarted) }),
  };
}

function jsonRestart({ msAgo, ...cause }: Restart): object {
  return { at: new Date(Date.now() - msAgo).toISOString(), ...cause };
}
