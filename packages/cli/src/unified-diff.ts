// The difference of two texts in the unified form that `git apply` and `patch` take.
import { type LineChange, lineChanges } from "./line-difference.ts";

/** Lines around a change that stay the same. */
const contextLines = 3;

interface Hunk {
  readonly changes: readonly LineChange[];
  /** The first line in each text, from 1. */
  readonly before: number;
  readonly after: number;
}

/** The lines of the difference, without line breaks; none for equal texts. */
export function unifiedDiff(file: string, before: string, after: string): readonly string[] {
  if (before === after) return [];
  const hunks = hunksOf(lineChanges(linesOf(before), linesOf(after)));
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks.flatMap(hunkLines)];
}

/** With their line breaks. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(changes: readonly LineChange[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  const changed = changes.flatMap(({ kind }, index) => (kind === "kept" ? [] : [index]));
  let [line, other, at] = [1, 1, 0];
  const advance = (to: number): void => {
    for (; at < to; at++) {
      if (changes[at]?.kind !== "added") line++;
      if (changes[at]?.kind !== "removed") other++;
    }
  };
  for (let index = 0; index < changed.length; ) {
    const start = Math.max(at, (changed[index] ?? 0) - contextLines);
    let last = changed[index] ?? 0;
    while (index < changed.length && (changed[index] ?? 0) - last <= 2 * contextLines)
      last = changed[index++] ?? 0;
    const end = Math.min(changes.length, last + contextLines + 1);
    advance(start);
    hunks.push({ changes: changes.slice(start, end), before: line, after: other });
    advance(end);
  }
  return hunks;
}

function hunkLines({ changes, before, after }: Hunk): readonly string[] {
  const removed = changes.filter(({ kind }) => kind !== "added").length;
  const added = changes.filter(({ kind }) => kind !== "removed").length;
  const lines = changes.flatMap(({ kind, line }) => {
    const sign = kind === "kept" ? " " : kind === "removed" ? "-" : "+";
    const bare = line.replace(/\n$/, "");
    return bare === line ? [sign + bare, "\\ No newline at end of file"] : [sign + bare];
  });
  return [`@@ -${range(before, removed)} +${range(after, added)} @@`, ...lines];
}

/** A range without lines is counted from the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}
