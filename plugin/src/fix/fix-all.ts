// Fixes for many diagnostics at once: those that can be made together, and the texts that they give.
import type ts from "typescript";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Fix, Mender } from "./fix.ts";
import { fixOf } from "./fix-of.ts";
import { conflict, edited, type TextEdit } from "./text-edit.ts";

export interface MendOptions {
  /** Whether a file may be edited, besides what never is: declaration files, packages, generated codecs. */
  readonly canEdit: (file: string) => boolean;
}

export interface Mended {
  readonly fixes: readonly Fix[];
  /** The new texts of the files that change, by absolute name, without byte order marks. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What a compiler, a program and options are to all fixes. */
export function menderOf(compiler: typeof ts, program: ts.Program, { canEdit }: MendOptions): Mender {
  return { ts: compiler, program, checker: program.getTypeChecker(), canEdit };
}

/** Mends of the diagnostics what can be mended together; what is left may be mendable in the program that follows. */
export function fixAll(mender: Mender, diagnostics: readonly Diagnostic[]): Mended {
  const fixes: Fix[] = [];
  const byFile = new Map<string, TextEdit[]>();
  for (const diagnostic of diagnostics) {
    const fix = fixOf(mender, diagnostic);
    if (!fix || fix.edits.some((edit) => byFile.get(edit.file)?.some((other) => conflict(edit, other))))
      continue;
    fixes.push(fix);
    for (const edit of fix.edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  }
  const texts = new Map<string, string>();
  for (const [file, edits] of byFile) {
    const text = mender.program.getSourceFile(file)?.text;
    const after = text === undefined ? undefined : edited(text, edits);
    if (after !== undefined && after !== text && stillParses(mender, file, after)) texts.set(file, after);
  }
  return { fixes: fixes.filter(({ edits }) => edits.every(({ file }) => texts.has(file))), texts };
}

interface Parsed {
  readonly parseDiagnostics?: readonly unknown[];
}

/** Whether an edited text has no more errors of syntax than the text before. */
export function stillParses({ ts, program }: Mender, name: string, text: string): boolean {
  const before = program.getSourceFile(name);
  if (!before) return false;
  const after = ts.createSourceFile(name, text, before.languageVersion, false);
  const countOf = (file: ts.SourceFile): number =>
    (file as ts.SourceFile & Parsed).parseDiagnostics?.length ?? 0;
  return countOf(after) <= countOf(before);
}
