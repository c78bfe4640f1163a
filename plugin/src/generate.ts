// The pure core: a source file of a program in, the text of its codec and what there is to say about it out.
// Every front (tspc, esbuild, the hewn command) calls this and adds nothing but files and formatting.
import { applyLock, fingerprintOf, type LockFile, lineOf, lockKey, type Schema } from "@hewn/schema";
import type ts from "typescript";
import { type Analysis, analyze } from "./analyze/index.ts";
import { findShipped, importShipped } from "./analyze/packages/shipped-codecs.ts";
import { taggedSpans } from "./analyze/tagged-spans.ts";
import { staleLock } from "./check/stale-lock.ts";
import { codecPath } from "./codec-path.ts";
import type { Diagnostic } from "./diagnostic/diagnostic.ts";
import { compareDiagnostics } from "./diagnostic/order.ts";
import type { CodecFacts } from "./emit/entry.ts";
import { emitCodec } from "./emit/index.ts";

export interface GenerateOptions {
  /** The project's wire.lock, if it has one. */
  readonly lock?: LockFile | undefined;
  /**
   * The files of installed packages, in which their codecs are looked for; without them none is imported. They also
   * tell the module format of a file where the program leaves it open.
   */
  readonly packages?: ts.ModuleResolutionHost | undefined;
}

/** What there is to say about a file. */
export interface Judgement {
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that HEWN1999 counts instead of showing them. */
  readonly hidden: readonly Diagnostic[];
}

export interface Generated extends Judgement {
  /** Absolute, forward slashes. */
  readonly source: string;
  /** Where the text belongs: beside the source. */
  readonly codec: string;
  /** Whether it is to be written: the place may belong to the codec of another file, whose name a diagnostic tells. */
  readonly hasCodec: boolean;
  /** What the codec file must contain, whether or not there are diagnostics. */
  readonly text: string;
  readonly schema: Schema;
  readonly diagnostics: readonly Diagnostic[];
  readonly hidden: readonly Diagnostic[];
  /** Absolute names of the files whose change may change the text, sorted; some may not be there yet. */
  readonly dependencies: readonly string[];
}

/**
 * The same diagnostics without a codec, for those who only show them.
 * @returns `undefined` for a file without a `@wire` tag
 */
export function judge(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  options: GenerateOptions = {},
): Judgement | undefined {
  const judged = lockedAnalysis(compiler, program, file, options);
  return judged && { diagnostics: judged.diagnostics, hidden: judged.analysis.hidden };
}

/** @returns `undefined` for a file without a `@wire` tag */
export function generate(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  { lock, packages }: GenerateOptions = {},
): Generated | undefined {
  const judged = lockedAnalysis(compiler, program, file, { lock, packages });
  if (!judged) return undefined;
  const { analysis, schema, shipped, diagnostics } = judged;
  return {
    source: schema.file,
    codec: codecPath(schema.file),
    hasCodec: analysis.hasCodec,
    text: emitCodec(schema, {
      importExtension: importExtension(program.getCompilerOptions()),
      factsOf: (id) => factsOf(schema, id, lock),
    }),
    schema,
    diagnostics,
    hidden: analysis.hidden,
    dependencies: [...analysis.dependencies, ...shipped, ...(lock ? [lock.path] : [])].sort(),
  };
}

interface LockedAnalysis {
  readonly analysis: Analysis;
  /** With the numbers of the lock. */
  readonly schema: Schema;
  /** The files in which codecs of packages were looked for. */
  readonly shipped: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

function lockedAnalysis(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  { lock, packages }: GenerateOptions,
): LockedAnalysis | undefined {
  const analysis = analyze(compiler, program, file, packages);
  if (!analysis) return undefined;
  const shipping = packages && findShipped(compiler, program, file, analysis.schema, packages);
  const proven = shipping?.schema ?? analysis.schema;
  const locked = lock && applyLock(proven, lock);
  const schema = importShipped(locked?.schema ?? proven, shipping?.codecs ?? new Map());
  const stale = locked ? staleLock(locked.problems, taggedSpans(compiler, file)) : [];
  const diagnostics = [...analysis.diagnostics, ...stale].sort(compareDiagnostics);
  return { analysis, schema, shipped: shipping?.files ?? [], diagnostics };
}

function factsOf(schema: Schema, id: string, lock: LockFile | undefined): CodecFacts {
  // Of an actor that is sent to in its own process only nothing is known by bytes.
  if (!schema.declarations.has(id)) return { fingerprint: "", compatible: {} };
  const print = fingerprintOf(schema, id);
  const origin = schema.declarations.get(id)?.origin;
  const compatible = lock && origin ? lineOf(lock.lock, lockKey(lock, origin), print) : {};
  return { fingerprint: print, compatible };
}

/** A project that imports `.ts` files by name runs its sources; its codecs must be importable in the same way. */
function importExtension(options: ts.CompilerOptions): ".js" | ".ts" {
  return options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions ? ".ts" : ".js";
}
