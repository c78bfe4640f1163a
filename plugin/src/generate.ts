// The pure core: a source file of a program in, the text of its codec and what there is to say about it out.
// Every front (tspc, esbuild, the hewn command) calls this and adds nothing but files and formatting.
import type { Schema } from "@hewn/schema";
import type ts from "typescript";
import { analyze } from "./analyze/index.ts";
import { codecPath } from "./codec-path.ts";
import type { Diagnostic } from "./diagnostic/diagnostic.ts";
import { emitCodec } from "./emit/index.ts";

export type GenerateOptions = Readonly<Record<string, unknown>>;

export interface Generated {
  /** Absolute, forward slashes. */
  readonly source: string;
  /** Where the text belongs: beside the source. */
  readonly codec: string;
  /** What the codec file must contain, whether or not there are diagnostics. */
  readonly text: string;
  readonly schema: Schema;
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute names of the files whose change may change the text, sorted. */
  readonly dependencies: readonly string[];
}

/** @returns `undefined` for a file without a `@wire` tag */
export function generate(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  _options: GenerateOptions = {},
): Generated | undefined {
  const analysis = analyze(compiler, program, file);
  if (!analysis) return undefined;
  const { schema } = analysis;
  return {
    source: schema.file,
    codec: codecPath(schema.file),
    text: emitCodec(schema, { importExtension: importExtension(program.getCompilerOptions()) }),
    schema,
    diagnostics: analysis.diagnostics,
    dependencies: analysis.dependencies,
  };
}

/** A project that imports `.ts` files by name runs its sources; its codecs must be importable in the same way. */
function importExtension(options: ts.CompilerOptions): ".js" | ".ts" {
  return options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions ? ".ts" : ".js";
}
