// Annotations as lines of text: offset, bytes in hex, format, path and value, in columns.

import type { Annotation } from "./annotate.ts";

/** Bytes in one line; the rest of an item goes on below. */
const bytesPerLine = 9;
/** Of an item with more lines than this, the middle is left out. */
const linesMax = 4;

/** The lines of a table with its head, without an end of line. */
export function annotationTable(annotations: readonly Annotation[]): string[] {
  const formatWidth = widest(["format", ...annotations.map(({ format }) => format)]);
  const pathWidth = widest(["field", ...annotations.map(({ path }) => path)]);
  const line = (offset: string, hex: string, format: string, path: string, value: string): string =>
    `${offset.padStart(6)}  ${hex.padEnd(bytesPerLine * 3 - 1)}  ${format.padEnd(formatWidth)}  ` +
    `${path.padEnd(pathWidth)}  ${value}`.trimEnd();
  const rows = annotations.flatMap(({ offset, bytes, format, path, value }) => {
    const [first = "", ...more] = hexLines(bytes);
    return [line(String(offset), first, format, path, value), ...more.map((hex) => `${" ".repeat(8)}${hex}`)];
  });
  return [line("offset", "bytes", "format", "field", "value"), ...rows];
}

function hexLines(bytes: Uint8Array): string[] {
  const shownBytes = linesMax * bytesPerLine;
  const cut = bytes.length > shownBytes;
  const shown = Array.from(cut ? bytes.subarray(0, shownBytes) : bytes, (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const lines: string[] = [];
  for (let i = 0; i < shown.length; i += bytesPerLine) lines.push(shown.slice(i, i + bytesPerLine).join(" "));
  if (cut) lines.push(`… ${bytes.length - shownBytes} more`);
  return lines;
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}
