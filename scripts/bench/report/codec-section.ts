// The part of the report that tells how fast the codecs are: a chart and a table for each operation, and the same
// ratios on other engines.
import { floorOf } from "../codec/floors.ts";
import type { RecordedResult } from "../conditions.ts";
import { type ContestRow, rivals } from "../row.ts";
import { counted, folded, markdownTable, type Picture, paragraphs } from "./markdown.ts";
import { type Operation, operations } from "./operations.ts";
import { contestRows, engineOf, hasFloors, type Results } from "./results.ts";

export function codecSection({ codec, elsewhere }: Results, picture: Picture): string {
  if (codec === undefined) return "";
  return paragraphs(
    `## Codecs, ${engineOf(codec)}`,
    floorsLine(codec),
    spreadLine(codec),
    ...operations.map((operation) => operationPart(codec, operation, picture)),
    enginesPart([codec, ...elsewhere]),
  );
}

function codecRows(codec: RecordedResult): readonly ContestRow[] {
  return operations.flatMap(({ name }) => contestRows(codec, name));
}

function floorsLine(codec: RecordedResult): string {
  if (!hasFloors(codec)) return "Floors are stated for Node 24 with the build for Node alone.";
  const held = codecRows(codec).filter(({ operation, row }) => floorOf(operation, row) !== undefined);
  const below = held.filter(isBelow);
  const rule = `Floors are what a row has to reach; they are stated for ${counted(held.length, "row")}.`;
  if (below.length === 0) return `${rule} All are reached.`;
  const lines = operations.flatMap(({ name, title }) => {
    const rows = below.filter(({ operation }) => operation === name);
    const figures = rows.map((row) => `${row.row} ${row.ahead.toFixed(2)} of ${floorOf(name, row.row)}`);
    return rows.length === 0 ? [] : [`- ${title}: ${figures.join(", ")}`];
  });
  return paragraphs(`${rule} **Not reached: ${counted(below.length, "row")}.**`, lines.join("\n"));
}

function isBelow({ operation, row, ahead }: ContestRow): boolean {
  return ahead < (floorOf(operation, row) ?? 0);
}

/** How wide the intervals are: half their width as a share of the figure. */
function spreadLine(codec: RecordedResult): string {
  const spreads = codecRows(codec)
    .map(({ row, operation, ahead, aheadLow, aheadHigh }) => {
      return { name: `${row} ${operation}`, share: (aheadHigh - aheadLow) / 2 / ahead };
    })
    .toSorted((a, b) => a.share - b.share);
  const middle = spreads[(spreads.length - 1) >> 1];
  const widest = spreads.at(-1);
  if (middle === undefined || widest === undefined) return "";
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return `Spread: half of the intervals are within ±${percent(middle.share)} of their figure; the widest is that of ${widest.name}, ±${percent(widest.share)}.`;
}

function operationPart(
  codec: RecordedResult,
  { name, title, compared }: Operation,
  picture: Picture,
): string {
  const rows = contestRows(codec, name);
  if (rows.length === 0) return "";
  return paragraphs(
    `### ${title}`,
    compared,
    picture(`${title}: times ahead of the best peer, by workload`, name),
    aheadTable(rows, hasFloors(codec)),
    picture(`${title}: nanoseconds of Hewn and its peers`, `${name}-times`),
    rows.some(({ peers }) => Object.keys(peers).length > 3)
      ? folded(`All contestants, ${rows[0]!.unit}`, contestantsTable(rows))
      : "",
  );
}

export function aheadTable(rows: readonly ContestRow[], withFloors: boolean): string {
  const hasFloor = withFloors && rows.some(({ operation, row }) => floorOf(operation, row) !== undefined);
  const unit = rows[0]?.unit ?? "";
  // Lengths are counted and have no interval.
  const isTimed = unit !== "bytes";
  const columns = ["ahead", ...(isTimed ? ["95 %"] : []), ...(hasFloor ? ["floor"] : [])];
  const header = ["", `Hewn, ${unit}`, ...columns, `best peers, ${unit}`];
  const cells = rows.map((row) => [
    row.row,
    String(row.hewn),
    ahead(row),
    ...(isTimed ? [interval(row)] : []),
    ...(hasFloor ? [floorCell(row)] : []),
    rivals(row)
      .slice(0, 3)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(", "),
  ]);
  return markdownTable(header, cells, [0, header.length - 1]);
}

function ahead({ ahead }: ContestRow): string {
  return ahead < 1 ? `**${ahead.toFixed(2)}**` : ahead.toFixed(2);
}

function interval({ aheadLow, aheadHigh }: ContestRow): string {
  return `${aheadLow.toFixed(2)}–${aheadHigh.toFixed(2)}`;
}

function floorCell(row: ContestRow): string {
  const floor = floorOf(row.operation, row.row);
  if (floor === undefined) return "";
  return isBelow(row) ? `${floor}, **not reached**` : String(floor);
}

/** Every figure: a line a contestant, a column a row. */
export function contestantsTable(rows: readonly ContestRow[]): string {
  const names = [...new Set(rows.flatMap(({ peers }) => Object.keys(peers)))];
  const line = (label: string, figure: (row: ContestRow) => number | undefined): readonly string[] => [
    label,
    ...rows.map((row) => String(figure(row) ?? "")),
  ];
  return markdownTable(
    ["", ...rows.map(({ row }) => row)],
    [line("Hewn", ({ hewn }) => hewn), ...names.map((name) => line(name, ({ peers }) => peers[name]))],
  );
}

function enginesPart(results: readonly RecordedResult[]): string {
  if (results.length < 2) return "";
  const tables = operations.map(({ name, title }) => {
    const rows = [...new Set(results.flatMap((result) => contestRows(result, name).map(({ row }) => row)))];
    if (rows.length === 0) return "";
    const cells = rows.map((row) => [row, ...results.map((result) => engineCell(result, name, row))]);
    return paragraphs(`**${title}**`, markdownTable(["", ...results.map(engineOf)], cells));
  });
  return paragraphs(
    "## Other engines, and the portable build",
    "Times ahead of the best peer on the same engine, with the 95 % interval; what is below 1 stands in bold. The portable build is what browsers get: nothing in it asks for Node's own buffers.",
    ...tables,
  );
}

function engineCell(result: RecordedResult, operation: string, name: string): string {
  const row = contestRows(result, operation).find(({ row }) => row === name);
  return row === undefined ? "" : `${ahead(row)} (${interval(row)})`;
}
