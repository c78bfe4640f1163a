// The parts of the report about what is not speed: sizes of messages and bundles, and the cost of compiling.
import type { RecordedResult } from "../conditions.ts";
import { type BudgetRow, isBudget } from "../row.ts";
import { aheadTable, contestantsTable } from "./codec-section.ts";
import { counted, folded, markdownTable, type Picture, paragraphs } from "./markdown.ts";
import { contestRows, type Results } from "./results.ts";

/** What encoding and decoding one type may add to a program: minified, compressed bytes. */
const bundleMaxBytes = 3000;

export function sizeSection({ codec, size }: Results, picture: Picture): string {
  const messages = contestRows(size ?? codec, "bytes");
  const bundles = contestRows(size, "bundle");
  const growth = bundles.filter(({ row }) => row === "further type");
  const types = bundles.filter(({ row }) => row !== "further type");
  const parts = [
    messages.length === 0
      ? ""
      : paragraphs(
          "### Messages",
          "Mean bytes of a message, over all objects of a workload.",
          picture("Encoded size: times ahead of the best peer, by workload", "bytes"),
          aheadTable(messages, false),
          picture("Bytes of a message, by Hewn and its peers", "bytes-sizes"),
          folded("All contestants, bytes", contestantsTable(messages)),
        ),
    types.length === 0
      ? ""
      : paragraphs(
          "### Bundles",
          "What a program for browsers carries to encode and decode one type and nothing else: library and codec, bundled and minified by esbuild, compressed by gzip.",
          bundleLine(types),
          picture("Bytes of a bundle, by Hewn and its peers", "bundles"),
          aheadTable(types, false),
          folded("All contestants, bytes", contestantsTable(types)),
          growth.length === 0 ? "" : growthPart(growth),
        ),
  ];
  return parts.every((part) => part === "") ? "" : paragraphs("## Sizes", ...parts);
}

function bundleLine(types: ReturnType<typeof contestRows>): string {
  const rule = `One type may take ${bundleMaxBytes} bytes.`;
  const over = types.filter(({ hewn }) => hewn > bundleMaxBytes);
  if (over.length === 0) return `${rule} All are within that.`;
  const names = over.map(({ row, hewn }) => `${row} (${hewn})`).join(", ");
  return `${rule} **Beyond that: ${counted(over.length, "type")}**: ${names}.`;
}

function growthPart(growth: ReturnType<typeof contestRows>): string {
  return paragraphs(
    "What each further type adds, as the mean of eight; libraries that know no types add nothing, and stand in no comparison:",
    aheadTable(
      growth.map((row) => ({
        ...row,
        peers: Object.fromEntries(Object.entries(row.peers).filter(([, size]) => size > 0)),
      })),
      false,
    ),
  );
}

export function compileSection({ compile }: Results, picture: Picture): string {
  if (compile === undefined) return "";
  const rows = budgetRows(compile);
  const over = rows.filter(({ hewn, budget }) => hewn > budget);
  const names = over.map(({ row, operation, hewn, budget, unit }) => {
    return `${row}, ${operation} (${hewn} of ${budget} ${unit})`;
  });
  const size = compile.isQuick
    ? "a small project, as the run was a quick one"
    : "1000 interfaces in 200 files";
  return paragraphs(
    "## Compiling",
    `What codecs cost whoever compiles with them, on ${size}. Every round runs every command in a new process; a figure is the difference to the same command without codecs, where there is such a command.`,
    over.length === 0
      ? "All budgets are kept."
      : `**Budgets that are not kept: ${over.length}**: ${names.join("; ")}.`,
    picture("Compile cost as a share of its budget", "compile"),
    markdownTable(
      ["", "", "figure", "95 %", "budget", "is the difference of"],
      rows.map(budgetCells),
      [0, 1, 5],
    ),
  );
}

function budgetRows(compile: RecordedResult): readonly BudgetRow[] {
  return compile.rows.filter(isBudget);
}

function budgetCells(row: BudgetRow): readonly string[] {
  const parts = Object.entries(row.parts).map(([name, figure]) => `${name} ${figure}`);
  return [
    row.row,
    row.operation,
    `${row.hewn} ${row.unit}`,
    `${row.low}–${row.high}`,
    row.hewn > row.budget ? `${row.budget}, **not kept**` : String(row.budget),
    parts.length > 1 ? parts.join(" and ") : "",
  ];
}
