// A result as people read it: one line an operation, beside it the best three peers or the budget.
import type { BenchResult } from "./result.ts";
import { type BudgetRow, type ContestRow, isContest } from "./row.ts";

const contestHeader = ["row", "operation", "hewn", "ahead", "95 %", "best peers"];
const budgetHeader = ["row", "operation", "hewn", "budget", "95 %", ""];

export function table(result: BenchResult): string {
  const lines = result.rows.map((row) => (isContest(row) ? contestCells(row) : budgetCells(row)));
  const header = result.rows.every(isContest) ? contestHeader : budgetHeader;
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]!.length)),
  );
  const text = (line: readonly string[]): string =>
    line
      .map((cell, column) => pad(cell, widths[column]!, column))
      .join("  ")
      .trimEnd();
  return [`${result.bench}, Node ${result.node}`, "", text(header), ...lines.map(text)].join("\n");
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

function budgetCells(row: BudgetRow): readonly string[] {
  const parts = Object.entries(row.parts).map(([name, figure]) => `${name} ${figure}`);
  const difference = parts.length > 1 ? `(${parts.join(" - ")})` : "";
  return [
    row.row,
    row.operation,
    `${row.hewn} ${row.unit}`,
    `${row.budget} ${row.unit}`,
    `${row.low}-${row.high}`,
    [row.hewn > row.budget ? "OVER" : "kept", difference].join(" ").trimEnd(),
  ];
}
