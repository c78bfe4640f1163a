// Diagnostics as text for a terminal: place, code, message, the source line with a squiggle, the hops, and the fix.
import type { Diagnostic, Span } from "./diagnostic.ts";

export interface FormatOptions {
  /** The text of a file, by the absolute name that spans carry; undefined if it cannot be read. */
  readonly read: (file: string) => string | undefined;
  /** How file names are shown; as they are by default. */
  readonly display?: (file: string) => string;
  /** Terminal colours. Off by default. */
  readonly colour?: boolean;
}

const reset = "\u001b[0m";
const colours = { place: "\u001b[96m", error: "\u001b[91m", code: "\u001b[90m", fix: "\u001b[92m" };

/** One diagnostic, without a line break at the end. */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions): string {
  const paint = painter(options);
  const { code, message, fix, span, related } = diagnostic;
  const head = `${placeText(span, options)} - ${paint("error", "error")} ${paint("code", `${code}:`)} ${message}`;
  const hops = related.flatMap((hop) => [
    "",
    `  ${placeText(hop.span, options)} - ${hop.message}`,
    ...excerpt(hop.span, options, "    "),
  ]);
  return [head, "", ...excerpt(span, options, ""), ...hops, "", `  ${paint("fix", "fix:")} ${fix}`].join(
    "\n",
  );
}

/** All of them, with an empty line between two. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, options)).join("\n\n");
}

function painter({ colour }: FormatOptions): (name: keyof typeof colours, text: string) => string {
  return (name, text) => (colour ? `${colours[name]}${text}${reset}` : text);
}

function placeText(span: Span, options: FormatOptions): string {
  const { display = (file) => file } = options;
  const at = positionOf(span, options);
  const place = painter(options)("place", display(span.file));
  return at ? `${place}:${at.line + 1}:${at.column + 1}` : place;
}

interface Position {
  /** From 0, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

function positionOf(span: Span, { read }: FormatOptions): Position | undefined {
  const text = read(span.file);
  if (text === undefined) return undefined;
  const before = text.slice(0, span.start).split(/\r\n|[\n\r\u2028\u2029]/);
  const column = before.at(-1)?.length ?? 0;
  const lineStart = span.start - column;
  const rest = text.slice(lineStart);
  const end = rest.search(/[\n\r\u2028\u2029]/);
  return { line: before.length - 1, column, text: end < 0 ? rest : rest.slice(0, end) };
}

/** The line in which a span begins and, under it, a squiggle as far as the span runs on this line. */
function excerpt(span: Span, options: FormatOptions, indent: string): readonly string[] {
  const at = positionOf(span, options);
  if (!at) return [];
  const number = String(at.line + 1);
  const length = Math.max(1, Math.min(span.length, at.text.length - at.column));
  // Tabs keep their width only if they stand above tabs.
  const margin = at.text.slice(0, at.column).replace(/[^\t]/g, " ");
  const squiggle = painter(options)("error", "~".repeat(length));
  return [`${indent}${number}  ${at.text}`, `${indent}${" ".repeat(number.length)}  ${margin}${squiggle}`];
}
