// Our diagnostics as the compiler's own, so that every front and editor that shows those shows ours.
import type ts from "typescript";
import type { Code } from "./catalog.ts";
import type { Diagnostic, Span } from "./diagnostic.ts";

/** Out of the range of the compiler's codes: HEWN1001 is TS901001. */
const codeBase = 900_000;

/** `901102` for HEWN1102, as the compiler and editors show it. */
export function tsCodeOf(code: Code): number {
  return codeBase + Number(code.replace(/\D/g, ""));
}

/** The compiler prints related places only with `--pretty`; message and fix stand in the text itself. */
export function toTsDiagnostic(
  compiler: typeof ts,
  program: ts.Program,
  diagnostic: Diagnostic,
): ts.Diagnostic {
  const { code, message, fix, span, related } = diagnostic;
  const number = tsCodeOf(code);
  const category = compiler.DiagnosticCategory;
  return {
    ...placeOf(program, span),
    category: category.Error,
    code: number,
    source: "hewn",
    messageText: `${code}: ${message}. Fix: ${fix}`,
    relatedInformation: related.map((hop) => ({
      ...placeOf(program, hop.span),
      category: category.Message,
      code: number,
      messageText: hop.message,
    })),
  };
}

/** A file that the program does not know has no position in it: the compiler prints such a diagnostic without one. */
function placeOf(
  program: ts.Program,
  { file, start, length }: Span,
): Pick<ts.Diagnostic, "file" | "start" | "length"> {
  const found = program.getSourceFile(file);
  return found ? { file: found, start, length } : { file: undefined, start: undefined, length: undefined };
}
