// The part of the report about gossip in virtual time, and its picture.
import { type BudgetRow, isBudget } from "../row.ts";
import type { BarChart, Panel } from "./bar-chart.ts";
import { markdownTable, type Picture, paragraphs } from "./markdown.ts";
import type { Results } from "./results.ts";

const titles: Readonly<Record<string, string>> = {
  join: "all start at once: all know all, ms",
  news: "news known to all, ms",
  freeze: "a frozen node known to all, ms",
  idle: "messages a node and second, where nothing happens",
};

export function gossipSection({ gossip }: Results, picture: Picture): string {
  if (gossip === undefined) return "";
  const rows = gossip.rows.filter(isBudget);
  const cells = rows.map(({ row, operation, hewn, low, high, budget, besides = {} }) => [
    row,
    titles[operation] ?? operation,
    String(hewn),
    low === high ? "" : `${low}–${high}`,
    String(budget),
    String(besides["trials"] ?? ""),
  ]);
  return paragraphs(
    "## Gossip",
    simulated,
    picture("How long it takes and what it costs, by the size of the cluster", "gossip"),
    markdownTable(["cluster", "", "median", "all", "at most", "trials"], cells, [0, 1]),
  );
}

const simulated = `Membership alone, in virtual time, with the profile \`lan\`: messages take 1 to 5 ms and none is lost. It is looked at every
10 ms. A node tells news to three others at once and then every 200 ms, so that each round reaches some times more nodes; what
a frozen node takes longer in a larger cluster is its suspicion, which grows with log10 n. Of messages a node sends as many
whatever the size.`;

/** One panel an operation, one bar a size: sizes are each three times the one before, so that log n is a straight line. */
export function gossipChart({ gossip }: Results): BarChart | undefined {
  if (gossip === undefined) return undefined;
  const rows = gossip.rows.filter(isBudget);
  const panels = ["news", "freeze", "idle"].map((operation) =>
    panelOf(
      titles[operation]!,
      rows.filter((row) => row.operation === operation),
    ),
  );
  return {
    title: "Clusters of ten to a thousand nodes, in virtual time",
    description: "Times grow as the logarithm of the size, messages of a node do not grow.",
    legend:
      "Sizes about three times the one before · whisker: all trials · each panel has a scale of its own",
    panels,
  };
}

function panelOf(heading: string, rows: readonly BudgetRow[]): Panel {
  const bars = rows.map(({ row, hewn, low, high }) => ({
    ...{ label: row, value: hewn, text: String(hewn), isOurs: true },
    ...(low !== high && { interval: [low, high] as const }),
  }));
  return { heading, bars };
}
