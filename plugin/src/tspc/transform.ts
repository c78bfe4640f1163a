// One compile: settle the codecs, and hand tsc a program in which they are what they should be.
import type { LockFile } from "@hewn/schema";
import type ts from "typescript";
import { toTsDiagnostic } from "../diagnostic/typescript.ts";
import { UnreadableLock } from "../lock-text.ts";
import { type Compile, lockDirectory, pathKeyOf } from "./compile.ts";
import { type Failure, failureDiagnostic, reasonOf } from "./failure.ts";
import type { Core } from "./generation.ts";
import { withHiddenSources } from "./hidden-sources.ts";
import { informHost } from "./host-caches.ts";
import { type Compiler, isLanguageServiceHost, optionsOf } from "./internals.ts";
import { type Memory, noMemory } from "./memory.ts";
import { rebuildProgram } from "./rebuilt-program.ts";
import { rootsAfter } from "./roots.ts";
import { type Settlement, settleCodecs } from "./settlement.ts";
import { spliceCalls } from "./spliced-calls.ts";
import { spliceDiagnostics } from "./spliced-diagnostics.ts";
import { refusalOf } from "./supported-compiler.ts";

/** A program transformer as ts-patch calls it: `{ "transform": "…", "transformProgram": true }` in a tsconfig. */
export type ProgramTransformer = (
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  config: object | undefined,
  extras: { readonly ts: Compiler } | undefined,
) => ts.Program;

/** Without its setting ts-patch calls a plugin once a file, with other arguments. */
const notForPrograms =
  'hewn: add "transformProgram": true to the entry of "@hewn/plugin/transformer" in "plugins" of tsconfig.json';

/** The lock that governs a directory. */
export type FindLock = (directory: string) => LockFile | undefined;

/** The transformer around a core. Whatever the core throws is reported as an error of the compile. */
export function createTransformer(
  core: Core,
  memory: Memory = noMemory,
  findLock: FindLock = () => undefined,
): ProgramTransformer {
  return (program, givenHost, _config, extras) => {
    if (extras === undefined) throw new Error(notForPrograms);
    const { ts: compiler } = extras;
    const refusal = refusalOf(compiler.version);
    if (refusal !== undefined) throw new Error(refusal);
    const host = givenHost ?? compiler.createCompilerHost(program.getCompilerOptions());
    if (isLanguageServiceHost(host) || program.getCompilerOptions().noResolve) return program;
    const compile: Compile = { compiler, host, program, keyOf: pathKeyOf(host) };
    const { result, diagnostics } = transform({ core, memory, findLock }, compile);
    spliceCalls(compiler, result);
    spliceDiagnostics(result, diagnostics, compile.keyOf, (text) => host.createHash?.(text) ?? text);
    return result;
  };
}

interface Transformed {
  readonly result: ts.Program;
  readonly diagnostics: readonly ts.Diagnostic[];
}

interface Tools {
  readonly core: Core;
  readonly memory: Memory;
  readonly findLock: FindLock;
}

function transform({ core, memory, findLock }: Tools, compile: Compile): Transformed {
  const { compiler, program } = compile;
  try {
    const reaching = withHiddenSources(compile);
    if (memory.knows(reaching)) return { result: program, diagnostics: [] };
    const options = { lock: findLock(lockDirectory(compile)), packages: compile.host };
    const settlement = settleCodecs(core, reaching, options);
    const result = programAfter(compile, reaching, settlement);
    const diagnostics = diagnosticsOf(compiler, result, settlement);
    if (diagnostics.length === 0) memory.keep({ ...compile, program: result }, settlement.codecs);
    return { result, diagnostics };
  } catch (error) {
    return {
      result: program,
      diagnostics: [failureDiagnostic(compiler, program, failureOf(compile, error))],
    };
  }
}

/** What stopped the whole run; it stands in no source file. */
function failureOf({ program, host }: Compile, error: unknown): Failure {
  if (error instanceof UnreadableLock) {
    return { kind: "lock", at: error.path, file: error.path, reason: error.reason };
  }
  const file = optionsOf(program).configFilePath ?? host.getCurrentDirectory();
  return { kind: "crash", at: file, file, reason: reasonOf(error) };
}

/**
 * The program itself where it has seen every codec as it is: then nothing is parsed or checked twice.
 * @param reaching the compile with all the files that were analyzed
 */
function programAfter(compile: Compile, reaching: Compile, { overlay, changed }: Settlement): ts.Program {
  const { program } = compile;
  if (!changed && overlay.codecs.size === 0) return program;
  const roots = rootsAfter(compile, overlay);
  const before = program.getRootFileNames();
  if (!changed && roots.length === before.length && roots.every((file, index) => file === before[index])) {
    return program;
  }
  informHost(compile, roots);
  return rebuildProgram(reaching, overlay, roots);
}

function diagnosticsOf(
  compiler: Compiler,
  program: ts.Program,
  { codecs, failures }: Settlement,
): readonly ts.Diagnostic[] {
  const ours = codecs.flatMap(({ diagnostics }) => diagnostics);
  return [
    ...ours.map((diagnostic) => toTsDiagnostic(compiler, program, diagnostic)),
    ...failures.map((failure) => failureDiagnostic(compiler, program, failure)),
  ];
}
