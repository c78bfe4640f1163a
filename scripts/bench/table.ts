// A result as people read it: one line an operation, beside it the best three peers or the budget.
import type { BenchResult } from "./result.ts";
import {
  type BudgetRow,
  type ContestRow,
  isBudget,
  isContest,
  isNet,
  type NetRow,
  netRivals,
} from "./row.ts";

const contestHeader = ["row", "operation", "hewn", "ahead", "95 %", "best peers"];
const budgetHeader = ["row", "operation", "hewn", "budget", "95 %", ""];
const netHeader = ["row", "operation", "hewn", "of raw", "95 %", "ahead", "95 %", "beside"];

export function table(result: BenchResult): string {
  const net = result.rows.filter(isNet);
  const budgets = result.rows.filter(isBudget);
  const contests = result.rows.filter(isContest);
  const parts = [
    aligned(netHeader, net.map(netCells)),
    aligned(contestHeader, contests.map(contestCells)),
    aligned(budgetHeader, budgets.map(budgetCells)),
  ];
  return [`${result.bench}, Node ${result.node}`, ...parts.filter((part) => part !== "")].join("\n\n");
}

function aligned(header: readonly string[], lines: readonly (readonly string[])[]): string {
  if (lines.length === 0) return "";
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]!.length)),
  );
  const text = (line: readonly string[]): string =>
    line
      .map((cell, column) => pad(cell, widths[column]!, column))
      .join("  ")
      .trimEnd();
  return [text(header), ...lines.map(text)].join("\n");
}

/** Figures stand at the right of their column. */
function pad(cell: string, width: number, column: number): string {
  return column === 2 || column === 3 ? cell.padStart(width) : cell.padEnd(width);
}

function contestCells(row: ContestRow): readonly string[] {
  const best = Object.entries(row.peers)
    .sort(([, a], [, b]) => a - b)
    .slice(0, 3)
    .map(([name, figure]) => `${name} ${figure}`);
  return [
    row.row,
    row.operation,
    `${row.hewn} ${row.unit}`,
    `${row.ahead.toFixed(2)}x`,
    `${row.aheadLow.toFixed(2)}-${row.aheadHigh.toFixed(2)}`,
    best.join(", "),
  ];
}

function netCells(row: NetRow): readonly string[] {
  const limits = Object.entries(row.limits).map(([name, { figure, of }]) => `${name} ${figure} (${of})`);
  const peers = netRivals(row).map(([name, figure]) => `${name} ${figure}`);
  return [
    row.row,
    row.operation,
    `${row.hewn} ${row.unit}`,
    row.ofRaw.toFixed(2),
    `${row.ofRawLow.toFixed(2)}-${row.ofRawHigh.toFixed(2)}`,
    row.ahead === undefined ? "" : `${row.ahead.toFixed(2)}x`,
    row.ahead === undefined ? "" : `${row.aheadLow?.toFixed(2)}-${row.aheadHigh?.toFixed(2)}`,
    [`raw ${row.raw}`, ...aloneText(row), ...limits, ...peers].join(", "),
  ];
}

function aloneText({ alone }: NetRow): readonly string[] {
  if (alone === undefined) return [];
  const { hewn, raw, ofRaw, ofRawLow, ofRawHigh } = alone;
  const interval = `${ofRawLow.toFixed(2)}-${ofRawHigh.toFixed(2)}`;
  return [`transport alone ${hewn} of ${raw} (${ofRaw.toFixed(2)}, ${interval})`];
}

function budgetCells(row: BudgetRow): readonly string[] {
  const parts = Object.entries(row.parts).map(([name, figure]) => `${name} ${figure}`);
  const difference = parts.length > 1 ? `(${parts.join(" - ")})` : "";
  const peers = Object.entries({ ...row.peers, ...row.besides }).map(([name, figure]) => `${name} ${figure}`);
  return [
    row.row,
    row.operation,
    `${row.hewn} ${row.unit}`,
    `${row.budget} ${row.unit}`,
    `${row.low}-${row.high}`,
    [row.hewn > row.budget ? "OVER" : "kept", difference, peers.join(", ")]
      .filter((part) => part !== "")
      .join(" "),
  ];
}
