// Fixes as the language service offers them: one for a diagnostic under the cursor, and one for a whole file.
import type ts from "typescript";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { tsCodeOf } from "../diagnostic/typescript.ts";
import { fixAll, menderOf } from "../fix/fix-all.ts";
import { fixOf, mendableCodes } from "../fix/fix-of.ts";
import { joined, type TextEdit } from "../fix/text-edit.ts";
import type { JudgedFile } from "./judged-file.ts";

/** What all fixes of a file go by, for clients that offer to make them together. */
export const fixId = "hewn";
const fixAllDescription = "Fix all in this file that hewn can fix";

/** The codes for which clients need to ask. */
export const fixableCodes: readonly string[] = mendableCodes.map((code) => String(tsCodeOf(code)));

/** @param wanted the codes of what the client shows between `start` and `end` */
export function fixesAt(
  compiler: typeof ts,
  judged: JudgedFile,
  {
    start,
    end,
    wanted,
  }: { readonly start: number; readonly end: number; readonly wanted: readonly number[] },
): readonly ts.CodeFixAction[] {
  const meant = judged.diagnostics.filter(
    ({ code, span }) =>
      wanted.includes(tsCodeOf(code)) && span.start <= end && start <= span.start + span.length,
  );
  if (meant.length === 0) return [];
  const mender = menderOf(compiler, judged.program, { canEdit: () => true });
  return meant.flatMap((diagnostic) => {
    const fix = fixOf(mender, diagnostic);
    if (!fix) return [];
    const changes = fileChanges(fix.edits);
    return [{ fixName: fixId, description: fix.title, changes, fixId, fixAllDescription }];
  });
}

/** What mends as much of a file as can be mended at once. */
export function combinedFix(compiler: typeof ts, judged: JudgedFile): ts.CombinedCodeActions {
  const all: readonly Diagnostic[] = [...judged.diagnostics, ...judged.hidden];
  const { fixes } = fixAll(menderOf(compiler, judged.program, { canEdit: () => true }), all);
  return { changes: fileChanges(fixes.flatMap(({ edits }) => edits)) };
}

function fileChanges(edits: readonly TextEdit[]): ts.FileTextChanges[] {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.map((fileName) => ({
    fileName,
    textChanges: joined(edits.filter(({ file }) => file === fileName)).map(({ start, length, text }) => ({
      span: { start, length },
      newText: text,
    })),
  }));
}
