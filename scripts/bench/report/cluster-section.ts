// The part of the report about clusters: how soon nodes know of each other, and that one is gone.
import { type BudgetRow, isBudget } from "../row.ts";
import { markdownTable, paragraphs } from "./markdown.ts";
import { engineOf, type Results } from "./results.ts";

const titles: Readonly<Record<string, string>> = {
  "detect-sigkill connected": "a process is killed: known to all that were connected to it",
  "detect-sigkill all": "a process is killed: known to all",
  "detect-freeze lanP95": "a process is stopped (SIGSTOP), `lan`",
  "detect-freeze localP95": "a process is stopped, `local`",
  "detect-cut lanP95": "a node is cut off and nobody is told, `lan`",
  "detect-cut localP95": "a node is cut off, `local`",
  "join-one all": "one more node",
  "join-30 all": "thirty nodes at once, from when the last is called to join",
};

export function clusterSection({ cluster }: Results): string {
  if (cluster === undefined) return "";
  const rows = cluster.rows.filter(isBudget);
  const timed = rows.filter(({ unit }) => unit === "ms");
  return paragraphs(
    `## Clusters, ${engineOf(cluster)}`,
    measured,
    timed.length === 0 ? "" : timesTable(timed),
    deathsPart(rows.filter(({ row }) => row === "false-deaths")),
    healthPart(rows.find(({ row }) => row === "local-health")),
  );
}

const measured = `Ten nodes, each a process of its own on one machine, with everything on. A time is that at which the last of all other nodes
knew, on a clock that all processes share; it ends when a node says that another one is dead, frozen or unreachable, or alive
where one joins. Of the trials the table tells what 19 of 20 keep, its 95 % interval by order statistics, and the median. A
killed process is restarted at its address, a stopped one goes on, a cut is mended, and all are one cluster again before the
next trial. A cut is made by proxies between every two nodes, which take all bytes and pass none on. Thirty nodes are ten in
each of three processes.`;

function timesTable(rows: readonly BudgetRow[]): string {
  const cells = rows.map(({ row, operation, hewn, low, high, budget, besides = {} }) => [
    titles[`${row} ${operation}`] ?? `${row}, ${operation}`,
    String(hewn),
    `${low}–${high}`,
    String(besides["median"] ?? ""),
    hewn > budget ? `${budget}, **not kept**` : String(budget),
    String(besides["trials"] ?? ""),
  ]);
  return markdownTable(["until all know, ms", "19 of 20", "95 %", "median", "target", "trials"], cells);
}

function deathsPart(rows: readonly BudgetRow[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map(({ operation, hewn, besides = {} }) => [
    operation === "count"
      ? "four processes that compute without a pause"
      : "each loop blocked for 2 s every 5 s",
    String(hewn),
    ...["unreachable", "stalled", "suspicions"].map((name) => String(besides[name] ?? "")),
  ]);
  return paragraphs(
    "### What is said of nodes that live",
    "Of ten nodes in a minute, by all of them, in the profile `lan`. None of them may be called dead.",
    markdownTable(["under", "dead", "unreachable or frozen", "stalled", "suspicions"], cells),
  );
}

function healthPart(row: BudgetRow | undefined): string {
  if (row === undefined) return "";
  const { on, off } = row.besides ?? {};
  return paragraphs(
    "### What local health is worth",
    `For a minute and a half the loops of five of ten nodes have one task of 520 ms after the other, and there are no pulses.
Suspicions of nodes that live: **${on}** with local health, **${off}** without it.`,
  );
}
