// Has a program also say what is wrong where actors are spawned and sent to. Asked file by file when tsc asks for the file,
// by the checker that tsc uses, and so at no cost for projects without actors.
import type ts from "typescript";
import { judgeCalls, knowsActors } from "../analyze/calls/program-calls.ts";
import { toTsDiagnostic } from "../diagnostic/typescript.ts";
import { failureDiagnostic, reasonOf } from "./failure.ts";
import type { Compiler } from "./internals.ts";

type Ask = (file?: ts.SourceFile, ...rest: never[]) => readonly ts.Diagnostic[];

interface Wrapped {
  getSemanticDiagnostics: Ask;
  /** Internal: what the incremental builder calls. */
  getBindAndCheckDiagnostics?: Ask;
}

export function spliceCalls(compiler: Compiler, program: ts.Program): void {
  if (!knowsActors(compiler, program)) return;
  const known = new WeakMap<ts.SourceFile, readonly ts.Diagnostic[]>();
  const of = (file: ts.SourceFile): readonly ts.Diagnostic[] => {
    const found = known.get(file) ?? callDiagnostics(compiler, program, file);
    known.set(file, found);
    return found;
  };
  const wrapped: Wrapped = program as Wrapped;
  const add = (ask: Ask): Ask => {
    return (file, ...rest) => {
      const base = ask.call(program, file, ...rest);
      const ours = (file ? [file] : program.getSourceFiles()).flatMap(of);
      return ours.length === 0 ? base : [...base, ...ours.filter((each) => !base.includes(each))];
    };
  };
  wrapped.getSemanticDiagnostics = add(wrapped.getSemanticDiagnostics);
  if (wrapped.getBindAndCheckDiagnostics !== undefined)
    wrapped.getBindAndCheckDiagnostics = add(wrapped.getBindAndCheckDiagnostics);
}

function callDiagnostics(
  compiler: Compiler,
  program: ts.Program,
  file: ts.SourceFile,
): readonly ts.Diagnostic[] {
  try {
    return judgeCalls(compiler, program, file).map((each) => toTsDiagnostic(compiler, program, each));
  } catch (error) {
    const at = file.fileName;
    return [failureDiagnostic(compiler, program, { kind: "crash", at, file: at, reason: reasonOf(error) })];
  }
}
