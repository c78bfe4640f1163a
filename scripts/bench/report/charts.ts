// The pictures of the report, by the name of their file.
import { floorOf } from "../codec/floors.ts";
import type { RecordedResult } from "../conditions.ts";
import { type BudgetRow, type ContestRow, isContest, rivals } from "../row.ts";
import { type Bar, type BarChart, barChart, type Panel } from "./bar-chart.ts";
import { gossipChart } from "./gossip-section.ts";
import { operations } from "./operations.ts";
import { contestRows, engineOf, hasFloors, type Results } from "./results.ts";

/** Rows that stand for the others where figures of all contestants are shown: short, of many texts, of many integers. */
const typicalRows = ["SensorReading", "Order", "GameState"];

export function charts(results: Results): ReadonlyMap<string, string> {
  const { codec, compile, size } = results;
  const all = new Map<string, BarChart | undefined>();
  for (const { name, title } of operations) {
    if (codec) all.set(name, aheadChart(codec, contestRows(codec, name), title));
  }
  for (const [operation, title] of [
    ["encode", "Time to encode to owned bytes"],
    ["decode", "Time to decode"],
  ] as const) {
    if (codec) all.set(`${operation}-times`, figuresChart(codec, operation, title, typicalRows));
  }
  const sized = size ?? codec;
  if (sized) all.set("bytes", aheadChart(sized, contestRows(sized, "bytes"), "Encoded size"));
  if (sized) all.set("bytes-sizes", figuresChart(sized, "bytes", "Bytes of a message", typicalRows));
  const bundled = [...typicalRows, "further type"];
  if (size) all.set("bundles", figuresChart(size, "bundle", "Bytes of a bundle", bundled));
  if (compile) all.set("compile", budgetChart(compile));
  all.set("gossip", gossipChart(results));
  return new Map([...all].flatMap(([name, chart]) => (chart ? [[name, barChart(chart)] as const] : [])));
}

function aheadChart(
  result: RecordedResult,
  rows: readonly ContestRow[],
  title: string,
): BarChart | undefined {
  if (rows.length === 0) return undefined;
  const withFloors = hasFloors(result) && rows.some(({ row, operation }) => floorOf(operation, row));
  const isTimed = rows.some(({ unit }) => unit !== "bytes");
  const legend = ["Times ahead of the best peer of each row", "line: as good as it"];
  if (isTimed) legend.push("whisker: 95 % interval");
  if (withFloors) legend.push("red: floor");
  const bars = rows.map((row): Bar => {
    const floor = withFloors ? floorOf(row.operation, row.row) : undefined;
    return {
      label: row.row,
      value: row.ahead,
      text: row.ahead.toFixed(2),
      ...(isTimed && { interval: [row.aheadLow, row.aheadHigh] as const }),
      ...(floor !== undefined && { mark: floor }),
      isOurs: true,
    };
  });
  return {
    title: titled(title, rows, result),
    description:
      "How many times better than the best other library Hewn is, by workload; below 1 it is worse.",
    line: 1,
    legend: legend.join(" · "),
    panels: [{ bars }],
  };
}

function figuresChart(
  result: RecordedResult,
  operation: string,
  title: string,
  names: readonly string[],
): BarChart | undefined {
  const rows = contestRows(result, operation).filter(({ row }) => names.includes(row));
  if (rows.length === 0) return undefined;
  return {
    title: titled(title, rows, result),
    description: "Figures of Hewn and the other libraries, the best first; less is better.",
    legend: "Less is better · Hewn in the stronger colour · each panel has a scale of its own",
    panels: rows.map(figuresPanel),
  };
}

/** Times are those of an engine, lengths are the same on all. */
function titled(title: string, rows: readonly ContestRow[], result: RecordedResult): string {
  return rows[0]?.unit === "bytes" ? title : `${title}, ${engineOf(result)}`;
}

function figuresPanel(row: ContestRow): Panel {
  const all: (readonly [string, number])[] = [["Hewn", row.hewn], ...rivals(row)];
  return {
    heading: `${row.row}, ${row.unit}`,
    bars: all
      .toSorted(([, a], [, b]) => a - b)
      .map(([label, value]) => ({ label, value, text: String(value), isOurs: label === "Hewn" })),
  };
}

function budgetChart(result: RecordedResult): BarChart {
  const rows = result.rows.filter((row): row is BudgetRow => !isContest(row));
  const bars = rows.map(
    (row): Bar => ({
      label: `${row.row}, ${row.operation}`,
      value: row.hewn / row.budget,
      text: `${row.hewn} of ${row.budget} ${row.unit}`,
      interval: [row.low / row.budget, row.high / row.budget],
      isOurs: true,
    }),
  );
  return {
    title: `Compile cost as a share of its budget, ${engineOf(result)}`,
    description:
      "What compiling with codecs costs, as a share of what it may cost at most; beyond 1 it is too much.",
    line: 1,
    legend: "Less is better · line: the whole budget · whisker: 95 % interval",
    panels: [{ bars }],
  };
}
