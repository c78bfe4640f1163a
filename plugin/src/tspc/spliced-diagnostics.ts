// Adds our diagnostics to a program. Program transformers are given no way to report anything, so the methods that
// tsc and its incremental builder ask for errors are wrapped; the rest (format, exit code, replay from a
// tsbuildinfo) then happens as for errors of the compiler itself.
import type ts from "typescript";
import type { PathKey } from "./compile.ts";
import { markVersions } from "./version-marks.ts";

type Ask = (file?: ts.SourceFile, ...rest: never[]) => readonly ts.Diagnostic[];

interface Wrapped {
  getSemanticDiagnostics: Ask;
  /** Internal: what the incremental builder calls. */
  getBindAndCheckDiagnostics?: Ask;
  getOptionsDiagnostics: Ask;
}

/** Reports `diagnostics` as part of `program`: each with its file, and those without one with the options. */
export function spliceDiagnostics(
  program: ts.Program,
  diagnostics: readonly ts.Diagnostic[],
  keyOf: PathKey,
  digest: (text: string) => string,
): void {
  if (diagnostics.length === 0) return;
  const byFile = groupByFile(diagnostics, keyOf);
  const of = (file: ts.SourceFile): readonly ts.Diagnostic[] => byFile.get(keyOf(file.fileName)) ?? [];
  const anchored = diagnostics.filter(({ file }) => file !== undefined);
  const restore = markVersions(program.getSourceFiles(), of, digest);
  const wrapped: Wrapped = program as Wrapped;
  const add = (ask: Ask, ours: (file?: ts.SourceFile) => readonly ts.Diagnostic[]): Ask => {
    return (file, ...rest) => {
      restore();
      return joined(ask.call(program, file, ...rest), ours(file));
    };
  };
  wrapped.getSemanticDiagnostics = add(wrapped.getSemanticDiagnostics, (file) =>
    file ? of(file) : anchored,
  );
  if (wrapped.getBindAndCheckDiagnostics !== undefined) {
    wrapped.getBindAndCheckDiagnostics = add(wrapped.getBindAndCheckDiagnostics, (file) =>
      file ? of(file) : [],
    );
  }
  wrapped.getOptionsDiagnostics = add(wrapped.getOptionsDiagnostics, () => byFile.get("") ?? []);
}

/** Under the key of their file; those without a file under "". */
function groupByFile(
  diagnostics: readonly ts.Diagnostic[],
  keyOf: PathKey,
): ReadonlyMap<string, readonly ts.Diagnostic[]> {
  const groups = new Map<string, ts.Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = diagnostic.file === undefined ? "" : keyOf(diagnostic.file.fileName);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return groups;
}

function joined(base: readonly ts.Diagnostic[], ours: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  return ours.length === 0 ? base : [...base, ...ours.filter((diagnostic) => !base.includes(diagnostic))];
}
