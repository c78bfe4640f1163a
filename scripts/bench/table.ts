// A result as people read it: one line an operation, the best three peers beside us.
import type { BenchResult } from "./result.ts";
import type { Row } from "./row.ts";

export function table(result: BenchResult): string {
  const lines = result.rows.map(cells);
  const header = ["row", "operation", "hewn", "ahead", "95 %", "best peers"];
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

function cells(row: Row): readonly string[] {
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
