// Annotations as lines of text: offset, bytes in hex, format, field and value, in columns that fit a width. Fields
// are indented by how deep they stand, each with the last step of its path.

import type { Annotation } from "./annotate.ts";

export interface TableOptions {
  /** Columns that a line may take. Default 100, at least 64. */
  readonly width?: number;
  /** A row that is marked, by its index. */
  readonly marked?: number;
}

interface Columns {
  readonly offset: number;
  readonly bytesPerLine: number;
  readonly format: number;
  readonly field: number;
  readonly value: number;
}

const widthDefault = 100;
const widthLeast = 64;
/** Of an item with more lines than this, the middle is left out. */
const linesMax = 4;
const gap = 2;
/** Fields are indented no further than this many levels. */
const indentMax = 12;

/** The lines of a table with its head, without an end of line. */
export function annotationTable(
  annotations: readonly Annotation[],
  { width = widthDefault, marked }: TableOptions = {},
): string[] {
  const columns = layout(annotations, Math.max(width, widthLeast) - (marked === undefined ? 0 : 2));
  const head = row(columns, ["offset", "bytes", "format", "field", "value"]);
  const lines = annotations.map((annotation) => itemLines(columns, annotation));
  if (marked === undefined) return [head, ...lines.flat()];
  const at = markedLine(lines, marked);
  return [head, ...lines.flat()].map((line, index) => `${index === at ? ">" : " "} ${line}`);
}

/** Where the first line of an item stands in the table. */
function markedLine(lines: readonly (readonly string[])[], index: number): number {
  return lines.slice(0, index).reduce((sum, { length }) => sum + length, 1);
}

function layout(annotations: readonly Annotation[], width: number): Columns {
  const widest = (least: number, length: (annotation: Annotation) => number): number =>
    annotations.reduce((most, annotation) => Math.max(most, length(annotation)), least);
  const offset = Math.max(6, String(annotations.at(-1)?.offset ?? 0).length);
  const roomy = width >= 96 ? 9 : width >= 76 ? 6 : 4;
  const bytesPerLine = Math.min(
    roomy,
    widest(2, ({ bytes }) => bytes.length),
  );
  const format = widest(6, (annotation) => annotation.format.length);
  const left = width - offset - 3 * bytesPerLine + 1 - format - 4 * gap;
  const longest = widest(5, (annotation) => fieldText(annotation).length);
  const field = Math.max(8, Math.min(longest, Math.floor(left * 0.6)));
  return { offset, bytesPerLine, format, field, value: Math.max(12, left - field) };
}

function itemLines(columns: Columns, annotation: Annotation): readonly string[] {
  const { offset, bytes, format, value } = annotation;
  const [first = "", ...more] = hexLines(bytes, columns.bytesPerLine);
  const cells = [String(offset), first, format, fieldText(annotation), value];
  const indent = " ".repeat(columns.offset + gap);
  return [row(columns, cells), ...more.map((hex) => `${indent}${hex}`)];
}

function fieldText({ label, depth }: Annotation): string {
  return `${"  ".repeat(Math.min(depth, indentMax))}${label}`;
}

function row(columns: Columns, cells: readonly string[]): string {
  const [offset = "", bytes = "", format = "", field = "", value = ""] = cells;
  const parts = [
    offset.padStart(columns.offset),
    bytes.padEnd(columns.bytesPerLine * 3 - 1),
    format.padEnd(columns.format),
    cut(field, columns.field).padEnd(columns.field),
    cut(value, columns.value),
  ];
  return parts.join(" ".repeat(gap)).trimEnd();
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function hexLines(bytes: Uint8Array, bytesPerLine: number): string[] {
  const shownBytes = linesMax * bytesPerLine;
  const isCut = bytes.length > shownBytes;
  const shown = Array.from(isCut ? bytes.subarray(0, shownBytes) : bytes, (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const lines: string[] = [];
  for (let i = 0; i < shown.length; i += bytesPerLine) lines.push(shown.slice(i, i + bytesPerLine).join(" "));
  if (isCut) lines.push(`… ${bytes.length - shownBytes} more`);
  return lines;
}
