// Diagnostics as a person reads them: on stdout, because they are what the command was asked for.
import { type Diagnostic, formatDiagnostics } from "@hewn/plugin";
import type { Context } from "./context.ts";
import { readIfPresent } from "./read-file.ts";

export function sayDiagnostics(diagnostics: readonly Diagnostic[], { terminal, shown }: Context): void {
  if (diagnostics.length === 0) return;
  const texts = new Map<string, string | undefined>();
  const read = (file: string) => {
    if (!texts.has(file)) texts.set(file, readIfPresent(file));
    return texts.get(file);
  };
  terminal.out(`${formatDiagnostics(diagnostics, { read, display: shown, colour: terminal.colors })}\n`);
}
