// Edits of texts: what they are, which of them can be made together, and how they are made.

export interface TextEdit {
  /** Absolute, forward slashes. */
  readonly file: string;
  /** In UTF-16 units of the text without its byte order mark. */
  readonly start: number;
  readonly length: number;
  readonly text: string;
  /** Among insertions at one place: the lower one comes first. 0 where it does not matter. */
  readonly rank: number;
}

/** An insertion that opens brackets around a longer text stands before one around a shorter text. */
export function opening(file: string, start: number, end: number, text: string): TextEdit {
  return { file, start, length: 0, text, rank: -(end - start) };
}

/** An insertion that closes brackets around a shorter text stands before one around a longer text. */
export function closing(file: string, start: number, end: number, text: string): TextEdit {
  return { file, start: end, length: 0, text, rank: end - start };
}

export function replacement(file: string, start: number, end: number, text: string): TextEdit {
  return { file, start, length: end - start, text, rank: 0 };
}

/** Where an insertion stands that must come before everything else at its place. */
export const firstRank = Number.NEGATIVE_INFINITY;

export function isSameEdit(a: TextEdit, b: TextEdit): boolean {
  return (
    a.file === b.file &&
    a.start === b.start &&
    a.length === b.length &&
    a.text === b.text &&
    a.rank === b.rank
  );
}

/** Whether two edits cannot both be made: they overlap, or they insert different texts and neither comes first. */
export function conflict(a: TextEdit, b: TextEdit): boolean {
  if (a.file !== b.file || isSameEdit(a, b)) return false;
  if (a.length === 0 && b.length === 0) return a.start === b.start && a.rank === b.rank;
  const [first, second] = a.start < b.start || (a.start === b.start && a.length === 0) ? [a, b] : [b, a];
  return second.start < first.start + first.length;
}

/** A change of a text: no two of a list touch. */
export interface TextChange {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** Edits of one file, none of which conflict, in the order of the text; those that touch become one, equal ones too. */
export function joined(edits: readonly TextEdit[]): readonly TextChange[] {
  const sorted = [...edits].sort(
    (a, b) => a.start - b.start || Math.sign(a.length) - Math.sign(b.length) || a.rank - b.rank,
  );
  const changes: TextChange[] = [];
  for (const [index, edit] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before && isSameEdit(before, edit)) continue;
    const last = changes.at(-1);
    if (last && last.start + last.length === edit.start) {
      const { start, length, text } = last;
      changes[changes.length - 1] = { start, length: length + edit.length, text: text + edit.text };
    } else changes.push({ start: edit.start, length: edit.length, text: edit.text });
  }
  return changes;
}

/** The text after edits of it, none of which conflict. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const change of joined(edits)) {
    result += text.slice(at, change.start) + change.text;
    at = change.start + change.length;
  }
  return result + text.slice(at);
}
