// One compile: generate, write, remove, and hand tsc a program in which the codecs are what they should be.
import { dirname } from "node:path";
import type { LockFile } from "@hewn/schema";
import type ts from "typescript";
import { toTsDiagnostic } from "../diagnostic/typescript.ts";
import type { Generated } from "../generate.ts";
import { findLock, UnreadableLock } from "../lock-file.ts";
import { writeCodec } from "./codec-writer.ts";
import type { Core } from "./core.ts";
import { type Failure, failureDiagnostic, reasonOf } from "./failure.ts";
import { generateAll } from "./generation.ts";
import { type Compiler, isLanguageServiceHost, optionsOf } from "./internals.ts";
import { removeOrphans } from "./orphans.ts";
import { type Codec, type Overlay, type PathKey, pathKeyOf } from "./overlay.ts";
import { rebuildProgram } from "./rebuilt-program.ts";
import { rootsAfter } from "./roots.ts";
import { spliceDiagnostics } from "./spliced-diagnostics.ts";
import { refusalOf } from "./supported-compiler.ts";

/** A program transformer as ts-patch calls it: `{ "transform": "…", "transformProgram": true }` in a tsconfig. */
export type ProgramTransformer = (
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  config: object | undefined,
  extras: { readonly ts: Compiler },
) => ts.Program;

/** What one run did: the codecs, what went wrong, and the files that the first program does not know. */
interface Run {
  readonly codecs: readonly Generated[];
  readonly failures: readonly Failure[];
  readonly overlay: Overlay;
  /** Whether the disk changed; else the overlay can only hold codecs that the program has not looked at. */
  readonly changed: boolean;
}

/** The transformer around a core, which must not throw: whatever does is reported as an error of the compile. */
export function createTransformer(core: Core): ProgramTransformer {
  return (program, givenHost, _config, { ts: compiler }) => {
    const refusal = refusalOf(compiler.version);
    if (refusal !== undefined) throw new Error(refusal);
    const host = givenHost ?? compiler.createCompilerHost(program.getCompilerOptions());
    if (isLanguageServiceHost(host) || program.getCompilerOptions().noResolve) return program;
    const keyOf = pathKeyOf(host);
    let result = program;
    let diagnostics: readonly ts.Diagnostic[];
    try {
      const run = generateCodecs(core, compiler, program, host, keyOf);
      result = programAfter(compiler, program, host, run);
      diagnostics = diagnosticsOf(compiler, result, run);
    } catch (error) {
      diagnostics = [failureDiagnostic(compiler, result, failureOf(error, program, host))];
    }
    spliceDiagnostics(result, diagnostics, keyOf, (text) => host.createHash?.(text) ?? text);
    return result;
  };
}

/** What stopped the whole run; it stands in no source file. */
function failureOf(error: unknown, program: ts.Program, host: ts.CompilerHost): Failure {
  if (error instanceof UnreadableLock) {
    return { kind: "lock", at: error.path, file: error.path, reason: error.reason };
  }
  const file = optionsOf(program).configFilePath ?? host.getCurrentDirectory();
  return { kind: "crash", at: file, file, reason: reasonOf(error) };
}

function generateCodecs(
  core: Core,
  compiler: Compiler,
  program: ts.Program,
  host: ts.CompilerHost,
  keyOf: PathKey,
): Run {
  const { codecs, crashes } = generateAll(core, compiler, program, { lock: lockOf(program, host) });
  const unseen = new Map<string, Codec>();
  const failures = [...crashes];
  let changed = false;
  for (const generated of codecs) {
    const { state, failure } = writeCodec(program, host, generated);
    if (failure) failures.push(failure);
    if (state === "written") changed = true;
    if (state === "written" || (state === "kept" && !program.getSourceFile(generated.codec))) {
      unseen.set(keyOf(generated.codec), { file: generated.codec, text: generated.text });
    }
  }
  const kept = new Set([...codecs.map(({ source }) => keyOf(source)), ...crashes.map(({ at }) => keyOf(at))]);
  const { removed, failures: stuck } = removeOrphans(compiler, program, host, keyOf, kept);
  failures.push(...stuck);
  return {
    codecs,
    failures,
    overlay: { keyOf, codecs: unseen, removed },
    changed: changed || removed.size > 0,
  };
}

/** A project's lock lies in the directory of its tsconfig or above it. */
function lockOf(program: ts.Program, host: ts.CompilerHost): LockFile | undefined {
  const config = optionsOf(program).configFilePath;
  return findLock(config === undefined ? host.getCurrentDirectory() : dirname(config));
}

/** The program itself where it has seen every codec as it is: then nothing is parsed or checked twice. */
function programAfter(compiler: Compiler, program: ts.Program, host: ts.CompilerHost, run: Run): ts.Program {
  const { overlay, changed } = run;
  if (!changed && overlay.codecs.size === 0) return program;
  const roots = rootsAfter(compiler, program, overlay);
  const before = program.getRootFileNames();
  if (!changed && roots.length === before.length && roots.every((file, index) => file === before[index])) {
    return program;
  }
  return rebuildProgram(compiler, program, host, overlay, roots);
}

function diagnosticsOf(compiler: Compiler, program: ts.Program, run: Run): readonly ts.Diagnostic[] {
  return [
    ...run.codecs.flatMap(({ diagnostics }) =>
      diagnostics.map((one) => toTsDiagnostic(compiler, program, one)),
    ),
    ...run.failures.map((failure) => failureDiagnostic(compiler, program, failure)),
  ];
}
