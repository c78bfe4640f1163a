// What hewn has to say, as esbuild says it. Its messages are strict: notes hold no notes, and a field that it does
// not know makes it throw, which would also lose the files to watch.
import { relative, sep } from "node:path";
import type { Location, PartialMessage, PartialNote } from "esbuild";
import type ts from "typescript";
import type { Diagnostic, Span } from "../diagnostic/diagnostic.ts";
import { byteLocation } from "./byte-location.ts";
import type { SilentRefusal } from "./silent-refusal.ts";

/** What messages are made with: where paths are seen from, and what the files say. */
export interface MessageContext {
  readonly directory: string;
  readonly textOf: (file: string) => string | undefined;
}

/** A path as esbuild prints it: seen from the working directory, with forward slashes. */
export function shownPath(directory: string, file: string): string {
  return relative(directory, file).replaceAll(sep, "/");
}

function locate(span: Span, context: MessageContext): Partial<Location> {
  const file = shownPath(context.directory, span.file);
  const text = context.textOf(span.file);
  return text === undefined ? { file } : { file, ...byteLocation(text, span.start, span.length) };
}

/** A diagnostic with its hops and its fix as notes. */
export function diagnosticMessage(diagnostic: Diagnostic, context: MessageContext): PartialMessage {
  const hops: PartialNote[] = diagnostic.related.map(({ span, message }) => {
    return { text: message, location: locate(span, context) };
  });
  return {
    text: `${diagnostic.message} [${diagnostic.code}]`,
    location: locate(diagnostic.span, context),
    notes: [...hops, { text: diagnostic.fix }],
    detail: diagnostic,
  };
}

/** A refusal whose reason stands in other files: they are named in notes, because they may report it themselves. */
export function refusalMessage(
  { names, elsewhere }: SilentRefusal,
  source: string,
  context: MessageContext,
): PartialMessage {
  const notes = elsewhere.map(({ message, code, span }) => {
    return { text: `${message} [${code}]`, location: locate(span, context) };
  });
  return {
    text: `${names.map((name) => `'${name}'`).join(", ")} cannot cross the wire because of a type of another file`,
    location: { file: shownPath(context.directory, source) },
    notes,
  };
}

/** What TypeScript itself has to say, of a configuration or of an import. */
export function compilerMessage(
  compiler: typeof ts,
  error: ts.Diagnostic,
  context: MessageContext,
): PartialMessage {
  const text = `${compiler.flattenDiagnosticMessageText(error.messageText, "\n")} [TS${error.code}]`;
  if (!error.file || error.start === undefined) return { text };
  const { line, column, length, lineText } = byteLocation(error.file.text, error.start, error.length ?? 0);
  const file = shownPath(context.directory, error.file.fileName);
  return { text, location: { file, line, column, length, lineText } };
}

/** A failure that nobody foresaw, told without ending the build. */
export function crashMessage(error: unknown, source: string, context: MessageContext): PartialMessage {
  const reason = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && error.stack ? [{ text: error.stack }] : [];
  return {
    text: `hewn failed on this file, which is a mistake in hewn: ${reason}`,
    location: { file: shownPath(context.directory, source), line: 1, column: 0, length: 0, lineText: "" },
    notes: stack,
    detail: error,
  };
}
