// The order in which diagnostics are told: that of the compiler, so that every front tells them alike.
import type { Diagnostic } from "./diagnostic.ts";

/** By file, then from the beginning of the text to its end, then by code, then by words. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.span.file, b.span.file) ||
    a.span.start - b.span.start ||
    a.span.length - b.span.length ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.message, b.message)
  );
}

/** By UTF-16 units: the same in every locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
