// The few members of compiler objects that are not in the public types, named in one place. All are optional:
// each use has a fallback for a compiler without them.
import type ts from "typescript";

export type Compiler = typeof ts;

/** What ts-patch adds to the compiler: `createProgram` without any transformer. */
export function createProgramOf(compiler: Compiler): Compiler["createProgram"] {
  const patched = compiler as Compiler & { readonly originalCreateProgram?: Compiler["createProgram"] };
  return patched.originalCreateProgram ?? compiler.createProgram;
}

export interface InternalSourceFile {
  /** What incremental builders compare, to see whether a file has changed. */
  version?: string;
  /** Set where a package is installed twice and one file stands for both. */
  readonly redirectInfo?: { readonly unredirected: ts.SourceFile };
}

export function internalsOf(file: ts.SourceFile): InternalSourceFile {
  return file as ts.SourceFile & InternalSourceFile;
}

export interface InternalOptions {
  readonly configFilePath?: string;
  readonly configFile?: ts.TsConfigSourceFile;
}

export function optionsOf(program: ts.Program): ts.CompilerOptions & InternalOptions {
  return program.getCompilerOptions() as ts.CompilerOptions & InternalOptions;
}

interface InternalHost {
  readonly onReleaseOldSourceFile?: unknown;
  readonly createHash?: unknown;
}

/** The host of `tsc -w`: it keeps source files and watches them. */
export function isWatchHost(host: ts.CompilerHost): boolean {
  const internal: InternalHost = host;
  return internal.onReleaseOldSourceFile !== undefined && internal.createHash !== undefined;
}

/** The host of an editor or of a tool built on the language service, which keeps its own registry of documents. */
export function isLanguageServiceHost(host: ts.CompilerHost): boolean {
  const internal: InternalHost = host;
  return internal.onReleaseOldSourceFile !== undefined && internal.createHash === undefined;
}

/** The host of `tsc -b`: it has parsed every project's configuration before the first codec was written. */
export function isBuildHost(host: ts.CompilerHost): boolean {
  return host.getParsedCommandLine !== undefined && !isWatchHost(host);
}
