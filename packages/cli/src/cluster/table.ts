// A table of texts that fits a terminal.
import { cutTo, displayWidth } from "./display-width.ts";

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** Where a table is too wide, columns give way in this order, the lowest first; undefined for never. */
  readonly yields?: number;
  /** To how many columns of the terminal it gives way; 0: it is left out. */
  readonly widthMin?: number;
}

export interface Cell {
  readonly text: string;
  /** Colours it; adds nothing that takes room. */
  readonly style?: (text: string) => string;
}

const gap = "  ";

/** Columns of a terminal below which a cut column is not worth its room. */
const usefulMin = 8;

/** The lines of a table, its titles first. @param width columns of the terminal; undefined for as wide as it gets */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number | undefined,
): readonly string[] {
  const cells = [columns.map(({ title }): Cell => ({ text: title })), ...rows];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => displayWidth(row[at]!.text))));
  if (width !== undefined) shrink(columns, widths, width);
  return cells.map((row) => {
    const shown = row.map((cell, at) => (widths[at] === 0 ? "" : cellText(cell, widths[at]!, columns[at]!)));
    return shown
      .filter((_, at) => widths[at] !== 0)
      .join(gap)
      .trimEnd();
  });
}

function shrink(columns: readonly Column[], widths: number[], width: number): void {
  const order = columns
    .map(({ yields, widthMin = 0 }, at) => ({ yields, widthMin, at }))
    .filter(({ yields }) => yields !== undefined)
    .sort((a, b) => a.yields! - b.yields!);
  for (const { at, widthMin } of order) {
    const excess = totalOf(widths) - width;
    if (excess <= 0) return;
    const left = Math.max(widthMin, widths[at]! - excess);
    // A column of a few letters says nothing.
    widths[at] = left < Math.max(widthMin, usefulMin) ? widthMin : Math.min(widths[at]!, left);
  }
}

function totalOf(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, shown.length - 1);
}

function cellText({ text, style }: Cell, width: number, { align }: Column): string {
  const cut = cutTo(text, width);
  const padding = " ".repeat(Math.max(0, width - displayWidth(cut)));
  const styled = style === undefined || cut === "" ? cut : style(cut);
  return align === "right" ? padding + styled : styled + padding;
}
